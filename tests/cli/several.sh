#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A source with several tables: sniff reads all of it, lists them and tells some in full; rows gives the rows of each.
. "${srcdir:-.}/tests/lib.sh"

cat >dump.sql <<'SQL'
-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `log` (`at` datetime, `text` text);
INSERT INTO `log` VALUES ('2026-03-01 09:00:00','started'),('2026-03-01 09:00:01','it''s; (up)');
CREATE TABLE `calls` (`started` datetime, `account` text, `presented` text, `dialled` text, `talk` int);
INSERT INTO `calls` VALUES ('2026-03-01 09:00:00','a1','02079460001','07700900123',90),
('2026-03-01 09:01:00','a2',NULL,'07700900124',0);
INSERT INTO `calls` VALUES ('2026-03-01 09:02:00','a1','','07700900125',12);
CREATE TABLE `users` (`account` text, `login` text, `email` text);
INSERT INTO `users` VALUES ('a1','one','one@example.com'),('a2','=two',NULL);
CREATE TABLE `cards` (`id` int, `pin` text);
INSERT INTO `cards` VALUES (1,'0000');
INSERT INTO `log` VALUES ('2026-03-01 09:00:02','stopped');
-- Dump completed
SQL
try "$unspoof" sniff dump.sql
status_is 0 'sniff'
grep -n '^    tables: 4 with rows' out | grep -q ^4:
ok 'how many tables'
sed -n '/^         table /,/^[^ ]/p' out | sed '$d' | sed 's/   */ /g' >list
cat >expected <<'TEXT'
 table rows cols size looks like
 1 log 3 2 103 B -
 2 calls 3 5 156 B call, canonical
 3 users 2 3 48 B account, canonical
 4 cards 1 2 10 B -
TEXT
same 'a line a table: rows, columns, bytes, and what it looks like' expected list
awk 'length > 80 && !/^    (dialect|columns|looks|next|then|roles|found|problem)/' out >long
[ ! -s long ]
ok 'the list is no wider than 80 columns'
grep '^[^ ]' out >titles
printf '%s\n' dump.sql 'dump.sql, table calls' 'dump.sql, table users' >expected
same 'in full those that can be ingested' expected titles
[ "$(grep -c '^    compression' out)" = 1 ] && [ "$(grep -c '^    dialect' out)" = 1 ]
ok 'what is of the file is said once'
sed -n '/table calls$/,/table users$/p' out >calls
says calls '^    rows: 3, of 156 B; 0 rejected, 0 skipped$' 'rows of all the dump'
says calls '^    looks like: kind call, profile canonical, [0-9]+ points: ' 'its surest reading'
says calls '^      3  presented  presented     67%$' 'its columns, with the share without a value'
says calls '^        only    02079460001 \(1\)$' 'and the values'
try "$unspoof" sniff --table LOG dump.sql
[ "$(grep -c '^[^ ]' out)" = 1 ] && grep -q '^dump.sql, table log$' out && grep -q "it's; (up)" out
ok '--table: that alone, in full'
says out '^    dialect: SQL' 'with how the file is written'
says out '^    problem: .*table log: not a dump that is known' 'and why it cannot be ingested'
try "$unspoof" sniff --table none dump.sql
status_is 2 'a table that there is not'
says err 'there is no table none' 'is said'
try "$unspoof" sniff --quick dump.sql
says out '^    tables: [0-9]+ in the first bytes$' '--quick: by the first bytes'
try "$unspoof" sniff -f tsv dump.sql
cut -f 2-8,12 out >got
printf '%s\t' table rows rejected skipped bytes columns kind | sed 's/$/next_kind\n/' >expected
printf '%s\t%s\t0\t0\t%s\t%s\t%s\t\n' log 3 103 2 '' calls 3 156 5 call users 2 48 3 account cards 1 10 2 '' >>expected
same 'a list for programs' expected got
# As near as each other.
printf '%s\n' '-- MySQL dump' 'CREATE TABLE `t` (`account` text, `paid` text, `amount` text, `reference` text, `victim` text, `at` text);' \
    "INSERT INTO \`t\` VALUES ('a1','2026-03-01 09:00:00','5','r1','07700900123','2026-03-01 09:00:00');" >near.sql
