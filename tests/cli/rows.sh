#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# rows prints what is in a dump as it is found, with its place; nothing is lost, and what is no row is said.
. "${srcdir:-.}/tests/lib.sh"

cat >calls.csv <<'CSV'
started,account,presented,dialled,talk
2026-03-01T09:00:00Z,a1,02079460001,07700900123,90
2026-03-01T09:05:00Z,a1,=SUM(1),07700900124,-5

2026-03-01T09:06:00Z,"a;2","say ""so""",
x,y,z,1,2,three;3,
"never closed,1,2,3,4
2026-03-01T09:07:00Z,a3,02079460003,07700900126,7
(7 rows)
CSV
try "$unspoof" rows calls.csv
status_is 0 'rows'
cat >expected <<'CSV'
_table,_line,_offset,_length,started,account,presented,dialled,talk
calls,2,39,51,2026-03-01T09:00:00Z,a1,02079460001,07700900123,90
calls,3,90,47,2026-03-01T09:05:00Z,a1,'=SUM(1),07700900124,-5
calls,5,138,41,2026-03-01T09:06:00Z,a;2,"say ""so""",
calls,6,179,19,x,y,z,1,2,three;3,
calls,8,220,50,2026-03-01T09:07:00Z,a3,02079460003,07700900126,7
CSV
same 'csv: place, columns, values' expected out
cat >expected <<'TEXT'
calls.csv:7: the quote opened in column 1 is never closed
calls.csv: separator comma, quote ", header, line ends LF
calls.csv: 1 row has fewer fields than there are columns, the first in line 5; what is missing is not made up
calls.csv: 1 row has more fields than there are columns, the first in line 6
calls.csv: 8 rows read: 5 written, 1 rejected, 2 skipped
TEXT
same 'what is no row, or not as the others, is said and counted' expected err
try "$unspoof" rows -q calls.csv
[ ! -s err ]
ok 'quiet'
tail -n +3 out | sed -n 1p | grep -q "'=SUM"
ok 'a formula is disarmed'
"$unspoof" rows -q --exact calls.csv | sed -n 3p | grep -q ',=SUM(1),'
ok 'and is not with --exact'
# Each place is that of the bytes.
"$unspoof" rows -q -f tsv calls.csv | sed 1d | while IFS='	' read -r table line offset length _; do
    [ "$table" = calls ] && [ "$(tail -c +$((offset + 1)) calls.csv | head -c "$length")" = "$(sed -n "${line}p" calls.csv)" ] || echo "$line"
done >wrong
[ ! -s wrong ]
ok 'offset and length are those of the line'

"$unspoof" rows -q -f jsonl calls.csv >out
cat >expected <<'JSON'
{"_table":"calls","_line":2,"_offset":39,"_length":51,"started":"2026-03-01T09:00:00Z","account":"a1","presented":"02079460001","dialled":"07700900123","talk":"90"}
{"_table":"calls","_line":3,"_offset":90,"_length":47,"started":"2026-03-01T09:05:00Z","account":"a1","presented":"=SUM(1)","dialled":"07700900124","talk":"-5"}
{"_table":"calls","_line":5,"_offset":138,"_length":41,"started":"2026-03-01T09:06:00Z","account":"a;2","presented":"say \"so\"","dialled":""}
{"_table":"calls","_line":6,"_offset":179,"_length":19,"started":"x","account":"y","presented":"z","dialled":"1","talk":"2","_extra":["three;3",""]}
{"_table":"calls","_line":8,"_offset":220,"_length":50,"started":"2026-03-01T09:07:00Z","account":"a3","presented":"02079460003","dialled":"07700900126","talk":"7"}
JSON
same 'jsonl: what is missing is not there, what is over is a list' expected out
try "$unspoof" rows -f table calls.csv
says out '^calls +6 +179 +19 +x +y +z +1 +2$' 'table: a cell a column'
says err 'further ones are not shown' 'and what is left out is said'
printf 'src,dst\n"a\tb","c\nd\\e"\n' >escapes.csv
"$unspoof" rows -q --header -f tsv escapes.csv | sed 1d >out
# shellcheck disable=SC1003
printf 'escapes\t2\t8\t14\ta\\tb\tc\\nd\\\\e\n' >expected
same 'tsv: a line a row' expected out
printf 'src,dst\n\377\033[1m,\303\251\n' >bytes.csv
"$unspoof" rows -q --header bytes.csv | sed 1d >out
printf 'bytes,2,8,9,\377\033[1m,\303\251\n' >expected
same 'csv has bytes as they are' expected out
"$unspoof" rows -q --header -f jsonl bytes.csv >out
printf '{"_table":"bytes","_line":2,"_offset":8,"_length":9,"src":"\\\\xff\\u001b[1m","dst":"\303\251"}\n' >expected
same 'jsonl is UTF-8' expected out
if command -v script >/dev/null; then
    script -qec "'$unspoof' rows -q --header -f csv bytes.csv" /dev/null </dev/null >out
    ! grep -q "$(printf '\033')" out && grep -qF '\xff\x1b[1m' out
    ok 'a terminal sees no control characters'
