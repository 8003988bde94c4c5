#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SQLite databases: their rows are those of a CSV, whatever they are packed in; what is hostile or damaged in them; the
# log and the journal beside them; and that the evidence and its folder stay as they were.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || {
    skip 'SQLite databases' 'there is no python3'
    done_testing
    exit 0
}
mkdir evidence
make() { must python3 "$srcdir/tests/cli/sqlite_make.py" "$1" "evidence/$2"; }
for name in plain utf16 pages small keyed rowid hostile junk values deleted wal journal damaged damaged_keyed cut endless encrypted; do
    make $name $name.db
done
make csv calls.csv
rm -f being.db*
# All that there is in the folder, with its content and times.
listing() { find evidence -type f -exec sha256sum {} + | sort -k 2 && find evidence -printf '%p %T@ %C@ %m\n' | sort; }
listing >before

# into NAME ARGUMENT...: ingests into a case that is new.
into() {
    name=$1
    shift
    rm -f "$name.case" "$name.case.log"
    try "$unspoof" ingest -r GB -c GBP "$@"
}

# ---- the same rows ----

must "$unspoof" ingest -r GB -c GBP csv.case evidence/calls.csv
# ask CASE SQL
ask() { "$unspoof" query -q -f tsv --exact "$1" "$2" 2>&1 | tail -n +2; }
# The calls of a case, without their places; of a CSV a value that is none is empty.
meaning() { ask "$1" "SELECT ifnull(account, ''), started, ifnull(presented, ''), dialled, talk, cost + 0.0 FROM call ORDER BY id"; }
meaning csv.case >wanted
[ "$(wc -l <wanted)" = 2000 ]
ok 'the CSV has 2,000 calls'
for name in plain utf16 pages small keyed rowid; do
    must "$unspoof" ingest -r GB -c GBP $name.case evidence/$name.db
    meaning $name.case >got
    same "$name: the same calls as of the CSV" wanted got
done
mkdir packed
gzip -c evidence/plain.db >packed/plain.db.gz
(cd evidence && bsdtar -c -f ../packed/plain.zip --format zip plain.db 2>/dev/null) || (cd evidence && python3 -m zipfile -c ../packed/plain.zip plain.db)
for name in plain.db.gz plain.zip; do
    must "$unspoof" ingest -r GB -c GBP "$name.case" "packed/$name"
    meaning "$name.case" >got
    same "$name: the same calls" wanted got
done
"$unspoof" ingest -r GB -c GBP pipe.case - <evidence/plain.db >out 2>err
meaning pipe.case >got
same 'standard input: the same calls' wanted got
must "$unspoof" ingest -r GB -c GBP --threads 1 one.case evidence/plain.db
meaning one.case >got
same 'one thread: the same calls' wanted got

# ---- where rows stand, and what values are ----

[ "$(sqlite3 plain.case 'SELECT stream_name, compression, sha256 FROM source')" = "cdr|none|$(sha256sum evidence/plain.db | cut -d' ' -f1)" ]
ok 'the source is a table of the file that was hashed'
must "$unspoof" ingest -p canonical -k login values.case evidence/values.db
sqlite3 values.case 'SELECT line, offset, length, account FROM login ORDER BY id' >got
cat >want <<'EOF'
1|1|0|9223372036854775807
2|2|0|-5
3|3|0|12
4|4|0|0.30000000000000004
5|5|0|0.00000001
6|6|0|1e300
7|7|0|Inf
8|8|0|blob text
9|9|0|X'00FF'
10|10|0|44€
EOF
same 'values as texts, with the number of their row' want got
sqlite3 values.case 'SELECT line, offset, reason FROM reject ORDER BY id' >got
printf '%s\n' '11|11|holds a NUL byte' '12|12|is longer than 65536 bytes' >want
same 'what no value may be is rejected' want got
says must.log '2 values are BLOBs: 1 texts, taken as such, and 1 other' 'BLOBs are counted'
try "$unspoof" sniff evidence/plain.db
status_is 0 'a database can be sniffed'
says out '^evidence/plain.db, table cdr$' 'with its table'
says out 'presented +presented +33%' 'and its first rows, of which NULL is no value'
must "$unspoof" verify plain.case
ok 'the case verifies'

