#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Amounts as people write them, and of any size: one value, or a refusal that says which there are.
. "${srcdir:-.}/tests/lib.sh"

amounts='SELECT amount, currency FROM payment_read ORDER BY payment'
head='account,paid,amount,currency,status'
at='2022-01-01 00:00:00Z'

# case_of NAME [OPTION...]: NAME.csv ingested; its messages are in err.
case_of() {
    name=$1
    shift
    rm -f "$name.case"
    try "$unspoof" ingest "$@" "$name.case" "$name.csv"
    status_is 0 "$name: it is ingested"
}

# is CASE SQL TEXT NAME: what it gives, as lines.
is() {
    sqlite3 "$1" "$2" >got 2>&1
    printf '%s' "$3" >wanted
    same "$4" wanted got
}

# ---- beyond 64 bits ----

cat >payments.csv <<END
$head
a,$at,10,ETH,paid
a,$at,92.5,BTC,paid
b,$at,123456789012345678901,ETH,paid
b,$at,3402823669209384634633746074317682114,BTC,paid
END
cat >rates.csv <<'END'
date,base,quote,rate
2022-01-01,BTC,GBP,34567.8949999999999999999999999999
2022-01-01,ETH,GBP,2749.1234567890123456789012345678901234567890
END
try "$unspoof" ingest -q c.case payments.csv rates.csv
status_is 0 'amounts of any size are ingested'
try "$unspoof" normalise c.case
status_is 0 'and understood'
says err "^payments.csv:5: amount '34028236692093846346337460743176821 ?14': is too large$|^payments.csv:5: amount '3402823669209384634633746074317682114': is too large$" 'what 128 bits do not hold names its row'
is c.case "$amounts" '10000000000000000000|ETH
9250000000|BTC
123456789012345678901000000000000000000|ETH
' '10 ETH are 10 ETH, and none is floating point'
is c.case 'SELECT typeof(amount) FROM payment_read' 'text
integer
text
' 'text where 64 bits do not hold it'
is c.case "SELECT value FROM rate_read ORDER BY rate" '34567.8949999999999999999999999999
2749.1234567890123456789012345678901235
' 'a rate of 33 digits is as it is, one of 44 is rounded'
try "$unspoof" correlate c.case
status_is 0 'and the rest is concluded'
is c.case 'SELECT value FROM payment_value' '2749123
319753029
33939795457369151013559947
' 'exactly, half to even'
try "$unspoof" verify -q c.case
status_is 0 'the sums hold'
"$unspoof" export -q -f csv c.case suspects | cut -d, -f3,6 >got
printf '%s\n' accounts,spend b,339397954573691510135599.47 a,3225021.52 >wanted
same 'the largest spend stands first' wanted got
"$unspoof" export -q --min-spend 100000000000000000000 c.case accounts | cut -d, -f1,6 >got
printf '%s\n' account,spend b,339397954573691510135599.47 >wanted
same 'a least spend beyond 64 bits' wanted got
"$unspoof" summary -q c.case | grep -E '^(spend|over_threshold)[^_]' >got
printf 'spend\t339397954573691513360620.99\nover_threshold\t2\n' >wanted
sed 's/[ ,=:][ ]*/\t/' got >tabbed
same 'and the summary' wanted tabbed

# Sums that 128 bits do not hold.
{
    echo "$head"
    for i in 1 2 3 4; do echo "u$i,$at,700000000000000000000000000000000000,GBP,paid"; done
    echo "u5,$at,5,GBP,paid"
    echo "u6,$at,1,KRW,paid"
} >sums.csv
echo 'date,base,quote,rate
2022-01-01,KRW,GBP,1e37' >won.csv
rm -f sums.case
must "$unspoof" ingest -q sums.case sums.csv won.csv
must "$unspoof" normalise sums.case
try "$unspoof" correlate sums.case
status_is 0 'what overflows stops nothing'
says err '^sums.csv: 3 payments are too large to be counted, alone or with those before: sums.csv:4; ' 'it is set aside and said, with its row'
is sums.case 'SELECT count(*), amount_count FROM (SELECT count(*) AS amount_count FROM payment_value), payment_read' '6|3
' 'the others are worth what they are'
try "$unspoof" verify -q sums.case
status_is 0 'and it holds'

# ---- points and commas ----

