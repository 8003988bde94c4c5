#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `compact` leaves of what was there before, and what stays as it was.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

must "$synth" --scale 1/20000 --seed 3 d
must "$unspoof" run -q -r GB c.case d/*.csv
printf 'payment_id,account,paid,amount,currency,status\nP1,sesame-gone,2022-03-01T10:00:00Z,150.25,GBP,confirmed\n' >more.csv
cp c.case more.case
must "$unspoof" ingest -q c.case more.csv
must "$unspoof" normalise -q c.case
must "$unspoof" correlate -q c.case
must "$unspoof" normalise -q --status paid=X c.case
free() { sqlite3 "$1" 'PRAGMA freelist_count'; }
[ "$(free c.case)" -gt 0 ]
ok 'a layer that was dropped leaves free pages'
exports() {
    for table in sources payments rejects; do
        "$unspoof" export -f csv "$1" $table || echo $table
    done
    sqlite3 "$1" 'SELECT * FROM table_digest'
}
exports c.case >before 2>/dev/null
runs=$(sqlite3 c.case 'SELECT count(*) FROM run')
size=$(wc -c <c.case)
freed=$(($(free c.case) * $(sqlite3 c.case 'PRAGMA page_size')))
try "$unspoof" compact c.case
status_is 0 'compact'
same 'says what came of it' /dev/null out
echo "$size bytes, of which $freed were free, are now $(wc -c <c.case)" >expected
same 'with the bytes before and after' expected err
[ "$(free c.case)" = 0 ] && [ "$(wc -c <c.case)" -lt "$size" ]
ok 'there are no free pages'
exports c.case >after 2>/dev/null
same 'what the case says is the same' before after
[ "$(sqlite3 c.case "SELECT command || ' ' || outputs FROM run WHERE id > $runs")" = "compact {\"bytes\":$size,\"free\":$freed}" ]
ok 'the run is recorded'
[ "$(sqlite3 c.case 'SELECT count(*) FROM overwriting')" = 0 ]
ok 'and nothing is due'
try "$unspoof" verify --rows all c.case
status_is 0 'it verifies'
must "$unspoof" correlate -q c.case
try "$unspoof" verify c.case
status_is 0 'and goes on as before'

# Nothing that the case says changes, its digest neither, where nothing was decided.
digest_of() { "$unspoof" verify --rows 0 "$1" | grep '^digest '; }
cp more.case plain.case
before=$(digest_of plain.case)
must "$unspoof" compact -q plain.case
[ -n "$before" ] && [ "$(digest_of plain.case)" = "$before" ]
ok 'the digest of the case is the same'
try "$unspoof" verify --rows 0 --deep plain.case
status_is 0 'and its layers are those of the runs'

# Text that a rolled back or dropped layer had.
must "$unspoof" ingest -q more.case more.csv
must "$unspoof" normalise -q more.case
sqlite3 more.case 'PRAGMA secure_delete = OFF; CREATE TABLE x(a); INSERT INTO x SELECT hex(randomblob(500)) || "sesame-once" FROM payment LIMIT 9; DROP TABLE x' >out
grep -q sesame-once more.case
ok 'a free page has what was there'
must "$unspoof" compact -q more.case
! grep -q sesame-once more.case
ok 'and compact overwrites it'
grep -q sesame-gone more.case
ok 'but nothing else'

# Killed when the run is on record and the file not yet written anew.
must fault_library
cp c.case k.case
shimmed FAULT_CALL=write FAULT_COUNT="$scratch/counted" "$unspoof" compact -q k.case
writes=$(cat counted)
broken=0 part=0
for tenth in 1 2 3 4 5 6 7 8 9; do
    cp c.case k.case
    shimmed FAULT_CALL=write FAULT_AT=$((1 + writes * tenth / 10)) FAULT_ERROR=KILL "$unspoof" compact -q k.case
    [ $? = 137 ] || continue
    part=$((part + 1))
    "$unspoof" verify -q k.case >>out 2>&1 || broken=$((broken + 1))
    "$unspoof" compact -q k.case >>out 2>&1 || broken=$((broken + 1))
    [ "$(free k.case)$(sqlite3 k.case 'SELECT count(*) FROM overwriting')" = 00 ] || broken=$((broken + 1))
done
[ $part -gt 3 ] && [ $broken = 0 ]
ok "killed $part times, it verifies and can be ended"

# Mistakes.
try "$unspoof" compact
status_is 2 'no case'
try "$unspoof" compact c.case d.case
status_is 2 'two cases'
try "$unspoof" compact none.case
status_is 1 'a case that is not there'
[ ! -e none.case ]
ok 'is not made'
if [ "$(id -u)" = 0 ]; then
    skip 'one that may only be read' 'root may write it'
else
    chmod 400 c.case
    try "$unspoof" compact c.case
    status_is 1 'one that may only be read'
fi
done_testing
