#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who does the same with the same files has the same: whatever threads, locale, zone, user
# and folder, no export but the runs differs by a byte, and the digest of the case is one.
. "${srcdir:-.}/tests/lib.sh"

chmod 755 "$scratch"
cp "$unspoof" "$scratch/program"
must "$synth" --scale 1/5000 --seed 8 dump
mkdir -p given/folder given/archive
mv dump/*.csv given
awk 'NR == 1 || NR % 2' given/calls.csv >given/folder/odd.csv
awk 'NR == 1 || NR % 2 == 0' given/calls.csv >given/folder/even.csv
rm given/calls.csv
# Of every kind of doubt some: no zone, no country, order of dates, marks, words, what is no row.
cat >given/more.csv <<'END'
started,account,presented,presented_name,dialled,duration,talk,status,cost,currency
27/03/2022 01:30:00,Zoë,02079460123,"İstanbul ""Bank""",07700900123,75,75,ANSWERED,"1,234",GBP
13/03/2022 02:30:00,bob,+442079460999,ﬁnance,07700900124,0,0,NO ANSWER,"0,10",GBP
28/03/2022,alice,anonymous,,07700 900125;07700 900126,61,,ANSWERED,"0,20",EUR
29/03/2022 12:00:00,alice,=1+1,,not a number,61,-1,Perhaps,"1.000",GBP
nonsense,alice
30/03/2022 12:00:00,I,442079460101,ISIM,447700900127,200,190,ANSWERED,"0,30",GBP
END
cat >given/pay.csv <<'END'
payment_id,account,paid,amount,currency,status
p1,alice,2022-03-27 01:30:00,"1.000,50",GBP,paid
p2,I,2022-03-26 11:00:00,"700,50",GBP,Bezahlt
p3,alice,2022-03-26 11:00:00,"-10,50",GBP,paid
END
tar -C given -cf given/more.tar more.csv && rm given/more.csv
gzip -n given/pay.csv
printf 'phone +442079460123\n' >given/never.txt

# Locales of their own, where they can be made: a comma in numbers, and an I without its dot.
mkdir locales
for locale in tr_TR de_DE; do
    localedef -i $locale -f UTF-8 "$scratch/locales/$locale.UTF-8" >/dev/null 2>&1 || echo "# there is no locale $locale here"
done
chmod -R a+rX "$scratch"

# steps THREADS: the same commands, in the folder they are run in.
cat >steps.sh <<'END'
set -e
u=$1/program
"$u" ingest -q --threads $2 --case OP/1 --exhibit JB/1 -r GB case given/*.csv || [ $? -le 1 ]
"$u" ingest -q --threads $2 -r GB -k call --date-order dmy --decimal comma case given/more.tar given/folder
"$u" ingest -q --threads $2 -r GB -k payment --decimal comma -w paid=Bezahlt --exhibit JB/2 case given/pay.csv.gz
"$u" normalise -q --threads $2 --zone given/more.tar=Europe/London case
"$u" correlate -q --threads $2 --never given/never.txt --threshold 5 case
mkdir out
for table in suspects accounts presentations victims calls payments reports links rejects quality sources decisions; do
    for format in csv jsonl table; do
        "$u" export -q --threads $2 -f $format -o out/$table.$format case $table
    done
done
"$u" summary -q --threads $2 -f table case >out/summary.table
"$u" summary -q --threads $2 -f csv case >out/summary.csv
sqlite3 case .dump | grep -v '^INSERT INTO run ' >out/case.sql
"$u" verify --threads $2 case | sed -n '/^case /,/^digest /p' >out/verify
END

# way NAME FOLDER THREADS COMMAND...: does it so, and holds it against the first.
way() {
    name=$1
    folder=$2
    threads=$3
    shift 3
    mkdir -p "$folder"
    cp -R given "$folder"
    chmod 777 "$folder"
    (cd "$folder" && "$@" sh "$scratch/steps.sh" "$scratch" "$threads") >log 2>&1
    [ $? = 0 ] || sed 's/^/# /' log | tail -n 5
    [ -s "$folder/out/verify" ]
    ok "$name: is done"
    [ "$folder" = first ] && return
    diff -rq first/out "$folder/out" >differing 2>&1
    : >nothing
    same "$name: no byte differs, and the digest is one" nothing differing
    rm -rf "$folder"
}

way 'one thread' first 1 env LC_ALL=C TZ=UTC
must test -s first/out/verify
[ "$(cut -d ' ' -f 1 first/out/verify | paste -s -)" = "$(printf 'case\tdigest')" ]
ok 'the digest is compared'
[ "$(find first/out -size +0 | wc -l)" -ge 39 ] && grep -q İstanbul first/out/calls.csv && [ "$(wc -l <first/out/links.csv)" -gt 1 ] &&
    [ "$(wc -l <first/out/rejects.csv)" -gt 1 ] && [ "$(wc -l <first/out/decisions.csv)" -gt 1 ] && [ "$(wc -l <first/out/suspects.csv)" -gt 2 ]
ok 'there is something in each of the tables'
way 'two threads' second 2 env LC_ALL=C TZ=UTC
way 'eight threads' second 8 env LC_ALL=C TZ=UTC
way 'C.UTF-8' second 2 env LC_ALL=C.UTF-8 TZ=UTC
for locale in tr_TR de_DE; do
    way "$locale" second 2 env LOCPATH="$scratch/locales" LC_ALL=$locale.UTF-8 LANG=$locale.UTF-8 TZ=UTC
done
way 'a zone' second 2 env LC_ALL=C TZ=Pacific/Auckland
way 'another zone' second 2 env LC_ALL=C TZ=America/St_Johns
way 'another folder' 'a folder/far from/the first' 2 env LC_ALL=C TZ=UTC
way 'another user by name' second 2 env LC_ALL=C TZ=UTC HOME=/nowhere USER=nobody LOGNAME=nobody sh -c 'umask 077; exec "$@"' sh
if [ "$(id -u)" = 0 ] && setpriv --reuid 65534 --regid 65534 --clear-groups test -r "$scratch/steps.sh" 2>/dev/null; then
    way 'another user' second 2 setpriv --reuid 65534 --regid 65534 --clear-groups env LC_ALL=C TZ=UTC HOME=/nowhere USER=nobody LOGNAME=nobody
else
    skip 'another user' 'only root can be one'
fi

# That the test can fail: another option is another digest, and another file another byte.
sed -i 's/threshold 5/threshold 6/' steps.sh
mkdir other && cp -R given other && (cd other && sh "$scratch/steps.sh" "$scratch" 2) >log 2>&1
cmp -s first/out/verify other/out/verify
[ $? = 1 ]
ok 'another threshold is another digest'
done_testing