else
    skip 'a terminal' 'no script(1) here'
fi
printf 'src,,src, _line ,src_2\n1,2,3,4,5\n' >names.csv
"$unspoof" rows -q --header names.csv | sed 's/.*_length,//;q' >out
echo 'src,column2,src_2,_line_2,src_2_2' >expected
same 'each column has a name of its own' expected out
printf '1,2\n3,4\n' | "$unspoof" rows -q - >out
printf '%s\n' '_table,_line,_offset,_length,column1,column2' ,1,0,4,1,2 ,2,4,4,3,4 >expected
same 'standard input, without a header' expected out
printf 'started,account\n' >empty.csv
try "$unspoof" rows empty.csv
[ "$(cat out)" = _table,_line,_offset,_length,started,account ] && [ $status = 0 ]
ok 'no row: the columns all the same'

# Every way in which a table is written gives the same rows.
cut() { "$unspoof" rows -q "$@" | sed 's/^[^,]*,[^,]*,[^,]*,[^,]*,//'; }
printf 'started,account,dialled\n2026-03-01,"a,1",07700900123\n2026-03-02,b|2;\tc,07700900124\n' >rfc.csv
cut rfc.csv >expected
printf '%s\n' started,account,dialled '2026-03-01,"a,1",07700900123' '2026-03-02,b|2;	c,07700900124' >plain
same 'RFC 4180' plain expected
sed 's/$/\r/' rfc.csv >crlf.csv
{ printf '\357\273\277'; cat rfc.csv; } >mark.csv
{ printf 'Report\n\n'; cat rfc.csv; } >head.csv
printf "started;account;dialled\n2026-03-01;a,1;07700900123\n2026-03-02;'b|2;\tc';07700900124\n" >semicolon.csv
printf 'started|account|dialled\n2026-03-01|a,1|07700900123\n2026-03-02|b\\|2;\tc|07700900124\n' >bar.csv
gzip -c rfc.csv >rfc.csv.gz
for way in crlf.csv mark.csv 'head.csv --skip-head 2' "semicolon.csv --quote '" 'bar.csv --escape backslash' rfc.csv.gz; do
    # shellcheck disable=SC2086
    cut $way >got
    same "as rows: $way" plain got
done

# ---- several files, several tables ----

mkdir folder
cp calls.csv folder/one.csv
cp calls.csv folder/two.csv
"$unspoof" rows -q folder >out
{ printf '_table,_line,_offset,_length,_member,'; sed -n 1p calls.csv; } >head
sed -n 1p out >got
same 'a folder: the member stands behind the place' head got
[ "$(grep -c '^one,.*,one.csv,' out)" = 5 ] && [ "$(grep -c '^two,.*,two.csv,' out)" = 5 ]
ok 'files with the same columns are one table'
printf 'a,b\n1,2\n' >folder/three.csv
try "$unspoof" rows --header folder
status_is 2 'files with other columns are not'
says err 'there are 3 tables: one, three, two; say which with --table NAME, or -f jsonl' 'which are there, and what to do'
[ ! -s out ]
ok 'nothing is printed'
try "$unspoof" rows --header -t THREE folder
printf '%s\n' _table,_line,_offset,_length,_member,a,b three,2,4,4,three.csv,1,2 >expected
same 'one of them' expected out
says err '^2 tables are left out: one, two$' 'and what was left out'
try "$unspoof" rows --header -f jsonl folder
[ "$(grep -c . out)" = 11 ] && sed -n 6p out | grep -q '"_member":"three.csv","a":"1","b":"2"}'
ok 'all of them as jsonl, in order'
try "$unspoof" rows -t four folder
status_is 2 'a table that there is not'
says err 'there is no table four; the tables are one, three, two' 'is said, with those that are'
if python3 -c 'import zipfile' 2>/dev/null; then
    (cd folder && python3 -c 'import zipfile
z = zipfile.ZipFile("../two.zip", "w")
z.write("one.csv"); z.write("two.csv")')
    rm folder/three.csv
    "$unspoof" rows -q folder >expected
    "$unspoof" rows -q two.zip >out
    same 'an archive is as a folder' expected out
else
    skip 'an archive' 'no zipfile'
fi

# ---- head, pipes, failures ----

awk 'BEGIN { print "started,account,presented,dialled"
    for (i = 0; i < 200000; i++) printf "2026-03-01T09:%02d:%02dZ,a%d,0207946%04d,07700900%03d\n", i / 60 % 60, i % 60, i % 97, i % 1000, i % 999 }' >long.csv
