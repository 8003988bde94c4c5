#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What texts are understood to mean: times, zones, talk, legs, dialects.
. "${srcdir:-.}/tests/lib.sh"

# calls FILE HEADER ROW...
calls() {
    file=$1
    shift
    for line; do printf '%s\n' "$line"; done >"$file"
}

# understand OPTION... FILE: a new case, both steps.
understand() {
    rm -f case
    must "$unspoof" ingest -q -r GB "$@"
    try "$unspoof" normalise case
}

# is NAME SQL <<EXPECTED
is() {
    cat >expected
    "$unspoof" query -q -f tsv case "$2" | tail -n +2 >got
    same "$1" expected got
}

# Times in every form that dumps use.
calls times.csv started,account,presented,dialled,talk \
    '2022-03-01 10:00:00,u1,,07700900123,1' \
    '2022-03-01T10:00:01Z,u1,,07700900123,1' \
    '2022-03-01T11:00:02.750+01:00,u1,,07700900123,1' \
    '1646128803,u1,,07700900123,1' \
    '1646128804500,u1,,07700900123,1' \
    '"Tue, 01 Mar 2022 10:00:05 +0000",u1,,07700900123,1' \
    '20220301100006,u1,,07700900123,1'
understand case times.csv
status_is 0 'times: understood'
is 'times' 'SELECT started_utc - 1646128800 FROM call ORDER BY id' <<'EXPECTED'
0
1
2
3
4
5
6
EXPECTED

# Day or month first.
calls dmy.csv started,account,presented,dialled,talk '01/03/2022 10:00:00,u1,,07700900123,1' \
    '13/03/2022 10:00:00,u1,,07700900123,1'
understand case dmy.csv
status_is 0 'day first, proven'
says err 'dmy.csv: dates are day first, as line 3 proves' 'what proves it is said'
is 'day first' "SELECT date(started_utc, 'unixepoch') FROM call ORDER BY id" <<'EXPECTED'
2022-03-01
2022-03-13
EXPECTED
calls mdy.csv started,account,presented,dialled,talk '01/03/2022 10:00:00,u1,,07700900123,1' \
    '03/13/2022 10:00:00,u1,,07700900123,1'
understand case mdy.csv
is 'month first, proven' "SELECT date(started_utc, 'unixepoch') FROM call ORDER BY id" <<'EXPECTED'
2022-01-03
2022-03-13
EXPECTED
cat dmy.csv >both.csv
tail -n 1 mdy.csv >>both.csv
understand case both.csv
status_is 1 'a source that proves both is refused'
says err 'line 3 .*line 4' 'and both lines are named'
head -n 2 dmy.csv >open.csv
understand case open.csv
status_is 1 'a source that proves neither is refused'
says err 'open.csv:2: .*--date-order' 'and the option is named'
try "$unspoof" normalise --date-order mdy case
status_is 0 'the user may say'
is 'as the user says' "SELECT date(started_utc, 'unixepoch') FROM call" <<'EXPECTED'
2022-01-03
EXPECTED
understand --date-order dmy case open.csv
is 'or say it when the source is loaded' "SELECT date(started_utc, 'unixepoch') FROM call" <<'EXPECTED'
2022-03-01
EXPECTED

# Zones, and the hours that clocks change.
calls zone.csv started,account,presented,dialled,talk '2022-06-01 10:00:00,u1,,07700900123,1' \
    '2022-03-27 01:30:00,u1,,07700900123,1' '2022-10-30 01:30:00,u1,,07700900123,1'
if [ -f /usr/share/zoneinfo/Europe/London ]; then
    understand -z Europe/London case zone.csv
    is 'a zone; flags for a time that is never and one that is twice' \
        "SELECT datetime(started_utc, 'unixepoch'), flags & 64 FROM call ORDER BY id" <<'EXPECTED'
2022-06-01 09:00:00	0
2022-03-27 01:30:00	64
2022-10-30 00:30:00	64
EXPECTED
else
    skip 'a zone' 'no tzdata here'
fi
understand -z -05:00 case zone.csv
is 'an offset' "SELECT datetime(started_utc, 'unixepoch') FROM call LIMIT 1" <<'EXPECTED'
2022-06-01 15:00:00
EXPECTED
says err 'zone.csv: 3 times without a zone are read as -05:00' 'the assumption is printed'
[ "$(sqlite3 case 'SELECT count(*) FROM assumption')" = 1 ]
ok 'and recorded'

