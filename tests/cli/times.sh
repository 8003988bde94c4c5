#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How times are written, and what comes of each on its way through ingest and normalise.
. "${srcdir:-.}/tests/lib.sh"
twins

# understand OPTION... FILE...: a new case of it; what ingest and normalise say is left in err and said.
understand() {
    rm -f case
    "$unspoof" ingest -z UTC case "$@" >out 2>err
    "$unspoof" normalise case 2>said
}

# starts WANT...: the starts of the calls, in order of their rows.
starts() {
    name=$1
    shift
    printf '%s\n' "$@" >want
    "$unspoof" query -q -f tsv case 'SELECT utc(started_utc) FROM call ORDER BY id' | tail -n +2 >got
    same "$name" want got
}

# calls START...: calls.csv
calls() {
    echo started,account,presented,dialled,talk >calls.csv
    printf '"%s",a,,+447400123456,61\n' "$@" >>calls.csv
}

# ---- the order of day and month, between dots too ----

calls '03.04.2022 10:00:00' '05/13/2022 10:00:00'
understand calls.csv
starts 'month first is proved for dates with dots too' 2022-03-04T10:00:00Z 2022-05-13T10:00:00Z
calls '03.04.2022 10:00:00' '13.04.2022 10:00:00'
understand calls.csv
starts 'day first is proved by a date with dots' 2022-04-03T10:00:00Z 2022-04-13T10:00:00Z
says said 'dates are day first, as line 3 proves' 'and the line is named'
calls '03.04.2022 10:00:00'
understand --date-order mdy calls.csv
starts 'month first between dots, as told' 2022-03-04T10:00:00Z
understand calls.csv
starts 'day first between dots where nothing tells' 2022-04-03T10:00:00Z
says said 'calls.csv: dates are day first, as those with dots are where none proves an order' 'which is said'
calls '13.04.2022 10:00:00' '04.13.2022 10:00:00'
rm -f case
must "$unspoof" ingest -q case calls.csv
try "$unspoof" normalise case
status_is 1 'dates with dots that prove both orders are refused'

# ---- names of months ----

calls '27 Mar 2022 10:00:00' 'Mar 27, 2022 10:00:00' 'Mar 27 2022 10:00:00' '27-MAR-22 10:00:00' 'Sun Mar 27 10:00:00 2022' \
    'Sunday, March 27th, 2022 10:00:00 AM' '27/Mar/2022:10:00:00 +0000' '27-MAR-22 10.00.00.000000 AM' '2022-Mar-27 10:00:00'
understand --date-order mdy calls.csv
starts 'the order of the words decides' 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z \
    2022-03-27T10:00:00Z 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z 2022-03-27T10:00:00Z
calls 'Mar 27 10:00:00' '27 Mar 10:00:00'
try "$unspoof" ingest other calls.csv
status_is 1 'a date without a year is none'

# ---- digits and ends of days ----

calls 202203271000 220305101215 2022-03-27T24:00:00Z '2022-03-27 24:00:00'
understand calls.csv
starts 'twelve digits with a year, and the end of a day' 2022-03-27T10:00:00Z 2022-03-28T00:00:00Z 2022-03-28T00:00:00Z
says err "started '220305101215': is no time: twelve digits begin with a year from 1970 to 2099" 'twelve digits without one are refused'

# Enough of them for times that are read together.
awk 'BEGIN { print "started,account,presented,dialled,talk"
    for (i = 0; i < 3000; i++) printf "2022-03-27 %02d:00:00,a,,+447400123456,61\n", i % 25 }' >calls.csv
understand calls.csv
"$unspoof" query -q -f tsv case 'SELECT utc(started_utc), count(*) FROM call GROUP BY 1 ORDER BY 1' | tail -n +2 >got
awk 'BEGIN { for (i = 0; i < 24; i++) printf "2022-03-27T%02d:00:00Z\t120\n", i; print "2022-03-28T00:00:00Z\t120" }' >want
same 'the end of the day among many times' want got

# ---- durations ----

echo started,account,presented,dialled,talk >calls.csv
printf '2022-03-27T10:00:00Z,a,,+447400123456,"%s"\n' '0 days 00:01:10' '1 day, 0:00:10' 1:10 >>calls.csv
understand calls.csv
"$unspoof" query -q -f tsv case 'SELECT talk_ms FROM call ORDER BY id' | tail -n +2 >got
printf '%s\n' 70000 86410000 70000 >want
same 'days before a clock' want got

done_testing
