#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Long fields and NUL bytes cost a row only where a role reads them, and a quote that never closes costs its own line, on any
# number of threads, read again, and after a kill.
. "${srcdir:-.}/tests/lib.sh"

# found CASE: all tables, but the runs.
found() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run '; }

# nuls: its input with ~ as a NUL byte.
nuls() { tr '~' '\000'; }

# x COUNT [BYTE]: so many of it.
x() { head -c "$1" /dev/zero | tr '\000' "${2:-x}"; }

rows='SELECT line, offset, length, account, presented, dialled, talk FROM call ORDER BY line'
rejects="SELECT line, offset, length, role, reason, length(value), length(text) FROM reject ORDER BY line"

# read_as NAME SOURCE [OPTION...]: on 1, 2 and 8 threads the rows are those of the file rows.wanted, the rejects those of
# rejects.wanted, the cases the same, and all of it holds when it is read again.
read_as() {
    name=$1 source=$2
    shift 2
    for n in 1 2 8; do
        rm -f $n.case
        try "$unspoof" ingest -q --threads $n "$@" $n.case "$source"
        status_is 0 "$name: --threads $n"
        "$unspoof" query -q -f tsv $n.case "$rows" >got
        same "$name: --threads $n: the rows" rows.wanted got
        sqlite3 -separator '	' $n.case "$rejects" >got
        same "$name: --threads $n: the rejects" rejects.wanted got
        found $n.case >$n.sql
        [ $n = 1 ] || same "$name: --threads $n finds the same as one thread" 1.sql $n.sql
        try "$unspoof" verify -q --rows all $n.case
        status_is 0 "$name: --threads $n: the rows hold"
    done
}

names='line	offset	length	account	presented	dialled	talk'

# ---- a column that no role reads ----
# Base64, JSON in quotes, NUL bytes, lines in quotes, up to a megabyte, between columns that are read.
awk -v names="$names" 'BEGIN {
    print names >"rows.wanted"
    for (base = "QUJD+/"; length(base) < 1100000;) base = base base
    for (json = "{\"\"a\"\": [1, \"\"~\"\"]},"; length(json) < 110000;) json = json json
    for (lines = "one,\ntwo~\r\n\"\"three\"\";\n"; length(lines) < 30000;) lines = lines lines
    header = "started,account,lastdata,presented,dialled,talk\n"
    printf "%s", header
    print "started,account,presented,dialled,talk" >"narrow.csv"
    offset = length(header)
    line = 2
    for (i = 0; i < 4000; i++) {
        data = i % 7 == 0 ? "~~" i "~" : i % 7 == 1 ? "\"a \"\"b\"\", c\"" : "x"
        if (i % 97 == 0) data = substr(base, 1, 60000 + i * 257)
        if (i % 193 == 1) data = "\"" json "\""
        if (i % 307 == 2) data = "\"" lines "\""
        first = sprintf("2022-03-01 10:%02d:%02d,u%d,", i / 60 % 60, i % 60, i % 50)
        rest = sprintf("\"\"\"HMRC\"\" <0300200%04d>\",0770090%04d,%d%s", i, i, i % 300, i % 3 ? "\n" : "\r\n")
        row = first data "," rest
        printf "%s", row
        printf "%s%s", first, rest >"narrow.csv"
        printf "%d\t%d\t%d\tu%d\t\"HMRC\" <0300200%04d>\t0770090%04d\t%d\n", line, offset, length(row), i % 50, i, i, i % 300 >"rows.wanted"
        offset += length(row)
        line += gsub(/\n/, "", row)
    }
}' | nuls >wide.csv
: >rejects.wanted
read_as 'a wide column' wide.csv
must "$unspoof" ingest -q narrow.case narrow.csv
for case in 1 narrow; do
    "$unspoof" query -q -f tsv $case.case 'SELECT started, account, presented, dialled, talk FROM call ORDER BY line' >$case.rows
done
[ "$(wc -l <narrow.rows)" = 4001 ]
ok 'the dump without the column has as many rows'
same 'and they are the same' narrow.rows 1.rows

# Most of the bytes are no text, and the rows have no header.
awk 'BEGIN { for (i = 0; i < 50; i++) printf "2022-03-01 10:00:%02d,u1,02079460101,07700900%03d,%d,~~~~~~~~~~~~~~~~\n", i, i, i }' | nuls >blob.csv
{ echo started,account,presented,dialled,talk,data && cat blob.csv; } >headed.csv
try "$unspoof" ingest -q blob.case headed.csv
status_is 0 'a column of NUL bytes behind a header'
[ "$(sqlite3 blob.case 'SELECT accepted FROM source')" = 50 ]
ok 'loses no row'
try "$unspoof" verify -q --rows all blob.case
status_is 0 'which hold'

