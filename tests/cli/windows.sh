#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The windows of summary: what is of the window and what of the whole case, several at once, sums in the coin itself.
. "${srcdir:-.}/tests/lib.sh"

cat >calls.csv <<'END'
started,account,presented,dialled,talk
2022-01-01 00:00:00Z,a,+442079460001,+447400123456,61
2022-02-01 00:01:00Z,b,+442079460002,+447400123457,61
END
cat >accounts.csv <<'END'
account,email
a,one@example.com
c,one@example.com
END
# a and c are one person, who pays 60 and 50 in January, so that only both together reach 100.
cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2021-12-31 23:59:59Z,7.00,GBP,paid
a,2022-01-01 00:00:00Z,60.00,GBP,paid
c,2022-01-31 23:59:59Z,0.5,BTC,paid
b,2022-02-01 00:00:00Z,2,BTC,paid
b,2022-02-02 00:00:00Z,-0.25,BTC,refunded
b,2022-02-03 00:00:00Z,99.00,GBP,pending
END
cat >rates.csv <<'END'
date,base,quote,rate
2022-01-31,BTC,GBP,100
2022-02-01,BTC,GBP,200
2022-02-02,BTC,GBP,400
END
cat >reports.csv <<'END'
reference,victim,at,presented,loss,currency
R1,+447400123456,2022-01-01 00:05:00Z,,10.00,GBP
R2,+447400123457,2022-02-01 00:05:00Z,,20.00,GBP
R3,+447400123459,2022-02-01 00:05:00Z,,40.00,GBP
END
must "$unspoof" run -q -r GB case calls.csv accounts.csv payments.csv rates.csv reports.csv

# figures OPTION...: all keys of money and reports, of the case and of the window.
figures() {
    "$unspoof" summary -q -f tsv "$@" case |
        grep -E '^(payers|spend|over_threshold|reports|loss|gross|refunds|window_[a-z]*|window_over_threshold)	' | tr '\t\n' '= ' | sed 's/ $//'
}
# window OPTION...: those of the window.
window() {
    "$unspoof" summary -q -f tsv "$@" case | sed -n 's/^window_//p' | grep -v '^spend_' | cut -f 1,2 | tr '\t\n' '= ' | sed 's/ $//'
    echo
}
echo 'payers=3 spend=417.00 over_threshold=2 reports=3 loss=30.00 gross=517.00 refunds=100.00 window_since= window_until= window_gross=517.00 window_refunds=100.00 window_payers=3 window_spend=417.00 window_over_threshold=2 window_reports=3 window_loss=30.00' |
    tr -d '\n' >want
figures | tr -d '\n' >got
same 'without bounds the window is all there is' want got
window --since 2022-01-01 --until 2022-02-01 >got
echo 'since=2022-01-01T00:00:00Z until=2022-02-01T00:00:00Z gross=110.00 refunds=0.00 payers=2 spend=110.00 over_threshold=1 reports=1 loss=10.00' >want
same 'its start is in it, its end is not; a person reaches the threshold by two accounts' want got
window --since 2022-02-01 >got
echo 'since=2022-02-01T00:00:00Z until= gross=400.00 refunds=100.00 payers=1 spend=300.00 over_threshold=1 reports=2 loss=20.00' >want
same 'less what went back in it' want got
window --since 2022-02-02 >got
echo 'since=2022-02-02T00:00:00Z until= gross=0.00 refunds=100.00 payers=0 spend=-100.00 over_threshold=0 reports=0 loss=0.00' >want
same 'a refund alone' want got
window --until 2022-01-01 >got
echo 'since= until=2022-01-01T00:00:00Z gross=7.00 refunds=0.00 payers=1 spend=7.00 over_threshold=0 reports=0 loss=0.00' >want
same 'what was before' want got

# What was there keeps its meaning and its place; what came stands behind it.
"$unspoof" summary -q -f csv case >whole
"$unspoof" summary -q -f csv --since 2022-02-02 case >part
for key in payers spend currency over_threshold reports reports_matched loss rejected unsure_reports gross refunds; do
    grep "^$key," whole >>want.case
    grep "^$key," part >>got.case
done
same 'keys of the whole case do not depend on the window' want.case got.case
cut -d , -f 1 whole >got
printf '%s\n' key calls answered long_calls victims country_calls country_answered country_long_calls country_victims \
    country_not_in_plan country_victims_not_in_plan accounts suspects payers spend currency over_threshold reports \
    reports_matched loss rejected busiest_hour seconds_between_calls unsure_calls unsure_victims unsure_reports victims_own \
    country_victims_own calls_without_time gross refunds spend_BTC spend_BTC_value spend_GBP spend_GBP_value window_since window_until window_gross \
    window_refunds window_spend_BTC window_spend_BTC_value window_spend_GBP window_spend_GBP_value window_payers window_spend \
    window_over_threshold window_reports window_loss >want
