#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Workbooks of Excel: what their cells are, what a spreadsheet did to them, places of rows, and hostile ones.
. "${srcdir:-.}/tests/lib.sh"
cp "$srcdir/tests/cli/xlsx.py" .
must python3 xlsx.py

# calls FILE: its calls, as far as they are not of its places.
calls() {
    rm -f c.case
    must "$unspoof" ingest -q -r GB c.case "$1"
    must "$unspoof" normalise -q c.case
    must "$unspoof" correlate -q --currency GBP c.case
    "$unspoof" export -q -f csv c.case calls | python3 -c 'import csv, sys
for row in csv.reader(sys.stdin): print(row[0], row[2], row[5:])'
}
# reads FILE COUNTS [OPTION]...
reads() {
    file=$1 counts=$2
    shift 2
    rm -f t.case
    try "$unspoof" ingest -r GB "$@" t.case "$file"
    status_is 0 "$file is read"
    says err "$file.*: $counts" "$file: $counts"
}

for file in text inline; do
    calls $file.xlsx >got
    calls text.csv >wanted
    [ "$(wc -l <wanted)" = 51 ]
    ok 'there are calls'
    same "$file.xlsx gives what CSV gives" wanted got
done
calls dates.csv >wanted
for file in dates dates1904; do
    calls $file.xlsx >got
    same "$file.xlsx: days since an epoch are the times they are" wanted got
done
calls big.xlsx >got
calls big.csv >wanted
same '70,000 rows' wanted got

# Places cut the rows out of their part.
calls text.xlsx >must.log
"$unspoof" export -q -f csv c.case calls >calls.csv
python3 - >got <<'E'
import csv, zipfile
part = zipfile.ZipFile('text.xlsx').read('xl/worksheets/sheet1.xml')
for row in csv.DictReader(open('calls.csv')):
    text = part[int(row['offset']):][:int(row['length'])].strip()
    print(text.startswith(b'<row r="%s"' % row['line'].encode()), text.endswith(b'</row>'), text.count(b'<row'))
E
[ "$(sort got | uniq -c | sed 's/^ *//')" = '50 True True 1' ]
ok 'offset and length are those of the element of the row'

# Interrupted and gone on with.
rm -f k.case
must "$unspoof" ingest -q -r GB k.case big.xlsx
for threads in 1 3; do
    rm -f t.case
    must "$unspoof" ingest -q --threads $threads -r GB t.case big.xlsx
    [ "$(sqlite3 t.case .dump | grep -v 'INTO run ' | sha256sum)" = "$(sqlite3 k.case .dump | grep -v 'INTO run ' | sha256sum)" ]
    ok "$threads threads find the same"
done

# Sheets are tables.
reads sheets.xlsx 'read 10, accepted 10, rejected 0, skipped 0'
sqlite3 t.case 'SELECT stream_name, kind, accepted FROM source ORDER BY id' >got
printf 'march|call|10\napril & more|call|10\npayments|payment|1\n' >wanted
same 'each sheet is a table by its name' wanted got
says err '1 sheets, 2 rows and 0 columns of the workbook were hidden' 'what is hidden is read and said'
says err '1 cells of the workbook are several made one' 'what is merged is said'
try "$unspoof" sniff sheets.xlsx
says out '^sheets.xlsx, table payments' 'sniff shows them'

# What a spreadsheet does.
reads minutes.xlsx 'none of 30 times of the workbook has seconds'
rm -f t.case
try "$unspoof" ingest -r GB t.case leap.xlsx
says err "^leap.xlsx:2: started '60'" 'the day that there was not is no time'
says err '1 that are none are kept as numbers' 'and said'
says err 'read 3, accepted 2, rejected 1' 'those around it are'
reads elapsed.xlsx 'read 1, accepted 1'
must "$unspoof" normalise -q t.case
must "$unspoof" correlate -q --currency GBP t.case
"$unspoof" export -q -f csv t.case calls >out
says out ',50,talk,' 'a length of time is one, with an exponent too'
reads spoilt.xlsx '3 numbers of the workbook are ones that a spreadsheet has spoilt: 2 written as 4.42E\+11 is, 1 of more than the 15 digits'
says err '1 values of the workbook, of 9 to 15 digits, are kept as numbers' 'those that lost a plus are said'
says err 'read 4, accepted 4' 'and are kept as they stand'
reads cells.xlsx '1 values of the workbook are what formulas came to'
must "$unspoof" normalise -q t.case
must "$unspoof" correlate -q --currency GBP t.case
"$unspoof" export -q -f jsonl t.case calls | python3 -c 'import json, sys
for line in sys.stdin: print(repr(json.loads(line)["account"]))' >got
cat >wanted <<'E'
'u0'
'TRUE'
'#N/A'
'a\rb & <c>'
'two runs'
E
same 'cells are what they show' wanted got
reads head.xlsx 'read 5, accepted 4, rejected 0, skipped 1'
reads title.xlsx 'read 5, accepted 3, rejected 0, skipped 2' --skip-head 2
reads title.xlsx 'read 5, accepted 3, rejected 0, skipped 2'
# Titles above the table are found where one reading alone is possible.
reads titles.xlsx 'read 7, accepted 4, rejected 0, skipped 3'
says err '2 sheets have lines before their table that are no rows, the first of them calls, where line 4 is its first row; .*--skip-head N' \
    'what stands above the tables is said'
