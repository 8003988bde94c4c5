#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What calls cost keeps its sign, digits and currency, and spend is shared out by costs only where they are of one kind, or
# can be made so.
. "${srcdir:-.}/tests/lib.sh"

head=started,account,presented,dialled,talk,cost,currency
one=+442079460001
two=+442079460002
called=+447700900123

# make CASE: of calls.csv, payments.csv and, where there are any, rates.csv; what is said is in said.
make() {
    files='calls.csv payments.csv'
    [ ! -f rates.csv ] || files="$files rates.csv"
    rm -f "$1"
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q $2 "$1" $files
    "$unspoof" normalise "$1" >said 2>&1 && "$unspoof" correlate "$1" >>said 2>&1 || cat said
}

# calls LINE...: started,account,presented,cost,currency, of short names.
calls() {
    echo "$head"
    for line in "$@"; do
        echo "$line" | sed "s/,1,/,$one,$called,90,/; s/,2,/,$two,$called,90,/; s/^\([0-9-]*\) /\1T/"
    done
} >calls.csv

paid() {
    printf 'account,paid,amount,currency\n'
    for account in "$@"; do echo "$account,2022-03-01,100.00,GBP"; done
} >payments.csv

# shared NAME SHARE...: of the presentations, by what was presented, then by suspect.
shared() {
    name=$1
    shift
    printf '%s\n' "$@" >expected
    "$unspoof" export -q -f tsv a.case presentations | awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) h[$i] = i; next }
        { print $h["spend"] }' >got
    same "$name" expected got
}

# read NAME COST...: of the calls, as exported.
read_as() {
    name=$1
    shift
    printf '%s\n' "$@" >expected
    for format in tsv csv jsonl; do
        "$unspoof" export -q -f $format a.case calls >calls.$format
    done
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) h[$i] = i; next } { print $h["cost"] " " $h["currency"] }' calls.tsv |
        sed 's/ $//' >got
    same "$name" expected got
    "$unspoof" query -q -f tsv a.case "SELECT cost_value || coalesce(' ' || cost_currency, '') FROM call" | sed 1d >got
    same "$name: in SQL" expected got
}

# ---- digits, sign and currency ----
calls '2022-03-01 10:00:00Z,a,1,0.00000123,BTC' '2022-03-01 10:00:01Z,a,1,-0.50,GBP' '2022-03-01 10:00:02Z,a,1,1,JPY' \
    '2022-03-01 10:00:03Z,a,1,0.00,gbp' '2022-03-01 10:00:04Z,a,1,"1,234.5600",EUR' '2022-03-01 10:00:05Z,a,1,6.24e-05,BTC' \
    '2022-03-01 10:00:06Z,a,1,500,SAT' '2022-03-01 10:00:07Z,a,1,0.000000000000000001,ETH' '2022-03-01 10:00:08Z,a,1,7,' \
    '2022-03-01 10:00:09Z,a,1,-0.0000004,BTC' '2022-03-01 10:00:10Z,a,1,+3.10,USD' '2022-03-01 10:00:11Z,a,1,5.0,FOO'
paid a
make a.case
read_as 'costs as they are' '0.00000123 BTC' '-0.50 GBP' '1 JPY' '0.00 GBP' '1234.5600 EUR' '0.0000624 BTC' '0.00000500 BTC' \
    '0.000000000000000001 ETH' 7 '-0.0000004 BTC' '3.10 USD' '5.0 FOO'
"$unspoof" query -q -f tsv a.case 'SELECT cost_micro, typeof(cost_micro) FROM call' | sed 1d >got
printf '%s\t%s\n' 1.23 text -500000 integer 1000000 integer 0 integer 1234560000 integer 62.4 text 5 integer \
    0.000000000001 text 7000000 integer -0.4 text 3100000 integer 5000000 integer >expected
same 'millionths, with what is less' expected got
"$unspoof" show -q -f csv a.case call 65536 >got
says got '^understood,cost,0.00000123,BTC,' 'show: of a coin'
"$unspoof" show -q -f csv a.case call 65537 >got
says got '^understood,cost,-0.50,GBP,' 'show: below 0'
"$unspoof" show -q -f csv a.case call 65544 >got
says got '^understood,cost,7,no currency,' 'show: of no currency'
says said '1 costs are in a currency that is not known here, as .FOO.; they are converted to no other' 'an unknown currency is said'
make a.case '-c GBP'
says said '1 costs name no currency and are read as GBP' 'one that is assumed is said'
"$unspoof" show -q -f csv a.case call 65544 >got
says got '^understood,cost,7,GBP,' 'and shown'

