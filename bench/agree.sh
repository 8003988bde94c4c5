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

# table NAME: of the case, whole.
table() {
    must "export $1" "$unspoof" export -q -f csv --force -o got.csv "$case" "$1"
}

unspoof_agrees() {
    truth=$dump/truth
    for name in accounts victims; do
        table "$name"
        same "$name" "$truth/$name.csv" got.csv
    done
    table presentations
    # The last column, the flags, is not of the truth.
    sed 's/,[^,]*$//' got.csv >cut.csv
    same presentations "$truth/presentations.csv" cut.csv
    table suspects
    same_rows suspects "$truth/suspects.csv" got.csv "$(head -n 1 "$truth/suspects.csv")"
    head -n 101 got.csv >cut.csv
    same 'the first 100 suspects' cut.csv top.csv
    same summary "$truth/summary.csv" summary.csv
    must summary "$unspoof" summary -q -f csv --country GB --since 2021-08-01 --until 2022-08-01 "$case"
    same 'summary of the press window' "$truth/summary-window.csv" log
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
