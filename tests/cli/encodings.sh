#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Texts in other encodings than UTF-8: what is found is UTF-8, and places are of the bytes as they are.
. "${srcdir:-.}/tests/lib.sh"

cat >make.py <<'E'
import sys
head = 'call_id,started,account,presented,dialled,duration,talk,status,cost,currency\r\n'
def rows(names, count=1):
    return head + ''.join('%d,2022-03-01 10:00:%02d,"%s",+442079460001,+447700900001,60,50,answered,0.10,GBP\r\n'
                          % (i, i % 60, names[i % len(names)]) for i in range(len(names) * count))
def write(name, data):
    open(name, 'wb').write(data)
texts = {
    'latin-1': (['Zoë', 'Åse\nMüller', 'x'], 'latin-1'),
    'windows-1252': (['“Zoë” €', 'x', 'Šárka'.replace('á', 'á')], 'cp1252'),
    'windows-1251': (['Алиса', 'Боб', 'x'], 'cp1251'),
    'koi8-r': (['Алиса', 'Боб', 'x'], 'koi8-r'),
    'gbk': (['张伟', 'x', '李娜|a'], 'gbk'),
    'utf-16le': (['Zoë', '张伟', '😀 x'], 'utf-16-le'),
    'utf-16be': (['Zoë', '张伟', '😀 x'], 'utf-16-be'),
}
for name, (names, codec) in texts.items():
    write(name + '.csv', rows(names, 7).encode(codec))
    write(name + '.utf8', rows(names, 7).encode())
write('le.csv', b'\xff\xfe' + rows(texts['utf-16le'][0], 7).encode('utf-16-le'))
write('be.csv', b'\xfe\xff' + rows(texts['utf-16le'][0], 7).encode('utf-16-be'))
write('utf32.csv', rows(['x']).encode('utf-32'))
big = rows(['Zoë', '张伟', '😀 x', 'plain'], 30000)
write('big16.csv', b'\xff\xfe' + big.encode('utf-16-le'))
write('big.csv', big.encode())
write('biglatin.csv', rows(['Zoë', 'Åse', 'x'], 40000).encode('latin-1'))
write('half.csv', b'\xff\xfe' + rows(['aQb']).encode('utf-16-le').replace(b'Q\0', b'\x00\xd8'))
write('odd.csv', b'\xff\xfe' + rows(['x', 'y']).encode('utf-16-le') + b'5')
write('undefined.csv', rows(['aQb']).encode('cp1252').replace(b'Q', b'\x81'))
write('badgbk.csv', rows(['aQb', '张伟']).encode('gbk').replace(b'Q', b'\xff'))
bad = rows(['Zoë', 'x', 'y']).replace('2022-03-01 10:00:01', 'nével')
write('bad16.csv', b'\xff\xfe' + bad.encode('utf-16-le'))
E
must python3 make.py

# cut FILE CODEC ROWS: the rows of calls.csv as their places say, cut out of the bytes and made UTF-8.
cut() {
    python3 - "$1" "$2" "$3" <<'E'
import csv, sys
file, codec, rows = sys.argv[1:]
data = open(file, 'rb').read()
count = 0
for row in csv.DictReader(open('calls.csv', errors='surrogateescape')):
    at, n = int(row['offset']), int(row['length'])
    text = data[at:at + n].decode(codec)
    if not text.endswith('GBP\r\n') or text.count('GBP') != 1 or text.split(',')[1] != row['started'].replace('T', ' ')[:-1]:
        sys.exit('%r is not %r' % (text, row))
    if ',"%s",' % row['account'] not in text:
        sys.exit('%r is not in %r' % (row['account'], text))
    count += 1
if count != int(rows):
    sys.exit('%d rows' % count)
E
}
# concluded CASE: its calls, in calls.csv.
concluded() {
    must "$unspoof" normalise -q "$1"
    must "$unspoof" correlate -q --currency GBP "$1"
    "$unspoof" export -q -f csv "$1" calls >calls.csv
}
# holds FILE CODEC ROWS [OPTION]...
holds() {
    file=$1 codec=$2 rows=$3
    shift 3
    rm -f t.case
    try "$unspoof" ingest -r GB "$@" t.case "$file"
    status_is 0 "$file is read"
    try "$unspoof" verify --rows all t.case
    status_is 0 "$file verifies"
    says out "; $rows rows of 1 sources read again, 0" "$file: its rows are read again"
    concluded t.case
    cut "$file" "$codec" "$rows" >cut.out 2>&1 || { sed 's/^/# /' cut.out; false; }
    ok "$file: places are of its bytes"
}