# ---- hostile ----

into hostile hostile.case evidence/hostile.db
status_is 0 'a view without end, a trigger and virtual tables are not run'
says err 'texts \(virtual: no pages of its own\), texts_content \(of a virtual table\)' 'virtual tables and theirs are named'
says err '1 generated column is VIRTUAL and not read' 'as is that a computed column is left out'
[ "$(ask hostile.case "SELECT account || '|' || talk FROM call c JOIN source s ON s.id = c.source WHERE stream_name = 'made'")" = 'u|3' ]
ok 'a generated column that is stored is read'
! grep -q "$(printf '\033')" err
ok 'no name of a table reaches the terminal as it is'
into junk junk.case evidence/junk.db
status_is 0 'entries of the schema that are none'
says err 'the database is damaged: malformed database schema \(junk\)' 'are said'
says err 'tables are not read: cloak .*junk \(cannot be read\), liar \(cannot be read\)' 'and listed'
meaning junk.case >got
same 'and the other table is read' wanted got

# ---- damaged ----

into damaged damaged.case evidence/damaged.db
status_is 0 'a database with damaged pages'
says err 'damaged.db:310: the database is damaged here: what stood behind row number 309, up to number 371, cannot be read' 'says where'
says err 'table cdr: the database is damaged in 2 places' 'and how often'
[ "$(sqlite3 damaged.case 'SELECT rows_read, accepted, rejected FROM source')" = '1817|1815|2' ]
ok 'the rows between are read'
[ "$(ask damaged.case "SELECT count(*) || '|' || min(offset) || '|' || max(offset) || '|' || count(DISTINCT offset) FROM call")" = '1815|1|2000|1815' ]
ok 'each once, up to the last'
into damaged_keyed damaged_keyed.case evidence/damaged_keyed.db
status_is 0 'one whose rows have no number'
says err 'damaged here: what stood behind row 472, up to its end, cannot be read' 'is read up to the damage'
into endless endless.case evidence/endless.db
status_is 0 'pages that are their own sisters'
says err 'endless.db:64: the database is damaged here' 'end with their first row that comes again'
into cut cut.case evidence/cut.db
status_is 0 'a file that was cut off'
says err 'the database is damaged' 'says so'
[ "$(ask cut.case 'SELECT count(*) > 500 AND count(*) < 1500 FROM call')" = 1 ]
ok 'and what is there is read'
into encrypted encrypted.case evidence/encrypted.db
status_is 1 'one that is encrypted'
says err 'damaged in its first page, or encrypted' 'is named'
into deleted deleted.case evidence/deleted.db
says err 'rows were deleted at the end of cdr \(last 2000, highest now 1500\)' 'rows that are gone are hinted at'
head -c 50 evidence/plain.db >short.db
into short short.case short.db
status_is 1 'a file that ends in its header'
says err 'is the first bytes of an SQLite database' 'is named'

# ---- the log and the journal ----

