#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which source `drop` takes out, and what is not given again.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

head='started,account,presented,dialled,talk'
# calls FILE GOOD BAD: so many calls, and rows that are rejected.
calls() {
    echo "$head" >"$1"
    awk -v good="$2" -v bad="$3" -v file="$1" 'BEGIN { for (i = 0; i < good; i++) printf "2022-03-%02d 10:00:00Z,%s,02079460001,07700900123,90\n", i % 28 + 1, file
        for (i = 0; i < bad; i++) printf "never,%s,02079460001,07700900123,90\n", file }' >>"$1"
}
# present CASE: ids of the sources that are in it.
present() { sqlite3 "$1" 'SELECT group_concat(id) FROM (SELECT id FROM source WHERE dropped_by IS NULL ORDER BY id)'; }

# ---- ids of rejects ----

calls a.csv 2 3
calls b.csv 1 2
must "$unspoof" ingest -q -r GB c.case a.csv b.csv
must "$unspoof" drop -q c.case b.csv
calls d.csv 2 1
must "$unspoof" ingest -q -r GB c.case d.csv
[ "$(sqlite3 c.case 'SELECT group_concat(id) FROM reject')" = 1,2,3,6 ]
ok 'ids of rejects are not given again'
[ "$(sqlite3 c.case "SELECT source, first, last, rows FROM dropped WHERE name = 'reject'")" = '2|4|5|2' ]
ok 'and table dropped has them'
try "$unspoof" verify -q --rows all c.case
status_is 0 'it verifies'
must "$unspoof" drop -q c.case d.csv a.csv
must "$unspoof" ingest -q -r GB c.case b.csv
[ "$(sqlite3 c.case 'SELECT group_concat(id) FROM reject')" = 7,8 ]
ok 'nor where none is left'
try "$unspoof" verify -q c.case
status_is 0 'which verifies'
cp c.case forged.case
sqlite3 forged.case "DELETE FROM dropped WHERE name = 'reject' AND source = 2"
try "$unspoof" verify forged.case
says err '^source 2: rejected 2 rows, but table dropped has 0$' 'a gap that is in no table is found'
printf 'account,email\nu1,u1@example.com\nu2,u2@example.com\nNULL,u3@example.com\n' >accounts.csv
must "$unspoof" ingest -q c.case accounts.csv
must "$unspoof" drop -q c.case accounts.csv
try "$unspoof" verify -q c.case
status_is 0 'rows of another kind with rejects'

# ---- a file whose name is a number ----

calls 2 1 0
calls 7 2 0
calls b.csv 1 2
must "$unspoof" ingest -q -r GB n.case 2 b.csv 7
try "$unspoof" drop n.case 7
status_is 1 'digits that are no id, but a path'
says err '^unspoof drop: 7: no source has this id, but source 3 has this path: give id:3 or ./7$' 'are not taken for it, which is said'
[ "$(present n.case)" = 1,2,3 ]
ok 'and nothing is dropped'
try "$unspoof" drop n.case 2
status_is 1 'digits that are the id of one source and the path of another'
says err '^source 2: b.csv, call, 1 row$' 'list the one'
says err '^source 1: 2, call, 1 row$' 'and the other'
says err '^unspoof drop: 2: is the id of source 2 and the path of source 1: give id:2 or ./2$' 'and what to give'
[ "$(present n.case)" = 1,2,3 ]
ok 'and nothing is dropped'
cp n.case id.case
must "$unspoof" drop -q id.case id:2
[ "$(present id.case)" = 1,3 ]
ok 'id: is an id'
must "$unspoof" drop -q n.case ./2
[ "$(present n.case)" = 2,3 ]
ok 'and ./ a path'
must "$unspoof" drop -q n.case 2
[ "$(present n.case)" = 3 ]
ok 'that was dropped is in the way of no id'
try "$unspoof" drop n.case id:9
status_is 1 'an id that there is not'
says err '^unspoof drop: id:9: no source of the case has this id or path' 'is said'
must "$unspoof" ingest -q -r GB n.case ./a.csv
must "$unspoof" drop -q n.case a.csv
[ "$(present n.case)" = 3 ]
ok 'a path is the same with and without ./'
cp a.csv id:3
must "$unspoof" ingest -q -r GB n.case id:3
must "$unspoof" drop -q n.case ./id:3
[ "$(present n.case)" = 3 ]
ok 'a file of such a name'
done_testing