# Talk: the role talk, else ended less answered_at, else billed, else duration.
header=started,answered_at,ended,account,presented,dialled,duration,talk,billed,status
calls talk.csv $header \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,100,61,120,ANSWERED' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,100,,120,ANSWERED' \
    '2022-03-01 10:00:00,,2022-03-01 10:01:40,u1,,07700900123,100,,,NO ANSWER' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:00:10,u1,,07700900123,10,0,0,ANSWERED' \
    '2022-03-01 10:00:00,,,u1,,07700900123,12,12,12,NO ANSWER' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:00:05,u1,,07700900123,5,,,ANSWERED'
understand case talk.csv
is 'talk, answered, contradicted, below 0' \
    'SELECT talk_ms / 1000, answered, flags & 16, flags & 32 FROM call ORDER BY id' <<'EXPECTED'
61	1	0	0
90	1	0	0
0	0	0	0
0	0	16	0
12	1	16	0
0	0	16	32
EXPECTED
calls billed.csv started,account,presented,dialled,duration,billed,status \
    '2022-03-01 10:00:00,u1,,07700900123,100,72,ANSWERED' '2022-03-01 10:00:00,u1,,07700900123,29,0,NO ANSWER'
understand case billed.csv
is 'billed, when there is nothing better' 'SELECT talk_ms, answered FROM call ORDER BY id' <<'EXPECTED'
72000	1
0	0
EXPECTED
calls duration.csv started,account,presented,dialled,duration,status \
    '2022-03-01 10:00:00,u1,,07700900123,100,ANSWERED' '2022-03-01 10:00:00,u1,,07700900123,29,NO ANSWER' \
    '2022-03-01 10:00:00,u1,,07700900123,0,ANSWERED' '2022-03-01 10:00:00,u1,,07700900123,7,'
understand case duration.csv
is 'a duration holds the set-up: the status says who answered' 'SELECT answered, flags & 16 FROM call ORDER BY id' <<'EXPECTED'
1	0
0	0
0	16
1	0
EXPECTED

# Asterisk with linkedid: rows of one call, of which the one with most talk counts.
row() {
    printf '"u1","%s","07700900123","c","","SIP/u1-1","SIP/t-2","Dial","SIP/t/07700900123,60","%s","%s","%s",%s,%s,"%s","DOCUMENTATION","%s","","","%s",%s\n' "$@"
}
{
    row 02079460101 '2022-03-01 10:00:00' '2022-03-01 10:00:01' '2022-03-01 10:00:11' 11 10 ANSWERED 1646128800.1 1646128800.1 1
    row 02079460101 '2022-03-01 10:00:00' '2022-03-01 10:00:10' '2022-03-01 10:01:50' 110 100 ANSWERED 1646128800.2 1646128800.1 2
    row 02079460102 '2022-03-01 11:00:00' '' '2022-03-01 11:00:20' 20 0 'NO ANSWER' 1646132400.3 1646132400.3 3
} >legs.csv
understand case legs.csv
status_is 0 'rows of one call'
must "$unspoof" correlate -q case
"$unspoof" summary -q -f csv case >summary
says summary '^calls,2$' 'rows are not calls'
says summary '^long_calls,1$' 'the longest row stands for its call'
says summary '^victims,1$' 'and has one victim'

# Dialects, found without being told.
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00,"u,1",02079460101,07700900123,61\n' >plain.csv
dialect() {
    rm -f case
    try "$unspoof" ingest -r GB case "$2"
    [ "$(sqlite3 case "SELECT rows_read || ' ' || accepted FROM source" 2>&1)" = '1 1' ]
    ok "$1"
}
sed 's/,"u,1",/,u1,/; s/,/;/g' plain.csv >semicolon.csv
dialect 'semicolons' semicolon.csv
sed 's/,"u,1",/,u1,/; s/,/|/g' plain.csv >bar.csv
dialect 'bars' bar.csv
sed 's/,"u,1",/,u1,/' plain.csv | tr , '\t' >tab.tsv
dialect 'tabs' tab.tsv
{ printf '\357\273\277'; cat plain.csv; } >bom.csv
dialect 'a byte order mark' bom.csv
sed 's/$/\r/' plain.csv >crlf.csv
dialect 'CR LF' crlf.csv
tr '\n' '\r' <plain.csv >cr.csv
dialect 'CR alone' cr.csv
printf "started,account,presented,dialled,talk\n'2022-03-01 10:00:00','u1','02079460101','07700900123','61'\n" >quote.csv
dialect 'apostrophes for quotes' quote.csv
for program in gzip bzip2 xz zstd; do
    if command -v $program >/dev/null 2>&1; then
        $program -c <plain.csv >"plain.$program"
        dialect "$program" "plain.$program"
    else
        skip "$program" 'not here'
    fi
done
done_testing
