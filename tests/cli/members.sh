#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Files of one folder, and members of one archive, that are read alike are one source: their counts, places, hashes, and
# what becomes of one that comes again, is not like the others, cannot be read, or is loaded in part.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
. "${srcdir:-.}/tests/lib.sh"

# contents CASE: all of it, but runs.
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

# ask CASE SQL WANTED NAME
ask() {
    [ "$(sqlite3 "$1" "$2")" = "$3" ] || {
        sqlite3 "$1" "$2" | sed 's/^/# /'
        false
    }
    ok "$4"
}

head='call_id,started,account,presented,dialled,duration,talk,status,cost,currency'
# logs FOLDER FROM TO: a file a call.
logs() {
    mkdir -p "$1"
    awk -v folder="$1" -v from="$2" -v to="$3" -v head="$head" 'BEGIN { for (i = from; i < to; i++) {
        file = sprintf("%s/c%04d.csv", folder, i)
        printf "%s\n%d,2022-03-%02d %02d:%02d:%02d,u%d,+4420794600%02d,+447700900%03d,%d,%d,answered,0.%02d,GBP\n",
            head, i, i % 28 + 1, i % 24, i % 60, i * 7 % 60, i % 97, i % 100, i % 1000, 60 + i % 300, i % 300, i % 100 >file
        close(file) } }'
}

# A folder and an archive of 300 calls.
logs logs 0 300
tar cf logs.tar -C logs $(ls logs)
try "$unspoof" ingest -r GB folder.case logs
status_is 0 'a folder of one call a file'
cat >wanted <<'EOF'
logs/c0000.csv: kind call, profile canonical, separator comma, quote ", header, line ends LF
logs: times from 2022-03-01 00:00:00 to 2022-03-28 23:47:29; ids 0 to 299: none missing; 1 row is answered by status with no seconds of talk (line 2 of logs/c0000.csv)
logs: its times tell no zone: UTC is assumed (-z)
logs: 300 members, read 300, accepted 300, rejected 0, skipped 0
EOF
same 'is told as one' wanted err
ask folder.case 'SELECT path, member, compression, rows_read, accepted FROM source' 'logs||none|300|300' 'and is one source'
ask folder.case 'SELECT count(*), min(number), max(number), sum(rows_read), min(accepted) FROM member' '300|0|299|300|1' 'of 300 members'
ask folder.case 'SELECT count(*), sum(rows) FROM segment' '1|300' 'whose calls are in one segment'
[ "$(sqlite3 folder.case "SELECT sha256 FROM member WHERE path = 'c0017.csv'")" = "$(sha256sum <logs/c0017.csv | cut -d' ' -f1)" ]
ok 'a member has the hash of its file'
# As unspoof-case(5) says.
(cd logs && for file in c*; do echo "$(sha256sum <"$file" | cut -d' ' -f1)  $(wc -c <"$file")  $file"; done) >listing
ask folder.case 'SELECT sha256, member_sha256, size FROM source' \
    "$(sha256sum <listing | cut -d' ' -f1)|$(sha256sum <listing | cut -d' ' -f1)|$(cat logs/* | wc -c)" 'and the source that of the list of them'
try "$unspoof" ingest -r GB archive.case logs.tar
status_is 0 'an archive of them'
says err '^logs.tar: 300 members, read 300, accepted 300, rejected 0, skipped 0$' 'is one too'
ask archive.case 'SELECT path, member, sha256, member_sha256 FROM source' \
    "logs.tar||$(sha256sum <logs.tar | cut -d' ' -f1)|$(sha256sum <listing | cut -d' ' -f1)" 'with the hash of the archive'
for case in folder archive; do
    try "$unspoof" verify --rows all $case.case
    status_is 0 "$case: verify"
    says out '; 300 rows of 1 sources read again, 0 sources could not be$' 'reads the rows of all members again'
    must "$unspoof" normalise -q $case.case
    must "$unspoof" correlate -q $case.case
    "$unspoof" export -f csv $case.case calls | sed '1d; s/^[0-9]*,logs.tar:/logs\//; s/^[0-9]*,//' >$case.calls
done
same 'both have the same calls' folder.calls archive.calls
sed -n 's/^\(logs.c0017.csv,2,[0-9]*\),.*/\1/p' folder.calls >got
echo "logs/c0017.csv,2,$((${#head} + 1))" >wanted
same 'each with the file, line and byte where it stands' wanted got
"$unspoof" show -f csv folder.case call 65553 >out
says out ',logs/c0017.csv,2,' 'which show says too'

