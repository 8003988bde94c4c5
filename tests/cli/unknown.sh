#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An amount that nobody said is no amount of 0, in whatever way it is shown.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || {
    echo "1..0 # SKIP no python3 here"
    exit 0
}

row='2023-03-31 10:00:00,u1,02079460101,07700900123,61'
printf '%s\n' started,account,presented,dialled,talk,cost,currency "$row,NULL,NULL" "$row,," "$row,0,EUR" "$row,0.00," "$row,1.5,NULL" \
    "$row, ,EUR" "$row,-,n/a" "$row,-0.25,EUR" "$row,n/a," >calls.csv
printf '%s\n' reference,victim,at,loss,currency 'R1,07700900123,2023-03-31 10:00:10,NULL,NULL' 'R2,07700900123,2023-03-31 10:00:10,,EUR' \
    'R3,07700900123,2023-03-31 10:00:10,0,NULL' >reports.csv
printf '%s\n' payment_id,account,paid,amount,currency,status 'P1,u1,2023-03-31 10:00:00,0,NULL,paid' \
    'P2,u1,2023-03-31 10:00:00,2,,paid' 'P3,u1,2023-03-31 10:00:00,NULL,GBP,paid' >payments.csv
must "$unspoof" ingest -q -r GB -c GBP case calls.csv reports.csv payments.csv
must "$unspoof" normalise -q case
must "$unspoof" correlate -q case

# columns TABLE COLUMN...: of each row these columns, in each format that is text, with | between; what is none as NONE.
columns() {
    table=$1
    shift
    rm -f got.*
    for format in csv tsv json jsonl; do
        "$unspoof" export -q -f $format case "$table" >"out.$format" || return 1
        python3 - $format "out.$format" "$@" >"got.$format" <<'PY'
import csv, json, sys
form, path, names = sys.argv[1], sys.argv[2], sys.argv[3:]
text = open(path, newline="")
if form == "csv": rows = list(csv.DictReader(text))
elif form == "tsv": rows = list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
elif form == "json": rows = json.load(text)
else: rows = [json.loads(line) for line in text]
if isinstance(rows, dict): rows = next(value for value in rows.values() if isinstance(value, list))
none = "" if form in ("csv", "tsv") else None
print("\n".join("|".join("NONE" if row[name] == none else str(row[name]) for name in names) for row in rows))
PY
    done
}

# all_say NAME: each format has the rows on standard input.
all_say() {
    cat >expected
    for format in csv tsv json jsonl; do
        same "$1: $format" expected "got.$format"
    done
}

columns calls cost currency
all_say 'calls' <<'X'
NONE|NONE
NONE|NONE
0|EUR
0.00|GBP
1.5|GBP
NONE|NONE
NONE|NONE
-0.25|EUR
NONE|NONE
X
columns reports loss currency
all_say 'reports' <<'X'
NONE|NONE
NONE|NONE
0.00|GBP
X
columns payments amount currency value value_currency
all_say 'payments' <<'X'
0.00|GBP|0.00|GBP
2.00|GBP|2.00|GBP
X
for call in 65536 65541 65542 65544; do
    "$unspoof" show case call $call >out
    ! grep '^understood,cost' out
    ok "show: no cost of call $call"
done
"$unspoof" show case call 65539 >out
says out '^understood,cost,0.00,GBP' 'show: a cost of 0'
"$unspoof" show case call 65540 >out
says out '^understood,cost,1.5,GBP' 'show: a currency that is none is that of the source'

# A profile says that 0 is no value there.
cat >free.profile <<'X'
name free
kind call
roles header
absent 0
X
rm -f case
must "$unspoof" ingest -q -r GB -c GBP -p ./free.profile case calls.csv
must "$unspoof" normalise -q case
must "$unspoof" correlate -q case
columns calls cost
sed -n 3,5p got.csv >got
printf '%s\n' NONE 0.00 1.5 >expected
same 'a word of the source alone' expected got
done_testing