# ---- a unit that stands with the cost ----

cat >units.csv <<'END'
started,account,presented,dialled,talk,cost,currency
2022-01-01 10:00:00,a,02079460001,07700900123,90,£0.50,
2022-01-01 11:00:00,a,02079460002,07700900123,90,0.25,
2022-01-01 12:00:00,a,02079460002,07700900123,90,$0.50,
2022-01-01 13:00:00,a,02079460002,07700900123,90,0.50 EUR,GBP
END
rm -f units.case
must "$unspoof" ingest -q -r GB -z UTC -c GBP units.case units.csv
must "$unspoof" normalise units.case
"$unspoof" query -q -f tsv units.case 'SELECT cost_value, cost_currency FROM call ORDER BY id' >got
printf '%s\t%s\n' cost_value cost_currency 0.50 GBP 0.25 GBP '' '' '' '' >expected
same 'it is what the cost is of; one that is contradicted is of nothing' expected got
try "$unspoof" normalise units.case
says err '^units.csv: 1 costs name no currency and are read as GBP' 'only what names none is assumed'
says err "^units.csv: 2 costs have more than 18 decimals, too many digits, or a unit that their currency does not bear out, as '.0.50'" 'and what is contradicted is said'

# ---- no cost is not a cost of 0; too many digits are no cost at all ----
calls '2022-03-01 10:00:00Z,a,1,,GBP' '2022-03-01 10:00:01Z,a,1,0.0000000000000000001,BTC' '2022-03-01 10:00:02Z,a,2,1.0,GBP' \
    '2022-03-01 10:00:03Z,a,2,5.0000000000000000000,GBP'
paid a
make a.case
"$unspoof" export -q -f tsv a.case calls | awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) h[$i] = i; next }
    { print $h["cost"] "|" $h["currency"] "|" $h["notes"] }' >got
printf '%s\n' '||' '||cost' '1.0|GBP|' '5|GBP|' >expected
same 'a cost with too many digits is flagged' expected got
says said 'calls.csv: 1 costs have more than 18 decimals, too many digits, or a unit that their currency does not bear out, as .0\.0000000000000000001.; they are not understood' \
    'and said'
says said '1 account has costs that were not understood, as a: calls are counted instead' 'and calls are counted'
shared 'two calls, two calls' 50.00 50.00
"$unspoof" show -q -f csv a.case call 65537 >got
says got '^understood,cost,not understood,' 'show: not understood'

# ---- one currency ----
rm -f rates.csv
calls '2022-03-01 10:00:00Z,a,1,0.0000004,BTC' '2022-03-01 10:00:00Z,a,2,0.0000006,BTC'
make a.case
shared 'shares of a millionth and less' 40.00 60.00
grep -q 'calls are counted' said
[ $? = 1 ]
ok 'nothing is said where costs do'
calls '2022-03-01 10:00:00Z,a,1,1,' '2022-03-01 10:00:00Z,a,2,3,'
make a.case
shared 'costs of no currency are alike' 25.00 75.00
calls '2022-03-01 10:00:00Z,a,1,1,FOO' '2022-03-01 10:00:00Z,a,2,3,foo'
make a.case
shared 'as are those of one that is not known' 25.00 75.00
calls '2022-03-01 10:00:00Z,a,1,10000,SAT' '2022-03-01 10:00:00Z,a,2,0.0003,BTC'
make a.case
shared 'and a coin and its units' 25.00 75.00
calls '2022-03-01 10:00:00Z,a,1,3.00,GBP' '2022-03-01 10:00:00Z,a,2,2.00,GBP' '2022-03-01 10:00:00Z,a,2,-1.00,GBP'
make a.case
shared 'a refund takes off a cost' 75.00 25.00

# ---- below 0 ----
calls '2022-03-01 10:00:00Z,a,1,3.00,GBP' '2022-03-01 11:00:00Z,a,2,-2.00,GBP'
make a.case
shared 'below 0 together: calls are counted' 50.00 50.00
says said "1 account has costs that add up to less than 0 for something that they presented, as a for \\$two: calls are counted" \
    'which is said'
"$unspoof" export -q -f tsv a.case quality >got
says got 'cost.*shares.*1 account has costs that add up to less' 'and kept'
calls '2022-03-01 10:00:00Z,b,1,3.00,GBP' '2022-03-01 11:00:00Z,b,2,-2.00,GBP'
make a.case
grep -q 'calls are counted' said
[ $? = 1 ]
ok 'not of an account that paid nothing'

