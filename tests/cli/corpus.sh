#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A corpus for every profile, tests/corpus/PROFILE/: files in the exact layout of a system. The beginning of a name says
# what must happen: good- is known for PROFILE's alone and taken whole; of bad- the sound rows are taken and the others
# rejected; unsupported- is refused with words. Beside a file stand FILE.options, what must be said; FILE.expected, what
# is in the case; FILE.words, patterns that what is said must match, one a line. Files *.sqlite.sql are made into
# databases first. WRITE=1 writes FILE.expected anew: look at it before you keep it.
. "${srcdir:-.}/tests/lib.sh"

corpus=$srcdir/tests/corpus

# line TABLE COLUMN...: SQL for a line a row of a table, with - for NULL.
line() {
    printf "SELECT '%s'" "$1"
    from=$1
    shift
    printf " || '|' || ifnull(%s, '-')" "$@"
    printf ' FROM %s' "$from"
}

# What is in a case: a line a source, row and reject, as found, and behind => as understood.
rows="$(line source stream_name kind profile rows_read accepted rejected skipped)
UNION ALL $(line call call_id started answered_at ended account presented presented_name dialled duration talk billed \
    status cost ip trunk "'=> ' || utc(started_utc)" \
    '(SELECT k.account FROM account_key AS k WHERE k.id = account_key)' 'e164(presented_e164)' 'e164(dialled_e164)' \
    talk_ms answered "iif(flags & 128, 'leg', 'call')")
UNION ALL $(line account account login email phone name registered ip)
UNION ALL $(line payment payment_id account paid amount currency to_address txid status)
UNION ALL SELECT 'payment_read|' || payment || '|' || k.account || '|' || utc(paid) || '|' || amount(amount, exponent) ||
    '|' || currency || '|' || confirmed || '|' || ifnull(txid, '-') FROM payment_read JOIN account_key AS k ON k.id = key
UNION ALL $(line login account at ip device)
UNION ALL SELECT 'login_read|' || login || '|' || k.account || '|' || utc(at) FROM login_read
    JOIN account_key AS k ON k.id = key
UNION ALL $(line rate date base quote rate)
UNION ALL $(line rate_read rate day base quote value)
UNION ALL $(line unread kind line role reason)
UNION ALL $(line reject line role reason)"

# taken FILE NAME PROFILE: what must be in the case is.
taken() {
    "$unspoof" normalise -q case >out 2>err || sed 's/^/# /' err
    "$unspoof" query -q -f tsv case "$rows" | sed 1d >got
    [ -z "$WRITE" ] || cp got "$1.expected"
    same "$2: what is taken" "$1.expected" got
}

# known FILE NAME PROFILE: of each table that is known the profile comes first, and no close one behind it.
known() {
    "$unspoof" sniff "$1" 2>&1 | awk '/^[^ ]/ { first = 1 }
        /^    looks like: / { if (first) { sub(/.*, profile /, ""); sub(/,.*/, ""); print } first = 0 }' | sort -u >got
    echo "$3" >want
    same "$2: sniff knows it" want got
}

# unknown FILE NAME PROFILE: a profile that is not confirmed never bids.
unknown() {
    "$unspoof" sniff "$1" >out 2>&1
    ! grep -q "profile $3 *," out
    ok "$2: sniff does not take it for $3's"
}

# sniffed FILE NAME PROFILE
sniffed() {
    if grep -q '^unconfirmed-layout' "$srcdir/profiles/$3.profile" || ! grep -q '^sniff' "$srcdir/profiles/$3.profile"; then
        unknown "$@"
    else
        known "$@"
    fi
}

# try_file FILE PROFILE
try_file() {
    options=$(cat "$1.options" 2>/dev/null)
    name=$2/$(basename "$1")
    input=$1
    case $1 in
    *.sqlite.sql)
        command -v sqlite3 >/dev/null || return 0
        input=$scratch/$(basename "$1" .sql)
        rm -f "$input"
        sqlite3 "$input" <"$1"
        ;;
    esac
    rm -f case case.log
    case $(basename "$1") in
    unsupported-*) ;;
    *) sniffed "$input" "$name" "$2" ;;
    esac
    # shellcheck disable=SC2086
    try "$unspoof" ingest -r GB $options case "$input"
    case $(basename "$1") in
    unsupported-*)
        [ "$status" != 0 ]
        ok "$name: is refused"
        ;;
    *)
        status_is 0 "$name: is ingested"
        taken "$1" "$name"
        ;;
    esac
    [ ! -f "$1.words" ] || while read -r words; do
        says err "$words" "$name: says $words"
    done <"$1.words"
}

for profile in "$corpus"/*/; do
    profile=$(basename "$profile")
    [ -z "$ONLY" ] || [ "$ONLY" = "$profile" ] || continue
    [ -f "$srcdir/profiles/$profile.profile" ]
    ok "$profile is a profile"
    for file in "$corpus/$profile"/good-* "$corpus/$profile"/bad-* "$corpus/$profile"/unsupported-*; do
        case $file in
        *.expected | *.options | *.words | *\*) ;;
        *) try_file "$file" "$profile" ;;
        esac
    done
done

# What is in a case, but for the sources, and with no value as an empty one.
understood() { grep -v '^source|' | sed 's/|-/|/g' | sort; }

# One service as a MySQL dump, as a database, and as an archive of CSV files that are named after its tables.
dump=$corpus/magnusbilling/good-billing
if command -v sqlite3 >/dev/null; then
    understood <"$dump.sql.expected" >want
    understood <"$dump.sqlite.sql.expected" >got
    same 'a dump and a database of the same rows' want got
    sqlite3 service.db <"$dump.sqlite.sql"
    for table in $(sqlite3 service.db .tables); do
        sqlite3 -header -csv service.db "SELECT * FROM $table" >"$table.csv"
    done
    tar cf service.tar pkg_*.csv
    rm -f case case.log
    try "$unspoof" ingest -r GB -c GBP case service.tar
    [ "$(grep -c 'read .*, accepted' err)" = 6 ]
    ok 'an archive of CSV files is six of the seven tables'
    "$unspoof" normalise -q case
    "$unspoof" query -q -f tsv case "$rows" | sed 1d | understood >got
    same 'an archive of CSV files, one a table' want got
fi

# Every profile has its corpus.
for profile in "$srcdir"/profiles/*.profile; do
    profile=$(basename "$profile" .profile)
    [ "$profile" = canonical ] || ls "$corpus/$profile"/* >/dev/null 2>&1
    ok "$profile has a corpus"
done
done_testing
