#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What texts are understood to mean: times, zones, talk, legs, dialects.
. "${srcdir:-.}/tests/lib.sh"
twins

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
# Of a source with members any of them proves it, and is named.
mkdir logs
for day in 1 2 23 4; do
    calls logs/$day.csv started,account,presented,dialled,talk "$(printf %02d $day)/03/2022 10:00:00,u1,,07700900123,1"
done
understand case logs
status_is 0 'files of a call each'
says err '^logs: dates are day first, as line 2 of logs/23.csv proves$' 'the file that proves it is named'
calls logs/5.csv started,account,presented,dialled,talk '03/23/2022 10:00:00,u1,,07700900123,1'
understand case logs
status_is 1 'files that prove both'
says err 'logs: line 2 of logs/23.csv reads only day first and line 2 of logs/5.csv only month first; one of them is damaged$' 'both are named'
rm logs/23.csv logs/5.csv
understand case logs
says err ' logs/1.csv:2: no date of this source shows whether' 'and one that proves nothing'
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
[ "$(sqlite3 case 'SELECT count(*) FROM remark WHERE topic = '\''zone'\''')" = 1 ]
ok 'and recorded'
try "$unspoof" export -f csv case quality
says out '^normalise,zone.csv,call,,zone,,3,,3 times without a zone are read as -05:00,$' 'and exported'

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

# Starts of one form are read together, where none of them needs a second look.
calls plain.csv started,account,presented,dialled,talk '1971-01-01 00:00:00,u1,,07700900123,1' \
    '1999-12-31 23:59:59,u1,,07700900123,1' '2001-01-01 00:00:00,u1,,07700900123,1' '9999-12-31 23:59:59,u1,,07700900123,1'
understand case plain.csv
is 'clocks of one form' 'SELECT started_utc FROM call ORDER BY id' <<'EXPECTED'
31536000
946684799
978307200
253402300799
EXPECTED
calls odd.csv started,account,presented,dialled,talk '2001-01-01 00:00:00,u1,,07700900123,1' \
    '1970-06-01 00:00:00,u1,,07700900123,1' '2000-06-01 00:00:00,u1,,07700900123,1' \
    '0999-01-01 00:00:00,u1,,07700900123,1' '2022-01-01 23:59:60,u1,,07700900123,1'
understand case odd.csv
is 'and such as are rare' 'SELECT started_utc FROM call ORDER BY id' <<'EXPECTED'
978307200
13046400
959817600
-30641760000
1641081599
EXPECTED

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
# Sources of several kinds, a segment and more each: accounts that are names, too
# long for a form, or of a country; numbers withheld; prefixes; rows of one call.
rows() {
    awk -v seed="$1" -v rows="$2" 'BEGIN {
        srand(seed)
        for (i = 0; i < rows; i++) {
            r = int(rand() * 1000000)
            account = i % 3 ? "u" r % 900 : substr("abcdefghijklmnopqrstuvwxyz", r % 20 + 1, 5) substr("zyxwvutsrqponm", r % 9 + 1, 4)
            shown = i % 4 == 0 ? sprintf("\"\"Bank\"\" <0207946%04d>", r % 1000) : i % 4 == 1 ? "anonymous" : i % 4 == 2 ? \
                sprintf("+1202555%04d", 100 + r % 100) : (r % 2 ? "Desk " r % 40 : "555-01" r % 90 + 10)
            if (i % 7 == 0) account = sprintf("12345678901234567%03d", r % 40)
            if (i % 11 == 0) shown = sprintf("98765432109876543210%02d", r % 30)
            dialled = i % 5 ? sprintf("%s7700900%03d", i % 2 ? "44" : "0", r % 1000) : "9#0044770090" sprintf("%04d", r % 10000)
            start = sprintf("2022-03-%02d%s%02d:%02d:%02d", 1 + i % 30, seed == 5 && i % 9 ? "T" : " ", r % 24, r % 60, i % 60)
            printf "%s,%s,\"%s\",%s,%d,%s\n", start, account, shown, dialled, r % 90, i % 2 ? "ANSWERED" : "BUSY"
        }
    }'
}
for k in 1 2 3 4 5; do
    { echo started,account,presented,dialled,talk,status; rows $k 3000; } >s$k.csv
