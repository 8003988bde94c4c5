#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Regions, zones and currencies: what there is not is refused where it is given.
. "${srcdir:-.}/tests/lib.sh"
twins

# refused NAME PATTERN COMMAND...: a usage error that says the pattern, and makes no case.
refused() {
    name=$1 pattern=$2
    shift 2
    rm -f new.case
    try "$@"
    status_is 2 "$name: refused"
    says err "$pattern" "$name: what was meant"
    [ ! -e new.case ] && [ ! -e new.case.partial ]
    ok "$name: no case is made"
}

printf 'started,account,presented,dialled,talk\n2022-03-01T10:00:00Z,a,02079460001,07400123456,90\n' >calls.csv
printf '2022-03-01T11:00:00Z,a,02079460001,07400123457,90\n2022-03-01T12:00:00Z,a,02079460001,+447400123458,90\n' >>calls.csv
printf 'started,account,presented,dialled,talk\n2022-07-01 10:00:00,a,02079460001,07400123456,90\n' >local.csv
printf 'account,paid,amount,txid\na,2022-03-01,1359725,aa\n' >satoshi.csv
printf 'date,base,quote,rate\n2022-03-01,BTC,GBP,30000\n' >rates.csv

# Regions.
for step in ingest run; do
    refused "$step: a region" "region 'GBR': is no region of the numbering plan; did you mean GB\?" \
        "$unspoof" "$step" -r GBR new.case calls.csv
    refused "$step: a zone" "zone 'Europe/Londn': .*; did you mean Europe/London\?" \
        "$unspoof" "$step" -z Europe/Londn new.case calls.csv
done
refused 'sniff: a region' "region 'ENGLAND': .*did you mean GB\?" "$unspoof" sniff -r ENGLAND calls.csv
refused 'sniff: a zone' "zone 'London': .*did you mean Europe/London\?" "$unspoof" sniff -z London calls.csv
refused 'sniff: a currency' "currency 'GPB': .*did you mean GBP\?" "$unspoof" sniff -c GPB calls.csv
refused 'sniff: a currency like none' "currency 'QQQ': is no currency" "$unspoof" sniff -c QQQ calls.csv
refused 'number: a region' "region 'GBR': .*did you mean GB\?" "$unspoof" number -r GBR 07400123456
refused 'ingest: a currency' "currency 'SATO': .*did you mean SAT\?" "$unspoof" ingest -c SATO new.case satoshi.csv
refused 'run: the currency of conclusions' "currency 'GPB': .*did you mean GBP\?" \
    "$unspoof" run --currency GPB new.case calls.csv
refused 'run: the currency of a source' "currency 'GPB': .*did you mean GBP\?" \
    "$unspoof" run --source-currency GPB new.case calls.csv

# profile LINE: a profile with it as its third line.
profile() { printf 'name p\nkind call\n%s\nroles header\n' "$1" >p.profile; }
profile 'region UKX'
refused 'profile: a region' "p\.profile:3: 'UKX': is no region of the numbering plan; did you mean" \
    "$unspoof" ingest -p ./p.profile new.case calls.csv
profile 'zone Europe/Londn'
refused 'profile: a zone' "p\.profile:3: 'Europe/Londn': .*did you mean Europe/London\?" \
    "$unspoof" sniff -p ./p.profile calls.csv
profile 'currency POUNDS'
refused 'profile: a currency' "p\.profile:3: 'POUNDS': .*did you mean GBP\?" \
    "$unspoof" ingest -p ./p.profile new.case calls.csv

# UK is GB, and that is said; small letters are taken without a word.
for region in GB UK gb; do
    must "$unspoof" ingest -q -r "$region" "$region.case" calls.csv
    must "$unspoof" normalise -q "$region.case"
    must "$unspoof" correlate -q "$region.case"
    "$unspoof" summary "$region.case" >"$region.got"
done
same 'UK: the figures of GB' GB.got UK.got
same 'gb: the figures of GB' GB.got gb.got
[ "$(sqlite3 UK.case 'SELECT region FROM source')" = GB ]
ok 'UK: the source is of GB'
try "$unspoof" ingest -r UK said.case calls.csv
says err '^calls\.csv: region UK is taken as GB; ' 'UK: said'
"$unspoof" export -q -f csv UK.case quality >got
says got ',region,UK,1,' 'UK: kept with its source'
must "$unspoof" verify -q UK.case
"$unspoof" export -q -f csv gb.case quality >got
if grep -q 'is taken as' got; then false; fi
ok 'gb: nothing is said'
profile 'region UK'
try "$unspoof" ingest -p ./p.profile profile.case calls.csv
says err 'region UK is taken as GB' 'UK in a profile: said'
try "$unspoof" sniff -r UK calls.csv
status_is 0 'sniff -r UK'
says err '^calls\.csv: region UK is taken as GB$' 'sniff -r UK: said'
try "$unspoof" number -r UK 07400123456
says out '	\+447400123456	' 'number -r UK'
says err 'region UK is taken as GB' 'number -r UK: said'
printf 'UK\t07400123456\nZZ\t07400123456\nQQ\t07400123456\nQQ\t07400123456\n' >lines
"$unspoof" number --with-region <lines >out 2>err
says out '	\+447400123456	' 'UK on a line'
says err 'region UK is taken as GB: 1 number$' 'UK on a line: said'
says err "number 3: region 'QQ': is no region" 'a region on a line that is none: said'
says err '2 numbers name a region that there is not' 'and counted'
try "$unspoof" summary --country UK UK.case
status_is 0 'summary --country UK'
says err 'country UK is taken as GB' 'summary --country UK: said'
mv out got
try "$unspoof" summary --country gb UK.case
same 'summary --country gb: the same' out got
refused 'summary: a country' "country 'ZZ': is no region of the numbering plan; did you mean ZA, ZM or ZW\?" \
    "$unspoof" summary --country ZZ UK.case
