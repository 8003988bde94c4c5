#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# damage.sh [COUNT [SEED]]: COUNT copies of a case, each damaged in one way: a byte flipped in
# a table, an index, a segment or the header, each kind of byte of each as often; a page
# zeroed, copied or changed with another; the file cut or made longer; a row edited, as SQL or
# deleted. verify must find each, or the byte lies where the pages, walked by a program of
# its own, show that none carries meaning.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
damages=${1:-160}
seed=${2:-1}
. "${srcdir:-.}/tests/lib.sh"

if ! command -v python3 >/dev/null 2>&1; then
    skip 'damages are found' 'there is no python3'
    done_testing
    exit 0
fi

# A case with something in every table that can have some: members, rejects, decisions,
# remarks, a source that was dropped, and pages that it left free.
must "$synth" --scale 1/40000 --seed 5 dump
printf 'account,login,email\nalice,al,al@example.org\n,nobody,\n' >one.csv
printf 'account,login,email\nbob,bo,bo@example.org\nbob,bo,bo@example.org\n' >two.csv
printf 'account,login,email\ncarol,ca,ca@example.org\n' >three.csv
must tar -cf both.tar one.csv two.csv
must "$unspoof" ingest -q --case OP-1 -r GB whole.case dump/*.csv
must "$unspoof" ingest -q -k account -r GB whole.case both.tar
must "$unspoof" ingest -q -k account -r GB whole.case three.csv
must "$unspoof" drop -q whole.case three.csv
must "$unspoof" normalise -q --region all=GB whole.case
must "$unspoof" correlate -q --currency GBP whole.case
must "$unspoof" verify -q whole.case
empty=$(for table in $(sqlite3 whole.case "SELECT name FROM sqlite_schema WHERE type = 'table'"); do
    [ "$(sqlite3 whole.case "SELECT count(*) FROM $table")" != 0 ] || printf '%s ' "$table"
done)
printf '# without rows: %s\n' "$empty"
mkdir elsewhere
mv whole.case elsewhere
cd elsewhere || exit 1
python3 "$srcdir/tests/damage/damage.py" "$unspoof" whole.case "$damages" "$seed" >said 2>trace || sed 's/^/# /' trace >>said
grep '^#' said
lines=$(grep -c '^ok\|^not ok' said)
[ "$lines" = 3 ]
ok 'the sweep came to its end'
for i in 1 2 3; do
    line=$(grep '^ok\|^not ok' said | sed -n ${i}p)
    case $line in ok*) true ;; *) false ;; esac
    ok "${line#*- }"
done

# A verify that sees nothing does not pass.
printf '#!/bin/sh\nexit 6\n' >blind
chmod +x blind
python3 "$srcdir/tests/damage/damage.py" "$PWD/blind" whole.case 20 1 >said 2>&1
grep -q '^not ok - 20 damages from seed 1: .*missed' said
ok 'a verify that sees nothing is found out'
done_testing
