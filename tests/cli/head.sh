#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# verify --head: the hash of a run that was noted is in the chain; one that was cut or made
# anew has it no longer.
. "${srcdir:-.}/tests/lib.sh"

cat >accounts.csv <<'X'
account,login,email
alice,al,al@example.org
bob,bo,bo@example.org
X
# made CASE: the steps, a run each.
made() {
    must "$unspoof" ingest -q -k account -r GB "$1" accounts.csv
    must "$unspoof" normalise -q "$1"
    must "$unspoof" correlate -q --currency GBP "$1"
}
hash_of() { sqlite3 "$1" "SELECT hash FROM run WHERE id = $2"; }

made one.case
first=$(hash_of one.case 1)
last=$(hash_of one.case 3)
try "$unspoof" verify --head "$last" one.case
status_is 0 'the last hash'
says out '^ok: .*; run 3 has the hash given, 0 runs follow it$' 'is the last run'
try "$unspoof" verify --head "$first" one.case
status_is 0 'the first'
says out '; run 1 has the hash given, 2 runs follow it$' 'has two behind it'
try "$unspoof" verify --head "$(printf %.12s "$first" | tr a-f A-F)" one.case
status_is 0 'twelve digits do, in capitals too'
must "$unspoof" correlate -q --currency GBP one.case
try "$unspoof" verify --head "$last" one.case
says out '; run 3 has the hash given, 1 run follows it$' 'a run that was added is told'

for bad in '' 123 "$(printf %.11s "$first")" "${first}0" "x$(printf %.20s "$first")"; do
    try "$unspoof" verify --head "$bad" one.case
    status_is 2 "no hash: '$bad'"
    says err "^unspoof verify: --head takes the hash of a run, 12 to 64 hexadecimal digits, not '$bad'" 'is told'
done

# Its last runs cut off, and all that they made with them: the rest hangs together.
made cut.case
last=$(hash_of cut.case 3)
none="^no run has the hash $last: the case is another one, or its chain of runs was cut before that run, or made anew\$"
cp cut.case copy.case
must "$unspoof" normalise -q copy.case
sqlite3 cut.case "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema WHERE type = 'table'" | sort >with.sql
sqlite3 copy.case "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema WHERE type = 'table'" | sort | comm -23 with.sql - >drop.sql
must sqlite3 cut.case <drop.sql
must sqlite3 cut.case "DELETE FROM run WHERE id = 3; DELETE FROM table_digest WHERE layer = 'concluded'"
try "$unspoof" verify cut.case
status_is 0 'a chain cut with what it made hangs together'
try "$unspoof" verify --head "$last" cut.case
status_is 4 'but has the hash no longer'
says err "$none" 'which is told'
must "$unspoof" correlate -q --currency GBP --long 30 cut.case
try "$unspoof" verify cut.case
status_is 0 'nor does a chain that was made anew from there on show it'
try "$unspoof" verify --head "$last" cut.case
status_is 4 'without the hash'
try "$unspoof" verify --head "$(hash_of cut.case 2)" cut.case
status_is 0 'one from before the cut is there'

# Made anew from its sources.
sleep 1
made new.case
try "$unspoof" verify --head "$last" new.case
status_is 4 'a case made anew'
says err "$none" 'has it not'

# The hashes have to be those of the runs.
cp new.case copy.case
must sqlite3 copy.case "UPDATE run SET hash = '$last' WHERE id = 3"
try "$unspoof" verify --head "$last" copy.case
status_is 4 'a hash that was written by hand'
says err 'run 3 was changed' 'is not that of its run'
cp new.case copy.case
must sqlite3 copy.case 'UPDATE run SET id = 7 WHERE id = 3'
try "$unspoof" verify copy.case
status_is 4 'another id of a run'
says err '^the ids of the runs have gaps: there are 3, from 1 to 7$' 'is told'
done_testing
