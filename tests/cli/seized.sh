#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sources as they were seized: the hashes in the case are those of sha256sum, what changes
# while it is read is refused, and nothing is written but the case.
. "${srcdir:-.}/tests/lib.sh"

hash_of() { sha256sum <"$1" | cut -d' ' -f1; }

# calls FILE ACCOUNT ROWS
calls() {
    awk -v account="$2" -v rows="$3" 'BEGIN {
        print "started,account,presented,dialled,talk"
        for (i = 0; i < rows; i++)
            printf "2022-03-%02d %02d:%02d:%02d,%s,02079460101,07700900%03d,%d\n", 1 + i / 86400, i / 3600 % 24, i / 60 % 60, i % 60, account, i % 999, i % 600
    }' >"$1"
}

# ---- hashes ----
# hashes NAME FILE MEMBER: the file as seized, and what was parsed of it, as a file.
hashes() {
    rm -f case
    must "$unspoof" ingest -q -r GB case "$2"
    printf '%s|%s|%s|%s\n' "$(hash_of "$2")" "$(wc -c <"$2")" "$(hash_of "$3")" "$(wc -c <"$3")" >wanted
    sqlite3 case 'SELECT sha256, size, member_sha256, member_size FROM source' >stored
    same "$1: file and content have the hashes of sha256sum" wanted stored
}

calls one.csv a 4000
hashes 'a file' one.csv one.csv
printf '\357\273\277' | cat - one.csv >marked.csv
sed 's/$/\r/' marked.csv >ends.csv
hashes 'with a mark of its encoding, and other ends of lines' ends.csv ends.csv
head -c -1 one.csv >cut.csv
hashes 'without the end of the last line' cut.csv cut.csv
for way in 'gzip -c' 'bzip2 -c' 'xz -c' 'zstd -qc'; do
    if ! command -v "${way%% *}" >/dev/null; then
        skip "$way" 'there is none'
        continue
    fi
    $way one.csv >one.z
    hashes "$way" one.z one.csv
    ! [ "$way" = 'gzip -c' ] || { printf 'behind' >>one.z && hashes 'with bytes behind it' one.z one.csv; }
done
mkdir many
n=0
while [ $n -lt 300 ]; do
    n=$((n + 1))
    calls many/$n.csv b$n 1
done
calls two.csv c 4000
printf 'account,login,email\n1,a,a@example.org\n' >three.csv

# members NAME SOURCE COLUMN FOLDER: all that stand in a column are those of the files.
members() {
    (cd "$4" && find . -type f -name '*.csv' -exec sha256sum {} + | cut -d' ' -f1 | sort) >wanted
    sqlite3 case "$3" | sort >stored
    same "$1" wanted stored
}

# Of all files, whether they share a source or not.
contents="SELECT member_sha256 FROM source s WHERE NOT EXISTS(SELECT 1 FROM member WHERE source = s.id)
    UNION ALL SELECT sha256 FROM member"
mkdir few
cp one.csv two.csv three.csv few/
for way in 'tar cf' 'tar czf' 'tar cJf' 'zip -qr' '7z a -bd'; do
    command -v "${way%% *}" >/dev/null || {
        skip "$way" 'there is none'
        continue
    }
    for folder in few many; do
        rm -f case packed.*
        case $way in
        zip*) packed=packed.zip ;;
        7z*) packed=packed.7z ;;
        *) packed=packed.tar ;;
        esac
        must $way $packed $folder
        must "$unspoof" ingest -q -r GB case $packed
        [ "$(sqlite3 case 'SELECT DISTINCT sha256 FROM source')" = "$(hash_of $packed)" ]
        ok "$way of $folder: the archive has the hash of sha256sum"
        if [ $folder = few ]; then
            members "$way of $folder: its members too" $packed "$contents" $folder
        else
            members "$way of $folder: its members too" $packed 'SELECT sha256 FROM member' $folder
            members "$way of $folder: what was parsed too" $packed 'SELECT content FROM member' $folder
        fi
    done
done
rm -f case
must "$unspoof" ingest -q -r GB case few
members 'a folder' few "$contents" few
rm -f case
must "$unspoof" ingest -q -r GB case many
members 'a folder whose files share a source' many 'SELECT sha256 FROM member' many
rm -f case
"$unspoof" ingest -q -r GB case - <one.csv
[ "$(sqlite3 case 'SELECT sha256 FROM source')" = "$(hash_of one.csv)" ]
ok 'standard input'
mkfifo pipe
cat one.csv >pipe &
rm -f case
must "$unspoof" ingest -q -r GB case pipe
[ "$(sqlite3 case 'SELECT sha256 FROM source')" = "$(hash_of one.csv)" ]
ok 'a pipe'

