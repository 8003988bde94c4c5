#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Money that went back: what is a refund and what contradicts itself, net spend, and rates of other days.
. "${srcdir:-.}/tests/lib.sh"
twins

# understand OPTION... FILE...: a new case, the three steps; what normalise says is left in said.
understand() {
    rm -f case
    must "$unspoof" ingest -q -r GB "$@"
    "$unspoof" normalise case 2>said
    must "$unspoof" correlate -q case
}

# is NAME SQL WANT
is() {
    "$unspoof" query -q -f tsv case "$2" | tail -n +2 >got
    printf '%s\n' "$3" >want
    same "$1" want got
}

# columns TABLE COLUMN,...: of an export, without its header.
columns() {
    "$unspoof" export -q -f tsv case "$1" | awk -F '\t' -v names="$2" '
        NR == 1 { n = split(names, want, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { for (i = 1; i <= n; i++) printf "%s%s", $at[want[i]], i < n ? " " : "\n" }'
}

# figures TABLE WANT: account or suspect, spend, gross, refunds, payments.
figures() {
    columns "$1" "${1%s},spend,gross,refunds,payments" | sort >got
    printf '%s\n' "$2" >want
    same "$3" want got
}

verifies() {
    try "$unspoof" verify case
    status_is 0 "verify: $1"
}

calls='started,account,presented,dialled,talk
2022-01-01 00:00:00Z,a,+442079460001,+447400123456,61
2022-01-01 00:01:00Z,a,+442079460002,+447400123457,61
'
printf '%s' "$calls" >calls.csv
printf 'account,email\na,one@example.com\nb,one@example.com\n' >accounts.csv
# paid STATUS-OF-REFUND: two accounts of one person, one of which presents nothing and is given money back.
paid() {
    printf 'account,paid,amount,currency,status\na,2022-01-01 00:00:00Z,10.00,GBP,paid\nb,2022-01-02 00:00:00Z,-4.00,GBP,%s\n' "$1" >payments.csv
}

# A refund of an account that presents nothing: nothing is damaged.
paid refunded
understand case calls.csv accounts.csv payments.csv
figures accounts 'a 10.00 10.00 0.00 1
b -4.00 0.00 4.00 0' 'a refund is no payment'
figures suspects 'S1 6.00 10.00 4.00 1' 'and lessens what the person spent'
is 'presentations share what accounts that presented something spent' 'SELECT sum(spend) FROM presentation' 1000
columns suspects first_payment,last_payment >got
echo '2022-01-01T00:00:00Z 2022-01-01T00:00:00Z' >want
same 'a refund is not the last payment' want got
columns payments amount,confirmed,value,counts_as >got
printf '10.00 1 10.00 payment\n-4.00 1 -4.00 refund\n' >want
same 'export: what each counts as' want got
"$unspoof" show -f tsv case suspect S1 | cut -f 2-4 | grep -E '^(spend|gross|refunds)	' >got
printf "spend\t6.00 GBP\tgross less refunds, each at the rate of its day\ngross\t10.00 GBP\tconfirmed payments\nrefunds\t4.00 GBP\tconfirmed payments that went back\n" >want
same 'show: what the spend is made of' want got
! grep -q 'neither payment' said
ok 'what agrees is not said'
verifies 'a refund'

# Any word of the list, and what is written like one.
for word in refund Chargeback 'charged back' REVERSED reversal ' Refunded '; do
    paid "$word"
    understand case calls.csv accounts.csv payments.csv
    figures suspects 'S1 6.00 10.00 4.00 1' "'$word' means money back"
done

# With another status, or without one, it contradicts itself.
for word in paid pending '' NONSENSE; do
    paid "$word"
    understand case calls.csv accounts.csv payments.csv
    figures suspects 'S1 10.00 10.00 0.00 1' "'$word': an amount below zero is not counted"
    says said '^payments.csv: 1 amount below zero .*contradicts itself and counts as neither payment nor refund: -4.00 GBP; line 3 is one; ' 'and that is said, with its sum and line'
    is 'and kept' "SELECT role, value, count, line FROM remark WHERE topic = 'refund'" "$(printf 'amount\t%s\t1\t3' "$word")"
    verifies "status '$word'"
done
says said "where it means money back .*--status 'refunded=NONSENSE' CASE" 'with what to do'
cp case nonsense.case
paid paid
understand case calls.csv accounts.csv payments.csv
says said 'line 3 is one; where they are refunds .*--status negative=refund CASE. says so$' 'a word that others are paid by is not made one for money back'
mv nonsense.case case
paid NONSENSE
columns payments amount,confirmed,value,counts_as | sed 's/ *$//' >got
printf '10.00 1 10.00 payment\n-4.00 0\n' >want
same 'export: it counts as nothing' want got
must "$unspoof" normalise --status refunded=nonsense case
must "$unspoof" correlate -q case
figures suspects 'S1 6.00 10.00 4.00 1' 'a word that normalise is told'
understand -w refunded=NONSENSE case calls.csv accounts.csv payments.csv
figures suspects 'S1 6.00 10.00 4.00 1' 'one that ingest is told'
printf 'name p\nkind payment\nrefunded NONSENSE\nroles header\n' >p.profile
rm -f case
must "$unspoof" ingest -q -r GB case calls.csv accounts.csv
must "$unspoof" ingest -q -p ./p.profile case payments.csv
must "$unspoof" normalise case
must "$unspoof" correlate -q case
figures suspects 'S1 6.00 10.00 4.00 1' 'one of the profile'

# Without a column for a status.
cut -d , -f 1-4 payments.csv >bare.csv
understand case calls.csv accounts.csv bare.csv
figures suspects 'S1 10.00 10.00 0.00 1' 'no status: an amount below zero is not counted'
says said 'bare.csv: 1 amount below zero without a status contradicts itself .*; where they are refunds, .*--status negative=refund' 'and that is said'
verifies 'no status'
must "$unspoof" normalise --status negative=refund case
must "$unspoof" correlate -q case
figures suspects 'S1 6.00 10.00 4.00 1' 'unless all below zero are refunds'
must "$unspoof" normalise --status '=amounts below zero' case
must "$unspoof" correlate -q case
figures suspects 'S1 10.00 10.00 0.00 1' 'which can be taken back'
understand -w negative=refund case calls.csv accounts.csv bare.csv
figures suspects 'S1 6.00 10.00 4.00 1' 'ingest can be told too'
paid pending
understand -w negative=refund case calls.csv accounts.csv payments.csv
figures suspects 'S1 10.00 10.00 0.00 1' 'but a status that says otherwise is stronger'
try "$unspoof" ingest -w negative=payment new.case bare.csv
status_is 2 'they are a refund or nothing'

# Beyond 64 bits.
cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2022-01-01 12:00:00Z,100.5,ETH,paid
b,2022-01-31 23:59:59Z,20,ETH,paid
b,2022-01-31 23:59:59Z,-200,ETH,chargeback
b,2022-01-31 23:59:59Z,-12,ETH,pending
END
rm -f case
must "$unspoof" run -q -r GB --currency ETH case calls.csv accounts.csv payments.csv
columns suspects spend,gross,refunds,payments | sed 's/0000000000000*//g' >got
echo '-79.5 120.5 200. 2' >want
same 'wei: what was paid, and went back' want got
columns payments counts_as >got
printf 'payment\npayment\nrefund\n\n' >want
same 'what each counts as' want got
verifies 'wei'

# A payment that went back is neither.
cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2022-01-01 00:00:00Z,10.00,GBP,paid
a,2022-01-02 00:00:00Z,30.00,GBP,refunded
a,2022-01-03 00:00:00Z,5.00,EUR,refunded
END
understand case calls.csv accounts.csv payments.csv
figures suspects 'S1 10.00 10.00 0.00 1' 'a payment that went back is neither payment nor refund'
says said "^payments.csv: 2 payments marked 'refunded' went back and count as neither payment nor refund: 30.00 GBP, 5.00 EUR; line 3 is one; " 'and that is said'

# More went back than was paid: net spend is below zero, and shared over nothing.
cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2022-01-01 00:00:00Z,10.00,GBP,paid
a,2022-01-05 00:00:00Z,-250.00,GBP,chargeback
b,2022-01-03 00:00:00Z,200.00,GBP,paid
END
understand case calls.csv accounts.csv payments.csv
figures accounts 'a -240.00 10.00 250.00 1
b 200.00 200.00 0.00 1' 'an account that got more than it paid'
figures suspects 'S1 -40.00 210.00 250.00 2' 'and its person'
is 'its presentations share nothing' 'SELECT sum(spend), min(spend) FROM presentation' "$(printf '0\t0')"
is 'the threshold is one of net spend' "SELECT kept FROM funnel ORDER BY step DESC LIMIT 1" 0
verifies 'more back than paid'
sqlite3 case "UPDATE suspect SET refunds = refunds - 100, gross = gross - 100"
try "$unspoof" verify case
status_is 4 'verify: what is forged is found'
says err 'payments confirmed that went back add up to -25000, but suspects have refunds of 24900' 'with both sums'

# ---- rates of other days ----

cat >payments.csv <<'END'
account,paid,amount,currency,status
a,2022-01-01 12:00:00Z,1.0,BTC,paid
a,2022-01-05 12:00:00Z,2.0,BTC,paid
b,2022-01-08 12:00:00Z,-0.5,BTC,refunded
END
cat >rates.csv <<'END'
date,base,quote,rate
2022-01-01,BTC,GBP,100
2022-01-03,BTC,GBP,200
2022-01-07,BTC,GBP,1000
END
cat >reports.csv <<'END'
reference,victim,at,presented,loss,currency
R1,+447400123456,2022-01-01 00:05:00Z,,10.00,USD
END
printf '2021-12-30,USD,GBP,0.5\n' >>rates.csv
rm -f case
must "$unspoof" ingest -q -r GB case calls.csv accounts.csv payments.csv rates.csv
must "$unspoof" normalise -q case
try "$unspoof" correlate case
status_is 1 'a day without a rate'
says err "payments.csv:3: paid '2022-01-05 12:00:00Z': no rate BTC to GBP for 2022-01-05; the nearest is 2022-01-03 \(rates.csv:3\), which --rate-gap 2 takes" 'names the nearest, the earlier of two'
try "$unspoof" correlate --rate-gap 1 case
status_is 1 'one day is not enough'
try "$unspoof" correlate --rate-gap 2 case
status_is 0 'two are'
says err '^payments.csv: 2 payments are converted at the rate of another day, 2 days away at most: payments.csv:3, BTC of 2022-01-05 at the rate to GBP of 2022-01-03 \(rates.csv:3\); ' 'and that is said'
is 'and kept' "SELECT role, topic, count, line FROM conclusion_remark WHERE topic = 'rate'" "$(printf 'paid\trate\t2\t3')"
columns payments value,rate,rate_date,rate_source,rate_line,rate_gap >got
printf '100.00 100 2022-01-01 rates.csv 2 0\n400.00 200 2022-01-03 rates.csv 3 -2\n-500.00 1000 2022-01-07 rates.csv 4 -1\n' >want
same 'each payment is cited with the day and row of its rate' want got
figures suspects 'S1 0.00 500.00 500.00 2' 'and counts'
"$unspoof" show -f tsv case account b | cut -f 2-4 | grep '^refund	' >got
printf "refund\t-500.00 GBP\tat the rate 1000 of 2022-01-07 (rates.csv:4), 1 days before it\n" >want
same 'show says it too' want got
is 'it is a setting' "SELECT value FROM setting WHERE key = 'rate_gap'" 2
verifies 'a rate of another day'
try "$unspoof" correlate case
status_is 0 'it is in force until it is given again'
says err '^setting: rate-gap 2, in force since run' 'and said'
try "$unspoof" correlate --rate-gap 0 case
status_is 1 'none is the default'
for days in -1 x 36501; do
    try "$unspoof" correlate --rate-gap $days case
    status_is 2 "--rate-gap $days is refused"
done
must "$unspoof" run -q --rate-gap 2 -r GB run.case calls.csv accounts.csv payments.csv rates.csv reports.csv
mv run.case case
columns reports value,rate,rate_date,rate_source,rate_line,rate_gap >got
printf '5.00 0.5 2021-12-30 rates.csv 5 -2\n' >want
same 'run: a loss too' want got
is 'which is said' "SELECT role, count, line FROM conclusion_remark WHERE topic = 'rate' AND role = 'at'" "$(printf 'at\t1\t2')"
twins_agree
done_testing