into wal wal.case evidence/wal.db
status_is 0 'a database with a log beside it'
says err "a -wal of $(stat -c %s evidence/wal.db-wal) bytes stands beside it and is not read" 'says that it is not read'
[ "$(sqlite3 wal.case 'SELECT accepted FROM source')" = 1500 ]
ok 'and has the rows of the file'
into wal_with --with-wal wal_with.case evidence/wal.db
status_is 0 '--with-wal reads both'
meaning wal_with.case >got
same 'with all calls' wanted got
sqlite3 wal_with.case 'SELECT dialect FROM source' >got
says got "with its -wal of $(stat -c %s evidence/wal.db-wal) bytes, SHA-256 $(sha256sum evidence/wal.db-wal | cut -d' ' -f1)" 'the hash of the log is in the case'
[ "$(sqlite3 wal_with.case 'SELECT sha256 FROM source')" = "$(sha256sum evidence/wal.db | cut -d' ' -f1)" ]
ok 'and that of the file'
sqlite3 wal_with.case 'SELECT settings FROM run' >got
says got '"with_wal":"yes"' 'the run says that it was asked for'
into journal journal.case evidence/journal.db
status_is 0 'a database whose change was cut off'
says err 'a -journal of .* bytes stands beside it and is not read' 'says so'
into journal_with --with-wal journal_with.case evidence/journal.db
status_is 0 '--with-wal has it put back'
meaning journal_with.case >got
same 'and gives the calls as they were' wanted got
for name in wal journal; do
    mkdir copy.$name
    cp -p evidence/$name.db* copy.$name
    must "$unspoof" ingest -r GB -c GBP --with-wal $name.copy.case copy.$name/$name.db
    try "$unspoof" verify $name.copy.case
    status_is 0 "$name: a case verifies that was read so"
    says out '2 sources hashed' 'with both files'
    printf x >>copy.$name/$name.db-$name
    try "$unspoof" verify $name.copy.case
    status_is 4 'and does not when the file beside changed'
    says err "db-$name: has changed since it was read with the database" 'which is said'
    rm copy.$name/$name.db-$name
    try "$unspoof" verify $name.copy.case
    says err "db-$name: was read with the database, and is not here any more" 'as is that it is gone'
done
mkdir folder
cp evidence/wal.db evidence/wal.db-wal folder
: >folder/wal.db-shm
into folder folder.case folder
status_is 1 'a folder with a log fails for the log'
says err 'is the log \(-wal\) of an SQLite database' 'and says what to do'
into folder --with-wal folder.case folder
status_is 0 'and with --with-wal does not'
[ "$(sqlite3 folder.case 'SELECT count(*), sum(accepted) FROM source')" = '1|2000' ]
ok 'for it is read with its database'

# ---- interrupted ----

python3 - <<'EOF'
import sqlite3
db = sqlite3.connect("large.db", isolation_level=None)
db.execute("CREATE TABLE cdr(id INTEGER PRIMARY KEY, account, started, presented, dialled, talk)")
db.execute("CREATE TABLE login(account, at, ip, PRIMARY KEY(account)) WITHOUT ROWID")
db.execute("BEGIN")
db.executemany("INSERT INTO cdr VALUES(?,?,?,?,?,?)", ((i * 3 - 200000, f"u{i % 97}", f"2022-03-{1 + i % 28:02} 10:{i % 60:02}:00Z",
    f"0207946{i % 1000:04}", f"07700900{i % 1000:03}", i % 500) for i in range(300000)))
db.executemany("INSERT INTO login VALUES(?,?,?)", ((f"u{i:06}", "2022-03-01 10:00:00Z", "192.0.2.1") for i in range(100000)))
db.execute("COMMIT")
EOF
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }
must "$unspoof" ingest -r GB whole.case large.db
stops=0
for delay in 0.15 0.25 0.35 0.5 0.7 0.9 1.2; do
    timeout --foreground --preserve-status -s INT $delay "$unspoof" ingest -r GB parts.case large.db >out 2>err </dev/null && break
    stops=$((stops + 1))
done
timeout 120 "$unspoof" ingest -r GB parts.case large.db >out 2>err </dev/null
ok "an ingest that was interrupted $stops times ends"
[ "$(contents parts.case)" = "$(contents whole.case)" ]
ok 'with what one that was not gives'
must "$unspoof" ingest -r GB parts.case large.db
says must.log 'already in the case' 'and is known again'

# ---- nothing is left, and nothing changed ----

listing >after
same 'the evidence and its folder are as they were' before after
find . -name 'unspoof-??????' >left
[ ! -s left ]
ok 'no private copy is left'
done_testing