cat >german.csv <<'END'
account;paid;amount;currency;status
u1;2023-01-01 10:00;1.111,11;EUR;confirmed
u2;2023-01-02 10:00;1.000;EUR;confirmed
u3;2023-01-03 10:00;12,50;EUR;confirmed
END
case_of german
try "$unspoof" normalise german.case
says err "^german.csv: 1 values as '1.000', line 3, are read with a decimal comma, as '1.111,11' proves, line 2; " 'what proves a comma is said'
is german.case "$amounts" '111111|EUR
100000|EUR
1250|EUR
' '1.000 is a thousand where a comma is proved'

cat >english.csv <<'END'
date,base,quote,rate
2023-04-29,BTC,GBP,"23,500.5"
2023-09-28,BTC,GBP,"23,050"
2022-01-27,BTC,GBP,23050.25
END
case_of english
try "$unspoof" normalise english.case
status_is 0 '23,050 stands in a column with 23,500.5'
is english.case 'SELECT value FROM rate_read' '23500.5
23050
23050.25
' 'where the comma parts thousands'

printf 'account;paid;amount;currency\nu1;2023-01-01 10:00;5;EUR\nu2;2023-01-01 10:00;-1.000;EUR\n' >open.csv
case_of open
try "$unspoof" normalise open.case
status_is 1 'where nothing proves it, it is refused'
says err "^unspoof normalise: open.csv:3: amount '-1.000' is -1 with a decimal point and -1000 with a decimal comma, and no row of this source shows which; say --decimal comma or point$" 'with line and both readings'
for given in comma=100000 point=100 open.csv=comma=100000 1=point=100; do
    try "$unspoof" normalise --defaults --decimal "${given%=*}" open.case
    status_is 0 "--decimal ${given%=*}"
    is open.case 'SELECT amount FROM payment_read' "500
