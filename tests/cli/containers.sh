#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compressed files, archives, archives in archives, encrypted ones, those made to fill a disk, and lists of files.
. "${srcdir:-.}/tests/lib.sh"

head='call_id,started,account,presented,dialled,duration,talk,status,cost,currency'
for i in 1 2 3; do
    printf '%s\n%d,2022-03-01 10:00:0%d,u%d,+442079460001,+44770090000%d,60,50,answered,0.10,GBP\n' "$head" $i $i $i $i >c$i.csv
done
cp "$srcdir/tests/cli/containers.py" .

# sources CASE: what it has.
sources() { sqlite3 "$1" "SELECT path || ':' || member || ' ' || compression || ' ' || accepted FROM source ORDER BY id"; }
# holds FILE WANTED ROWS [OPTION]...: it is read, is as WANTED says, and its rows are read again.
holds() {
    file=$1 wanted=$2 rows=$3
    shift 3
    rm -f t.case
    try "$unspoof" ingest -r GB "$@" t.case "$file"
    status_is 0 "$file is read"
    printf '%s\n' "$wanted" >wanted
    sources t.case >got
    same "$file: what it is" wanted got
    try "$unspoof" verify --rows all "$@" t.case
    says out "; $rows rows of [0-9]* sources read again, 0 sources could not be" "$file: its rows are read again"
}
# fails FILE SAYS [OPTION]...
fails() {
    file=$1 said=$2
    shift 2
    rm -f t.case
    try "$unspoof" ingest -r GB "$@" t.case "$file"
    status_is 1 "$file is a failure"
    says err "$said" "$file: is named for what it is"
}

# ---- compressed files ----
must python3 containers.py
gzip -c c1.csv >two.csv.gz
tail -n +2 c2.csv | gzip -c >>two.csv.gz
holds two.csv.gz 'two.csv.gz: gzip 2' 2
for tool in gzip bzip2 xz zstd lz4; do
    command -v $tool >tool || {
        skip "$tool" "there is no $tool"
        continue
    }
    $tool -c c1.csv >c1.$tool
    holds c1.$tool "c1.$tool: $tool 1" 1
done

# ---- archives ----
holds plain.tar 'plain.tar: tar 3' 3
holds plain.tar.gz 'plain.tar.gz: tar+gzip 3' 3
holds plain.zip 'plain.zip: zip 3' 3
holds plain.cpio 'plain.cpio: cpio 3' 3
holds plain.7z 'plain.7z: 7zip 3' 3
holds lzma.7z 'lzma.7z: 7zip 3' 3
holds 7z-in.tar '7z-in.tar: tar 3' 3
fails cut.7z 'cut.7z: cannot be read to its end, .* \(7z t says whether it is whole; if so unpack it, 7z x, and give what comes out'
fails deflate64.7z 'deflate64.7z:c1.csv: cannot be read to its end, .* \(7z t says whether it is whole; if so unpack it, 7z x'
# What those make that others use.
if command -v bsdtar >tool; then
    must bsdtar --format 7zip -cf bsd.7z c1.csv c2.csv c3.csv
    holds bsd.7z 'bsd.7z: 7zip 3' 3
else
    skip 'a 7z of bsdtar' 'there is no bsdtar'
fi
program=$(command -v 7zz || command -v 7z || command -v 7za)
for method in LZMA2 PPMd BZip2 Deflate; do
    [ -n "$program" ] || {
        skip "a 7z, $method" 'there is no 7-Zip'
        continue
    }
    must "$program" a -bd -m0=$method $method.7z c1.csv c2.csv c3.csv
    holds $method.7z "$method.7z: 7zip 3" 3
done
# What begins like an archive of cpio, and is a number.
sed 's/^1,/070701123456,/; 1d' c1.csv >number.csv
try "$unspoof" ingest -r GB -k call -m started=2 -m account=3 -m presented=4 -m dialled=5 --no-header n.case number.csv
status_is 0 'a number that begins like an archive is none'

