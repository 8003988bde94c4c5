#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Narrow questions: what they skip is not in the answer, which is that of reading everything; how many segments they read;
# filters that lie, are damaged, or are not there.
. "${srcdir:-.}/tests/lib.sh"

must "$synth" --rows-only --scale 0.004 --seed 3 dump
# Two sources, the second with an account and two numbers that nothing else has.
head -n 1 dump/calls.csv >second.csv
sed -n '150000,$p' dump/calls.csv >>second.csv
echo '2022-08-03 10:00:00,only once,+447700900998,+447700900999,30,20,ANSWERED,0.05' >>second.csv
sed -i '150000,$d' dump/calls.csv
must "$unspoof" ingest -q -k call -r GB -z UTC a.case dump/calls.csv
must "$unspoof" ingest -q -k call -r GB -z UTC a.case second.csv
cp a.case found.case
must "$unspoof" normalise -q a.case
all=$(sqlite3 a.case 'SELECT count(*) FROM segment')
second=$(sqlite3 a.case 'SELECT count(*) FROM segment WHERE source = 2')
[ "$second" -gt 1 ] && [ "$all" -gt $((second + 1)) ]
ok "the case has $all segments, $second of the second source"

value() { "$unspoof" query -q -f tsv a.case "$1" | tail -n 1; }
once=$(value "SELECT id FROM account_key WHERE account = 'only once'")
many=$(value 'SELECT account_key FROM call WHERE account_key > 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
shown=$(value 'SELECT presented_e164 FROM call WHERE presented_e164 > 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
called=$(value 'SELECT dialled_e164 FROM call WHERE dialled_e164 > 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1')
first=$(value 'SELECT min(started_utc) FROM call')
columns='id, source, line, offset, call_id, started, account, presented, dialled, talk, status, account_key, started_utc,
    talk_ms, presented_e164, presented_reading, dialled_e164, cost_micro, answered, flags, cost_value, cost_currency'

# A unary + keeps SQLite from handing a condition on.
while read -r condition; do
    plain=$(echo "$condition" | sed -E 's/(^| )(account_key|presented_e164|dialled_e164|started_utc|source|id|presented_reading) /\1+\2 /g')
    "$unspoof" query -q -f tsv a.case "SELECT $columns FROM call WHERE $plain" >wanted 2>&1
    for n in 1 4; do
        "$unspoof" query -q --threads $n -f tsv a.case "SELECT $columns FROM call WHERE $condition" >got 2>&1
        same "$condition: $(($(wc -l <wanted) - 1)) rows, --threads $n" wanted got
    done
done <<END
account_key = $once
account_key = $many
account_key = 0
account_key = 999999999
account_key = NULL
account_key = $many.0
account_key IN ($once, $many, 5, NULL)
account_key IN (SELECT rowid FROM [account_key] WHERE rowid % 50 = 7)
account_key IN (SELECT rowid FROM [account_key] WHERE rowid < 0)
presented_e164 = $shown
presented_e164 = 447700900998
dialled_e164 = $called
dialled_e164 = 447700900999
dialled_e164 IN ($called, 447700900999, 1)
dialled_e164 = $called AND account_key = $many
presented_reading IN (SELECT rowid FROM reading WHERE class = 'withheld')
started_utc >= $first AND started_utc < $((first + 86400))
started_utc > $((first + 864000)) AND started_utc <= $((first + 900000)) AND account_key > 7
started_utc = $first
started_utc < $first
started_utc BETWEEN $((first + 1000)) AND $((first + 5000)) AND dialled_e164 IN ($called)
started_utc >= 9223372036854775807
started_utc <= -9223372036854775807
source = 2 AND account_key = $many
source IN (2, 3) AND id < 200000
source = 7
id >= 196600 AND id < 196700
id > 131071 AND id <= 131073
id < 0
account_key = $many AND presented_e164 = $shown AND started_utc > $((first + 100000)) AND source = 1
END

# What is no integer is left to SQLite.
"$unspoof" query -q -f tsv a.case "SELECT $columns FROM call WHERE +account_key IN ($once, $many)" >wanted
try "$unspoof" query -q -f tsv a.case "SELECT $columns FROM call WHERE account_key IN ('$once', $many)"
same 'a text among numbers' wanted out
"$unspoof" query -q -f tsv a.case "SELECT $columns FROM call WHERE +account_key = $once" >wanted
try "$unspoof" query -q -f tsv a.case "SELECT $columns FROM call WHERE account_key = '$once'"
same 'a text for a number' wanted out

# Rows that are put in order of a column are those that SQLite puts in order.
while read -r column condition; do
    for what in "count(*), sum(talk_ms), min(started_utc), max(cost_micro)" 'count(DISTINCT dialled_e164)'; do
        "$unspoof" query -q -f tsv a.case "SELECT $column, $what FROM (SELECT *, id AS i FROM call) WHERE $condition GROUP BY $column, i > 0" >wanted
        for n in 1 4; do
            try "$unspoof" query -q --threads $n -f tsv a.case "SELECT $column, $what FROM call WHERE $condition GROUP BY $column"
            same "grouped by $column, where $condition: $(($(wc -l <wanted) - 1)) rows, --threads $n" wanted out
        done
    done
    for order in "$column" "$column DESC" "$column LIMIT 7"; do
        "$unspoof" query -q -f tsv a.case "SELECT DISTINCT $column FROM call WHERE $condition ORDER BY +$order" >wanted
        try "$unspoof" query -q -f tsv a.case "SELECT DISTINCT $column FROM call WHERE $condition ORDER BY $order"
        same "distinct, in order of $order, where $condition" wanted out
    done
done <<END
account_key 1
account_key started_utc < $((first + 900000))
answered account_key = $many
flags source = 2
dialled_e164 account_key IN ($many, $once)
presented_reading 1
END
try "$unspoof" query found.case 'SELECT account_key, count(*) FROM call GROUP BY 1'
status_is 0 'as found: all calls are one group'
[ "$(tail -n 1 out)" = ",$(value 'SELECT count(*) FROM call')" ]
ok 'of all of them'
try "$unspoof" query a.case 'SELECT account_key, max(rowid) FROM call GROUP BY 1'
status_is 1 'rows that are put in order have no rowid'
says err 'have no rowid; name id' 'and the message says what to name'

# reads CONDITION SEGMENTS: one thread reads no segment for nothing.
reads() {
    try "$unspoof" query -v --threads 1 a.case "SELECT count(*), min(line) FROM call WHERE $1"
    says err "segments: $2 of $all read\$" "$1: segments: $2 of $all read"
}
reads "account_key = $once" 1
reads 'presented_e164 = 447700900998' '[1-3]'
reads 'dialled_e164 = 447700900999' '[1-4]'
reads "account_key = $many AND source = 2" "$second"
reads 'source = 2' "$second"
reads 'account_key = 999999999' 0
reads "started_utc < $((first + 60))" 1
reads 'id < 66000' 1
reads "+account_key = $once" "$all"
try "$unspoof" show -v --threads 1 a.case number +447700900999
says err 'segments: [1-4] of' 'show reads few segments too'
says out '^understood,dialled,"1 calls' 'and finds the call'
must "$unspoof" correlate -q a.case

# shows SEGMENTS WHAT ID: one thread, of all that is concluded too.
shows() {
    try "$unspoof" show -v --threads 1 a.case "$2" "$3"
    says err "segments: $1 of $all read\$" "show $2 $3: segments: $1 of $all read"
}
shows 1 call "$(value 'SELECT max(id) FROM call')"
shows 1 call 70000
shows 0 account 'only once'
shows 0 suspect S1
shows '[1-4]' number +447700900999
shows '[1-3]' number +447700900998
reads "account = 'only once'" 1
reads "account IN ('only once', 'nobody')" 1
reads "account = 'nobody'" 0
reads "account = 'only once' AND dialled = '+447700900999'" 1
reads "dialled = '+447700900999'" "$all"
reads "source = (SELECT id FROM source WHERE path = 'second.csv')" "$second"
reads "account_key IN (SELECT id FROM account_key WHERE account = 'only once')" 1
reads "started_utc >= strftime('%s', '2022-11-07') + 0 AND started_utc < strftime('%s', '2022-11-08') + 0" 1
try "$unspoof" query -v --threads 1 a.case "SELECT status, count(*) FROM call WHERE account = 'only once' GROUP BY status"
says err "segments: 1 of $all read\$" 'what is put in order is narrowed too'
says out '^ANSWERED,1$' 'and is what was asked for'
try "$unspoof" export -v -o rows.csv a.case calls
says err "segments: $all of $all read" 'export of all calls reads all'
try "$unspoof" query a.case 'SELECT 1'
[ ! -s err ]
ok 'without -v nothing is said'

# A case that is not understood has no filters.
try "$unspoof" query -v --threads 1 -f tsv found.case 'SELECT count(*), max(id) FROM call WHERE source = 1'
"$unspoof" query -q -f tsv a.case 'SELECT count(*), max(id) FROM call WHERE +source = 1' >wanted
same 'as found: the rows of a source' wanted out
try "$unspoof" query -f tsv found.case 'SELECT count(*) FROM call WHERE account_key = 1 OR started_utc > 0'
[ "$(tail -n 1 out)" = 0 ]
ok 'as found: no account, no time'

question="SELECT $columns FROM call WHERE account_key = $once"
"$unspoof" query -q -f tsv a.case "$question" >wanted
last=$(($(tail -n 1 wanted | cut -f 1) / 65536))

# broken NAME SQL: the answer is as it was, and verify says what is wrong.
broken() {
    cp a.case b.case
    must sqlite3 b.case "$2"
    "$unspoof" query -q -f tsv b.case "$question" >got 2>&1
    same "$1: the answer is the same" wanted got
    try "$unspoof" verify b.case
    status_is 4 "$1: verify fails"
    says err "segment $last: its filters, in segment_filter, are not those of its calls" "$1: verify says where"
}
broken 'a filter with another byte' \
    "UPDATE segment_filter SET account = CAST(substr(account, 1, 20) || x'00' || substr(account, 22) AS BLOB) WHERE id = $last"
broken 'a filter that is cut short' "UPDATE segment_filter SET account = substr(account, 1, 16) WHERE id = $last"
broken 'a filter of nothing' "UPDATE segment_filter SET account = x'' WHERE id = $last"
broken 'checks with another byte' \
    "UPDATE segment_filter SET checks = CAST(x'01' || substr(checks, 2) AS BLOB) WHERE id = $last"
broken 'no filters of a segment' "DELETE FROM segment_filter WHERE id = $last"

# One that is whole, but of another segment, is found by verify.
cp a.case b.case
must sqlite3 b.case "UPDATE segment_filter SET account = (SELECT account FROM segment_filter WHERE id = 1) WHERE id = $last"
try "$unspoof" verify b.case
status_is 4 'a filter that lies: verify fails'
says err "segment $last: its filters, in segment_filter, are not those of its calls" 'a filter that lies: verify says where'

cp a.case b.case
must sqlite3 b.case "INSERT INTO segment_filter VALUES(1000, x'01', x'02', x'03', x'04')"
try "$unspoof" verify b.case
status_is 4 'a filter of no segment: verify fails'
says err 'table segment_filter: it has filters of no segment' 'and says so'

# A case of an older program is without the table.
cp a.case b.case
must sqlite3 b.case 'DROP TABLE segment_filter'
try "$unspoof" query -v --threads 1 -f tsv b.case "$question"
same 'without the table the answer is the same' wanted out
says err "segments: $all of $all read" 'without the table all segments are read'
try "$unspoof" verify b.case
status_is 0 'without the table the case verifies'

# A damaged column is told, though the others are not read.
cp a.case b.case
must sqlite3 b.case "UPDATE understood SET data = CAST(substr(data, 1, 99) || x'5a5a5a' || substr(data, 103) AS BLOB)
    WHERE id = $last * 256"
try "$unspoof" query b.case "SELECT count(*) FROM call WHERE account_key = $once"
status_is 4 'a damaged column of the condition fails the query'
says err "segment $last: its columns as understood are not those that were stored" 'and the segment is named'
try "$unspoof" query b.case "SELECT sum(talk_ms) FROM call WHERE id / 65536 = $last"
status_is 0 'what does not read the column does not fail'
cp a.case b.case
must sqlite3 b.case "DELETE FROM understood WHERE id = $last * 256"
try "$unspoof" query b.case "SELECT count(*) FROM call WHERE account_key = $once"
status_is 4 'a column that is gone fails the query'
done_testing
