#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What an attack tried on whole commands: names made to collide, patterns made to run for ever, threads that share a pattern,
# seconds that no call has, and memory that is refused while amounts are written.
. "${srcdir:-.}/tests/lib.sh"

# ---- names that collide ----
# 16 bytes of which the first 8 were a constant of the hash of bytes; beside them as many that differ in one bit of it.
flood() {
    awk -v n="$1" -v first="$2" 'BEGIN {
        print "started,account,presented,dialled,talk"
        for (i = 0; i < n; i++) {
            name = ""
            x = i
            for (k = 0; k < 8; k++) { name = name sprintf("%c", 97 + x % 26); x = int(x / 26) }
            print "2022-01-01 00:00:00,~" name ",~" name ",+447700900123,75"
        }
    }' | sed "s/~/$(printf "$2")/g"
}

# user_time COMMAND...: milliseconds that a command computed for.
user_time() { bash -c 'TIMEFORMAT=%3U; time "$@" >out 2>err </dev/null' bash "$@" 2>&1 | tail -n 1 | tr -d . | sed 's/^0*//'; }

# told_apart NAME: of the names of a case.
told_apart() {
    [ "$("$unspoof" query -q -f tsv "$1.case" 'SELECT count(DISTINCT account) FROM call' | tail -n 1)" = 20000 ]
    ok "$1 names: all are told apart"
}

if command -v bash >/dev/null; then
    flood 20000 '\271\345\344\034\155\107\130\277' >bad.csv
    flood 20000 '\271\345\344\035\155\107\130\277' >good.csv
    good=$(user_time "$unspoof" run -q --threads 1 -r GB good.case good.csv)
    bad=$(user_time "$unspoof" run -q --threads 1 -r GB bad.case bad.csv)
    told_apart good
    told_apart bad
    # As the square of their number they would take ten times as long.
    [ "${good:-0}" -gt 0 ] && [ "${bad:-0}" -gt 0 ] && [ "$bad" -lt $((3 * good)) ]
    ok "names that collide cost no more than others: $bad and $good ms"
else
    skip 'names that collide' 'no bash to time them'
fi

# ---- a pattern that runs for ever, and one that threads share ----
printf '%s\n' 'name re' 'about x' 'kind call' 'header no' 'role started 1' 'role account 2' 'role presented 3 when 4 /^(a+)+$/' \
    'role presented 5' 'role dialled 4' 'role talk 5' 'fallback dialled /^s$/ 6 /trunk\/([0-9]+)/' >re.profile
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "2022-01-01 00:00:00,u%d,020794601%02d,%s,60,SIP/trunk/07700900%03d\n", i % 50, i % 100,
        i % 100 == 7 ? "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" : "s", i % 1000 }' >re.csv
for n in 1 2 8; do
    rm -f re.case
    try timeout 60 "$unspoof" ingest -q --threads $n --max-rejects 30 -p ./re.profile re.case re.csv
    status_is 0 "a pattern that runs for ever ends: --threads $n"
    sqlite3 re.case .dump | grep -v '^INSERT INTO run ' >$n.sql
    same "and the rows are the same: --threads $n" 1.sql $n.sql
done
[ "$("$unspoof" query -q -f tsv re.case 'SELECT count(*), count(DISTINCT dialled) FROM call' | tail -n 1)" = '2970	990' ]
ok 'what is behind another column is taken from there'
try "$unspoof" query -q -f tsv re.case 'SELECT DISTINCT reason, count(*) FROM reject'
says out '^a pattern of the profile does not come to an end	30$' 'and rows that it did not end on are told'

# ---- seconds ----
printf '%s\n' started,account,presented,dialled,talk '2022-01-01 00:00:00,eve,+442079460101,+447700900199,4611686018427388' \
    '2022-01-01 00:00:00,eve,+442079460101,+447700900199,61' >talk.csv
try "$unspoof" ingest --max-rejects 1 talk.case talk.csv
says err "^talk.csv:2: talk '4611686018427388': is more than 1,000,000,000 seconds$" 'seconds that no call has are said'
[ "$("$unspoof" query -q -f tsv talk.case 'SELECT talk FROM call' | tail -n 1)" = 61 ]
ok 'and not stored'

# ---- memory that is refused while a table is written ----
printf '%s\n' payment_id,account,paid,amount,currency,status P1,eve,2022-03-01T10:00:00Z,150.25,GBP,confirmed >paid.csv
name='what is printed with status 0 is right, whatever memory was refused'
if grep -q __asan_init "$unspoof" || ! fault_library; then
    skip "$name" 'the library that makes faults cannot be used here'
else
    must "$unspoof" ingest -q money.case talk.csv --max-rejects 1
    must "$unspoof" ingest -q money.case paid.csv
    must "$unspoof" normalise -q money.case
    must "$unspoof" correlate -q money.case
    "$unspoof" export -q -f csv money.case suspects >wanted
    shimmed FAULT_CALL=alloc FAULT_COUNT=calls "$unspoof" export -q -f csv money.case suspects
    tried=0 wrong=
    for at in $(seq 1 "$((1 + $(cat calls) / 100))" "$(cat calls)"); do
        tried=$((tried + 1))
        ! shimmed FAULT_CALL=alloc FAULT_AT="$at" "$unspoof" export -q -f csv money.case suspects || cmp -s out wanted || wrong="$wrong $at"
    done
    [ -z "$wrong" ] || echo "# wrong at$wrong"
    [ -z "$wrong" ] && [ $tried -gt 50 ] && grep -q 150.25 wanted
    ok "$name"
fi
done_testing