# ---- archives in archives ----
holds zip-in-tar.tar 'zip-in-tar.tar: tar 3' 3
sqlite3 t.case "SELECT path FROM member ORDER BY number" >got
printf 'inner.zip:c1.csv\ninner.zip:c2.csv\nc3.csv\n' >wanted
same 'members within are named with what they are in' wanted got
[ "$(sqlite3 t.case "SELECT sha256 FROM member WHERE path = 'inner.zip:c2.csv'")" = "$(sha256sum <c2.csv | cut -d' ' -f1)" ]
ok 'and have the hash of their own bytes'
[ "$(sqlite3 t.case 'SELECT sha256 FROM source')" = "$(sha256sum <zip-in-tar.tar | cut -d' ' -f1)" ]
ok 'the source that of the outermost file'
holds gz-in-zip.zip 'gz-in-zip.zip: zip 2' 2
holds one-gz-in-zip.zip 'one-gz-in-zip.zip:c1.csv.gz gzip in zip 1' 1
holds tgz-in-zip.zip 'tgz-in-zip.zip: zip 3' 3
holds one-in-tgz-in-zip.zip 'one-in-tgz-in-zip.zip:inner.tar.gz:c1.csv tar+gzip in zip 1' 1
holds zip.gz 'zip.gz: gzip 3' 3
must "$unspoof" normalise -q t.case
must "$unspoof" ingest -q -r GB once.case tgz-in-zip.zip
try "$unspoof" ingest -r GB once.case tgz-in-zip.zip
status_is 0 'it again'
says err 'already in the case as source 1; nothing added' 'is known'
fails deep.zip 'deep.zip:middle.zip:c1.csv.gz: is compressed data in an archive that is itself in another \(unpack the outer one'
says err '^deep.zip:c3.csv: read 1, accepted 1' 'what stands beside it is read'
fails empty-inside.zip 'nothing.tar.gz: (holds no file|is empty)'
says err '^empty-inside.zip:c3.csv: read 1, accepted 1' 'what stands beside an empty one is read'
fails damaged-inside.zip 'damaged-inside.zip:inner.zip.*(cannot be read to its end|damaged|holds no file)'
fails quine.zip '^(unspoof ingest: )?quine.zip:quine.zip:quine.zip: is an archive in an archive that is itself in another'

# A forged outer file is found by the chain of hashes.
rm -f t.case
must "$unspoof" ingest -q -r GB t.case zip-in-tar.tar
cp zip-in-tar.tar kept.tar
printf x | dd of=zip-in-tar.tar bs=1 seek=600 conv=notrunc 2>must.log
try "$unspoof" verify --rows all t.case
status_is 4 'a byte of an archive within that changed is found'
mv kept.tar zip-in-tar.tar

# ---- paths of members are shown, and nothing else ----
mkdir below
cd below || exit 1
try "$unspoof" ingest -r GB ../paths.case ../paths.tar
status_is 0 'an archive of odd paths'
"$unspoof" verify --rows all ../paths.case >>out 2>&1
cat err >>../paths.err
[ "$(ls -A | grep -vx 'out\|err' | wc -l)" = 0 ] && [ ! -e ../escaped.csv ] && [ ! -e /tmp/unspoof-absolute.csv ]
ok 'writes none of them'
cd .. || exit 1
sqlite3 paths.case 'SELECT path FROM member ORDER BY number' | head -n 2 >got
printf '../escaped.csv\n/tmp/unspoof-absolute.csv\n' >wanted
same 'they are recorded as they are' wanted got
! grep -q "$(printf '\033')" paths.err
ok 'and shown without their control characters'

# ---- encrypted ----
printf 'open sesame\nnot this\n' >right
printf 'wrong\n' >wrong
: >none
fails crypt.zip '^(unspoof ingest: )?crypt.zip:c1.csv: is encrypted: give its password with --password-file FILE'
fails crypt.zip 'crypt.zip:c1.csv: the password of --password-file does not open it, or it is damaged' --password-file wrong
holds crypt.zip 'crypt.zip: zip 2' 2 --password-file right
try "$unspoof" verify --rows all t.case
says err 'crypt.zip:c1.csv: is encrypted: give its password' 'without the password its rows are not read again'
"$unspoof" log t.case >log.out 2>&1
sqlite3 t.case .dump | cat - log.out t.case* | grep -q 'open sesame'
[ $? = 1 ]
ok 'the password is recorded nowhere'
fails crypt-in-tar.tar 'crypt-in-tar.tar:crypt.zip:c1.csv: is encrypted: give its password'
holds crypt-in-tar.tar 'crypt-in-tar.tar: tar 2' 2 --password-file right
if [ -e aes.zip ]; then
    fails aes.zip 'aes.zip:c1.csv: is encrypted: give its password with --password-file FILE'
    fails aes.zip 'the password of --password-file does not open it' --password-file wrong
    holds aes.zip 'aes.zip:c1.csv zip 1' 1 --password-file right