says err 'titles.xlsx, table others: read 3, accepted 2, rejected 0, skipped 1' 'of each sheet by itself'
says err 'titles.xlsx, table accounts: read 1, accepted 1, rejected 0, skipped 0' 'and nothing where there is nothing'
[ "$("$unspoof" query -q -f tsv t.case 'SELECT line FROM call WHERE source = 1' | tr '\n' ' ')" = 'line 5 6 7 8 ' ]
ok 'lines are those of the sheet'
says err 'sheet calls, header, head of 3 lines' 'and how many there are is kept with the source'
rm -f t.case
try "$unspoof" ingest -r GB t.case either.xlsx
status_is 2 'two rows that could be the header'
says err 'the table may begin further down: --skip-head 1 goes over the lines before that' 'are told, with the option that decides'
reads either.xlsx 'read 4, accepted 3, rejected 0, skipped 1' --skip-head 1
try "$unspoof" rows -f csv --skip-head 0 title.xlsx
says out '^_table,_line,_offset,_length,Calls of March,' 'that nothing stands above can be said'
# Tables below one another.
reads again.xlsx 'read 3, accepted 2, rejected 0, skipped 1'
rm -f t.case
try "$unspoof" ingest t.case other.xlsx
status_is 2 'a second header in another order'
says err 'line 3 names the columns again, in another order' 'is refused'
reads long.xlsx 'read 70001, accepted 70000, rejected 0, skipped 1'

# Hostile ones.
reads lies.xlsx 'read 3, accepted 3'
for file in index:4:2:2:'has a cell with the number of a text that there is not' column:3:2:1:'has a cell beyond column XFD' \
    back:3:2:1:'has a cell that is not behind the one before' row:4:2:1:'has a number beyond 1048576'; do
    name=${file%%:*} rest=${file#*:}
    read=${rest%%:*} rest=${rest#*:}
    accepted=${rest%%:*} rest=${rest#*:}
    rm -f t.case
    try "$unspoof" ingest -r GB t.case $name.xlsx
    says err "read $read, accepted $accepted, rejected ${rest%%:*}" "$name.xlsx: a bad row is rejected"
    says err "^$name.xlsx:[0-9]*: ${rest#*:}" 'for what it is'
done
# fails FILE SAYS
fails() {
    rm -f t.case
    try timeout 60 "$unspoof" ingest -r GB t.case "$1"
    status_is "${3:-1}" "$1 is a failure"
    says err "$2" "$1: is named"
    [ "$(sqlite3 t.case 'SELECT count(*) FROM source' 2>must.log || echo 0)" = 0 ]
    ok "$1: nothing of it is kept"
}
fails entities.xlsx 'its part xl/worksheets/sheet1.xml has a document type, which no part of a workbook has'
fails cut.xlsx 'its part xl/worksheets/sheet1.xml is no well-formed XML'
fails bomb.xlsx 'unpacks to more than 1000 times its bytes'
fails none.xlsx 'a document of Microsoft Office or the like'
try timeout 60 "$unspoof" sniff wide.xlsx
status_is 0 'a row of 100,000 cells'
rm -f t.case
try timeout 60 "$unspoof" ingest -r GB --max-expand 4K t.case text.xlsx
says err 'unpacks to more than 4096 bytes' 'what a workbook unpacks to is bounded'

# In archives.
mkdir in
cp text.xlsx in/
(cd in && python3 -c 'import zipfile, tarfile
z = zipfile.ZipFile("../in.zip", "w"); z.write("text.xlsx"); z.close()
t = tarfile.open("../in.tar.gz", "w:gz"); t.add("text.xlsx"); t.close()')
for file in in.zip in.tar.gz; do
    calls $file >got
    calls text.csv >wanted
    same "$file: a workbook in an archive" wanted got
done
gzip -k text.xlsx
calls text.xlsx.gz >got
same 'a compressed one' wanted got
calls text.xlsx >must.log
try "$unspoof" verify c.case
status_is 0 'the hash of one is verified'
done_testing