for name in latin-1 windows-1252 windows-1251 koi8-r gbk utf-16le utf-16be; do
    case $name in
    windows-*) codec=cp${name#windows-} ;;
    utf-16*) codec=utf-16-${name#utf-16} ;;
    *) codec=$name ;;
    esac
    holds $name.csv $codec 21 --encoding $name
    sqlite3 t.case 'SELECT dialect FROM source' >dialect
    says dialect "encoding ($name|ISO-8859-1|[A-Za-z0-9-]*)" "$name: the encoding is recorded"
    cp calls.csv got.csv
    rm -f u.case
    must "$unspoof" ingest -q -r GB u.case $name.utf8
    concluded u.case
    # Without the case's own columns of place.
    python3 - calls.csv >wanted <<'E'
import csv, sys
for row in csv.DictReader(open(sys.argv[1])): print(row['line'], row['account'], row['started'])
E
    python3 - got.csv >got <<'E'
import csv, sys
for row in csv.DictReader(open(sys.argv[1])): print(row['line'], row['account'], row['started'])
E
    same "$name: what is found is what UTF-8 gives" wanted got
done
holds le.csv utf-16-le 21
holds be.csv utf-16-be 21
says dialect 'encoding' 'a mark is enough'
holds biglatin.csv latin-1 120000 --encoding latin-1
holds big16.csv utf-16-le 120000
for threads in 1 3; do
    rm -f u.case
    must "$unspoof" ingest -q -r GB --threads $threads u.case big16.csv
    [ "$(sqlite3 u.case .dump | grep -v '^INSERT INTO run ' | sha256sum)" = \
        "$(rm -f v.case && "$unspoof" ingest -q -r GB v.case big16.csv && sqlite3 v.case .dump | grep -v '^INSERT INTO run ' | sha256sum)" ]
    ok "$threads threads find the same"
done
gzip -k le.csv
try "$unspoof" ingest -r GB z.case le.csv.gz
status_is 0 'a compressed one'
try "$unspoof" verify --rows all z.case
status_is 0 'verifies too'

# Rejects have places of bytes too.
rm -f t.case
try "$unspoof" ingest -r GB t.case bad16.csv
says err "^bad16.csv:3: started 'nével'" 'a reject is told in UTF-8'
"$unspoof" export -f csv t.case rejects >calls.csv
python3 - >got <<'E'
import csv
for row in csv.DictReader(open('calls.csv')):
    print(open('bad16.csv', 'rb').read()[int(row['offset']):][:int(row['length'])].decode('utf-16-le')[:7])
E
echo '1,nével' >wanted
same 'and cut out of its bytes' wanted got
try "$unspoof" verify --rows all t.case
status_is 0 'and verified'

# What is no character.
rm -f t.case
try "$unspoof" ingest -r GB t.case half.csv
status_is 0 'half a pair'
says err '1 byte or pair of it is no character of UTF-16LE' 'is counted'
try "$unspoof" verify --rows all t.case
status_is 0 'and read again'
[ "$(sqlite3 t.case "SELECT count(*) FROM remark WHERE topic = 'no-character'" 2>must.log || echo 1)" = 1 ]
ok 'and remains said'
for file in undefined.csv:windows-1252 badgbk.csv:gbk; do
    rm -f t.case
    try "$unspoof" ingest -r GB --encoding ${file#*:} t.case ${file%:*}
    status_is 0 "${file%:*}: a byte without a meaning"
    try "$unspoof" verify --rows all t.case
    status_is 0 'and read again'
done
rm -f t.case
try "$unspoof" ingest -r GB t.case odd.csv
says err 'rejected 1' 'an odd byte at the end is a row that is none'

# What is named.
rm -f t.case
try "$unspoof" ingest -r GB t.case utf-16le.csv
status_is 1 'UTF-16 without a mark'
says err 'is UTF-16 text without a byte order mark \(give --encoding utf-16le\)' 'is named with what to do'
try "$unspoof" ingest -r GB t.case utf32.csv
says err 'is UTF-32 text \(save it as UTF-8\)' 'as is UTF-32'
try "$unspoof" ingest --encoding latin-99 t.case le.csv
status_is 2 'an encoding that is none'
try "$unspoof" sniff --encoding latin-1 latin-1.csv
says out 'encoding ISO-8859-1' 'sniff tells it'
says out 'Zoë' 'and shows text'
# The same content, read otherwise.
rm -f t.case
must "$unspoof" ingest -q -r GB --encoding latin-1 t.case latin-1.csv
try "$unspoof" ingest -r GB --encoding windows-1252 t.case latin-1.csv
status_is 1 'another encoding is another reading'
try "$unspoof" ingest -r GB --encoding latin-1 t.case latin-1.csv
says err 'already in the case' 'the same is known'
done_testing
