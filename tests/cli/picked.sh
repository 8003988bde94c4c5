#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The columns of an export: what each is, and those that are asked for.
. "${srcdir:-.}/tests/lib.sh"

cat >calls.csv <<'END'
started,account,presented,dialled,duration,status,cost
2022-03-27 00:59:58,alice,02079460123,07700900123,75,ANSWERED,0.10
2022-03-27 01:00:03,bob,+442079460999,07700900124,90,ANSWERED,0.20
2022-03-27 01:00:09,bob,+442079460999,07700900125,90,ANSWERED,0.20
2022-03-27 01:00,bad
END
cat >pay.csv <<'END'
payment_id,account,paid,amount,currency,status
p1,alice,2022-03-26 10:00:00,500.00,GBP,paid
p2,bob,2022-03-26 11:00:00,700.50,GBP,paid
END
must "$unspoof" ingest -r GB case calls.csv pay.csv
must "$unspoof" normalise --zone all=UTC case
must "$unspoof" correlate case
"$unspoof" export --columns help -f tsv >all

# Each column by itself, and all of them backwards, are what they are among all.
for table in $(sed 1d all | cut -f 1 | uniq); do
    "$unspoof" export -q -f tsv case "$table" >whole
    names=$(head -n 1 whole)
    awk -F '\t' -v table="$table" '$1 == table { print $2 }' all | paste -s - >listed
    [ "$(cat listed)" = "$names" ]
    ok "$table: help lists the columns that an export has"
    backwards=$(echo "$names" | tr '\t' '\n' | tac | paste -s -d , -)
    "$unspoof" export -q -f tsv --columns "$backwards" case "$table" >got
    awk -F '\t' -v OFS='\t' '{ for (i = 1; i <= NF / 2; i++) { t = $i; $i = $(NF + 1 - i); $(NF + 1 - i) = t } print }' whole >want
    same "$table: all of them, backwards" want got
    i=1
    for name in $names; do
        "$unspoof" export -q -f tsv --columns "$name" case "$table" >got
        cut -f $i whole >want
        cmp -s want got || echo "$table.$name"
        i=$((i + 1))
    done >differing
    : >nothing
    same "$table: each by itself" nothing differing
done

printf '%s\n' '{"spend":"700.50","suspect":"S2"}' '{"spend":"500.00","suspect":"S1"}' >want
"$unspoof" export -q -f jsonl --columns 'spend, suspect' case suspects >got
same 'jsonl has them in the order that is asked for' want got
"$unspoof" export -q -f csv --rank-by victims --top 1 --columns suspect case suspects | tail -n 1 >got
"$unspoof" export -q -f csv --rank-by victims --top 1 case suspects | tail -n 1 | cut -d, -f2 >want
same 'the first by what is not shown' want got

try "$unspoof" export --columns spend,victim case suspects
status_is 2 'a column that there is not'
says err "^unspoof export: table suspects has no column 'victim'; did you mean victims\\?" 'the nearest is named'
try "$unspoof" export -f csv -o out.csv --columns nothing,spend case suspects
[ "$status" = 2 ] && [ ! -e out.csv ] && [ ! -e out.csv.partial ]
ok 'and nothing is written'
for list in '' ',' spend, spend,spend; do
    try "$unspoof" export --columns "$list" case suspects
    status_is 2 "--columns '$list'"
done

try "$unspoof" export --columns help links
status_is 0 'what columns are needs no case'
says out '^links +strength +concluded +whether it makes them one person$' 'and says their kinds in words'
awk '{ if (length($0) > 80) print }' out >long
: >nothing
same 'on a screen of 80 columns' nothing long
try "$unspoof" export --columns help absent.case links
status_is 0 'one that is given is not looked at'
try "$unspoof" export -f json --columns help decisions
says out '^\{"table":"decisions","column":"value","kind":"asserted","about":"that was decided"\},$' 'kinds in JSON'
try "$unspoof" export --columns help nothing
status_is 2 'a table that there is not'
try "$unspoof" export --columns help -o x suspects
status_is 2 'help goes to no file'
done_testing