# ---- what changes while it is read ----
cat >change.c <<'END'
/* Runs CHANGE once, before the second block of the file that CHANGED names is read. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int reads;

static int is_it(int fd)
{
	char name[64], path[4096];
	const char *changed = getenv("CHANGED");
	ssize_t len;

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	len = readlink(name, path, sizeof(path) - 1);
	if (len < 0 || !changed)
		return 0;
	path[len] = '\0';
	return strstr(path, changed) != NULL;
}

ssize_t pread(int fd, void *data, size_t size, off_t at)
{
	static ssize_t (*real)(int, void *, size_t, off_t);
	const char *change = getenv("CHANGE");
	const char *number = getenv("CHANGE_AT");

	if (!real)
		real = (ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
	if (change && is_it(fd) && atomic_fetch_add(&reads, 1) + 1 == (number ? atoi(number) : 2)) {
		char *command = strdup(change);

		unsetenv("CHANGE");
		unsetenv("LD_PRELOAD");
		if (system(command) != 0)
			abort();
		free(command);
	}
	return real(fd, data, size, at);
}

ssize_t pread64(int fd, void *data, size_t size, off_t at) { return pread(fd, data, size, at); }
END

# changed NAME COMMAND AT: the file is changed by that while it is read, and refused.
changed() {
    rm -f case big.csv
    cp whole.csv big.csv
    try env LD_PRELOAD="$scratch/change.so" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
        CHANGED=big.csv CHANGE="$2" CHANGE_AT="$3" "$unspoof" ingest -q -r GB case big.csv
    status_is 1 "$1: it is refused"
    says err "^unspoof ingest: big.csv: $4; nothing of it is kept" 'which is said'
    [ ! -e case ]
    ok 'and there is nothing of it'
}

calls whole.csv d 60000
if ! ${CC:-cc} -std=c11 -O1 -fPIC -shared -o change.so change.c -ldl 2>change.log; then
    skip 'what changes while it is read' 'no library can be made'
else
    changed 'a file that grows' 'printf "2022-03-01 10:00:00,e,02079460101,07700900123,5\n" >>big.csv' 2 'changed while it was read'
    changed 'one that is cut off' 'truncate -s 100000 big.csv' 2 '.*'
    changed 'one that is written over' 'printf X | dd of=big.csv bs=1 seek=1000000 conv=notrunc 2>/dev/null' 2 'changed while it was read'
    changed 'behind what was read of it' 'printf X | dd of=big.csv bs=1 seek=10 conv=notrunc 2>/dev/null' 3 'changed while it was read'
    changed 'one whose time is put back' \
        'touch -r big.csv t; printf 9 | dd of=big.csv bs=1 seek=1000000 conv=notrunc 2>/dev/null; touch -r t big.csv' 2 'changed while it was read'
    changed 'one that makes room for another' 'cp whole.csv o.csv; mv o.csv big.csv' 2 'another file was put in its place while it was read'
    rm -f case packed.tar
    must tar cf packed.tar whole.csv two.csv
    cp packed.tar true.tar
    try env LD_PRELOAD="$scratch/change.so" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
        CHANGED=packed.tar CHANGE='printf 9 | dd of=packed.tar bs=1 seek=3000000 conv=notrunc 2>/dev/null' CHANGE_AT=5 \
        "$unspoof" ingest -q -r GB case packed.tar
    [ $status != 0 ] && grep -q 'packed.tar.*changed while it was read' err
    ok 'an archive too'
fi

# ---- what is expected ----
good=$(hash_of one.csv)
bad=$(hash_of two.csv)
contents() { sqlite3 "$1" .dump | sha256sum; }

# expected STATUS NAME HASH SOURCE [CASE]
expected() {
    if [ $# = 5 ]; then into=$5; else into=new.case; fi
    [ $# = 5 ] || rm -f new.case
    try "$unspoof" ingest -q -r GB --expect-sha256 "$3" "$into" "$4"
    status_is "$1" "$2"
    [ "$1" != 4 ] || {
        says err "^unspoof ingest: $4: its SHA-256 is not the expected one, so that nothing of it is kept:$" 'that is said'
        grep -q "^it is    $(hash_of "$4")\$" err && grep -q "^and not  $3\$" err
        ok 'with both hashes'
    }
}

expected 0 'the hash that is expected' "$good" one.csv
expected 0 'in capital letters' "$(echo "$good" | tr a-f A-F)" one.csv
expected 4 'another one' "$bad" one.csv
[ ! -e new.case ] && [ ! -e new.case-journal ]
ok 'and there is no case'
gzip -nc one.csv >one.csv.gz
expected 0 'of a compressed file it is that of the file as seized' "$(hash_of one.csv.gz)" one.csv.gz
expected 4 'not of its content' "$good" one.csv.gz
must tar cf small.tar few
expected 0 'of an archive it is that of the archive' "$(hash_of small.tar)" small.tar
expected 4 'not of a member' "$good" small.tar
[ ! -e new.case ]
ok 'no member is kept'
must tar cf shared.tar many
expected 4 'nor of those that share a source' "$good" shared.tar
[ ! -e new.case ]
ok 'none of them is kept'
rm -f old.case
must "$unspoof" ingest -q -r GB old.case one.csv
must "$unspoof" normalise -q old.case
must "$unspoof" correlate -q old.case
before=$(contents old.case)
expected 4 'into a case' "$good" two.csv old.case
[ "$(contents old.case)" = "$before" ]
ok 'which is as it was'
expected 4 'what the case has is not what was expected' "$bad" one.csv old.case
[ "$(contents old.case)" = "$before" ]
ok 'and the case is as it was'
expected 0 'and is where it was' "$good" one.csv old.case
calls large.csv f 600000
if [ -e change.so ]; then
    try env LD_PRELOAD="$scratch/change.so" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
        CHANGED=large.csv CHANGE='kill -TERM $PPID' CHANGE_AT=90 "$unspoof" ingest -q -r GB old.case large.csv
    [ $status = 5 ] && [ "$(sqlite3 old.case 'SELECT count(*) FROM checkpoint')" = 1 ]
    ok 'a part of one is kept'
fi
expected 4 'what is large, and stored in parts' "$good" large.csv old.case
[ "$(sqlite3 old.case 'SELECT count(*) FROM source')" = 1 ] && [ "$(sqlite3 old.case 'SELECT count(*) FROM run')" = 4 ] &&
    [ "$(sqlite3 old.case 'SELECT count(*) FROM checkpoint')" = 0 ] && "$unspoof" verify -q old.case
ok 'is in it neither'
[ "$(sqlite3 old.case "SELECT outputs LIKE '{\"sources\":0,%' FROM run WHERE id = 4")" = 1 ]
ok 'but the run that took its layers away is'
rm -f new.case
"$unspoof" ingest -q -r GB --expect-sha256 "$bad" new.case - <one.csv >out 2>err
[ $? = 4 ] && [ ! -e new.case ]
ok 'standard input'
"$unspoof" ingest -q -r GB --expect-sha256 "$good" new.case - <one.csv >out 2>err
ok 'or not'
try "$unspoof" run -q -r GB --expect-sha256 "$bad" run.case one.csv
status_is 4 'the steps after it are not run'
[ ! -e run.case ] && [ ! -s out ]
ok 'and nothing is there'
try "$unspoof" ingest -q -r GB --check --expect-sha256 "$bad" one.csv
status_is 4 'what is checked alone'
for wrong in "${good}0" "${good%?}" "g${good#?}" ''; do
    try "$unspoof" ingest -q --expect-sha256 "$wrong" new.case one.csv
    status_is 2 "'$wrong' is no hash"
done
try "$unspoof" ingest -q --expect-sha256 "$good" new.case one.csv two.csv
status_is 2 'it is of one source'
try "$unspoof" ingest -q --expect-sha256 "$good" new.case few
status_is 2 'and a folder has none'

# ---- what is written ----
mkdir evidence where
cp one.csv packed.tar evidence/ && cp -r many evidence/
gzip -c one.csv >evidence/one.csv.gz
chmod -R a-w evidence
find evidence -printf '%p %s %i %T@ %m\n' | sort >before
mkdir where/temporary
(
    cd where || exit 1
    TMPDIR=$scratch/where/temporary
    export TMPDIR
    must "$unspoof" ingest -q -r GB case ../evidence
    must "$unspoof" normalise -q case
    must "$unspoof" correlate -q case
    must "$unspoof" verify -q --rows all --deep case
    must "$unspoof" verify -q ./case ../evidence
    must "$unspoof" sniff ../evidence/one.csv
)
find evidence -printf '%p %s %i %T@ %m\n' | sort >after
same 'sources that may not be written, in folders that may not, are as they were' before after
[ -z "$(ls -A where/temporary)" ] && [ "$(ls where | grep -v 'must.log\|case.log')" = 'case
temporary' ]
ok 'and nothing is left but the case'
if ! strace -f -o trace -e trace=openat true 2>/dev/null; then
    skip 'nothing is opened for writing elsewhere' 'no strace'
else
    rm -f where/case
    (
        cd where || exit 1
        TMPDIR=$scratch/where/temporary
        export TMPDIR
        for command in 'ingest -q -r GB' 'normalise -q' 'correlate -q' 'verify -q --deep'; do
            source=
            [ "${command%% *}" != ingest ] || source=$scratch/evidence
            # shellcheck disable=SC2086
            strace -f -A -o ../trace -e trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,unlink,unlinkat \
                "$unspoof" $command "$scratch/where/case" $source >/dev/null 2>&1
        done
    )
    grep -q 'case' trace
    ok 'what is opened is seen'
    # A call that another thread's came between begins with its arguments, and ends in a line without them.
    grep -v '<\.\.\. [a-z0-9]* resumed>' trace | grep -E 'O_WRONLY|O_RDWR|O_CREAT|creat\(|mkdir|rename|link|symlink' |
        grep -v -e "$scratch/where/" -e 'readlink' -e '"/dev/' -e '/proc/' >elsewhere
    : >nothing
    same 'nothing is opened for writing but the case and what is beside it' nothing elsewhere
fi
chmod -R u+w evidence
done_testing