else
    skip 'an AES zip' 'there is no openssl'
fi
seven='is encrypted as 7-Zip does it, which is not read here: unpack it with its password \(7z x\), and give what comes out'
for password in '' '--password-file right'; do
    # shellcheck disable=SC2086
    fails crypt.7z "crypt.7z:c1.csv: $seven" $password
    # shellcheck disable=SC2086
    fails crypt-names.7z "crypt-names.7z: $seven" $password
done
fails crypt-7z-in.tar "crypt-7z-in.tar:crypt.7z:c1.csv: $seven"
says err "^crypt-7z-in.tar:names.7z: $seven" 'one whose names are encrypted, in another archive'
says err '^crypt-7z-in.tar:c3.csv: read 1, accepted 1' 'and what stands beside them is read'
if [ -n "$program" ]; then
    must "$program" a -bd -psesame real.7z c1.csv
    must "$program" a -bd -psesame -mhe=on real-names.7z c1.csv
    fails real.7z "real.7z:c1.csv: $seven"
    fails real-names.7z "real-names.7z: $seven"
else
    skip 'what 7-Zip encrypts' 'there is no 7-Zip'
fi
try "$unspoof" ingest --password-file none t.case c1.csv
status_is 2 'an empty password is none'
try "$unspoof" ingest --password-file absent t.case c1.csv
status_is 1 'nor is a file that is not there'
says err '^unspoof ingest: --password-file absent: No such file or directory$' 'which is said'

# ---- what is made to fill a disk ----
for bomb in bomb.gz bomb.zip bomb-in.zip bomb-skipped.tar.gz; do
    fails $bomb 'unpacks to more than 1000 times its bytes, as what is made to fill a disk does'
    [ "$(sqlite3 t.case 'SELECT count(*) FROM source' 2>must.log || echo 0)" = 0 ]
    ok "$bomb: nothing of it is kept"
done
rm -f t.case
try "$unspoof" ingest -r GB --max-expand 64K t.case long.csv.gz
status_is 1 'a size that is told'
says err 'long.csv.gz: unpacks to more than 65536 bytes, so nothing of it is kept' 'holds'
holds long.csv.gz 'long.csv.gz: gzip 20000' 20000
holds long.csv.gz 'long.csv.gz: gzip 20000' 20000 --max-expand 1G:5000
try "$unspoof" sniff --max-expand 64K long.csv.gz
says err 'unpacks to more than 65536 bytes' 'sniff says so too'
for bad in 0 1X 1G:0 1G: :5 ''; do
    try "$unspoof" ingest --max-expand "$bad" t.case c1.csv
    status_is 2 "--max-expand '$bad'"
done

# ---- a list of files ----
printf 'c1.csv\n\nc3.csv\n' >list
rm -f t.case
try "$unspoof" ingest -r GB --files-from list t.case c2.csv
status_is 0 'a list of files'
sources t.case | cut -d: -f1 >got
printf 'c2.csv\nc1.csv\nc3.csv\n' >wanted
same 'comes behind what is named' wanted got
printf 'c1.csv\0c2.csv\0' >list0
try "$unspoof" sniff --files-from list0
says out '^c2.csv' 'NUL bytes may end its paths'
rm -f t.case
try "$unspoof" run -r GB --currency GBP --files-from list t.case
[ "$(sqlite3 t.case 'SELECT count(*) FROM source')" = 2 ]
ok 'run hands it on'
try "$unspoof" sniff --files-from none
status_is 2 'an empty list is none'

# ---- what is named ----
named() {
    printf "$3" >"$1"
    fails "$1" "$2"
}
named x.rar 'a RAR archive \(unpack it' 'Rar!\032\007\001\000rest'
named x.zip 'a part of an archive in several' 'PK\007\010PK\003\004rest of it'
fails sheet.ods 'an OpenDocument spreadsheet \(save it as XLSX'
fails sheet.xlsb 'a binary workbook of Excel, XLSB'
done_testing