done
{ echo started,account,presented,dialled,talk,status; rows 6 150000; } >s6.csv
printf 'account,email,country\n' >people.csv
for k in 1 2 3 4 5 6 7 8 9; do printf 'u%s,u%s@example.net,US\n' "$k$k" $k; done >>people.csv
for k in 1 2 3 4 5 6 7 8; do row 02079460101 '2022-03-01 10:00:00' '2022-03-01 10:00:01' '2022-03-01 10:00:11' 11 $((k % 3)) ANSWERED 1646128800.$k 1646128800.$((k % 2)) $k; done >s7.csv
# More payments than are understood together.
{
    echo payment_id,account,paid,amount,currency,from_address,to_address,txid,status
    awk 'BEGIN {
        for (i = 1; i <= 900; i++)
            printf "P%d,u%d,2022-03-%02d 10:%02d:00,0.%04d,BTC,%s,%s,,confirmed\n", i, i % 70, 1 + i % 28, i % 60, i,
                i % 3 ? "" : "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                i % 2 ? "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2" : "x" i
    }'
} >pay.csv
rm -f case
must "$unspoof" ingest -q -r GB case people.csv pay.csv s1.csv s2.csv s3.csv s7.csv
must "$unspoof" ingest -q -r GB --tech-prefix '9#,44' -z Europe/London case s4.csv s5.csv s6.csv
# Ingest takes nothing that it cannot read: another hand has been here.
must sqlite3 case "UPDATE payment SET paid = 'never' WHERE id % 9 = 0; UPDATE payment SET amount = '' WHERE id % 10 = 0;
    UPDATE payment SET account = ' ' WHERE id % 11 = 0; UPDATE payment SET currency = NULL WHERE id % 97 = 0;
    UPDATE payment SET to_address = hex(zeroblob(150000)) WHERE id = 452"
must sqlite3 case "UPDATE form SET mask = CAST(replace(mask, '#T#', '#X#') AS BLOB) WHERE instr(mask, CAST('#T#' AS BLOB))"
for n in 1 2 3 8; do
    cp case $n.case
    must "$unspoof" normalise --region-of-account --threads $n $n.case
    mv must.log $n.log
    sqlite3 $n.case '.dump' | grep -v 'INTO run ' >$n.sql
    [ $n = 1 ] || same "--threads $n understands the same as one thread" 1.sql $n.sql
    [ $n = 1 ] || same "and says the same of it" 1.log $n.log
done
[ "$(sqlite3 1.case "SELECT count(*), sum(line) FROM unread WHERE kind = 'call'")" = '2666|4003333' ]
ok 'rows without a readable start are set aside, with where they stand'
sqlite3 1.case "SELECT line - 1, role, value FROM unread WHERE kind = 'payment' ORDER BY id" >got
awk 'BEGIN {
    for (i = 1; i <= 900; i++)
        if (i % 11 == 0) print i "|account| "
        else if (i % 9 == 0) print i "|paid|never"
        else if (i % 10 == 0) print i "|amount|"
        else if (i % 97 == 0) print i "|currency|"
}' >expected
same 'payments that cannot be read are set aside, in their order' expected got
sqlite3 1.case "SELECT payment, amount, from_address, from_kind, length(to_address), to_kind FROM payment_read" >got
awk 'BEGIN {
    for (i = 1; i <= 900; i++)
        if (i % 11 && i % 9 && i % 10 && i % 97)
            printf "%d|%d|%s|%d|%s\n", i, i * 10000, i % 3 ? "|" : "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|bech32",
                i % 2 ? 34 : i == 452 ? 300000 : length("x" i), i % 2 ? "p2pkh" : "other"
}' >expected
same 'the others are understood' expected got
[ "$(sqlite3 1.case "SELECT count(*) > 3 FROM remark WHERE text LIKE '%country of the account%'")" = 1 ]
ok 'calls were read in the country of their account'

twins_agree
done_testing