# Whatever the threads.
for threads in 1 2 8; do
    rm -f t.case
    must "$unspoof" ingest -q --threads $threads -r GB t.case logs
    [ "$(contents t.case)" = "$(rm -f u.case && "$unspoof" ingest -q -r GB u.case logs && contents u.case)" ]
    ok "$threads threads find the same"
done

# What is there already.
must "$unspoof" ingest -q -r GB known.case logs
before=$(contents known.case)
for source in logs logs.tar logs/c0017.csv; do
    try "$unspoof" ingest -r GB known.case $source
    status_is 0 "again: $source"
    says err 'c[0-9]*.csv: already in the case as source 1; nothing added$' 'is known'
    [ "$(contents known.case)" = "$before" ]
    ok 'and changes nothing'
done
try "$unspoof" ingest -r GB known.case logs
says err '^logs: 290 more files are in the case already; nothing added of them$' 'few are told one by one'
gzip -c logs/c0018.csv >again.csv.gz
try "$unspoof" ingest -r GB known.case again.csv.gz
says err '^again.csv.gz: already in the case as source 1; nothing added$' 'the content of a member, compressed'
cp -r logs more
logs more 300 310
cp more/c0305.csv more/twice.csv
try "$unspoof" ingest -r GB known.case more
says err '^more: 10 members, read 10, accepted 10, rejected 0, skipped 0$' 'of a folder that grew only what is new is taken'
says err '^more/twice.csv: already in the case as source 2; nothing added$|^more: [0-9]+ more files are in the case' 'once'
must "$unspoof" ingest -q -r GB alone.case logs/c0003.csv
try "$unspoof" ingest -r GB alone.case logs
says err '^logs/c0003.csv: already in the case as source 1; nothing added$' 'a file that came alone is none of a folder'
ask alone.case 'SELECT id, path, accepted FROM source' "$(printf '1|logs/c0003.csv|1\n2|logs|299')" 'that has it'

# Several plans, each a source, however they follow one another.
mkdir mixed
awk -v head="$head" 'BEGIN { for (i = 0; i < 40; i++) {
    a = sprintf("mixed/%02d-accounts.csv", i); printf "account,email\nu%d,u%d@example.com\nv%d,u%d@example.com\n", i, i, i, i >a; close(a)
    c = sprintf("mixed/%02d-calls.csv", i)
    printf "%s\n%d,2022-03-01 10:00:%02d,u%d,02079460001,07700900%03d,90,80,answered,0.10,GBP\n", head, i, i, i, i >c
    if (i % 10 == 3) printf "x%d,never,u1,02079460001,07700900001,90,80,answered,0.10,GBP\nshort,row\n", i >c
    close(c)
    p = sprintf("mixed/%02d-payments.csv", i)
    printf "payment_id;account;paid;amount;currency\nP%d;u%d;2022-03-02 10:00:00;%d.00;%s\n", i, i, i + 1, i == 7 ? "EUR" : "GBP" >p; close(p)
    } }'
printf 'account,email,phone\nw1,w1@example.com,07700900001\n' >mixed/40-other.csv
try "$unspoof" ingest -r GB mixed.case mixed
status_is 0 'a folder of several plans'
ask mixed.case 'SELECT path, kind, accepted, rejected FROM source' \
    "$(printf 'mixed|account|80|0\nmixed|call|40|8\nmixed|payment|40|0\nmixed/40-other.csv|account|1|0')" 'is a source a plan, one file alone as it always was'