# ---- several currencies ----
printf '%s\n' date,base,quote,rate 2022-03-01,BTC,GBP,33333 2022-03-02,BTC,GBP,66666 2022-03-01,USD,GBP,0.75 >rates.csv
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,0.00003,BTC'
make a.case
shared 'costs of equal worth' 50.00 50.00
calls '2022-03-01 10:00:00Z,a,1,0.99999,GBP' '2022-03-02 11:00:00Z,a,2,0.00003,BTC' '2022-03-01 11:00:00Z,a,2,0.00003,BTC'
make a.case
shared 'at the rate of the day of the call' 25.00 75.00
calls '2022-03-01 23:59:59Z,a,1,3,GBP' '2022-03-01 23:59:59Z,a,2,4,USD' '2022-03-01 10:00:00Z,b,1,1,USD' \
    '2022-03-01 10:00:00Z,b,2,1.0,GBP' '2022-03-01 10:00:00Z,b,2,0.5,GBP'
paid a b
make a.case
shared 'account by account' 50.00 33.33 50.00 66.67
for threads in 1 2 3; do
    "$unspoof" correlate -q --threads $threads a.case && "$unspoof" export -q -f tsv a.case presentations >got.$threads
done
same 'on two threads' got.1 got.2
same 'and on three' got.1 got.3
paid a
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-03 11:00:00Z,a,2,0.00003,BTC' '2022-03-04 11:00:00Z,a,2,0.00003,BTC'
make a.case
shared 'a day without a rate: calls are counted' 33.33 66.67
says said '1 account has costs in several currencies, and no rate for the day of a call, as a, BTC to GBP for 2022-03-03: calls' \
    'which is said'
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,9,'
make a.case
shared 'beside one of no currency, too' 50.00 50.00
says said '1 account has costs in a currency and others in none, as a: calls' 'which is said'
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,9,FOO'
make a.case
shared 'beside one that is not known, too' 50.00 50.00
says said '1 account has costs in a currency that is not known here, and no rate for it, as a: calls' 'which is said'
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,9,lots of credits'
make a.case
shared 'whatever its name' 50.00 50.00
"$unspoof" export -q -f csv a.case calls >got
says got ',9,lots of credits,' 'which is shown as it is'
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,999999999,BTC'
make a.case
shared 'too large' 50.00 50.00
says said '1 account has costs that are too large when they are converted, as a: calls' 'which is said'
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,-0.00003,BTC'
make a.case
shared 'below 0 once they are converted' 50.00 50.00
calls '2022-03-01 10:00:00Z,a,1,1.00,GBP' '2022-03-01 11:00:00Z,a,2,0.00003,BTC' '2022-03-01 11:00:00Z,a,,5,USD'
make a.case
shared 'calls that presented nothing known decide nothing' 50.00 50.00
must "$unspoof" verify -q a.case
ok 'the case is sound'

# ---- many calls ----
{
    echo "$head"
    awk -v called=$called 'BEGIN { for (i = 0; i < 30000; i++) printf "2022-03-0%dT10:%02d:%02dZ,%s,+44207946%04d,%s,90,%s\n",
        1 + i % 2, i / 60 % 60, i % 60, i % 9 ? "a" : "b", i * 7919 % 9000, called, i % 5 ? "0.00003,BTC" : "1.00,GBP" }'
} >calls.csv
paid a b
make a.case
"$unspoof" export -q -f tsv a.case presentations >wide
must "$unspoof" correlate -q --memory 16M --threads 3 a.case
"$unspoof" export -q -f tsv a.case presentations >narrow
same 'little memory gives the same' wide narrow

awk -F '\t' 'NR > 1 { n++; sum[$4] += $10; many += $10 > 0.005 } END { printf "%d %.2f %.2f %d\n", n, sum["S1"], sum["S2"], (many > 5000) }' \
    wide >got
echo '9000 100.00 100.00 1' >expected
same 'shares add up to the whole' expected got

# ---- the same call twice ----
id='call_id,started,account,presented,dialled,talk,cost,currency'
row=2022-03-01T10:00:00Z,a,$one,$called,90
printf '%s\n' "$id" "1,$row,1.50,GBP" "2,$row,-1.50,GBP" "3,$row,500,SAT" >calls.csv
printf '%s\n' "$id" "1,$row,1.500,gbp" "2,$row,1.50,GBP" "3,$row,0.000005,BTC" >more.csv
must "$unspoof" ingest -q b.case calls.csv more.csv
"$unspoof" normalise b.case >said 2>&1
says said '1 rows of calls are there twice with another cost; line 3 as calls.csv:3;' 'the sign is a difference, how it is written is none'
done_testing