-${given##*=}
" "--decimal ${given%=*} decides"
done
try "$unspoof" normalise open.case
status_is 0 'and is kept'
is open.case 'SELECT amount FROM payment_read' '500
-100
' 'as it was'
"$unspoof" export -q -f jsonl open.case sources | grep -q '"decimal":"point"'
ok 'table sources tells'
try "$unspoof" normalise --decimal 1=dot open.case
status_is 2 'another mark is a mistake'
for option in comma point; do
    case_of open --decimal $option
    try "$unspoof" normalise open.case
    status_is 0 "ingest --decimal $option"
    [ $option = comma ] && wanted=-100000 || wanted=-100
    is open.case 'SELECT amount FROM payment_read' "500
$wanted
" "ingest --decimal $option decides"
done
try "$unspoof" ingest --decimal dot x.case open.csv
status_is 2 'of ingest too'
printf 'name eu\nkind payment\nseparator semicolon\nheader account;paid;amount;currency\ndecimal comma\nroles account paid amount currency\n' >eu.profile
rm -f run.case
try "$unspoof" run -q --decimal comma --currency EUR run.case open.csv
status_is 0 'run --decimal'
is run.case 'SELECT amount FROM payment_read' '500
-100000
' 'run --decimal decides'

# Rows with one reading each that contradict one another.
printf 'account;paid;amount;currency\nu1;2023-01-01 10:00;12,50;EUR\nu2;2023-01-01 10:00;12.50;EUR\nu3;2023-01-01 10:00;7,5;EUR\n' >both.csv
case_of both
try "$unspoof" normalise both.case
status_is 0 'each has one reading'
says err "^both.csv: 1 values have a decimal point, and are read so, against the others: '12.50', line 3, unlike '12,50', line 2; " 'and the contradiction is said'
echo 'u4;2023-01-01 10:00;2.000;EUR' >>both.csv
case_of both
try "$unspoof" normalise both.case
status_is 1 'a value with two is refused there'
says err "^unspoof normalise: both.csv:5: amount '2.000' is 2 with a decimal point and 2000 with a decimal comma, and other rows show both, '12.50' \\(line 3\\) and '12,50' \\(line 2\\); say --decimal" 'with the rows that show both'

# Losses and costs.
printf 'reference;victim;at;loss;currency\nR1;+447700900123;2023-01-01 10:00;1.000;GBP\nR2;+447700900124;2023-01-01 10:00;0,5;GBP\n' >report.csv
case_of report
try "$unspoof" normalise report.case
is report.case 'SELECT loss FROM report_read' '100000
50
' 'a loss of a thousand'
calls='started;account;presented;dialled;talk;cost'
call='2023-01-01 10:00:00Z;u1;+442079460101;+447700900123;90'
printf '%s\n' "$calls" "$call;1.250" "$call;0,5" >costs.csv
case_of costs
try "$unspoof" normalise costs.case
status_is 0 'costs with a comma'
says err "^costs.csv: 1 values as '1.250', line 2, are read with a decimal comma, as '0,5' proves, line 3; " 'are said'
"$unspoof" query -q -f tsv costs.case 'SELECT cost_micro FROM call ORDER BY id' >got
printf '%s\n' cost_micro 1250000000 500000 >wanted
same 'a cost of 1.250 is one of 1250' wanted got
printf '%s\n' "$calls" "$call;1.250" "$call;0.123" >costs.csv
case_of costs
try "$unspoof" normalise costs.case
status_is 0 'costs with a point'
grep -q 'decimal' err
[ $? = 1 ]
ok 'of which nothing is said'
printf '%s\n' "$calls" "$call;1.250" "$call;3" >costs.csv
case_of costs
try "$unspoof" normalise costs.case
status_is 1 'costs that prove nothing'
says err "^unspoof normalise: costs.csv:2: cost '1.250' is 1.250 with|^unspoof normalise: costs.csv:2: cost '1.250' is 1.25 with a decimal point and 1250 with a decimal comma" 'are refused'

# ---- signs, codes, minus ----

cat >signs.csv <<END
$head
u01,$at,£12.50,GBP,paid
u02,$at,"12,50 €",,paid
u03,$at,GBP 12.50,,paid
u04,$at,12.50 gbp,GBP,paid
u05,$at,(12.50),GBP,paid
u06,$at,12.50-,GBP,paid
u07,$at,(£12.50),GBP,paid
u08,$at,-£12.50,GBP,paid
u09,$at,£-12.50,GBP,paid
u10,$at,\$7,CAD,paid
u11,$at,US\$7,USD,paid
u12,$at,10 mBTC,BTC,paid
u13,$at,"1 234,5 €",EUR,paid
u14,$at,−5,GBP,paid
u15,$at,5000 SAT,,paid
u16,$at,12.50,,paid
u17,$at,\$5,,paid
u18,$at,GBP 12.50,EUR,paid
u19,$at,£12.50,EUR,paid
u20,$at,"12,-",GBP,paid
u21,$at,(-12.50),GBP,paid
u22,$at,£12.50 GBP,GBP,paid
u23,$at,12.50 XYZ,GBP,paid
u24,$at,¥500,,paid
END
rm -f signs.case
try "$unspoof" ingest -c GBP signs.case signs.csv
says err "^signs.csv:21: amount '12,-': is not a number$" 'a dash for pence is no minus'
says err "^signs.csv:22: amount '\\(-12.50\\)': has more than one minus or plus$" 'two minuses'
says err "^signs.csv:23: amount '.*GBP': has more than one unit or code$" 'two units'
says err "^signs.csv:24: amount '12.50 XYZ': is not a number$" 'a code of no currency'
try "$unspoof" normalise signs.case
is signs.case "SELECT k.account, amount, currency FROM payment_read r JOIN account_key k ON k.id = r.key ORDER BY payment" 'u01|1250|GBP
u02|1250|EUR
u03|1250|GBP
u04|1250|GBP
u05|-1250|GBP
u06|-1250|GBP
u07|-1250|GBP
u08|-1250|GBP
u09|-1250|GBP
u10|700|CAD
u11|700|USD
u12|1000000|BTC
u13|123450|EUR
u14|-500|GBP
u15|5000|BTC
u16|1250|GBP
' 'what has one reading is read'
says err "^signs.csv:18: amount '\\\$5': has a sign of several currencies; say which dollar: -c USD, CAD, AUD or another$" 'a dollar of no country is refused with the choices'
says err "^signs.csv:19: amount 'GBP 12.50': names another currency than the row does$" 'a code against the column'
says err "^signs.csv:20: amount '.*12.50': names another currency than the row does$" 'a sign against it'
says err "^signs.csv:25: amount '.*500': has a sign of several currencies; say -c JPY or CNY$" 'yen or yuan'
says err '^signs.csv: 1 amounts name no currency and are read as GBP' 'only what names none is assumed'
must "$unspoof" normalise --currency signs.csv=AUD signs.case
is signs.case "SELECT amount, currency FROM payment_read r JOIN account_key k ON k.id = r.key WHERE k.account = 'u17'" '500|AUD
' 'once it is known, it is one'

done_testing