ask mixed.case 'SELECT source, count(*), sum(rejected) FROM member GROUP BY source' "$(printf '1|40|0\n2|40|8\n3|40|0')" 'each with its members'
says err "^mixed/03-calls.csv:3: started 'never': .*" 'a reject names its file and line'
says err '^mixed/03-calls.csv:4: has 2 fields where the header has 10$' 'as does one of a whole row'
says err '^mixed: 40 members, read 48, accepted 40, rejected 8, skipped 0$' 'the counts add up'
"$unspoof" export -f csv mixed.case rejects >out
says out '^mixed/13-calls.csv,3,' 'a reject is exported with its file'
must "$unspoof" normalise -q mixed.case
try "$unspoof" correlate --currency GBP mixed.case
status_is 1 'an amount without a rate'
says err "^unspoof correlate: mixed/07-payments.csv:2: paid '2022-03-02 10:00:00': no rate EUR to GBP" 'is told with its file'
printf 'date,base,quote,rate\n2022-03-02,EUR,GBP,2\n' >rates.csv
must "$unspoof" ingest -q mixed.case rates.csv
must "$unspoof" normalise -q mixed.case
must "$unspoof" correlate -q --currency GBP mixed.case
"$unspoof" export -f csv mixed.case links >out
says out '^u5,v5,email,u5@example.com,decisive,mixed/05-accounts.csv,2,mixed/05-accounts.csv,3,' 'links name the files of both rows'
"$unspoof" export -f csv mixed.case payments >out
says out ',mixed/09-payments.csv,2(,|$)' 'and payments theirs'
try "$unspoof" verify --rows all mixed.case
status_is 0 'all of it verifies'
says out '; 162 rows of 5 sources read again' 'row by row'
tar cf mixed.tar -C mixed $(ls mixed)
must "$unspoof" ingest -q -r GB mixedtar.case mixed.tar
ask mixedtar.case 'SELECT path, member, kind, accepted, rejected FROM source' \
    "$(printf 'mixed.tar||account|80|0\nmixed.tar||call|40|8\nmixed.tar||payment|40|0\nmixed.tar|40-other.csv|account|1|0')" 'an archive of several plans'
try "$unspoof" verify --rows all mixedtar.case
status_is 0 'verifies too'

# One that is not sure to be read alike has a plan of its own.
mkdir doubt
printf 'account,name\nu1,one\n' >doubt/1.csv
printf 'account,name\nu2,"two, too"\n' >doubt/2.csv
printf 'account,name\nu3,three\n' >doubt/3.csv
printf 'account,name\r\nu4,four\r\n' >doubt/4.csv
must "$unspoof" ingest -q doubt.case doubt
ask doubt.case 'SELECT account, name FROM account ORDER BY account' "$(printf 'u1|one\nu2|two, too\nu3|three\nu4|four')" 'quotes are read'
ask doubt.case 'SELECT count(*) FROM source WHERE dialect LIKE "%CRLF%"' 1 'and line ends told as they are'
# Without a header, by the options and by the rows.
mkdir bare
printf 'u1,2022-03-01 10:00:00\n' >bare/1.csv
printf 'u2,2022-03-01 11:00:00\nu2,2022-03-01 12:00:00\n' >bare/2.csv
printf 'u3,2022-03-01 13:00:00\n' >bare/3.csv
must "$unspoof" ingest -q -k login -m account=1 -m at=2 bare.case bare
ask bare.case 'SELECT path, kind, accepted FROM source' 'bare|login|4' 'files without a header'
ask bare.case 'SELECT account, member, line FROM login ORDER BY id' "$(printf 'u1|0|1\nu2|1|1\nu2|1|2\nu3|2|1')" 'each row with its member'

# One that cannot be read to its end leaves nothing, and stops no other: before, behind and between large ones.
mkdir big
awk -v head="$head" 'BEGIN { for (f = 1; f < 7; f++) { file = "big/" f ".csv"; print head >file
    for (i = 0; i < (f == 4 ? 10 : 70000); i++)
        printf "%d-%d,2022-03-%02d %02d:%02d:%02d,u%d,0207946%04d,07700900%03d,%d,%d,answered,0.%02d,GBP\n", f, i, i % 28 + 1, i % 24, i % 60, i % 59, i % 977, i % 1000, i % 997, 60 + i % 300, i % 300, i % 100 >file
    close(file) } }'
must "$unspoof" ingest -q -r GB big.case big
ask big.case 'SELECT path, accepted FROM source' 'big|350010' 'large files are one source too'
whole=$(contents big.case)
for threads in 1 3; do
    rm -f t.case
    must "$unspoof" ingest -q --threads $threads -r GB t.case big
    [ "$(contents t.case)" = "$whole" ]
    ok "$threads threads find the same in large files"
done
cp -r big cut
gzip -9 -c cut/5.csv | head -c 700000 >cut/35.csv.gz
sed 's/u1,/w1,/' big/1.csv | gzip -1 | head -c 500000 >cut/0.csv.gz
try "$unspoof" ingest -r GB cut.case cut
status_is 1 'files that are cut off'
says err 'cut/35.csv.gz: cannot be read to its end' 'are told'
for case in cut big; do
    sqlite3 $case.case 'SELECT number, path, sha256, accepted FROM member; SELECT accepted, rejected FROM source;
        SELECT count(*) FROM form; SELECT sum(rows) FROM segment; SELECT count(*) FROM reject' >$case.kept
