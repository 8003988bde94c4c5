#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Abbreviations of zones behind times: by the zone of the source, by their one meaning, or refused with the choices.
. "${srcdir:-.}/tests/lib.sh"
twins

# understand OPTION...: a new case of calls.csv; what normalise says is left in said.
understand() {
    rm -f case
    "$unspoof" ingest -r GB "$@" case calls.csv >out 2>heard
    try "$unspoof" normalise case
    mv err said
}

# calls START...: calls.csv
calls() {
    echo started,account,presented,dialled,talk >calls.csv
    printf '"%s",a,,07700900123,61\n' "$@" >>calls.csv
}

# starts NAME WANT...: the starts of the calls, in order of their rows; - for none.
starts() {
    name=$1
    shift
    printf '%s\n' "$@" >want
    "$unspoof" query -q -f tsv case "SELECT CASE WHEN flags & 256 THEN '-' ELSE utc(started_utc) END FROM call ORDER BY id" | tail -n +2 >got
    same "$name" want got
}

# ---- by the zone of the source ----

calls '2022-07-01 10:00:00 BST' '2022-01-15 10:00:00 GMT' '2022-07-01 10:00:00 bst' 'Fri Jul  1 09:05:07 BST 2022' '2022-07-01 10:00 BST' \
    '2022-10-30 01:30:00 BST' '2022-10-30 01:30:00 GMT' '2022-03-27 00:30:00 GMT' '2099-07-01 10:00:00 BST' '1/7/2022 10:00:00 PM BST' \
    '2022-07-01 10:00:00.250 BST (London)' '20220701100000 BST'
understand -z Europe/London --date-order dmy
starts 'BST and GMT in London' 2022-07-01T09:00:00Z 2022-01-15T10:00:00Z 2022-07-01T09:00:00Z 2022-07-01T08:05:07Z 2022-07-01T09:00:00Z \
    2022-10-30T00:30:00Z 2022-10-30T01:30:00Z 2022-03-27T00:30:00Z 2099-07-01T09:00:00Z 2022-07-01T21:00:00Z 2022-07-01T09:00:00Z \
    2022-07-01T09:00:00Z
grep -q 'without a zone' heard said
[ $? = 1 ]
ok 'of which no zone is assumed'
"$unspoof" query -q -f tsv case 'SELECT count(*) FROM call WHERE flags & 64' | tail -n +2 >got
echo 0 >want
same 'and no hour is there twice' want got
must "$unspoof" verify --rows all case

calls '2022-01-15 10:00:00 BST' '2022-03-27 01:30:00 BST' '2022-03-10 10:00:00 BST' '2022-07-01 10:00:00 BST'
understand -z Europe/London
says said "^calls.csv:2: started '2022-01-15 10:00:00 BST': is no time: the clocks of the source's zone have not that abbreviation then$" \
    'BST in January is no time of London'
"$unspoof" query -q -f tsv case 'SELECT count(*), max(utc(started_utc)) FROM call WHERE started_utc IS NOT NULL' | tail -n +2 >got
says got '2022-07-01T09:00:00Z' 'what is sound is read'
[ "$(grep -c 'have not that abbreviation then' said)" = 3 ]
ok 'nor is it in the hour that is never, nor before March is out'

# The words of others mean something else, or something at all, where the zone has them.
calls '2022-07-01 10:00:00 IST' '2022-12-01 10:00:00 IST'
understand -z Asia/Kolkata
starts 'IST in India' 2022-07-01T04:30:00Z 2022-12-01T04:30:00Z
understand -z Asia/Jerusalem
says said "2: started '2022-07-01 10:00:00 IST': is no time: the clocks" 'in Israel in summer it contradicts'
understand -z Europe/Dublin
says said "3: started '2022-12-01 10:00:00 IST': is no time: the clocks" 'in Ireland in winter'
calls '2022-07-01 10:00:00 CST' '2022-07-01 10:00:00 PST'
understand -z Asia/Shanghai
"$unspoof" query -q -f tsv case 'SELECT min(utc(started_utc)) FROM call WHERE started_utc > 0' | tail -n +2 >got
echo 2022-07-01T02:00:00Z >want
same 'CST in China' want got

# ---- by their one meaning ----

