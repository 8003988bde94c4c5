#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Times in a change of the clocks, times against seconds of talk, and fractions of seconds.
. "${srcdir:-.}/tests/lib.sh"
twins

# understand OPTION... FILE...: a new case of it; what normalise says is left in said.
understand() {
    rm -f case
    must "$unspoof" ingest -q -r GB case "$@"
    "$unspoof" normalise case 2>said || cat said
}

# conclude: the same, correlated.
conclude() {
    understand "$@"
    "$unspoof" correlate case 2>concluded || cat concluded
}

# is NAME SQL: what query gives, without its header, is what stands on standard input.
is() {
    cat >want
    "$unspoof" query -q -f tsv case "$2" 2>err | tail -n +2 >got
    same "$1" want got
}

# shows NAME TABLE COLUMNS: the same of an export; columns as cut takes them.
shows() {
    cat >want
    "$unspoof" export -q -f tsv case "$2" 2>err | tail -n +2 | cut -f "$3" >got
    same "$1" want got
}

FROM_CALL="SELECT utc(started_utc), talk_ms / 1000.0, answered, flags & (64 | 2048 | 4096) FROM call ORDER BY id"

# file NAME HEADER ROW...
file() {
    name=$1
    shift
    printf '%s\n' "$@" >"$name"
}

# ---- contradictions ----

header=started,answered_at,ended,account,presented,dialled,talk
file times.csv $header \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,90' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,91' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,89' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,92' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10,2022-03-01 10:01:40,u1,,07700900123,88.9' \
    '2022-03-01 10:00:00,2022-03-01 10:00:10.5,2022-03-01 10:01:40.25,u1,,07700900123,90.751' \
    '2022-03-01 10:00:00,2022-03-01 10:00,2022-03-01 10:02,u1,,07700900123,61' \
    '2022-03-01 10:00:00,2022-03-01 10:00,2022-03-01 10:02,u1,,07700900123,58' \
    '2022-03-01 10:00:00,2022-03-01 10:01:40,2022-03-01 10:00:10,u1,,07700900123,0' \
    '2022-03-01 10:00:00,,2022-03-01 10:01:40,u1,,07700900123,5' \
    '2022-03-01 10:00:00,2022-03-01 10:01:40,,u1,,07700900123,5'
conclude times.csv
shows 'a talk that is not what lies between the times is noted' calls 3,12,13,27 <<'X'
2	90	talk	
3	91	talk	
4	89	talk	
5	92	talk	contradicted;times
6	88.9	talk	contradicted;times
7	90.751	talk	contradicted;times
8	61	talk	
9	58	talk	contradicted;times
10	0	talk	contradicted;times
11	5	talk	
12	5	talk	
X
says said '^times.csv: 5 calls have a talk that is not what lies between answered_at and ended: talk is taken; ' 'and said'
is 'and kept with a line' "SELECT role, topic, count, line FROM remark WHERE topic = 'contradiction'" <<'X'
talk	contradiction	5	5
X
[ "$("$unspoof" show -f csv case call 65539 | grep -c 'talk; it is not what lies between answered_at and ended')" = 1 ]
ok 'show says it'
sed '1!s/\.[0-9]*//g' times.csv >other.csv
sed -i.bak '5,11d' other.csv
understand other.csv
! grep -q 'answered_at and ended' said
ok 'what rounding explains is not said'

# ---- fractions ----

file calls.csv started,account,presented,dialled,talk \
    '2022-01-01 12:00:00Z,a,,+447400123456,60.4' '2022-01-01 12:00:00.400Z,b,,+447400123457,61' \
    '2022-01-01 12:00:10.200Z,c,,+447400123457,61' '2022-01-01 13:00:00.250Z,d,,+447400123458,61.25' \
    '2022-01-01 14:00:00.250Z,d,,+447400123458,61.25' '2022-01-01 15:00:00Z,d,,+447400123459,1.001'
