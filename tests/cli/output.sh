#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# export -o: what a killed one left goes, what another writes stays, no link is followed.
. "${srcdir:-.}/tests/lib.sh"

printf 'started,account,presented,dialled,duration,status\n2022-03-01 10:00:00,u1,+442079460000,+447700900001,70,ANSWERED\n' >calls.csv
must "$unspoof" run -q a.case calls.csv
must "$unspoof" export -q -f csv -o good.csv a.case suspects
[ ! -e good.csv.partial ]
ok 'nothing is left beside an export'

echo half >o.csv.partial
try "$unspoof" export -q -f csv -o o.csv a.case suspects
status_is 0 'what a killed export left is in nobody'"'"'s way'
cmp -s good.csv o.csv && [ ! -e o.csv.partial ]
ok 'and is cleared'

# One that is writing: stopped in its middle, at the pipe that its query waits for.
awk 'BEGIN { print "started,account,presented,dialled,duration,status"
    for (i = 0; i < 400000; i++) printf "2022-03-01 10:00:00,u%d,+442079460000,+447700900001,70,ANSWERED\n", i }' >many.csv
must "$unspoof" ingest -q b.case many.csv
must "$unspoof" normalise -q b.case
must "$unspoof" correlate -q b.case
must "$unspoof" export -q -f csv -o many.good b.case accounts
"$unspoof" export -q -f csv -o o2.csv b.case accounts &
writer=$!
tries=0
while [ ! -s o2.csv.partial ] && [ $tries -lt 2000 ]; do
    tries=$((tries + 1))
    sleep 0.005
done
kill -STOP $writer
[ -s o2.csv.partial ]
ok 'an export is being written'
try "$unspoof" export -q -f csv -o o2.csv a.case suspects
status_is 1 'another one to the same file is refused'
says err 'o2.csv: another export is writing it; wait until it has ended' 'and says why'
[ -e o2.csv.partial ] && [ ! -e o2.csv ]
ok 'what is being written stays'
kill -CONT $writer
wait $writer
[ $? = 0 ] && cmp -s many.good o2.csv && [ ! -e o2.csv.partial ]
ok 'and becomes whole'

"$unspoof" export -q -f csv -o o3.csv b.case accounts &
writer=$!
while [ ! -s o3.csv.partial ] && kill -0 $writer 2>/dev/null; do sleep 0.002; done
kill -KILL $writer
wait $writer 2>/dev/null
[ -s o3.csv.partial ] && [ ! -e o3.csv ]
ok 'a killed one leaves a part, and no file'
try "$unspoof" export -q -f csv -o o3.csv a.case suspects
status_is 0 'the next one'
cmp -s good.csv o3.csv && [ ! -e o3.csv.partial ]
ok 'clears it'

echo precious >precious
ln -s precious o4.csv.partial
try "$unspoof" export -q -f csv -o o4.csv a.case suspects
status_is 0 'a link stands where the part goes'
[ "$(cat precious)" = precious ] && cmp -s good.csv o4.csv && [ ! -L o4.csv ] && [ ! -L o4.csv.partial ]
ok 'it is not written through'
mkfifo o5.csv.partial
try "$unspoof" export -q -f csv -o o5.csv a.case suspects
status_is 1 'no file at all stands there'
says err 'o5.csv.partial: is there, and cannot be told to be what an export left; remove it' 'which is said'
[ -p o5.csv.partial ] && [ ! -e o5.csv ]
ok 'and left alone'
cp a.case c.partial
try "$unspoof" export -q -f csv -o c c.partial suspects
status_is 1 'the case itself has the name of the part'
cmp -s a.case c.partial
ok 'and is still there'
done_testing
