#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What sniff tells of a dump: what stands in each column, and what it is that is no delimited text.
. "${srcdir:-.}/tests/lib.sh"

# Calls of two accounts, and a column that is no role.
cat >calls.csv <<'CSV'
started,account,presented,dialled,talk,status,cost,note
2026-03-01T09:00:00Z,a1,02079460001,07700900123,90,ANSWERED,0.02,
2026-03-01T09:05:00Z,a1,02079460001,07700900124,0,BUSY,NULL,\N
2026-03-01T09:06:00Z,a2,02079460002,07700900125,12,ANSWERED,0.01,a note that is too long to stand on a line of the screen in full
CSV
cat >expected <<'TEXT'
    first rows: 3
         column     role       absent
      1  started    started        0%
        only    2026-03-01T09:00:00Z (1)  2026-03-01T09:05:00Z (1)
                2026-03-01T09:06:00Z (1)
      2  account    account        0%
        only    a1 (2)  a2 (1)
      3  presented  presented      0%
        only    02079460001 (2)  02079460002 (1)
      4  dialled    dialled        0%
        only    07700900123 (1)  07700900124 (1)  07700900125 (1)
      5  talk       talk           0%
        only    90 (1)  0 (1)  12 (1)
      6  status     status         0%
        only    ANSWERED (2)  BUSY (1)
      7  cost       cost          33%
        only    0.02 (1)  NULL (1)  0.01 (1)
      8  note                     67%
        such as a note that is too long to stand on a line o...
TEXT
# table [OPTION]... FILE: the lines about the columns, without what stands before and behind them.
table() { "$unspoof" sniff "$@" 2>&1 | sed -n '/^    first rows:/,$p' | grep -v '^    problem:'; }
table calls.csv >got
same 'columns: number, name, role, share without a value, values' expected got
try "$unspoof" sniff calls.csv
status_is 0 'sniff'
sed -e 's/^    first rows.*/TABLE/' -e '/^     /d' -e 's/:.*//' out >got
printf '%s\n' calls.csv '    compression' '    dialect' '    fields in most rows' '    columns' \
    '    looks like' '    roles' TABLE >expected
same 'the columns stand behind the roles, and the rest as before' expected got

# A header that lacks a needed role: what is known of the others stands with the problem.
sed 's/^started/moment/' calls.csv >lacks.csv
table -k call lacks.csv >got
says got '^      1  moment     started\?  +0%$' 'a column that plays no role, with a guess by its values'
says got '^      4  dialled    dialled        0%$' 'and one that does, where another is missing'
# Two kinds as near as each other: the roles are those of the first that is named.
printf 'account,at,presented,loss,reference,ip\na1,2026-03-01 09:00:00,02079460001,5,r1,192.0.2.1\n' >near.csv
table near.csv >got
says got '^      2  at ' 'a table also where nothing is chosen'

# Guesses at columns that play no role: by their name, else by their values, at what is not there yet.
cat >foreign.csv <<'CSV'
Anrufbeginn,Kunde,Caller ID,Destination Number,Seconds billed,Result,Remote IP,Remark,Tariff
2026-03-01 09:00:00,a1,02079460001,07700900123,90,ANSWERED,192.0.2.7,none of these,7
2026-03-01 09:05:00,a1,02079460001,07700900124,0,BUSY,192.0.2.8,,8
2026-03-01 09:06:00,a2,02079460002,07700900125,12,ANSWERED,192.0.2.9,nor here,9
CSV
table -k call foreign.csv | grep '^ *[0-9]* *[A-Z]' | sed 's/  *[0-9]*%$//; s/   */ /g' >got
cat >want <<'END'
 1 Anrufbeginn started?
 2 Kunde
 3 Caller ID presented?
 4 Destination Number dialled?
 5 Seconds billed billed?
 6 Result status?
 7 Remote IP ip?
 8 Remark
 9 Tariff
END
same 'guesses' want got
cut -d, -f 1,3,4 foreign.csv | sed 1d >bare.csv
table bare.csv | grep '^ *[0-9]* *[a-z]*?' | sed 's/  *[0-9]*%$//; s/   */ /g' >got
printf ' 1 started?\n 2 number?\n 3 number?\n' >want
same 'without a header by what they are alone' want got

# Values that are many: three that differ; a word for no value is not one of them.
{
    echo 'started,account,presented,dialled,ip'
    for i in 11 12 12 13 14 15 16 17 18 19 20; do
        echo "2026-03-01T09:$i:00Z,a1,02079460001,077009001$i,NULL"
        echo "2026-03-01T09:$i:01Z,a1,02079460001,NULL,"
    done
} >many.csv
table many.csv >got
says got '^    first rows: 22$' 'rows of the sample'
says got '^        such as 07700900111  07700900112  07700900113$' 'three samples that differ'
says got '^      4  dialled    dialled       50%$' 'half of a column is absent'
says got '^        only    a1 \(22\)$' 'one value, and how often'
says got '^      5  ip         ip           100%$' 'a column of words for no value'
says got '^        only    NULL \(11\)$' 'and the word'
printf 'name own\nkind call\nroles header\nabsent a1\n' >own.profile
table -p ./own.profile many.csv >got
says got '^      2  account    account      100%$' 'a word of the profile is no value either'
# One that withholds a presented number is a value there, and there alone.
printf 'started,account,presented,dialled\n2026-03-01 09:00:00,a1,anonymous,anonymous\n' >withheld.csv
table withheld.csv >got
says got '^      3  presented  presented      0%$' 'a word that withholds is a value'

# Eight values are told, nine are many; so is one of 21 bytes.
for most in 8 9; do
    {
        echo 'started,account,presented,dialled,talk'
        for i in $(seq $most); do echo "2026-03-01 09:00:0$i,a1,02079460001,07700900123,$i"; done
    } >"$most.csv"
    table "$most.csv" | sed -n '$p' >"$most.got"