file reports.csv reference,victim,at,loss,currency \
    'late,+447400123456,2022-01-01 12:30:00.999Z,1,GBP' 'edge,+447400123456,2022-01-01 12:30:00.000Z,1,GBP' \
    'tie,+447400123457,2022-01-01 12:00:05.300Z,1,GBP' 'near,+447400123457,2022-01-01 12:00:05.299Z,1,GBP' \
    'before,+447400123458,2022-01-01 13:00:00Z,1,GBP' 'after,+447400123458,2022-01-01 14:00:01.500Z,1,GBP'
conclude calls.csv reports.csv
shows 'distances are exact to the millisecond' reports 1,7,10,16 <<'X'
late	unmatched		
edge	matched	a	1800
tie	ambiguous		
near	matched	b	4.899
before	matched	d	-0.25
after	matched	d	1.25
X
says concluded 'two long calls are equally near, 4.9 seconds away: ambiguous' 'how far away is said so'
shows 'seconds of victims are sums of milliseconds' victims 1,5 <<'X'
+447400123456	60.4
+447400123457	122
+447400123458	122.5
X
"$unspoof" export -q -f jsonl case victims 2>err | grep -c '"seconds":60.4,' >got
[ "$(cat got)" = 1 ]
ok 'a number in JSON'
shows 'and so are those of calls' calls 12 <<'X'
60.4
61
61
61.25
61.25
1.001
X
"$unspoof" show -f csv case number +447400123456 >shown
says shown '^concluded,seconds,60.4,' 'show has them'
"$unspoof" summary -q -f tsv case >got
says got '^seconds_between_calls	2160.00$' 'the mean of the time between calls'

# ---- changes of the clocks ----

[ -f /usr/share/zoneinfo/Europe/London ] || {
    skip 'changes of the clocks' 'no tzdata here'
    done_testing
    exit 0
}

header=started,answered_at,ended,account,presented,dialled,billed,status
file dst.csv $header \
    '2023-10-29 00:00:05,2023-10-29 00:00:07,2023-10-29 01:17:00,u1,02079460101,07700900123,8213,ANSWERED' \
    '2023-10-29 01:50:00,2023-10-29 01:50:05,2023-10-29 01:10:05,u1,02079460101,07700900124,1200,ANSWERED' \
    '2023-10-29 00:55:00,2023-10-29 01:10:00,2023-10-29 01:20:00,u1,02079460101,07700900124,4200,ANSWERED' \
    '2023-10-29 00:55:00,2023-10-29 01:10:00,2023-10-29 01:20:00,u1,02079460101,07700900124,600,ANSWERED' \
    '2023-10-29 01:40:00,2023-10-29 02:10:00,2023-10-29 02:20:00,u1,02079460101,07700900124,600,ANSWERED' \
    '2023-03-26 00:59:50,2023-03-26 01:00:05,2023-03-26 02:10:00,u1,02079460101,07700900124,595,ANSWERED' \
    '2023-07-01 00:59:50,2023-07-01 01:00:05,2023-07-01 02:10:00,u1,02079460101,07700900124,4195,ANSWERED'
conclude -z Europe/London dst.csv
is 'the order of the times, or the seconds, tell which hour it is' "$FROM_CALL" <<'X'
2023-10-28T23:00:05Z	8213.0	1	2048
2023-10-29T00:50:00Z	1200.0	1	2048
2023-10-28T23:55:00Z	4200.0	1	2048
2023-10-28T23:55:00Z	600.0	1	64
2023-10-29T00:40:00Z	600.0	1	64
2023-03-26T00:59:50Z	595.0	1	2048
2023-06-30T23:59:50Z	4195.0	1	0
X
shows 'what nothing tells is noted' calls 3,27 <<'X'
2	
3	
4	
5	clock
6	clock
7	
8	
X
says said '^dst.csv: 2 calls have a time that the clocks of Europe/London show twice or never, and nothing tells which' 'and said'
says said '^dst.csv: 4 calls have a time that the clocks of Europe/London show twice or never: the order of their times' 'what was told too'
is 'both with a line' "SELECT count, line FROM remark WHERE topic = 'clock' ORDER BY id" <<'X'
2	5
4	2
X
[ "$("$unspoof" summary -q -f tsv case | awk '$1 == "victims" { print $2 }')" = 2 ]
ok 'two victims'
"$unspoof" show -f csv case call 65536 >shown
says shown '^understood,started,2023-10-28T23:00:05Z,.the clocks have a time of the call twice or never, the order' 'show says it'