done
same 'and leave nothing of themselves' big.kept cut.kept
try "$unspoof" verify --rows all cut.case
status_is 0 'while the others are all there'
gzip -1 -c big/5.csv >cut/36.csv.gz
rm cut/35.csv.gz cut/0.csv.gz cut/5.csv
gzip -1 -c big/6.csv >cut/9.csv.gz
try "$unspoof" ingest -r GB gz.case cut
status_is 0 'compressed files among others'
says err '^cut/9.csv.gz: already in the case as source 1; nothing added$' 'a content that is known behind its end only'
ask gz.case 'SELECT sum(accepted), count(*) FROM member' '350010|6' 'is left out as a whole'
try "$unspoof" verify --rows all gz.case
status_is 0 'what is there verifies'

# Killed at random moments, and gone on with.
tar cf big.tar -C big $(ls big)
for source in big big.tar; do
    rm -f anew.case
    began=$(date +%s%N)
    must "$unspoof" ingest -q -r GB anew.case $source
    long=$((($(date +%s%N) - began) / 1000000))
    anew=$(contents anew.case)
    tries=0 parts=0 broken=0 wrong=0
    while [ $tries -lt "$(extent 12 30)" ]; do
        tries=$((tries + 1))
        [ $((tries % 6)) != 1 ] || rm -f k.case
        limit=$((long * (tries * 37 % 100) / 100 + 10))
        timeout --foreground --preserve-status -s "$(if [ $((tries % 2)) = 0 ]; then echo KILL; else echo INT; fi)" \
            "$((limit / 1000)).$(printf %03d $((limit % 1000)))" \
            "$unspoof" ingest -q --threads $((tries % 3 + 1)) -r GB k.case $source >out 2>err </dev/null
        status=$?
        if [ $status = 0 ]; then
            [ "$(contents k.case)" = "$anew" ] || wrong=$((wrong + 1))
        elif [ -s k.case ]; then
            "$unspoof" verify -q --rows 0 k.case >out 2>&1 || { broken=$((broken + 1)) && sed 's/^/# /' out; }
            [ "$(sqlite3 k.case 'SELECT count(*) FROM checkpoint')" = 0 ] || parts=$((parts + 1))
        fi
    done
    must "$unspoof" ingest -q -r GB k.case $source
    [ "$(contents k.case)" = "$anew" ] && [ $wrong = 0 ]
    ok "$source: killed again and again, it ends as if it never was"
    [ $broken = 0 ]
    ok 'it verifies each time'
    echo "# a part was stored $parts times"
done

# part CASE: the folder's ingest, killed before a write when a part of it is stored.
part() {
    for tenth in 9 8 7 6 5 4 3 2 1; do
        rm -f "$1" "$1-journal"
        shimmed FAULT_CALL=write FAULT_AT=$((writes * tenth / 10)) FAULT_ERROR=KILL "$unspoof" ingest -q --threads 1 -r GB "$1" big
        [ $? = 137 ] || continue
        [ "$(sqlite3 "$1" 'SELECT count(*) FROM checkpoint')" = 0 ] || return 0
    done
    echo 'Bail out! no kill left a part of a folder'
    exit 1
}

# A part that is there: what is told of it, what changed since, and how it goes.
must fault_library
must shimmed FAULT_CALL=write FAULT_COUNT="$scratch/counted" "$unspoof" ingest -q -r GB counted.case big
writes=$(cat counted)
part p.case
cp p.case q.case
"$unspoof" ingest -q --discard-unfinished p.case 2>/dev/null
ask p.case 'SELECT (SELECT count(*) FROM source) + (SELECT count(*) FROM member) + (SELECT count(*) FROM segment) + (SELECT count(*) FROM form)' 0 \
    '--discard-unfinished takes all of it out'
mv q.case p.case
cp p.case q.case
try "$unspoof" ingest -r GB p.case logs
status_is 1 'another folder is refused'
says err 'source 1 \(big\) is not wholly ingested' 'for the one that is there in part'
try "$unspoof" ingest -r FR p.case big
status_is 1 'as are other settings'
says err "^unspoof ingest: big.*: its ingest was begun with 'region=GB', and this is 'region=FR'" 'which are told'
sed '2s/answered/failed  /' big/1.csv >1.csv
cp big/1.csv kept.csv && cp 1.csv big/1.csv
try "$unspoof" ingest -r GB p.case big
status_is 1 'and a file that was loaded and changed'
says err 'big/1.csv: has changed since its ingest was begun' 'is told'
cp kept.csv big/1.csv
try "$unspoof" ingest -r GB q.case big
status_is 0 'the same is gone on with'
says err '^big: goes on after [0-9]+ rows that are in the case as source 1$' 'which is told'
[ "$(contents q.case)" = "$whole" ]
ok 'to the same case'