try "$unspoof" sniff near.sql
says out '^    next: kind ' 'two that are close: the second stands there'
says out '^    choose: these two are too close to tell; .* say -k [a-z]+ or -k [a-z]+$' 'and how to choose'
# More than the first bytes have.
{
    echo '-- MySQL dump'
    for i in 1 2 3 4 5 6 7 8 9; do
        printf 'CREATE TABLE `t%s` (`started` text, `account` text, `dialled` text);\n' "$i"
        awk -v t="$i" 'BEGIN { for (i = 0; i < 3000; i++) printf "INSERT INTO `t%s` VALUES ('\''2026-03-01 09:00:00'\'','\''a%d'\'','\''07700900123'\'');\n", t, i }'
    done
    echo '-- Dump completed'
} >many.sql
try "$unspoof" sniff --threads 3 many.sql
[ "$(grep -Ec '^ +[1-9]  t[1-9] +3000 +3 ' out)" = 9 ] && [ "$(grep -c '^many.sql, table' out)" = 3 ]
ok 'all are counted, some told in full'
cp out three
"$unspoof" sniff --threads 1 many.sql >one
same 'on one thread too' one three
head -c 500000 many.sql >cut.sql
try "$unspoof" sniff cut.sql
says out ' t1 +3000 ' 'of one that is cut off what there is'
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1; then
    script -qec "stty cols 80; '$unspoof' sniff dump.sql" /dev/null </dev/null | tr -d '\r' >shown
    awk 'length > 80' shown >long
    [ -s shown ] && [ ! -s long ]
    ok 'a terminal of 80 columns has no longer line'
    tr -s ' \n' ' ' <shown >got
    "$unspoof" sniff dump.sql | tr -s ' \n' ' ' >expected
    same 'and the same words' expected got
else
    skip 'a terminal' 'no script(1) here'
fi

# ---- rows ----

try "$unspoof" rows dump.sql
status_is 2 'several tables are no csv'
says err 'there are 4 tables: log, calls, users, cards; say which with --table NAME, or -f jsonl' 'which, and what to do'
[ ! -s out ]
ok 'no row is printed'
try "$unspoof" rows -f jsonl dump.sql
cat >expected <<'JSON'
{"_table":"log","at":"2026-03-01 09:00:00","text":"started"}
{"_table":"log","at":"2026-03-01 09:00:01","text":"it's; (up)"}
{"_table":"calls","started":"2026-03-01 09:00:00","account":"a1","presented":"02079460001","dialled":"07700900123","talk":"90"}
{"_table":"calls","started":"2026-03-01 09:01:00","account":"a2","presented":null,"dialled":"07700900124","talk":"0"}
{"_table":"calls","started":"2026-03-01 09:02:00","account":"a1","presented":"","dialled":"07700900125","talk":"12"}
{"_table":"users","account":"a1","login":"one","email":"one@example.com"}
{"_table":"users","account":"a2","login":"=two","email":null}
{"_table":"cards","id":"1","pin":"0000"}
{"_table":"log","at":"2026-03-01 09:00:02","text":"stopped"}
JSON
sed 's/"_line":[0-9]*,"_offset":[0-9]*,"_length":[0-9]*,//' out >got
same 'all rows as they stand in the dump' expected got
sed 's/.*"_offset":\([0-9]*\),"_length":\([0-9]*\).*/\1 \2/' out | while read -r offset length; do
    tail -c +$((offset + 1)) dump.sql | head -c "$length"
    echo
done >got
sed -n "s/^[^(]*VALUES //; /^(/p" dump.sql | sed 's/),(/)\n(/g; s/[;,]$//' | sed 's/)[;,]$/)/' >expected
same 'the bytes of each by its place' expected got
says err '^dump.sql: SQL' 'how the file is written is said'
says err '^dump.sql, table log: 3 rows read: 3 written, 0 rejected, 0 skipped$' 'each table has its counts'
try "$unspoof" rows -t users dump.sql
sed 's/^users,[0-9]*,[0-9]*,[0-9]*,//; 1s/.*_length,//' out >got
printf '%s\n' account,login,email a1,one,one@example.com "a2,'=two," >expected
same 'one of them' expected got
says err '^3 tables are left out: log, calls, cards$' 'and those left out'
"$unspoof" rows -q -t users --null '\N' dump.sql | tail -n 1 | grep -qF "a2,'=two,\\N"
ok 'what stands for NULL can be said'
"$unspoof" rows -q -f jsonl -n 3 dump.sql | cmp -s - /dev/null
[ "$("$unspoof" rows -q -f jsonl -n 3 dump.sql | grep -c .)" = 3 ]
ok 'the first rows of all'
"$unspoof" rows -q - <dump.sql >out 2>err
[ $? = 2 ] && [ "$(grep -c '^log,' out)" = 2 ]
ok 'what cannot be read twice ends where another table begins'
says err 'table calls: has other columns than the table before it' 'which is said'

# What rows makes of a table is ingested as the table is.
must "$unspoof" ingest -q -r GB one.case dump.sql
"$unspoof" rows -q --exact -t calls dump.sql >calls.csv
"$unspoof" rows -q --exact -t users dump.sql >users.csv
must "$unspoof" ingest -q -r GB two.case calls.csv users.csv
for case in one two; do
    must "$unspoof" normalise -q $case.case
    "$unspoof" query -q -f csv $case.case "SELECT started_utc, account, coalesce(presented, ''), dialled, talk FROM call ORDER BY 1" >$case.calls
    "$unspoof" query -q -f csv $case.case "SELECT account, login, coalesce(email, '') FROM account ORDER BY 1" >$case.accounts
done
[ "$(grep -c . one.calls)" = 4 ] && [ "$(grep -c . one.accounts)" = 3 ]
ok 'calls and accounts of a dump'
same 'the same calls of what rows makes of it' one.calls two.calls
same 'the same accounts' one.accounts two.accounts

done_testing