# Without seconds, and where only started and ended are kept.
file order.csv started,ended,account,presented,dialled,duration \
    '2023-10-29 01:50:00,2023-10-29 01:10:00,u1,,07700900124,' '2023-10-29 01:10:00,2023-10-29 01:50:00,u1,,07700900124,' \
    '2023-10-29 01:10:00,2023-10-29 01:50:00,u1,,07700900124,6000' '2023-10-29 01:10:00,2023-10-29 02:00:00,u1,,07700900124,3000' \
    '2023-10-29 01:10:00,2023-10-29 02:00:00,u1,,07700900124,6600' '2023-10-29 01:10:00,2023-10-29 02:00:00,u1,,07700900124,9999' \
    '2023-10-29 01:10:00.25,2023-10-29 01:05,u1,,07700900124,' '2023-10-29 01:10:00Z,2023-10-29 01:50:00Z,u1,,07700900124,' \
    '2023-10-29 02:30:00,,u1,,07700900124,7'
understand -z Europe/London order.csv
is 'started and ended alone' 'SELECT utc(started_utc), flags & (64 | 2048) FROM call ORDER BY id' <<'X'
2023-10-29T00:50:00Z	2048
2023-10-29T00:10:00Z	64
2023-10-29T00:10:00Z	2048
2023-10-29T01:10:00Z	2048
2023-10-29T00:10:00Z	2048
2023-10-29T00:10:00Z	64
2023-10-29T00:10:00Z	2048
2023-10-29T01:10:00Z	0
2023-10-29T02:30:00Z	0
X

# Talk against times whose hour is told, and against what no hour explains.
header=started,answered_at,ended,account,presented,dialled,talk
file talk.csv $header \
    '2023-10-29 00:55:00,2023-10-29 01:10:00,2023-10-29 01:20:00,u1,,07700900124,4200' \
    '2023-10-29 00:55:00,2023-10-29 01:10:00,2023-10-29 01:20:00,u1,,07700900124,4230' \
    '2023-10-29 00:55:00,2023-10-29 01:10:00,2023-10-29 01:20:00,u1,,07700900124,5000' \
    '2023-10-29 00:55:00,2023-10-29 00:56:00,2023-10-29 02:20:00,u1,,07700900124,8640' \
    '2023-10-29 00:55:00,2023-10-29 00:56:00,2023-10-29 02:20:00,u1,,07700900124,5040'
understand -z Europe/London talk.csv
is 'a contradiction is one by the hour that is taken' "$FROM_CALL" <<'X'
2023-10-28T23:55:00Z	4200.0	1	2048
2023-10-28T23:55:00Z	4230.0	1	6144
2023-10-28T23:55:00Z	5000.0	1	4160
2023-10-28T23:55:00Z	8640.0	1	0
2023-10-28T23:55:00Z	5040.0	1	4096
X

# The longest of the legs of a call by the clocks.
printf '%s\n' '# the columns of the file' 'name legs' 'kind call' 'legs call_id' 'role call_id call_id' 'role started started' 'role answered_at answered_at' \
    'role ended ended' 'role account account' 'role presented presented' 'role dialled dialled' 'role billed billed' >legs.profile
file legs.csv call_id,started,answered_at,ended,account,presented,dialled,billed \
    'c1,2023-10-29 00:00:00,2023-10-29 00:10:00,2023-10-29 00:40:00,u1,,07700900124,1800' \
    'c1,2023-10-29 00:00:00,2023-10-29 00:50:00,2023-10-29 01:10:00,u1,,07700900124,4800'
understand -p legs.profile -z Europe/London legs.csv
is 'the longest leg' 'SELECT line, talk_ms FROM call WHERE NOT flags & 128' <<'X'
3	4800000
X