# What became of the files since.
must "$unspoof" ingest -q -r GB since.case logs
sed -i 's/answered/failed/' logs/c0005.csv
rm logs/c0006.csv
for rows in 0 all; do
    try "$unspoof" verify --rows $rows since.case
    status_is 4 "a member that changed, with --rows $rows"
    says err '^logs/c0005.csv: has changed since it was ingested' 'is told'
    says err '^logs/c0006.csv: not here' 'as is one that is gone'
done
logs moved 0 300
try "$unspoof" verify --rows all since.case moved
status_is 0 'the folder elsewhere'
says out '; 300 rows of 1 sources read again' 'is read where it is'
try "$unspoof" verify since.case moved/c0009.csv
status_is 0 'one of its files'
sqlite3 since.case "UPDATE member SET accepted = 2, rows_read = 2 WHERE number = 9; UPDATE member SET accepted = 0, rows_read = 0 WHERE number = 10"
try "$unspoof" verify --rows all since.case moved
status_is 4 'counts of members that are forged'
says err '^moved/c0009.csv: accepted: the case has 2, the source 1$' 'are told'

# A content is the same whether or not a file of a folder was compressed.
mkdir packed plain
for n in 1 2; do
    printf 'started,account,presented,dialled,talk\n2022-03-01 1%d:00:00Z,a,02079460001,07700900123,90\n' $n >plain/$n.csv
    gzip -c plain/$n.csv >packed/$n.csv.gz
done
must "$unspoof" ingest -q -r GB packed.case packed
try "$unspoof" ingest -r GB packed.case plain/1.csv
says err '^plain/1.csv: already in the case as source 1; nothing added$' 'alone, uncompressed'
try "$unspoof" ingest -r GB packed.case plain
says err '^plain/2.csv: already in the case as source 1; nothing added$' 'in a folder, uncompressed'
ask packed.case 'SELECT sum(accepted) FROM source' 2 'nothing counts twice'
"$unspoof" verify -q --rows all packed.case
ok 'and it verifies'

# An example of rows that are there twice names the files.
mkdir over
for n in 1 2; do
    printf 'call_id,started,account,presented,dialled,talk\nc%d,2022-03-01 11:00:00Z,a,02079460001,07700900123,90\nc9,2022-03-01 12:00:00Z,a,02079460001,07700900124,90\n' $n >over/$n.csv
    printf 'payment_id,account,paid,amount,currency\np%d,a,2022-03-01 11:00:00Z,5,GBP\np9,a,2022-03-02 11:00:00Z,5,GBP\n' $n >over/p$n.csv
done
must "$unspoof" ingest -q -r GB over.case over
try "$unspoof" normalise over.case
says err '^over: 1 rows of calls are there twice and count once; over/2.csv:3 as over/1.csv:3; ' 'of calls'
says err '^over: 1 payments are there twice and count once; over/p2.csv:3 as over/p1.csv:3; ' 'and of payments'

# The files of a folder with other options: what differs is said, and nothing is ignored.
mkdir again
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00Z,a,02079460001,07700900123,90\n' >again/1.csv
printf 'started,account,presented,dialled,talk\n2022-03-01 11:00:00Z,b,02079460001,07700900124,90\n' >again/2.csv
must "$unspoof" ingest -q -r DE again.case again
try "$unspoof" ingest -r GB again.case again
status_is 1 'a folder that is known, with another region'
says err "again/1.csv: is in the case as source 1, read otherwise: region was 'DE', now 'GB'; nothing added: --replace of again, which it is a part of, reads all of that again, .unspoof drop CASE 1. takes it out" 'what differs is said'
try "$unspoof" ingest -r GB --replace again.case again/1.csv
status_is 1 'one of its files is not replaced alone'
says err 'again/1.csv: is one of 2 files of source 1, and is not replaced alone' 'and that is said'
try "$unspoof" ingest -r DE again.case again
status_is 0 'the same options: left out'
must "$unspoof" drop -q again.case again
must "$unspoof" ingest -q -r GB again.case again
must "$unspoof" normalise -q again.case
must "$unspoof" correlate -q again.case
[ "$("$unspoof" export -f tsv again.case victims | wc -l)" = 3 ] && "$unspoof" verify -q --rows all again.case
ok 'dropped and read again, it is right, and verifies'
done_testing
