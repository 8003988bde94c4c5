#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sources that are elsewhere than they were: verify finds them in folders that are given, by
# name, size and hash, says where, and says what it did not find.
. "${srcdir:-.}/tests/lib.sh"

# elsewhere STATUS NAME OPERAND...: verify from a folder in which nothing is, all rows.
elsewhere() {
    wanted=$1
    name=$2
    shift 2
    (cd away && "$unspoof" verify --rows all "$@" >../out 2>../err </dev/null)
    status=$?
    status_is "$wanted" "$name"
}

mkdir away seized seized/folder seized/folder/sub
n=0
while [ $n -lt 3 ]; do
    n=$((n + 1))
    printf 'started,account,presented,dialled,talk\n2022-03-0%s 10:00:00,u1,02079460101,07700900123,70\n' $n >seized/calls$n.csv
done
printf 'account,login,email\n1,a,a@example.org\n' >seized/folder/accounts.csv
printf 'account,at,ip\n1,2022-03-01 10:00:00,192.0.2.1\n' >seized/folder/sub/logins.csv
gzip -c seized/calls3.csv >seized/calls3.csv.gz
printf 'started,account,presented,dialled,talk\n2022-04-01 10:00:00,u4,02079460104,07700900124,7\n' >seized/packed.csv
(cd seized && tar cf some.tar packed.csv && rm packed.csv calls3.csv)
must "$unspoof" ingest -q -r GB case seized/calls1.csv seized/calls2.csv seized/calls3.csv.gz seized/some.tar seized/folder
must "$unspoof" verify --rows all case
must "$unspoof" ingest -q -r GB one.case seized/calls1.csv

elsewhere 0 'beside the case sources are found' ../case
mkdir evidence evidence/a evidence/a/b
mv seized evidence/a/b/
elsewhere 6 'in another folder nothing is' ../case
says err 'none of its sources is here, so that none was checked: .*or give a FOLDER that has them$' 'and what is to be done is said'
elsewhere 0 'but it is in one that is given' ../case ../evidence
says err '^seized/calls1.csv: found as \.\./evidence/a/b/seized/calls1\.csv$' 'where is said'
says err '^seized/some.tar: found as \.\./evidence/a/b/seized/some\.tar$' 'an archive is found for its members'
says err '^seized/folder/sub/logins.csv: found as \.\./evidence/a/b/seized/folder/sub/logins\.csv$' 'and a file of a folder'
says out ' 0 not here; [0-9]+ rows of [0-9]+ sources read again, 0 sources could not be$' 'all rows are read'
(cd away && "$unspoof" verify -q ../case ../evidence >../out 2>../err)
[ $? = 0 ] && [ ! -s err ] && [ ! -s out ]
ok 'quietly nothing is said'
(cd away && "$unspoof" verify --rows 0 ../case ../evidence >../out 2>../err)
[ $? = 0 ] && grep -q '6 sources hashed, 0 not here$' out
ok 'hashes alone'
elsewhere 0 'with a blank place beside it' ../case . ../evidence/
elsewhere 0 'and the folder itself twice' ../case ../evidence ../evidence

# ---- names ----
cp evidence/a/b/seized/calls2.csv calls1.csv
mkdir first
mv calls1.csv first/
elsewhere 0 'another file has the name of one' ../case ../first ../evidence
says err '^seized/calls1.csv: found as \.\./evidence/a/b/seized/calls1\.csv$' 'and is not taken for it'
mv evidence/a/b/seized/calls1.csv evidence/a/b/seized/IMG_0001.bin
elsewhere 0 'one that has another name now' ../case ../first ../evidence
says err '^seized/calls1.csv: found as \.\./evidence/a/b/seized/IMG_0001\.bin$' 'is found by its hash'
rm evidence/a/b/seized/IMG_0001.bin
elsewhere 6 'one that is not there' ../case ../first ../evidence
says err '^seized/calls1.csv: has the name, and not the content, of \.\./first/calls1\.csv$' 'is not what has its name'
says err '^seized/calls1.csv: source 1 is not read again: its file is not here' 'it is named'
says err 'all that was checked holds, but 1 source is not here, so that not all was checked' 'and counted'
(cd away && "$unspoof" verify -q --rows 0 ../case ../evidence >../out 2>../err)
[ $? = 6 ] && grep -q 'not all was checked' err
ok 'quietly too'
mv first/calls1.csv evidence/a/b/seized/calls1.csv
elsewhere 6 'one that has changed there is none' ../case ../evidence
says err '^seized/calls1.csv: has the name, and not the content, of ' 'which is said'