# Calls around the change whose hours are known, as London's clocks showed them, with what a
# service may keep besides: nothing is taken for another hour unless it is noted.
for kept in none talk billed duration; do
    awk -v kept=$kept 'function clock(t) {
            if (t < 3600) t += 3600
            return sprintf("2022-10-%d %02d:%02d:%02d", t < 0 ? 29 : 30, int((t + 86400) % 86400 / 3600), int((t + 86400) / 60) % 60, (t + 86400) % 60)
        }
        BEGIN {
            srand(7)
            print "started,answered_at,ended,account,presented,dialled,call_id" (kept == "none" ? "" : "," kept)
            for (i = 0; i < 3000; i++) {
                s = int(rand() * 9000) - 1800
                a = s + int(rand() * 40)
                e = a + 1 + int(exp(rand() * 8.5))
                more = kept == "none" ? "" : kept == "talk" ? e - a : kept == "billed" ? int((e - a + 59) / 60) * 60 : e - s
                printf "%s,%s,%s,u%d,,+447700900123,%d:%d%s\n", clock(s), clock(a), clock(e), i, 1667088000 + s, e - a, kept == "none" ? "" : "," more
            }
        }' >$kept.csv
    understand -z Europe/London $kept.csv
    is "$kept: no hour is mistaken in silence" "SELECT count(*), sum(flags & 64 = 0 AND call_id <> started_utc || ':' || (talk_ms / 1000)),
        sum(flags & 64 > 0) BETWEEN 20 AND 2500, sum(flags & 2048 > 0) > 100 FROM call" <<'X'
3000	0	1	1
X
done
is 'a call of one hour alone is not told by its duration' 'SELECT sum(flags & 64 > 0) > 100 FROM call' <<'X'
1
X

# Times that tell their zone, and a zone without such hours.
sed 's/\(:[0-9][0-9]\),/\1Z,/g' dst.csv | sed 1d | cat - >rows
{ sed 1q dst.csv && cat rows; } >zoned.csv
understand -z Europe/London zoned.csv
is 'times of UTC are no local times' 'SELECT sum(flags & (64 | 2048)) FROM call' <<'X'
0
X

# ---- the small kinds ----

file calls.csv started,account,presented,dialled,talk '2023-10-29 00:10:00,u1,,07700900123,61'
file payments.csv account,paid,amount,currency 'u1,2023-10-29 01:10:00,10,GBP' 'u1,2023-10-29 02:10:00,10,GBP' 'u1,2023-10-29,10,GBP'
file logins.csv account,at,ip 'u1,2023-03-26 01:30:00,192.0.2.1' 'u1,2023-03-26 02:30:00,192.0.2.1'
file reports.csv reference,victim,at,loss,currency 'r1,07700900123,2023-10-29 01:15:00.5,1,GBP' 'r2,07700900123,2023-10-29 00:15:00,1,GBP'
conclude -z Europe/London calls.csv payments.csv logins.csv reports.csv
shows 'payments in such an hour are noted' payments 5,25 <<'X'
2023-10-29T00:10:00Z	clock
2023-10-29T02:10:00Z	
2023-10-29	
X
shows 'reports are' reports 3,29 <<'X'
2023-10-29T00:15:00Z	clock
2023-10-28T23:15:00Z	
X
is 'and logins' 'SELECT utc(at), clock FROM login_read ORDER BY login' <<'X'
2023-03-26T01:30:00Z	1
2023-03-26T01:30:00Z	0
X
says said '^payments.csv: 1 payments have a time that the clocks of Europe/London show twice or never: the first' 'which is said of payments'
says said '^logins.csv: 1 logins have a time that' 'of logins'
says said '^reports.csv: 1 reports have a time that' 'of reports'
is 'with a line' "SELECT role, count, line FROM remark WHERE topic = 'clock' ORDER BY role, line, source" <<'X'
at	1	2
at	1	2
paid	1	2
X
"$unspoof" show -f csv case account u1 >shown
says shown 'payment,.10.00 GBP at 2023-10-29T00:10:00Z \(a local time that is twice or never\), confirmed' 'show says it of a payment'

twins_agree
done_testing