done
says 8.got '^        only    1 \(1\)  .*  8 \(1\)$' 'eight values'
says 9.got '^        such as 1  2  3$' 'nine values'
printf 'started,account,presented,dialled\n2026-03-01 09:00:00,%s,1,2\n' 123456789012345678901 >long.csv
table long.csv >got
says got '^        such as 123456789012345678901$' 'a value of 21 bytes'

# A dump without a header, of rows of two widths, by a profile: columns by their numbers, and those of the wider.
row='"","a1","07700900123","ctx","""A"" <02079460001>","SIP/1","SIP/2","Dial","x","2026-03-01 09:00:00","2026-03-01 09:00:01","2026-03-01 09:00:09","9","8","ANSWERED","DOCUMENTATION"'
{ echo "$row"; echo "$row"; echo "$row,\"177.1\",\"\""; } >Master.csv
table -z UTC Master.csv >got
says got '^    first rows: 3$' 'no header: each row is of the sample'
says got '^      3   *dialled' 'no header: a role'
says got '^     17 .* 67%$' 'a column that only some rows have'

# What comes from a dump is made safe, and no line is wider than a screen.
name=$(printf 'x%.0s' $(seq 100))
printf 'started,account,presented,dialled,%s,\033[31mred\n' "$name" >wide.csv
printf '2026-03-01 09:00:00,\033[2Jgone,1,2,%s,\001\002\003\004\005\006\007\010\016\017\020\021\022\023\024\025\026\027\030\031\n' \
    "$(printf '\\033é%.0s' $(seq 40))" >>wide.csv
table wide.csv >got
says got 'x1b\[2Jgone' 'a value is escaped'
! grep -q "$(printf '\033')" got
ok 'and no byte that a terminal obeys is left'
awk 'length($0) > 80' got >over
same 'no line is wider than 80' /dev/null over
{ seq 300 | paste -sd, | sed 's/[0-9]*/c&/g'; seq 300 | paste -sd,; } >columns.csv
table columns.csv >got
says got '^    256  c256 ' '256 columns are shown'
says got '^         and 44 columns more$' 'and the rest is counted'
[ "$(grep -c '^ *[0-9]* *c[0-9]' got)" = 256 ]
ok 'no other one'
echo 'started,account,presented,dialled' >head.csv
try "$unspoof" sniff head.csv
status_is 0 'a header alone'
! grep -q 'first rows' out
ok 'a header alone has no values to show'

# What is no delimited text: its name and what to do, and nothing of it as if it were a table.
# foreign FILE NAME BYTES: a file that begins with printf's BYTES.
foreign() {
    printf -- "$3" >"$1"
    try "$unspoof" sniff "$1"
    says out "^    problem: $1: is $2 \(.*\), not delimited text\$" "$1 is $2"
    grep -E '^    (dialect|fields in|columns|first rows|looks like|roles)' out >tabular
    same "$1: no columns" /dev/null tabular
    try "$unspoof" ingest -k call "$1.case" "$1"
    [ "$status" != 0 ] && grep -q "is $2 (" err
    ok "$1 is not ingested, and called the same"
}
foreign use.sql 'an SQL dump' "USE [pbx]\nGO\nINSERT [dbo].[cdr] VALUES (1, 2)\n"
foreign rem.sql 'an SQL dump' "REM INSERTING into CDR\nSET DEFINE OFF;\nInsert into CDR (ID,SRC) values (1,2);\n"
foreign calls.xls 'an HTML page' '<html>\n<table><tr><td>started</td><td>dialled</td></tr></table>\n</html>\n'

# What begins with NUL bytes is not empty, whatever libarchive takes it for.
zeros() { head -c "$1" /dev/zero; }
for size in 1 511 512 1024 5000 200000; do
    zeros $size >zeros.bin
    try "$unspoof" sniff zeros.bin
    says out 'zeros.bin: is nothing but NUL bytes as far as it is looked at' "$size NUL bytes"
done
for size in 10 512 1024 20000; do
    { zeros $size && printf 'started,account,presented,dialled\n2026-03-01 09:00:00,a1,02079460001,07700900123\n'; } >zeros.csv
    try "$unspoof" ingest --check zeros.csv
    status_is 1 "text behind $size NUL bytes"
    says err 'zeros.csv: is NUL bytes where it begins \(where text follows take them out, as with tr -d' 'is said to begin with them, with what to do'
    tr -d '\000' <zeros.csv >without.csv
    try "$unspoof" sniff without.csv
    says out 'looks like: kind call' 'which helps'
done
gzip -c zeros.csv >zeros.csv.gz
try "$unspoof" ingest --check zeros.csv.gz
says err 'zeros.csv.gz: is an archive without a file, or begins with NUL bytes as such a one does' 'compressed: it may be either'
mkdir folder
tar cf folder.tar folder
try "$unspoof" ingest --check folder.tar
says err 'folder.tar: is an archive of folders, links or devices alone' 'an archive without a file is not empty either'
: >none.csv
gzip -c none.csv >none.csv.gz
for file in none.csv none.csv.gz; do
    try "$unspoof" ingest --check $file
    says err "^unspoof ingest: $file: is empty$" "$file is"
done

# A table whose first column has such a name is one.
for name in 'insert into' 'create table' 'drop table' 'copy' 'use' 'begin' 'set' 'update' 'rem' '-- started' '<cdr>' '[id]' '{id}'; do
    printf '%s,started,account,presented,dialled\nx,2026-03-01 09:00:00,a1,02079460001,07700900123\n' "$name" >named.csv
    table named.csv >got
    says got '^      5  dialled ' "a table whose first column is $name"
done

done_testing