calls '2022-07-01 10:00:00 BST' '2022-07-01 10:00:00 CEST' '2022-01-01 10:00:00 CET' '2022-07-01 10:00:00 EDT' '2022-07-01 10:00:00 MDT' \
    '2022-01-01 10:00:00 NZDT' '2022-07-01 10:00:00 AEST' '2022-07-01 10:00:00 EEST' '2022-01-01 10:00:00 WET' '2022-07-01 10:00:00 WEST' \
    '2022-01-01 10:00:00 EET' '2022-07-01 10:00:00 HST'
understand
starts 'abbreviations that mean one thing' 2022-07-01T09:00:00Z 2022-07-01T08:00:00Z 2022-01-01T09:00:00Z 2022-07-01T14:00:00Z 2022-07-01T16:00:00Z \
    2021-12-31T21:00:00Z 2022-07-01T00:00:00Z 2022-07-01T07:00:00Z 2022-01-01T10:00:00Z 2022-07-01T09:00:00Z 2022-01-01T08:00:00Z \
    2022-07-01T20:00:00Z
understand -z +05:00
starts 'whatever the offset of the source' 2022-07-01T09:00:00Z 2022-07-01T08:00:00Z 2022-01-01T09:00:00Z 2022-07-01T14:00:00Z 2022-07-01T16:00:00Z \
    2021-12-31T21:00:00Z 2022-07-01T00:00:00Z 2022-07-01T07:00:00Z 2022-01-01T10:00:00Z 2022-07-01T09:00:00Z 2022-01-01T08:00:00Z \
    2022-07-01T20:00:00Z
calls '2022-01-01 10:00:00 BST' '2022-07-01 10:00:00 BST'
understand
says said "2: started '2022-01-01 10:00:00 BST': is no time: no zone has that abbreviation in that month$" 'summer time in winter is none'

# ---- refused ----

calls '2022-07-01 10:00:00 IST' '2022-07-01 10:00:00 CST' '2022-07-01 10:00:00 CDT' '2022-07-01 10:00:00 PST' '2022-07-01 10:00:00 GMT'
understand
says said "2: started '2022-07-01 10:00:00 IST': is no time: IST may be Asia/Kolkata, Asia/Jerusalem or Europe/Dublin: say -z$" 'IST'
says said 'CST may be America/Chicago, Asia/Shanghai or America/Havana: say -z$' 'CST'
says said 'CDT may be America/Chicago or America/Havana: say -z$' 'CDT'
says said 'PST may be America/Los_Angeles or Asia/Manila: say -z$' 'PST'
must "$unspoof" normalise --zone 1=America/Chicago case
"$unspoof" query -q -f tsv case 'SELECT utc(started_utc) FROM call WHERE started_utc > 0 ORDER BY id' | tail -n +2 >got
says got '^2022-07-01T15:00:00Z$' 'a zone that is said later tells CDT'
calls '2022-07-01 10:00:00 FOO' '2022-07-01 BST' '2022-07-01 10:00:00 BST EDT' '2022-07-01 10:00:00 GMT'
understand
says heard "2: started '2022-07-01 10:00:00 FOO': is no time: its zone tells no offset from UTC$" 'what no zone has'
says heard "3: started '2022-07-01 BST': is no time: " 'a day has none'
says heard "4: started '2022-07-01 10:00:00 BST EDT': is no time: " 'nor are there two'

# ---- other kinds, and other roles ----

echo started,answered_at,ended,account,presented,dialled >calls.csv
echo '2022-07-01 10:00:00 BST,2022-07-01 10:00:05 BST,2022-07-01 09:01:05 UTC,a,,07700900123' >>calls.csv
understand
"$unspoof" query -q -f tsv case 'SELECT talk_ms FROM call' | tail -n +2 >got
echo 60000 >want
same 'from answered to ended' want got
printf 'reference,victim,at,loss,currency\nR1,07700900123,2022-07-01 10:05:00 BST,5,GBP\nR2,07700900123,2022-07-01 10:05:00 IST,5,GBP\n' >reports.csv
rm -f case
must "$unspoof" ingest -q -r GB case reports.csv
try "$unspoof" normalise case
says err "reports.csv:3: at '2022-07-01 10:05:00 IST': is no time: IST may be Asia/Kolkata" 'a report of an hour that nobody knows is set aside'
"$unspoof" query -q -f tsv case 'SELECT utc(at_ms / 1000) FROM report_read' | tail -n +2 >got
echo 2022-07-01T09:05:00Z >want
same 'and the others are read' want got
try "$unspoof" summary --since '2022-07-01 10:00:00 BST' case
status_is 2 'a window wants UTC'

twins_agree
done_testing
