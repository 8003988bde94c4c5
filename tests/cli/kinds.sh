#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is said of sources by the kind of their rows, and the first case of README, whose commands are run as they stand.
. "${srcdir:-.}/tests/lib.sh"

# settings: kind, region, zone and currency of each source.
settings() {
    "$unspoof" query -q -f tsv case "SELECT kind, coalesce(region, ''), coalesce(zone, ''), coalesce(currency, '') FROM source ORDER BY id" 2>/dev/null | tail -n +2
}

# are NAME LINE...: they are these.
are() {
    name=$1
    shift
    printf '%s\n' "$@" >want
    settings >got
    same "$name" want got
}

# refused PATTERN NAME COMMAND...
refused() {
    pattern=$1
    name=$2
    shift 2
    try "$unspoof" "$@"
    status_is 2 "$name"
    says err "$pattern" "$name: why"
}

printf 'started,account,presented,dialled,talk\n2022-07-01 09:00:00,a,02079460001,07700900123,90\n' >calls.csv
printf 'reference,victim,at,loss\nR1,07700900123,2022-07-01 10:05:00,500.00\n' >reports.csv
printf 'account,paid,amount\na,2022-07-01 08:00:00,1\n' >payments.csv
printf 'date,base,quote,rate\n2022-07-01,BTC,GBP,16000\n' >rates.csv

# ---- one command for several kinds ----

must "$unspoof" ingest -q -r report=GB -r call=FR -z report=Europe/London -z +02:00 -z call=UTC -c report=GBP -c BTC \
    case calls.csv reports.csv payments.csv rates.csv
are 'each kind has what is said of it, the others what is said of all' 'call	FR	UTC	BTC' 'report	GB	Europe/London	GBP' \
    'payment		+02:00	BTC' 'rate		+02:00	BTC'
"$unspoof" query -q -f csv case "SELECT settings FROM run ORDER BY id LIMIT 1" >out
says out 'zones.*report=Europe/London.*call=UTC' 'the run has what was given'
try "$unspoof" ingest -r report=GB -r call=FR -z report=Europe/London -z +02:00 -z call=UTC -c report=EUR -c BTC case reports.csv
status_is 1 'what differs for a kind is told when it comes again'
says err 'currency' 'and what'
cat >zoned.profile <<'END'
name zoned
kind report
zone Europe/Paris
roles header
END
rm -f case
must "$unspoof" ingest -q -p ./zoned.profile -r GB -c GBP -z call=UTC case reports.csv
must "$unspoof" ingest -q -p ./zoned.profile -r GB -c GBP -z report=UTC --replace case reports.csv
"$unspoof" query -q -f tsv case 'SELECT zone FROM source ORDER BY id' | tail -n +2 >got
printf '%s\n' Europe/Paris UTC >want
same 'a profile holds where another kind is named, and gives way where its own is' want got

refused "zone 'reports=Europe/London': there is no kind 'reports'; did you mean report\? the kinds are call, " 'a kind that there is not' \
    ingest -z reports=Europe/London other reports.csv
refused "region '=GB': there is no kind ''; the kinds are" 'no kind at all' ingest -r =GB other reports.csv
refused "zone 'Europe/Londn': .*did you mean Europe/London" 'a zone that there is not' ingest -z report=Europe/Londn other reports.csv
refused "region 'ZZ'" 'a region that there is not' sniff -r report=ZZ reports.csv
refused "currency is said twice for kind report" 'a kind twice' ingest -c report=GBP -c report=EUR other reports.csv
refused "there is no kind 'paymnt'; did you mean payment\?" 'run refuses it before it begins' run -z paymnt=UTC other reports.csv
[ ! -e other ]
ok 'and no case is made'

must "$unspoof" run -q -r call=GB -r report=GB -z report=Europe/London -c report=GBP -c BTC other.case calls.csv reports.csv payments.csv rates.csv
"$unspoof" query -q -f tsv other.case "SELECT kind, zone FROM source ORDER BY id" | tail -n +2 >got
printf "%s\n" "call	UTC" "report	Europe/London" "payment	UTC" "rate	UTC" >want
same 'run hands it on' want got
try "$unspoof" run -q -r GB --source-currency report=GBP --source-currency BTC third.case calls.csv reports.csv payments.csv rates.csv
status_is 0 'and so it does with the currency'

# ---- the first case of README ----

mkdir -p bin readme && ln -sf "$unspoof" bin/unspoof
cd readme || exit 1
awk '/^## A first case/ { on = 1 } on && /^2\. / { in_load = 1 } in_load && /^ *```/ { if (++fence == 2) exit; next } in_load && fence == 1' "$srcdir/README.md" >load.sh
says load.sh '^ *unspoof ingest -k call .*-z Europe/London' 'README loads calls of London'
printf 'when,user,shown,called,spoken\n2022-07-01 10:00:00,a,02079460001,07700900123,90\n2022-07-01 11:00:00,b,02079460002,07700900123,90\n' | gzip -n >calls.csv.gz
printf 'user,when,coins,hash,state\na,2022-07-01 00:30:00,0.5,%064d,paid\n' 1 >payments.csv
printf 'reference,victim,at,loss,currency\nR1,07700900123,2022-07-01 10:05:00,500.00,GBP\n' >reports.csv
printf 'date,base,quote,rate\n2022-06-30,BTC,GBP,15000\n2022-07-01,BTC,GBP,16000\n' >rates.csv
printf 'number,organisation,sector\n02079460001,Example Bank,bank\n' >organisations.csv
PATH=$scratch/bin:$PATH try sh -e load.sh
status_is 0 'its commands run as they stand'
must "$unspoof" normalise -q service.case
must "$unspoof" correlate -q service.case
"$unspoof" query -q -f tsv service.case "SELECT (SELECT utc(at_ms / 1000) FROM report_read), (SELECT utc(paid) FROM payment_read), (SELECT min(utc(started_utc)) FROM call),
    (SELECT k.account FROM report_match m JOIN call c ON c.id = m.segment * 65536 + m.row JOIN account_key k ON k.id = c.account_key)" | tail -n +2 >got
echo '2022-07-01T09:05:00Z	2022-06-30T23:30:00Z	2022-07-01T09:00:00Z	a' >want
same 'and read reports, payments and calls on the clocks of London' want got
"$unspoof" query -q -f tsv service.case "SELECT group_concat(DISTINCT zone) FROM source WHERE kind IN ('rate', 'organisation')" | tail -n +2 >got
echo UTC >want
same 'rates stay in UTC' want got

done_testing
