#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a statement may ask of SQLite, and that what never ends is ended by a signal.
. "${srcdir:-.}/tests/lib.sh"

awk 'BEGIN { print "started,account,presented,dialled,talk"
    for (i = 0; i < 20000; i++) printf "2022-03-01 10:00:00,u%d,+442079460101,07700900%03d,75\n", i % 50, i % 1000 }' >calls.csv
must "$unspoof" run -q -r GB c.case calls.csv

# query_is STATUS PATTERN NAME SQL: what a query comes to, and says.
query_is() {
    try "$unspoof" query c.case "$4"
    status_is "$1" "$3"
    says err "$2" "$3: said"
}

# many COUNT FIRST MORE: a text with so much more of it.
many() { awk -v count="$1" -v first="$2" -v more="$3" 'BEGIN { printf "%s", first; while (count--) printf "%s", more }'; }

# ---- bounds ----
query_is 1 '^unspoof query: c\.case: a value of more than 256 MiB, or a statement of more than 256 KiB$' 'a value that is too long' \
    'SELECT length(hex(zeroblob(200000000)))'
query_is 2 'too many columns' 'too many columns' "$(many 600 'SELECT 1' ,1)"
query_is 2 'too large' 'an expression that is too deep' "$(many 1100 'SELECT 1' +1)"
query_is 2 'too many terms in compound SELECT' 'too many parts' "$(many 200 'SELECT 1' ' UNION SELECT 2')"
query_is 1 'too complex' 'a pattern that is too long' "SELECT 'x' LIKE hex(zeroblob(600))"
query_is 2 'no such column: acount' 'a name that is no column is no text' 'SELECT count(*) FROM call WHERE "acount" = 1'
query_is 2 'reads the case, and does nothing else' 'another file' "ATTACH 'other' AS other"
query_is 2 'reads the case, and does nothing else|not authorized' 'an extension' "SELECT load_extension('x')"
try "$unspoof" query -q c.case "$(many 90 'SELECT 1' ,1) FROM call WHERE $(many 500 'id > 0' ' OR id = 1') LIMIT 1"
status_is 0 'what people write is within them'

# ---- names of a schema that was in other hands, in a message of SQLite ----
if command -v sqlite3 >/dev/null; then
    cp c.case named.case
    must sqlite3 named.case "PRAGMA writable_schema = 1;
        UPDATE sqlite_master SET sql = 'CREATE TABLE x(', name = 'a' || char(27) || '[31m' || char(8238) WHERE name = 'organisation'"
    for command in summary verify normalise; do
        try "$unspoof" $command named.case
        [ "$status" = 4 ] && ! LC_ALL=C grep -q '[[:cntrl:]]' err && ! LC_ALL=C grep -q '[^ -~]' err
        ok "$command: a name of the schema is escaped"
    done
else
    skip 'a name of the schema is escaped' 'no sqlite3 here'
fi

# ---- signals ----
# ended NAME SIGNAL SQL: a query that does not end by itself, once it runs.
ended() {
    "$unspoof" query c.case "$3" >out 2>err &
    pid=$!
    # Its handler is there when it has the case open.
    for _ in $(seq 100); do
        grep -q c.case <<END && break
$(readlink /proc/$pid/fd/* 2>/dev/null)
END
        sleep 0.1
    done
    sleep 0.2
    kill -s "$2" $pid
    # Long after it should have ended.
    watch_over $pid 60
    wait $pid
    status=$?
    kill $watch 2>/dev/null
    status_is 5 "$1"
    says err '^unspoof query: interrupted$' "$1: said"
}

if [ -d /proc/self/fd ]; then
    ended 'a query without an end' INT 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c'
    ended 'one that is ended from elsewhere' TERM 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c'
    ended 'one whose rows are found and none fits' INT \
        'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0'
    ended 'all calls against all calls' INT 'SELECT count(*) FROM call a, call b, call c WHERE a.line + b.line + c.line < 0'
else
    skip 'a query without an end' 'no /proc here'
fi

# An export whose reader has stopped to read: it has begun when a line is there, and it cannot have ended.
mkfifo pipe
"$unspoof" export -q -f csv c.case calls >pipe 2>err &
pid=$!
{
    read -r line
    printf '%s\n' "$line" >out
    kill -s INT $pid
    cat >>out
} <pipe
wait $pid
status=$?
status_is 5 'an export that is interrupted'
[ "$(wc -l <out)" -lt 20001 ]
ok 'ends before its end'
done_testing