# ---- values ----
# Too long by a byte, or with a NUL byte; and in the same row others that nobody reads.
{
    echo started,account,presented,dialled,talk,data
    printf '2022-03-01 10:00:00,u1,%s,07700900001,1,~\n' "$(x 65536)"
    printf '2022-03-01 10:00:01,u1,%s,07700900002,1,~\n' "$(x 65537)"
    printf '2022-03-01 10:00:02,u1,0207~9460101,07700900003,1,%s\n' "$(x 70000)"
    printf '2022-03-01 10:00:03,u1,"02~\n""%s",07700900004,1,\n' "$(x 65000)"
    printf '2022-03-01 10:00:04,u1,,~,1,\n'
    printf '2022-03-01 10:00:05~,u1,,07700900006,~,\n'
    printf '~2022-03-01 10:00:06,u1,07700900007\n'
    printf '2022-03-01 10:00:07,"u1",02079460101,07700900008,1,"~"\n'
} >values.txt
nuls <values.txt >values.csv
try "$unspoof" ingest values.case values.csv
status_is 0 'values over the limits'
grep '^values.csv:' err | grep -v ': kind\|no zone' | sed 's/x\{40,\}/x/' >got
cat >wanted <<'END'
values.csv:3: presented 'x...': is longer than 65536 bytes
values.csv:4: presented '0207\x009460101': holds a NUL byte
values.csv:5: presented '02\x00\x0a"x...': holds a NUL byte
values.csv:6: a quote in column 1 is out of place
values.csv:7: dialled '\x00': holds a NUL byte
values.csv:8: started '2022-03-01 10:00:05\x00': holds a NUL byte
values.csv:9: has 3 fields where the header has 6
values.csv: 1 row rejected for quotes that are out of place or not closed; where quotes inside fields are not doubled say --inner-quotes bare, where they are around a part --inner-quotes part, and without any --quote none
values.csv: times from 2022-03-01 10:00:00 to 2022-03-01 10:00:07; column not read: 6 data (empty)
values.csv: read 9, accepted 2, rejected 7, skipped 0
END
same 'are rejected with role, value and reason' wanted got
awk -v names="$names" -v OFS='\t' 'BEGIN { print names >"rows.wanted"; FS = "," }
    function text(s) { return length(s) > 65536 ? 65536 : length(s) }
    function reject(role, reason, value) { print NR, at, bytes, role, reason, value, text($0 "\n") >"rejects.wanted" }
    { bytes = length($0) + 1 }
    NR == 2 || NR == 10 { gsub(/"/, "", $2); print NR, at, bytes, $2, $3, $4, $5 >"rows.wanted" }
    NR == 3 { reject("presented", "is longer than 65536 bytes", 4096) }
    NR == 4 { reject("presented", "holds a NUL byte", length($3)) }
    NR == 5 { reject("presented", "holds a NUL byte", 4096) }
    NR == 6 { reject("", "a quote in column 1 is out of place", 0) }
    NR == 7 { reject("dialled", "holds a NUL byte", 1) }
    NR == 8 { reject("started", "holds a NUL byte", length($1)) }
    NR == 9 { reject("", "has 3 fields where the header has 6", 0) }
    { at += bytes }' values.txt
read_as 'values over the limits' values.csv

# Rows of another kind, and no quotes at all.
printf 'account;login\n"a~;b\nc;"d\ne;f~\n~' | nuls >accounts.csv
try "$unspoof" ingest --quote none -k account -m login= accounts.case accounts.csv
status_is 0 'NUL bytes without quotes'
[ "$(sqlite3 accounts.case "SELECT group_concat(account || ':' || line || ':' || offset) FROM account")" = c:3:20,e:4:25 ]
ok 'an account without one is taken, where it stands'
says err "accounts.csv:2: account '\"a.x00': holds a NUL byte" 'one with one is not'
try "$unspoof" verify -q --rows all accounts.case
status_is 0 'accounts: the rows hold'

# A column that a pattern of the profile looks at is read as well.
cat >own.profile <<'END'
name own
about calls
kind call
header yes
separator comma
role started started
role account account
role presented presented when lastdata /^[0-9]+$/
role presented lastdata
role dialled dialled
fallback dialled /^x/ lastdata /([0-9]+)$/
END
{
    echo started,account,lastdata,presented,dialled,other
    printf '2022-03-01 10:00:00,u1,%s,1,2,\n' "$(x 65536 7)"
    printf '2022-03-01 10:00:00,u1,%s,1,2,\n' "$(x 65537 7)"
    printf '2022-03-01 10:00:00,u1,7,1,2,%s~\n' "$(x 65537 7)"
    printf '2022-03-01 10:00:00,u1,~7,1~,x,\n'
    printf '2022-03-01 10:00:00,u1,7,1,x%s,\n' "$(x 65536 7)"
} | nuls >own.csv
try "$unspoof" ingest -p ./own.profile own.case own.csv
grep '^own.csv:[0-9]' err | sed 's/7\{40,\}/7/' >got
cat >wanted <<'END'
own.csv:3: presented '7...': is longer than 65536 bytes
own.csv:5: presented '\x007': holds a NUL byte
own.csv:6: dialled 'x7...': is longer than 65536 bytes
END
same 'columns that patterns look at' wanted got
try "$unspoof" verify -q --rows all own.case
status_is 0 'columns that patterns look at: the rows hold'

# ---- records ----
# Of 16 MiB to the byte, longer by one, much longer, and rows behind each.
header=started,account,presented,dialled,talk,data
row='2022-03-01 10:00:00,u1,02079460101,07700900001,1,'
{
    echo $header
    for more in 16777166 16777167 40000000; do
        printf '%s' "$row"
        x $more
        printf '\n%sy\n' "$row"
    done
} >long.csv
printf '%s\n' "$names" >rows.wanted
for place in '2 44 16777216' '3 16777260 51' '5 33554528 51' '7 73554629 51'; do
    printf '%s\tu1\t02079460101\t07700900001\t1\n' "$(echo $place | tr ' ' '\t')" >>rows.wanted
done
printf '4\t16777311\t16777217\t\tis longer than 16777216 bytes\t0\t65536\n' >rejects.wanted
printf '6\t33554579\t40000050\t\tis longer than 16777216 bytes\t0\t65536\n' >>rejects.wanted
read_as 'the longest records' long.csv
rm long.csv

# ---- quotes that never close ----
# In the fifth line, of a dump that has no other quote; and of one whose rows have long columns.
for data in y "$(x 70000 y)"; do
    awk -v header=$header -v row="$row" -v data="$data" -v names="$names" -v OFS='\t' 'BEGIN {
        print header
        print names >"rows.wanted"
        at = length(header) + 1
        for (line = 2; line < 3000; line++) {
            text = row (line == 5 ? "\"" : "") data "\n"
            printf "%s", text
            if (line != 5) print line, at, length(text), "u1", "02079460101", "07700900001", 1 >"rows.wanted"
            else print line, at, length(text), "", "the quote opened in column 6 is not closed within 65536 bytes", 0,
                    length(text) < 65536 ? length(text) : 65536 >"rejects.wanted"
            at += length(text)
        }
    }' >open.csv
    read_as "an open quote, columns of $(printf %s "$data" | wc -c) bytes" open.csv
done
rm open.csv

# ---- killed ----
# Wide columns in a dump of several segments: the same command ends with what no kill gives.
awk -v header=$header 'BEGIN {
    for (data = "~QUJD+/"; length(data) < 2000000;) data = data data
    print header
    for (i = 0; i < 140000; i++)
        print "2022-03-01 10:00:00,u" i % 100 ",02079460101,07700900001," i % 100 "," (i % 7001 ? "" : substr(data, 1, 60000 + i * 13))
}' | nuls >killed.csv
must "$unspoof" ingest -q whole.case killed.csv
found whole.case >whole.sql
begun=0 limit=0.02
for _ in $(seq 200); do
    rm -f k.case k.case-journal
    timeout --foreground -s KILL $limit "$unspoof" ingest -q k.case killed.csv >/dev/null 2>&1
    if [ $? = 137 ]; then factor=1.15; else factor=0.5; fi
    [ ! -s k.case ] || begun=$(sqlite3 k.case 'SELECT count(*) FROM checkpoint' 2>/dev/null)
    [ "$begun" != 1 ] || break
    limit=$(awk -v a=$limit -v b=$factor 'BEGIN { printf "%.4f", a * b }')
done
[ "$begun" = 1 ]
ok 'killed with a part of it in the case'
for n in 1 8; do
    cp k.case $n.case
    try "$unspoof" ingest --threads $n $n.case killed.csv
    status_is 0 "gone on with: --threads $n"
    says err 'killed.csv: goes on after [0-9]+ rows' 'where it was left'
    found $n.case >$n.sql
    same "gone on with to the same case: --threads $n" whole.sql $n.sql
done
try "$unspoof" verify -q --rows all 8.case
status_is 0 'and its rows hold'
done_testing