"$unspoof" rows -q --threads 1 long.csv >one
"$unspoof" rows -q --threads 3 long.csv >three
cmp one three && [ "$(grep -c . one)" = 200001 ]
ok 'the same on three threads'
try "$unspoof" rows -n 3 long.csv
sed 4q one >expected
same 'the first three rows' expected out
says err '^stopped behind 3 rows: there may be more$' 'and that there may be more'
{ cat long.csv; while :; do echo 'x,y,z,1'; done; } 2>/dev/null | "$unspoof" rows -q -n 5 - >out
[ "$(grep -c . out)" = 6 ]
ok 'a source without an end is read no further'
"$unspoof" rows long.csv 2>err | sed 2q >out
sed 2q one >expected
same 'a reader that has enough' expected out
[ ! -s err ]
ok 'is no reason to say anything'
if [ -w /dev/full ]; then
    "$unspoof" rows -q long.csv >/dev/full 2>err
    [ $? = 1 ] && grep -q 'standard output' err
    ok 'output that cannot be written is a failure'
else
    skip 'full output' 'no /dev/full here'
fi
gzip -c long.csv | head -c 100000 >cut.csv.gz
try "$unspoof" rows cut.csv.gz
status_is 1 'a file that is cut off is a failure'
sed 's/^cut,/long,/' out >got
[ "$(grep -c . got)" -gt 10000 ] && cmp -s -n "$(wc -c <got)" got one
ok 'with the rows before that'
says err '^cut\.csv\.gz: [0-9]+ rows read: ' 'which are counted'
: >nothing.csv
try "$unspoof" rows nothing.csv
status_is 1 'an empty file'
try "$unspoof" rows none.csv
status_is 1 'no file'
awk 'BEGIN { print "started,account,dialled"; for (i = 0; i < 30; i++) { print "\"open\" " i ",1,2"; print "a,b,c" } }' >bad.csv
how='--quote " --inner-quotes doubled --escape none bad.csv'
# shellcheck disable=SC2086
try "$unspoof" rows $how
[ "$(grep -c '^bad.csv:[0-9]*: ' err)" = 10 ] && grep -q '60 rows read: 30 written, 30 rejected, 0 skipped' err
ok 'the first rejected rows are said, all are counted'
# shellcheck disable=SC2086
try "$unspoof" rows --rejects $how
[ "$(grep -c '^bad.csv:[0-9]*: ' err)" = 30 ]
ok 'or all are'
# shellcheck disable=SC2086
try "$unspoof" rows --max-rejects 30 $how
status_is 0 'as many as are allowed'
# shellcheck disable=SC2086
try "$unspoof" rows --max-rejects 29 $how
status_is 3 'more than are allowed'
[ "$(sed 1d out | grep -c .)" = 30 ]
ok 'the rows are there all the same'
try "$unspoof" rows -k call calls.csv
status_is 2 'what columns mean is not asked'
try "$unspoof" rows -f other calls.csv
status_is 2 'no such format'
try "$unspoof" rows calls.csv long.csv
status_is 2 'one source'

# ---- there and back ----

sed 's/^x,y.*//; s/^"never.*//; s/^(7.*//; s/,=SUM(1),/,02079460009,/' calls.csv | grep -v 'say' >sound.csv
must "$unspoof" ingest -q -r GB first.case sound.csv
"$unspoof" rows -q --exact sound.csv >again.csv
must "$unspoof" ingest -q -r GB second.case again.csv
for case in first second; do
    must "$unspoof" normalise -q $case.case
    "$unspoof" query -q -f csv $case.case 'SELECT account, presented, dialled, talk, started_utc FROM call ORDER BY 1, 2, 3, 4, 5' >$case.calls
done
[ "$(grep -c . first.calls)" = 4 ]
ok 'calls of a dump'
same 'the same of what rows makes of it' first.calls second.calls

done_testing
