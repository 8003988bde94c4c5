# SPDX-License-Identifier: Apache-2.0
# Sourced by run.sh: figures against the truth of the dump. What differs is named,
# shown, and counted in wrong. Works in the scratch directory.

wrong=0

# differs NAME FILE: FILE has what differs; if it has nothing, all is well.
differs() {
    [ -s "$2" ] || return 0
    wrong=$((wrong + 1))
    echo "differs from the truth: $1"
    head -n 10 "$2"
}

# same NAME TRUTH GOT: byte for byte.
same() {
    if cmp -s "$2" "$3"; then
        : >difference
    else
        diff "$2" "$3" >difference || true
    fi
    differs "$1" difference
}

# same_rows NAME TRUTH GOT COLUMNS [WHERE]: these columns, in any order of rows;
# WHERE says which rows of the truth.
same_rows() {
    where=${5:+WHERE $5}
    sqlite3 :memory: ".import --csv $2 truth" ".import --csv $3 got" \
        "SELECT 'truth', * FROM (SELECT $4 FROM truth $where EXCEPT SELECT $4 FROM got) LIMIT 5;" \
        "SELECT 'got', * FROM (SELECT $4 FROM got EXCEPT SELECT $4 FROM truth $where) LIMIT 5;" \
        "SELECT 'rows', a, b FROM (SELECT (SELECT count(*) FROM truth $where) a,
            (SELECT count(*) FROM got) b) WHERE a <> b;" >difference 2>&1 ||
        echo 'cannot be compared' >>difference
    differs "$1" difference
}

# same_columns NAME TRUTH GOT: row by row, in the columns of the truth; an export has more.
same_columns() {
    : >side.truth
    : >side.got
    columns=$(head -n 1 "$2")
    for side in "$2" "$3"; do
        sqlite3 -csv :memory: ".import --csv $side side" "SELECT $columns FROM side ORDER BY rowid" 2>&1 ||
            echo 'cannot be compared'
        echo
    done | awk '!NF { side++; next } { print >>(side ? "side.got" : "side.truth") }'
    same "$1" side.truth side.got
}

# same_keys NAME TRUTH GOT: the figures that the truth has; a summary has more.
same_keys() {
    sqlite3 :memory: ".import --csv $2 truth" ".import --csv $3 got" \
        'SELECT * FROM truth EXCEPT SELECT key, value FROM got' >difference 2>&1 || echo 'cannot be compared' >>difference
    differs "$1" difference
}

# table NAME: of the case, whole.
table() {
    must "export $1" "$unspoof" export -q -f csv --force -o got.csv "$case" "$1"
}

unspoof_agrees() {
    truth=$dump/truth
    for name in accounts victims; do
        table "$name"
        same_columns "$name" "$truth/$name.csv" got.csv
    done
    table presentations
    same_columns presentations "$truth/presentations.csv" got.csv
    table suspects
    same_rows suspects "$truth/suspects.csv" got.csv "$(head -n 1 "$truth/suspects.csv")"
    head -n 101 got.csv >cut.csv
    same 'the first 100 suspects' cut.csv top.csv
    same_keys summary "$truth/summary.csv" summary.csv
    must summary "$unspoof" summary -q -f csv --country GB --since 2021-08-01 --until 2022-08-01 "$case"
    same_keys 'summary of the press window' "$truth/summary-window.csv" log
    table sources
    sqlite3 -csv -header :memory: '.import --csv got.csv got' \
        "SELECT substr(source, length('$dump/') + 1) AS file, rows_read AS read, accepted, rejected, skipped
        FROM got" >cut.csv
    same_rows 'rows read, accepted, rejected, skipped' "$truth/ingest.csv" cut.csv \
        file,read,accepted,rejected,skipped
}

# peer_agrees NAME DIR: the figures that a peer left in DIR. It knows no account
# without a call or a payment, and not all keys of the summary.
peer_agrees() {
    truth=$dump/truth
    same_rows "$1: accounts" "$truth/accounts.csv" "$2/accounts.csv" \
        "$(sed 1q "$2/accounts.csv" | tr -d '"')" "calls <> '0' OR payments <> '0'"
    same_rows "$1: victims" "$truth/victims.csv" "$2/victims.csv" "$(sed 1q "$2/victims.csv" | tr -d '"')"
    same_rows "$1: summary" "$truth/summary.csv" "$2/summary.csv" key,value \
        "key IN ('calls', 'answered', 'long_calls', 'victims', 'country_calls', 'country_answered',
        'country_long_calls', 'country_victims', 'accounts', 'payers', 'spend')"
}