# ---- here and there ----
mkdir away/seized true
sed 's/u1/u9/' evidence/a/b/seized/calls1.csv >away/seized/calls1.csv
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00,u1,02079460101,07700900123,70\n' >true/calls1.csv
elsewhere 4 'one that has changed where it was' ../one.case ../evidence
elsewhere 0 'is not asked for where the true one is found' ../one.case ../true
rm -r away/seized

# ---- files that share a source ----
mkdir -p x/logs
awk 'BEGIN { for (i = 0; i < 300; i++) { f = sprintf("x/logs/c%04d.csv", i);
    printf "started,account,presented,dialled,talk\n2022-03-01 10:00:%02d,u%d,02079460101,07700900123,%d\n", i % 60, i, i >f; close(f) } }'
(cd x && tar cf logs.tar logs)
must "$unspoof" ingest -q -r GB logs.case x/logs
must "$unspoof" ingest -q -r GB tar.case x/logs.tar
[ "$(sqlite3 logs.case 'SELECT count(*) FROM source')" = 1 ] && [ "$(sqlite3 tar.case 'SELECT count(*) FROM source')" = 1 ]
ok 'files share a source'
mkdir -p moved/to
mv x/logs moved/to/cdr
mv x/logs.tar .
(cd away && "$unspoof" verify --rows all ../logs.case >../out 2>../err)
[ $? = 6 ]
ok 'of a folder that is gone nothing is checked'
elsewhere 0 'it is found by its files, under another name' ../logs.case ../moved
says err '^x/logs: found as \.\./moved/to/cdr/$' 'as what'
says out '^ok: .* 300 sources hashed, 0 not here; 300 rows of 1 sources read again, 0 ' 'all of them are read'
elsewhere 0 'or given itself' ../logs.case ../moved/to/cdr
mv moved/to/cdr/c0007.csv moved/to/cdr/c0008.csv moved/
elsewhere 6 'files of it that are not in it' ../logs.case ../moved
says err 'but 2 sources are not here, so that not all was checked' 'are counted'
elsewhere 0 'an archive of them beside the case' ../tar.case
says out ' 300 rows of 1 sources read again, 0 ' 'is read'
mv logs.tar moved/to/
elsewhere 0 'and elsewhere' ../tar.case ../moved
says out ' 300 rows of 1 sources read again, 0 ' 'too'

# ---- files beside folders ----
elsewhere 0 'a file may be named too' ../case ../true/calls1.csv ../evidence
says out ' 0 not here;' 'which is one of the sources'
echo other >other.csv
elsewhere 4 'one that is none of them' ../case ../true/calls1.csv ../evidence ../other.csv
says err '^\.\./other\.csv: is none of the sources of this case' 'is said to be'
elsewhere 4 'and one that is not there' ../case ../evidence ../absent.csv
rm -f in.case
"$unspoof" ingest -q -r GB in.case - <true/calls1.csv
elsewhere 0 'what came from standard input is found too' ../in.case ../true
says err '^-: found as \.\./true/calls1\.csv$' 'as what'

# ---- what folders have ----
cp true/calls1.csv evidence/
ln -s .. evidence/a/loop
ln -s loop evidence/a/round && ln -s nowhere evidence/a/dangling
mkfifo evidence/a/calls1.csv
cp case evidence/a/
cp -r case true/
try timeout 60 "$unspoof" verify --rows 0 true/case true evidence
status_is 0 'links that go round, pipes and cases'
mkdir evidence/shut
chmod 000 evidence/shut
if [ -r evidence/shut ]; then
    skip 'a folder that may not be read' 'root reads all'
