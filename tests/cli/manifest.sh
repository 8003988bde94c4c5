#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manifest of an export: sha256sum reads it, and it says what case the rows are of.
. "${srcdir:-.}/tests/lib.sh"

cat >calls.csv <<'END'
started,account,presented,dialled,duration,status
2022-03-27 00:59:58,alice,02079460123,07700900123,75,ANSWERED
2022-03-27 01:00:03,bob,+442079460999,07700900124,0,NO ANSWER
END
must "$unspoof" ingest --case OP/1 -r GB case calls.csv
must "$unspoof" normalise case
must "$unspoof" correlate case

# checked MANIFEST NAME: by sha256sum, to the letter.
checked() {
    try sha256sum -c --strict "$1"
    status_is 0 "$2"
}

for format in table csv tsv json jsonl; do
    try "$unspoof" export -f $format -o victims.$format --manifest victims.$format.sha256 case victims
    status_is 0 "a manifest of $format"
    checked victims.$format.sha256 'which sha256sum takes'
done
digest=$(tail -n 1 victims.table | sed 's/^digest //')
first=$(sqlite3 case 'SELECT hash FROM run WHERE id = 1')
head=$(sqlite3 case 'SELECT hash FROM run WHERE id = 3')
cat >want <<END
# unspoof $("$unspoof" --version | sed -n '1s/^unspoof \([^ ]*\).*/\1/p')
# case: OP/1
# case digest: $digest
# case known by: $first, run 1
# chain head: $head, run 3
# table: victims, 1 rows
# table made by: $head, run 3
$(sha256sum victims.csv)
END
same 'all of it' want victims.csv.sha256
[ "$(stat -c %a victims.csv.sha256)" = 600 ]
ok 'for nobody else to read'
printf x >>victims.csv
try sha256sum -c --strict victims.csv.sha256
status_is 1 'a byte more is found'

# ---- names ----

for name in 'a b' ' a' 'a\b' '-x' "$(printf 'a\nb')" "$(printf 'a\\nb\n\nc')" '#a' "$(printf 'caf\303\251')"; do
    mkdir -p odd
    try "$unspoof" export -f csv -o "odd/$name" --manifest manifest --force case victims
    status_is 0 "a file named $(printf %s "$name" | cat -A | tr -d '\n')"
    checked manifest 'is found again'
    grep -v '^#' manifest >got
    sha256sum "odd/$name" >want
    same 'by the line that sha256sum writes' want got
done
"$unspoof" export -q -f csv --manifest manifest --force case victims >out
sha256sum -c --strict manifest <out >checked 2>&1 && grep -q '^-: OK$' checked
ok 'standard output is -'

# ---- what cannot be ----

rm -f a m
: >m
try "$unspoof" export -f csv -o a --manifest m case victims
status_is 1 'a manifest that is there is not overwritten'
says err 'm: is there; --force overwrites it' 'and it is said'
[ ! -e a ] && [ ! -e a.partial ] && [ ! -s m ]
ok 'and nothing is written'
try "$unspoof" export -f csv -o a --manifest m --force case victims
status_is 0 'but by --force'
checked m 'and it is whole'
ln a b
for two in 'a a' 'c c' 'a b'; do
    set -- $two
    try "$unspoof" export -f csv -o "$1" --manifest "$2" --force case victims
    status_is 2 "-o $1 --manifest $2 is one file"
done
cp case before
cp calls.csv calls.before
for evidence in case calls.csv; do
    try "$unspoof" export -f csv -o x --manifest $evidence --force case victims
    status_is 1 "a manifest does not go to $evidence"
done
cmp -s case before && cmp -s calls.csv calls.before && [ ! -e x ]
ok 'which are as they were'
try "$unspoof" export -f csv -o absent/x --manifest x.sha256 case victims
[ "$status" = 1 ] && [ ! -e x.sha256 ] && [ ! -e x.sha256.partial ]
ok 'no manifest of what could not be written'
try "$unspoof" export -f csv -o x --manifest absent/m case victims
[ "$status" = 1 ] && [ ! -e x ] && [ ! -e x.partial ]
ok 'and nothing without a manifest that could not be'
try "$unspoof" export -f csv -o x --manifest x.sha256 case nothing
[ "$status" = 2 ] && [ ! -e x ] && [ ! -e x.sha256 ]
ok 'nor of no table'
if [ -e /dev/full ]; then
    "$unspoof" export -q -f csv --manifest full.sha256 case victims >/dev/full 2>err
    [ $? = 1 ] && [ ! -e full.sha256 ]
    ok 'nor of a standard output that is full'
else
    skip 'a full output' 'no /dev/full'
fi
# The log has the hash of the table, whatever is written beside it.
rm -f case.log
must "$unspoof" export -q -f csv -o logged.csv --manifest logged.sha256 case suspects
grep -q "\"sha256\":\"$(sha256sum <logged.csv | cut -d' ' -f1)\"" case.log
ok 'the log has the hash of the table alone'
done_testing
