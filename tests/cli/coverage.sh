#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is said of a source as a whole: first and last time, missing ids, statuses against seconds, columns not read.
. "${srcdir:-.}/tests/lib.sh"

# remarks CASE TOPIC WANTED NAME: count, line and text of those of a topic.
remarks() {
    sqlite3 "$1" "SELECT count, line, text FROM source_remark WHERE topic = '$2' ORDER BY id" >got
    printf '%s\n' "$3" | sed '/^$/d' >wanted
    same "$4" wanted got
}

# ---- calls with ids, two of them missing, and statuses that are not so ----
{
    echo 'call_id,started,account,presented,dialled,talk,status,agent,note'
    for id in 100 101 103 104 110; do
        echo "$id,2022-03-01 10:00:0$((id % 10)),u1,02079460101,07700900123,10,ANSWERED,bot-$id,"
    done
    echo '111,2022-03-02 09:00:00,u1,02079460101,07700900123,0,ANSWERED,bot-1,'
    echo '112,2022-02-28 23:59:59,u1,02079460101,07700900123,7,NO ANSWER,bot-1,'
} >calls.csv
cat >words.profile <<'EOF'
name words
about the names of roles, with words
kind call
header yes
roles header
answered ANSWERED
unanswered NO ANSWER
EOF
try "$unspoof" ingest -r GB -p ./words.profile calls.case calls.csv
status_is 0 'calls'
remarks calls.case coverage '7|0|times from 2022-02-28 23:59:59 to 2022-03-02 09:00:00' 'first and last time, whatever the order'
remarks calls.case gaps '6|0|ids 100 to 112: 6 missing, 5 of them between 104 and 110, which hints at rows deleted or lost, and proves nothing' \
    'missing ids, and the largest gap with its neighbours'
remarks calls.case contradiction '1|7|1 row is answered by status with no seconds of talk (line 7)
1|8|1 row is not answered by status with seconds of talk (line 8)' 'statuses against seconds'
remarks calls.case unread '2|0|columns not read: 8 agent (bot-100, bot-101, bot-103), 9 note (empty)' 'columns that are not read'
[ "$(grep -c 'times from' err)" = 1 ]
ok 'all of it is said once'
says err '^calls.csv: times from .*; ids 100 to 112: .*; 1 row is answered .*; 1 row is not answered .*; columns not read: 8 agent' 'in one paragraph'

# ---- other orders of ids ----
{ head -n 1 calls.csv; tail -n +2 calls.csv | sort -r; } >falling.csv
{ head -n 1 calls.csv; tail -n +2 calls.csv | sort -t, -k2,2; } >mixed.csv
for name in falling mixed; do
    must "$unspoof" ingest -q -r GB -p ./words.profile $name.case $name.csv
    sqlite3 $name.case "SELECT count FROM source_remark WHERE topic = 'gaps'" >got
    echo 6 >wanted
    same "$name: the same are missing" wanted got
done
sed 's/^11[0-2]/99999999999&/' calls.csv >sparse.csv
must "$unspoof" ingest -q -r GB sparse.case sparse.csv
remarks sparse.case gaps '' 'numbers far apart are no count of rows'
sed 's/^1/x1/' calls.csv >named.csv
must "$unspoof" ingest -q -r GB named.case named.csv
remarks named.case gaps '' 'nor are texts'

# ---- too many gaps in no order ----
{
    echo 'call_id,started,account,presented,dialled'
    awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%d,2022-03-01 10:00:00,u1,02079460101,07700900123\n", i % 2 ? 3 * i : 200000 - 3 * i }'
} >wild.csv
must "$unspoof" ingest -q -r GB wild.case wild.csv
remarks wild.case gaps '0|0|whether ids are missing cannot be told: they are in no order, with too many gaps' 'it is said that it cannot be told'

# ---- a column of its own with the numbers, in rows of some widths ----
cat >sequence.profile <<'EOF'
name numbered
about logins with a number
kind login
header no
separator comma
role account 1
role at 2
sequence 3 width 3
EOF
printf 'u1,2022-06-01 10:00:00,7\nu1,2022-06-01 10:00:01,9\nu1,2022-06-01 10:00:01\n' >numbered.csv
sed -i 's/^separator comma/&\nwidths 2-3/' sequence.profile
try "$unspoof" ingest -r GB -p ./sequence.profile numbered.case numbered.csv
status_is 0 'a sequence'
remarks numbered.case gaps '1|0|ids 7 to 9: 1 missing, 1 of them between 7 and 9, which hints at rows deleted or lost, and proves nothing' \
    'of another kind'
printf '%s\n' 'sequence 3' 'sequence 4' | cat sequence.profile - >twice.profile
try "$unspoof" ingest -p ./twice.profile twice.case numbered.csv
status_is 2 'a sequence said twice'

# ---- statuses that are numbers, and talk in all ways, in more than a block ----
cat >codes.profile <<'EOF'
name codes
about the names of roles, with numbers for words
kind call
header yes
roles header
answered 200
unanswered 216
unanswered 486
EOF
{
    echo 'started,account,presented,dialled,talk,billed,status'
    awk 'BEGIN {
        split("0;00;0.0;7;0.5;00:00:00;00:01:07;;12.25", talk, ";"); split("200 216 232 486 0200", status)
        for (i = 0; i < 20000; i++)
            printf "2022-03-01 10:%02d:%02d,u1,02079460101,07700900123,%s,%d,%s\n", i / 60 % 60, i % 60,
                talk[i % 9 + 1], i / 7 % 2, i % 11 ? status[int(i / 3) % 5 + 1] : ""
    }'
} >codes.csv
awk -F, 'NR > 1 {
    zero = $5 == "" ? $6 == 0 : $5 !~ /[1-9]/
    a += $7 == "200" && zero; u += ($7 == "216" || $7 == "486") && !zero
} END { print a; print u }' codes.csv >wanted
must "$unspoof" ingest -q -r GB -p ./codes.profile codes.case codes.csv
sqlite3 codes.case "SELECT count FROM source_remark WHERE topic = 'contradiction' ORDER BY id" >got
same 'numbers for words, and talk of all kinds' wanted got

# ---- texts from the evidence ----
{ echo 'started,account,presented,dialled,evil'; printf '2022-03-01 10:00:00,u1,02079460101,07700900123,\033[31mred%040d\n' 7; } >evil.csv
try "$unspoof" ingest -r GB evil.case evil.csv
status_is 0 'a hostile text'
! grep -q "$(printf '\033')" err
ok 'is escaped'
says err 'column not read: 5 evil \(\\x1b\[31mred00000\.\.\.\)' 'and cut'

# ---- threads ----
{ head -n 1 calls.csv; awk 'BEGIN { for (i = 0; i < 60000; i++) if (i % 1000 != 7) printf "%d,2022-03-01 10:%02d:%02d,u1,02079460101,07700900123,%d,%s,a,b\n", i, i / 60 % 60, i % 60, i % 3, i % 5 ? "ANSWERED" : "NO ANSWER" }'; } >many.csv
for threads in 1 2 8; do
    must "$unspoof" ingest -q --threads $threads -r GB -p ./words.profile m$threads.case many.csv
    sqlite3 m$threads.case 'SELECT * FROM source_remark' >m$threads.txt
done
same 'two threads as one' m1.txt m2.txt
same 'eight threads as one' m1.txt m8.txt
done_testing