else
    elsewhere 0 'a folder that may not be read' ../case ../evidence
    says err '^\.\./evidence/shut: not looked through: Permission denied$' 'is named'
fi
chmod 700 evidence/shut
mkdir -p evidence/many
awk 'BEGIN { for (i = 0; i < 3000; i++) { f = "evidence/many/calls" i % 7 + 1 ".csv." i; printf "%084d", i >f; close(f) } }'
long=evidence/many/d
mkdir $long
n=0
while [ $n -lt 300 ]; do
    long=$long/d
    n=$((n + 1))
done
mkdir -p "$long"
mv evidence/calls1.csv "$long/"
elsewhere 0 'many files, and a deep one' ../case ../evidence
mkdir twice
cp true/calls1.csv twice/z.csv
cp true/calls1.csv twice/b.csv
cp true/calls1.csv twice/calls1.csv
elsewhere 0 'of several copies' ../one.case ../twice
says err ' found as \.\./twice/calls1\.csv$' 'it is the one of that name'
rm twice/calls1.csv
elsewhere 0 'else' ../one.case ../twice
says err ' found as \.\./twice/b\.csv$' 'the first by name'

# ---- what is no file ----
# instead NAME COMMAND...: something that has the name of the source.
instead() {
    name=$1
    shift
    rm -rf where/calls1.csv
    "$@"
    for rows in 0 all; do
        try timeout 60 "$unspoof" verify --rows $rows where.case
        status_is 6 "$name in place of a source, --rows $rows, is not waited for"
        says err '^where/calls1.csv: is here, but is a pipe, a device, a socket or a folder, and no file$' 'and is told'
        try timeout 60 "$unspoof" verify --rows $rows where.case where/calls1.csv
        status_is 4 "$name that is named, --rows $rows, is not either"
    done
}

mkdir where
cp true/calls1.csv where/
must "$unspoof" ingest -q -r GB where.case where/calls1.csv
instead 'a pipe' mkfifo where/calls1.csv
says err '^where/calls1.csv: is a pipe, a device or a socket, and no file, so that it is not read$' 'which is said'
instead 'a device' ln -s /dev/zero where/calls1.csv
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("where/socket")' 2>/dev/null &&
    instead 'a socket' ln -s socket where/calls1.csv
instead 'an empty folder' mkdir where/calls1.csv
rm -rf where/calls1.csv
ln -s ../true/calls1.csv where/calls1.csv
try "$unspoof" verify --rows all where.case
status_is 0 'a link to the same content'
ln -sf ../other.csv where/calls1.csv
try "$unspoof" verify --rows all where.case
status_is 4 'and to another'
cat true/calls1.csv | "$unspoof" verify --rows 0 where.case /dev/stdin >out 2>err
ok 'what is handed open is read'

# ---- what cannot be looked at is not taken for another ----

if fault_library; then
    mkdir kept kept/folder
    printf 'account,login\nu1,a\n' >kept/folder/accounts.csv
    must "$unspoof" ingest -q kept.case kept/folder
    at=1
    wrong=
    while [ $at -le 400 ]; do
        rm -f calls
        shimmed FAULT_CALL=stat FAULT_PATH=kept/folder FAULT_AT=$at FAULT_ERROR=EIO FAULT_COUNT="$scratch/calls" \
            "$unspoof" verify --rows 1 kept.case kept kept/folder
        [ $? != 4 ] || wrong="$wrong $at"
        [ "$at" -le "$(cat calls)" ] || break
        at=$((at + 1))
    done
    [ $at -gt 3 ] && [ $at -le 400 ] && [ -z "$wrong" ]
    ok "a folder that cannot be looked at is none that differs:$wrong"
else
    skip 'a folder that cannot be looked at' 'the library that makes faults cannot be built here'
fi
done_testing