same 'keys, in order: those that were there first' want got
tail -n 5 whole | cut -d , -f 1 | tr '\n' ' ' >got
printf 'window_payers window_spend window_over_threshold window_reports window_loss ' >want
same 'and these at the end' want got

# Sums in the coin itself, beside what they make of the spend.
coins() { "$unspoof" summary -q -f tsv "$@" case | grep 'spend_' | grep -v '^window_' | tr '\t\n' '= '; }
coins >got
printf 'spend_BTC=2.25000000 spend_BTC_value=350.00 spend_GBP=67.00 spend_GBP_value=67.00 ' >want
same 'coins of the case' want got
"$unspoof" summary -q -f tsv --since 2022-01-01 --until 2022-02-02 case | sed -n 's/^window_\(spend_[^	]*\)	/\1=/p' | tr '\n' ' ' >got
printf 'spend_BTC=2.50000000 spend_BTC_value=450.00 spend_GBP=60.00 spend_GBP_value=60.00 ' >want
same 'coins of a window' want got

# Several at once: a row has the name of its window, or none.
"$unspoof" summary -q -f csv --window jan=2022-01-01..2022-02-01 --window 'later on=2022-02-01..' case >several
head -n 2 several >got
printf 'key,value,window\npayers,3,\n' >want
same 'several windows: the whole case comes first' want got
for name in jan 'later on'; do
    case $name in jan) set -- --since 2022-01-01 --until 2022-02-01 ;; *) set -- --since 2022-02-01 ;; esac
    sed -n "s/,$name\$//p" several >got
    "$unspoof" summary -q -f csv "$@" case | sed 1d | while IFS=, read -r key value; do
        sed -n "s/,$name\$//p" several | grep -q "^$key," && echo "$key,$value"
    done >want
    same "'$name' is what it is alone" want got
done
grep ',$' several | sed 's/,$//' | sort >got
sed 1d whole | cut -d , -f 1 | while read -r key; do grep -q "^$key,.*,jan$" several || grep "^$key," whole; done | sort >want
same 'and all other keys are there once' want got
"$unspoof" summary -q -f jsonl --window 'all=..' case | grep -e '"payers"' -e window_payers >got
printf '{"key":"payers","value":3,"window":null}\n{"key":"window_payers","value":3,"window":"all"}\n' >want
same 'in JSON too' want got
for threads in 1 3; do "$unspoof" summary --threads $threads -f csv --window a=..2022-02-01 --window b=.. case >got.$threads; done
same 'threads change nothing' got.1 got.3

# On the screen what is of the whole case says so.
"$unspoof" summary -q -f table --since 2022-01-01 --until 2022-02-01 case >screen
grep ':$' screen >got
printf 'Of the whole case, whatever the window:\nOf the window from 2022-01-01T00:00:00Z until before 2022-02-01T00:00:00Z:\n' >want
same 'a heading says what the figures are of' want got
sed -n '/^Of the window/,$d; /^[a-z]/p' screen | sed 1d | cut -d ' ' -f 1 >got
printf '%s\n' payers spend currency over_threshold reports reports_matched loss rejected unsure_reports gross refunds spend_BTC spend_BTC_value spend_GBP spend_GBP_value >want
same 'under that of the case are its keys' want got
[ "$(sed -n '/^Of the window/,$p' screen | grep -c '^window_')" = 13 ]
ok 'those of the window under the other'
[ "$(awk '{ print length }' screen | sort -n | tail -n 1)" -le 80 ]
ok 'and they fit a screen'
"$unspoof" summary -q -f table --window jan=2022-01-01..2022-02-01 --window 'x=..' case | grep '^Of window' >got
printf 'Of window jan from 2022-01-01T00:00:00Z until before 2022-02-01T00:00:00Z:\nOf window x:\n' >want
same 'each window has its own' want got
"$unspoof" summary -q -f table case | grep '^Of all' >got
echo 'Of all times:' >want
same 'and where there is none that is said' want got

# refused PATTERN NAME OPTION...
refused() {
    pattern=$1 name=$2
    shift 2
    try "$unspoof" summary "$@" case
    status_is 2 "refused: $name"
    says err "$pattern" "$name: said"
}
refused "window 'a': give it a name" 'no name' --window a
refused "window '=..': give it a name" 'an empty name' --window =..
refused "window 'a=2022': give it as NAME=SINCE" 'one time' --window a=2022
refused "window '2022': is no time" 'no time' --window a=2022..
refused "window 'a=2022-02-01..2022-02-01': it must begin before it ends" 'nothing in it' --window a=2022-02-01..2022-02-01
refused "window 'a=..': another window has that name" 'one name twice' --window a=.. --window a=..
refused 'do not go together' 'a window and a bound' --window a=.. --since 2022-01-01
refused 'since must be before' 'bounds in no order' --since 2022-02-01 --until 2022-01-01
refused "'nope' is no format" 'a format' -f nope

done_testing