refused 'summary: a country of three letters' "country 'GBR': .*did you mean GB\?" \
    "$unspoof" summary --country GBR UK.case

# A zone that was mistyped makes no case, so that the right one is read by.
must "$unspoof" ingest -q -r GB -z Europe/London zone.case local.csv
must "$unspoof" normalise -q zone.case
"$unspoof" query -q -f tsv zone.case "SELECT datetime(started_utc, 'unixepoch') AS at FROM call" | tail -n 1 >got
echo '2022-07-01 09:00:00' >want
same 'the right zone after a wrong one' want got

# spend NAME WANT CURRENCY OF-SOURCE PAYMENTS RATES
spend() {
    rm -f money.case
    must "$unspoof" ingest -q -c "$4" money.case "$5"
    must "$unspoof" ingest -q money.case "$6"
    must "$unspoof" normalise -q money.case
    try "$unspoof" correlate --currency "$3" money.case
    status_is 0 "$1: concluded"
    "$unspoof" summary -f tsv money.case | grep -E '^(spend|currency)	' >got
    printf '%s\n' "$2" | tr ' ' '\t' >want
    same "$1: the spend" want got
}

both='spend 407.92
currency GBP'
spend 'SAT' "$both" GBP SAT satoshi.csv rates.csv
[ "$(sqlite3 money.case "SELECT amount || currency || exponent FROM payment_read")" = 1359725BTC8 ]
ok 'satoshi are those of BTC'
[ "$(sqlite3 money.case "SELECT currency FROM source WHERE kind = 'payment'")" = SAT ]
ok 'the unit is recorded with its source'
must "$unspoof" verify -q money.case
printf 'account,paid,amount,txid\na,2022-03-01,13.59725,aa\n' >milli.csv
printf 'account,paid,amount,txid,currency\na,2022-03-01,13597.25,aa,uBTC\n' >micro.csv
printf 'account,paid,amount,txid,currency\na,2022-03-01,0.01359725,aa,XXBT\n' >kraken.csv
printf 'date,base,quote,rate\n2022-03-01,XXBT,ZGBP,30000\n' >kraken-rates.csv
printf 'date,base,quote,rate\n2022-03-01,SAT,GBP,0.0003\n' >sat-rates.csv
spend 'mBTC' "$both" GBP mBTC milli.csv rates.csv
spend 'uBTC in a column' "$both" GBP BTC micro.csv rates.csv
spend "Kraken's names" "$both" ZGBP BTC kraken.csv kraken-rates.csv
says err 'GBP' 'the currency of the conclusions is that of ISO 4217'
spend 'a rate of a unit' "$both" GBP SAT satoshi.csv sat-rates.csv
printf 'account,paid,amount,currency\na,2022-03-01,300,GBP\n' >pounds.csv
printf 'date,base,quote,rate\n2022-03-01,GBP,SAT,3333\n' >to-sat.csv
spend 'conclusions in a unit' 'spend 0.00999900
currency BTC' SAT BTC pounds.csv to-sat.csv
says err 'amounts are concluded in BTC; the threshold is 100 SAT' 'that is said'
[ "$(sqlite3 money.case "SELECT value FROM setting WHERE key = 'threshold'")" = 0.00000100 ]
ok 'and the threshold is of the unit'
try "$unspoof" correlate --currency GPB money.case
status_is 2 'correlate: a currency'
says err "currency 'GPB': .*did you mean GBP\?" 'correlate: a currency: what was meant'

# What is an account, what is a blank line, and an emergency number of no region, as the manual says.
printf 'started,account,presented,dialled,talk\n2022-03-01T10:00:00Z, a ,999,+447400123456,90\n   \n\n\t\n' >blanks.csv
printf '2022-03-01T10:00:00Z,a,112,+447400123456,90\n2022-03-01T10:00:00Z,A,+442079460001,+447400123456,90\n' >>blanks.csv
printf '2022-03-01T10:00:00Z,a\302\240,+442079460001,+447400123456,90\n  ,  ,  ,  ,  \n' >>blanks.csv
must "$unspoof" ingest blanks.case blanks.csv
mv must.log err
says err 'read 8, accepted 4, rejected 3, skipped 1$' 'an empty line is skipped, lines of blanks are rejected'
says err '^blanks\.csv:3: has 1 field where the header has 5$' 'with their reason'
must "$unspoof" normalise -q blanks.case
sqlite3 blanks.case 'SELECT hex(account) FROM account_key ORDER BY 1' >got
printf '41\n61\n61C2A0\n' >want
same 'blanks around an account do not count; capitals and other spaces do' want got
[ "$(sqlite3 blanks.case "SELECT group_concat(DISTINCT flags) FROM reading WHERE class = 'short-code'")" = short-code ]
ok 'without a region an emergency number is of no plan'
must "$unspoof" ingest -q -r DE emergency.case blanks.csv
must "$unspoof" normalise -q emergency.case
[ "$(sqlite3 emergency.case "SELECT group_concat(DISTINCT flags) FROM reading WHERE class = 'short-code'")" = emergency,short-code ]
ok 'with one it is an emergency number'
twins_agree
done_testing
