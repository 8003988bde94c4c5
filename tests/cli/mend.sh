#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Mistakes that are mended: a source known with other options, read again in its place, taken out. What is left is a
# case that never had it, and its bytes are gone.
. "${srcdir:-.}/tests/lib.sh"

printf '%s\n' 'when,user,shown,called,spoken,state' '2022-07-01 10:00:00,a,02079460001,07700900123,90,OK' \
    '2022-07-02 11:00:00,b,02079460002,07700900124,80,OK' '2022-07-03 12:00:00,b,02079460002,07700900125,70,NO' >calls.csv
rest='-m started=when -m account=user -m talk=spoken'
right='-m presented=shown -m dialled=called'
map="$rest $right -m status=state"
printf '%s\n' 'account,paid,amount,status' 'a,01/02/2022,1.5,paid' 'b,03/02/2022,2.5,paid' >payments.csv

# figures CASE: what is concluded, without ids.
figures() {
    for table in suspects accounts presentations victims payments reports links; do
        echo "# $table"
        "$unspoof" export -q -f csv "$1" $table || return 1
    done
    "$unspoof" summary -q -f csv "$1"
}

# conclude CASE
conclude() {
    must "$unspoof" normalise -q "$1"
    must "$unspoof" correlate -q --currency BTC "$1"
}

# ids CASE: of the sources that are in it.
ids() { sqlite3 "$1" 'SELECT group_concat(id) FROM (SELECT id FROM source WHERE dropped_by IS NULL ORDER BY id)'; }

# ---- known content with other options ----

# shellcheck disable=SC2086
must "$unspoof" ingest -q -k call -r GB $map c.case calls.csv
before=$(sha256sum <c.case)
# shellcheck disable=SC2086
try "$unspoof" ingest -k call -r GB $map c.case calls.csv
status_is 0 'the same options are no failure'
says err '^calls.csv: already in the case as source 1; nothing added$' 'and said as ever'
# shellcheck disable=SC2086
try "$unspoof" ingest -k call --region GB --zone UTC --separator comma --header $map c.case calls.csv
status_is 0 'nor are those that say what was found out or assumed'
gzip -k calls.csv
# shellcheck disable=SC2086
try "$unspoof" ingest -k call -r GB $map c.case calls.csv.gz
status_is 0 'nor is another file with the content'

# differs NAME PATTERN OPTION...: other options are refused, and what differs is said.
differs() {
    name=$1 pattern=$2
    shift 2
    # shellcheck disable=SC2086
    try "$unspoof" ingest -k call -r GB $map "$@" c.case calls.csv
    status_is 1 "$name: ends with 1"
    says err "^unspoof ingest: calls.csv: is in the case as source 1, read otherwise: $pattern; nothing added: --replace" "$name: said"
}
differs region "region was 'GB', now 'DE'" -r DE
differs zone "zone was 'UTC', now 'Europe/London'" -z Europe/London
differs service "service was not told, now 'spoof.example'" --service spoof.example
differs 'date order' "date order was not told, now 'dmy'" --date-order dmy
differs prefix "tech prefixes was not told, now '9#'" --tech-prefix '9#'
usual=$map
map="$rest -m status=state -m presented=called -m dialled=shown"
differs mapping "presented was 'shown', now 'called', dialled was 'called', now 'shown'"
map="$rest $right"
differs 'a role less' "status was 'state', now not told"
map=$usual
differs quote "dialect was '.*', now '.*'" --quote none
differs trim "(dialect was '.*', now '.*'|trim was '0', now '1')" --trim
differs several "region was 'GB', now 'FR', zone was 'UTC', now 'Asia/Tokyo'" -r FR -z Asia/Tokyo
cat >own.profile <<'EOF'
name own
about my own
kind call
header yes
role started when
role account user
role presented shown
role dialled called
role talk spoken
role status state
answered OK
EOF
try "$unspoof" ingest -p ./own.profile -r GB c.case calls.csv
status_is 1 'a profile with words: ends with 1'
says err "answered.* 'OK'" 'a profile with words: said'
[ "$before" = "$(sha256sum <c.case)" ]
ok 'nothing of it touches the case'
printf '%s\n' 'started,account,presented,dialled,talk' '2022-07-01 10:00:00Z,z,02079460001,07700900123,90' >more.csv
sed 's/,90,/,91,/' calls.csv >calls2.csv
cp c.case x.case
# shellcheck disable=SC2086
try "$unspoof" ingest -k call -r DE $map x.case calls.csv calls2.csv
[ "$status" = 1 ] && [ "$(sqlite3 x.case 'SELECT group_concat(path) FROM source')" = calls.csv,calls2.csv ]
ok 'the others of the command are loaded'

# The reading by a profile, and the same without it, are the same.
must "$unspoof" ingest -q -p ./own.profile -r GB p.case calls.csv
cp own.profile same.profile
echo '# a comment' >>same.profile
try "$unspoof" ingest -p ./same.profile -r GB p.case calls.csv
status_is 0 'a profile that reads the same is the same'

sed 's/^role talk spoken/role talk spoken width 7-9/' own.profile >narrow.profile
try "$unspoof" ingest -p ./narrow.profile -r GB p.case calls.csv
[ "$status" = 1 ] && grep -q "read otherwise: talk was 'spoken', now\|what its profile says of rows was not the same" err
ok 'one that takes columns otherwise is not'

# What is asked for columns that there are not changes nothing.
printf '%s\n' account,login u1,one >logins.csv
must "$unspoof" ingest -q o.case logins.csv
try "$unspoof" ingest -r GB -z Europe/London -c EUR --date-order dmy o.case logins.csv
status_is 0 'a region, a zone and a currency where there is no number, time or amount'
says err 'logins.csv: already in the case as source 1; nothing added' 'are the same options'

must "$unspoof" ingest -q -c BTC pay.case payments.csv
try "$unspoof" ingest -c EUR pay.case payments.csv
status_is 1 'a currency of amounts: ends with 1'
says err "read otherwise: currency was 'BTC', now 'EUR'; nothing" 'a currency of amounts: said'

# Rows of another kind are another source, and that is said.
printf '%s\n' 'account,at,email,paid,amount' 'a,2022-07-01 10:00:00,a@example.com,2022-07-01,5' >both.csv
must "$unspoof" ingest -q -k account k.case both.csv
try "$unspoof" ingest -k login k.case both.csv
status_is 0 'the content as another kind of row is loaded'
says err '^both.csv: its content is in the case as source 1 too, as rows of another kind' 'and said'
try "$unspoof" ingest -k payment -c GBP --replace k.case both.csv
status_is 0 '--replace where there are two other kinds'
[ "$(ids k.case)" = 1,2,3 ]
ok 'takes neither out'
must "$unspoof" ingest -q -k login k2.case both.csv
try "$unspoof" ingest -k account --replace k2.case both.csv
[ "$status" = 0 ] && [ "$(ids k2.case)" = 2 ]
ok '--replace where it is of one other kind takes that out'

# ---- replaced ----

conclude c.case
# shellcheck disable=SC2086
try "$unspoof" ingest -k call -r GB -z Europe/London $map --replace c.case calls.csv
status_is 0 '--replace'
says err '^calls.csv: source 2 is in the place of source 1, which is out of the case; read otherwise: zone' 'says so'
says err '^what was understood and concluded of this case is out of date and was dropped: run `unspoof normalise CASE`, then' \
    'and that the conclusions are gone'
[ "$(sqlite3 c.case 'SELECT group_concat(dropped_by) FROM source')" = 4 ] && [ "$(ids c.case)" = 2 ]
ok 'the old row stays, with the run that dropped it'
[ "$(sqlite3 c.case "SELECT command || outputs FROM run WHERE id = 4")" = \
    'ingest{"sources":1,"known":0,"read":3,"accepted":3,"rejected":0,"skipped":0,"dropped":[1]}' ]
ok 'and the run names it'
[ "$(sqlite3 c.case 'SELECT group_concat(id) FROM segment')" = 2 ]
ok 'ids of segments are not given again'
try "$unspoof" verify --rows all c.case
status_is 0 'it verifies'
says out '^ok: 3 calls in 1 segments, 4 runs, 1 sources hashed' 'with what is there'
# shellcheck disable=SC2086
must "$unspoof" ingest -q -k call -r GB -z Europe/London $map right.case calls.csv
conclude c.case
conclude right.case
figures c.case >c.figures
figures right.case >right.figures
same 'its figures are those of a case that was right at once' right.figures c.figures
# shellcheck disable=SC2086
try "$unspoof" ingest -k call -r GB -z Europe/London $map --replace c.case calls.csv
status_is 0 '--replace with the same options'
says err 'already in the case as source 2; nothing added' 'leaves all as it is'

# Presented and dialled swapped: the bank is the victim, until it is mended.
# shellcheck disable=SC2086
must "$unspoof" ingest -q -k call -r GB $rest -m status=state -m presented=called -m dialled=shown w.case calls.csv
# shellcheck disable=SC2086
must "$unspoof" ingest -q -k call -r GB $map --replace w.case calls.csv
conclude w.case
[ "$("$unspoof" export -q -f csv w.case victims | sed 1d | cut -d, -f1 | sort | tr '\n' ' ')" = '+447700900123 +447700900124 +447700900125 ' ]
ok 'columns that were swapped'

# A wrong order of days, and payments.
must "$unspoof" ingest -q -c BTC --date-order mdy w.case payments.csv
must "$unspoof" ingest -q -c BTC --date-order dmy --replace w.case payments.csv
conclude w.case
[ "$("$unspoof" export -q -f csv w.case payments | sed 1d | grep -o '2022-0[0-9]-0[0-9]' | sort -u | tr '\n' ' ')" = '2022-02-01 2022-02-03 ' ]
ok 'an order of days'

# What cannot be read to its end replaces nothing.
must "$unspoof" ingest -q -k account -m account=user t.case calls.csv
head -c 60 calls.csv.gz >cut.csv.gz
# shellcheck disable=SC2086
try "$unspoof" ingest -k call $map --replace t.case cut.csv.gz
[ "$status" = 1 ] && [ "$(ids t.case)" = 1 ]
ok 'a file that is cut off'

# ---- dropped ----

must "$synth" --scale 1/10000 --seed 5 dump
for file in dump/*.csv; do
    [ "$file" = dump/calls.csv ] || others="$others $file"
done
head -n 1 dump/calls.csv >odd.csv
sed '1d;n;d' dump/calls.csv >>odd.csv
# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB d.case odd.csv $others more.csv
# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB never.case odd.csv $others
must "$unspoof" normalise -q d.case
must "$unspoof" correlate -q d.case
must "$unspoof" normalise -q never.case
must "$unspoof" correlate -q never.case
for threads in 1 2 8; do
    cp d.case d$threads.case
    try "$unspoof" drop --threads $threads d$threads.case more.csv
    status_is 0 "drop --threads $threads"
    sqlite3 d$threads.case .dump | grep -v '^INSERT INTO run ' >d$threads.sql
    same 'the same case as with one thread' d1.sql d$threads.sql
done
says err '^1 source is out of the case, with 1 row; what was understood and concluded was dropped too: run' 'says so'
must "$unspoof" normalise -q d1.case
must "$unspoof" correlate -q d1.case
figures d1.case >d.figures
figures never.case >never.figures
same 'what is left has the figures of a case that never had it' never.figures d.figures
try "$unspoof" verify d1.case
status_is 0 'and verifies'
try "$unspoof" export -f jsonl d1.case sources
grep more.csv out | grep -q '"dropped_by":4[,}]'
ok 'the sources say which run dropped it'
[ "$(sqlite3 d1.case "SELECT command || outputs FROM run WHERE id = 4")" = 'drop{"dropped":['"$(sqlite3 d1.case "SELECT id FROM source WHERE path = 'more.csv'")"'],"rows":1}' ]
ok 'and the run which source'
try "$unspoof" drop d1.case more.csv
status_is 1 'one that was dropped'
says err "^unspoof drop: more.csv: was dropped already, as source [0-9]+ by run 4$" 'is said'
try "$unspoof" drop d1.case absent.csv
status_is 1 'one that is not there'
says err '^unspoof drop: absent.csv: no source of the case has this id or path' 'is said'
segments=$(sqlite3 d1.case 'SELECT max(id) FROM segment')
try "$unspoof" ingest d1.case more.csv
status_is 0 'what was dropped can be ingested again'
[ "$(sqlite3 d1.case 'SELECT max(id) FROM segment')" = $((segments + 2)) ]
ok 'with ids of its own'
try "$unspoof" verify -q d1.case
status_is 0 'and verifies'

# By id, several at once, all or none; rows of other kinds.
must "$unspoof" ingest -q -k account ids.case both.csv
must "$unspoof" ingest -q -k login ids.case both.csv
must "$unspoof" ingest -q ids.case more.csv
try "$unspoof" drop ids.case both.csv
status_is 1 'a path of several sources'
says err '^source 1: both.csv, account, 1 row$' 'lists the first'
says err '^source 2: both.csv, login, 1 row$' 'and the second'
says err '^unspoof drop: both.csv: several sources of the case have this path; give the id' 'and asks for the id'
try "$unspoof" drop ids.case 3 4
[ "$status" = 1 ] && [ "$(ids ids.case)" = 1,2,3 ]
ok 'one that is not there: none is dropped'
try "$unspoof" drop ids.case 1 1 more.csv
[ "$status" = 0 ] && [ "$(ids ids.case)" = 2 ]
ok 'two at once, one of them twice'
try "$unspoof" drop ids.case both.csv
[ "$status" = 0 ] && [ "$(ids ids.case)" = '' ]
ok 'the path is that of one now'
try "$unspoof" verify -q ids.case
status_is 0 'a case of which all was dropped verifies'
must "$unspoof" ingest -q -k account ids.case both.csv
[ "$(sqlite3 ids.case 'SELECT id FROM account')" = 2 ]
ok 'rows of other kinds get no id again'

# verify knows a gap by its run alone.
cp d1.case forged.case
sqlite3 forged.case "UPDATE source SET dropped_by = NULL WHERE dropped_by = 4"
try "$unspoof" verify forged.case
status_is 4 'one that is not said to be dropped'
cp never.case forged.case
sqlite3 forged.case "UPDATE source SET dropped_by = 1 WHERE path = 'odd.csv'; DELETE FROM segment WHERE source = 1; DELETE FROM found"
try "$unspoof" verify forged.case
status_is 4 'one that no run dropped'
says err '^source 1 is said to be dropped by run 1, which does not say so' 'is told'
cp d1.case forged.case
sqlite3 forged.case "DELETE FROM dropped"
try "$unspoof" verify forged.case
says err '^segments up to [0-9]+ were given out, but [0-9]+ are there or dropped' 'a gap that is in no table'

# ---- what is freed is overwritten ----

words='zebraquagga okapiname narwhal trunkibex rejectedgnu'
awk 'BEGIN { print "account,email,phone,name"
    for (i = 0; i < 9000; i++) printf "u%d,zebraquagga%d@example.com,+44770090%04d,okapiname %d\n", i, i, i, i * 7919 % 9000 }' >accounts.csv
awk 'BEGIN { print "started,account,presented,dialled,talk,trunk,presented_name"
    for (i = 0; i < 30000; i++) printf "2022-03-%02d 10:%02d:00,u%d,02079460%03d,07700900%03d,%s,%s,narwhal%c%c%c\n", i % 28 + 1, i % 60,
        i % 977, i % 1000, i * 7 % 1000, i % 900 == 5 ? "rejectedgnu" : i % 300, "trunkibex" substr("abcdefghij", i % 10 + 1, 1), 97 + i % 26,
        97 + int(i / 26) % 26, 97 + int(i / 676) % 26 }' >seized.csv
awk 'BEGIN { print "started,account,presented,dialled,talk"
    for (i = 0; i < 70000; i++) printf "2022-04-%02d 10:%02d:00,v%d,02079461%03d,07700901%03d,%d\n", i % 28 + 1, i % 60, i % 977, i % 1000,
        i * 7 % 1000, i % 300 }' >other.csv
sed 's/zebraquagga/someone/; s/okapiname/A Person/; s/^u/v/' accounts.csv >people.csv

# bytes CASE: how often each word is in the file.
bytes() { for word in $words; do grep -a -o "$word" "$1" | wc -l; done | tr '\n' ' '; }

must "$unspoof" ingest -q -r GB b.case accounts.csv seized.csv
must "$unspoof" normalise -q b.case
must "$unspoof" correlate -q b.case
must "$unspoof" ingest -q -r GB b.case people.csv other.csv
must "$unspoof" normalise -q b.case
must "$unspoof" correlate -q b.case
case " $(bytes b.case)" in *' 0 '*) false ;; *) true ;; esac
ok 'the case has the words of each place where texts lie'
must "$unspoof" drop b.case accounts.csv seized.csv
[ "$(bytes b.case)" = '0 0 0 0 0 ' ]
ok 'and none of them once its sources are dropped'
[ ! -e b.case-journal ] && [ "$(sqlite3 b.case 'SELECT count(*) FROM overwriting')" = 0 ]
ok 'nothing is left to be done'
must "$unspoof" normalise -q b.case
must "$unspoof" correlate -q b.case
must "$unspoof" ingest -q -r GB b2.case people.csv other.csv
must "$unspoof" normalise -q b2.case
must "$unspoof" correlate -q b2.case
figures b.case >b.figures
figures b2.case >b2.figures
same 'the figures are those of the others alone' b2.figures b.figures
try "$unspoof" verify --rows all b.case
status_is 0 'which verify'

# ---- a new case ----

# A file that is there and is no case is not written to.
mkdir seized
: >seized/archive.csv
cp more.csv seized/calls.csv
sqlite3 seized/other.db 'CREATE TABLE note(text); INSERT INTO note VALUES(1)'
cat seized/* | sha256sum >before
for file in seized/archive.csv seized/calls.csv seized/other.db; do
    for command in run ingest; do
        try "$unspoof" $command -q "$file" more.csv
        status_is 1 "$command with $file for a case"
    done
done
cat seized/* | sha256sum >after
same 'leaves them as they are' before after
[ "$(find seized | wc -l)" = 4 ]
ok 'and makes no others'
try "$unspoof" verify seized/archive.csv
status_is 1 'an empty file does not verify'

# Killed as it makes it, at any moment: no empty case, and the same command goes on.
bad=0 named=0 i=0 step=$(extent 3 1)
while [ $i -lt 60 ]; do
    rm -f n.case n.case-journal n.case.partial
    limit=$(awk -v i=$i 'BEGIN { printf "%.4f", i * 0.0005 }')
    timeout --foreground -s KILL "$limit" "$unspoof" ingest -q n.case more.csv >/dev/null 2>&1 </dev/null
    if [ -e n.case ]; then
        named=$((named + 1))
        "$unspoof" verify -q n.case >/dev/null 2>&1 || bad=$((bad + 1))
    fi
    "$unspoof" ingest -q n.case more.csv >/dev/null 2>&1 || bad=$((bad + 1))
    { [ "$(ids n.case)" = 1 ] && [ ! -e n.case.partial ]; } || bad=$((bad + 1))
    i=$((i + step))
done
echo "# $named of $((60 / step)) had their name"
[ $bad = 0 ]
ok 'a kill at any moment leaves no empty case, and the same command makes it'
head -c 5000 n.case | head -c 18 >n2.case.partial
try "$unspoof" ingest -q n2.case more.csv
[ "$status" = 0 ] && [ ! -e n2.case.partial ]
ok 'a .partial is taken up'
echo evidence >n3.case.partial
try "$unspoof" ingest n3.case more.csv
status_is 1 'a .partial that is something else'
says err 'n3.case.partial: is there, and is not what a command left' 'is told'
[ "$(cat n3.case.partial)" = evidence ] && [ ! -e n3.case ]
ok 'and stays'

# ---- evidence is not written over ----

mkdir -p e/sub e/away
cp calls.csv e/
cp more.csv e/sub/
(cd e && must "$unspoof" ingest -q -r GB -m started=when -m account=user -m presented=shown -m dialled=called -m talk=spoken -k call s.case calls.csv) &&
    (cd e && must "$unspoof" ingest -q s.case sub/more.csv)
(cd e && must "$unspoof" drop -q s.case sub/more.csv && must "$unspoof" ingest -q -k account s.case sub && must "$unspoof" run -q s.case "$scratch/logins.csv" >/dev/null)
ln -s ../calls.csv e/away/link.csv
ln e/calls.csv e/away/hard.csv
ln -s s.case e/case.link
cp e/calls.csv e/away/copy.csv
: >e/s.case.log
(cd e && find . -type f ! -name '*.log' -exec sha256sum {} + | sort) >before
# kept NAME FOLDER CASE FILE: nothing is written to it.
kept() {
    for force in '' --force; do
        # shellcheck disable=SC2086
        (cd "$2" && "$unspoof" export -f csv $force -o "$4" "$3" suspects >"$scratch/out" 2>"$scratch/err")
        [ $? = 1 ]
        ok "$1 $force"
    done
    says err 'nothing is written over, with --force' "$1: and why"
}
kept 'a source' e s.case calls.csv
kept 'a source by another path' e s.case ../e/./calls.csv
kept 'a source through a symbolic link' e s.case away/link.csv
kept 'a source by a hard link' e s.case away/hard.csv
kept 'a copy of a source' e s.case away/copy.csv
kept 'a source of a folder, which was dropped too' e s.case sub/more.csv
kept 'a source from another folder' . e/s.case e/calls.csv
kept 'a source outside' e s.case "$scratch/logins.csv"
kept 'the case' e s.case s.case
kept 'the case through a link' e s.case case.link
kept 'the journal' e s.case s.case-journal
kept 'its other journal' e s.case ../e/s.case-wal
kept 'its log' e s.case s.case.log
(cd e && find . -type f ! -name '*.log' -exec sha256sum {} + | sort) >after
same 'no file was changed or made' before after
[ -s e/s.case.log ] && ! grep -qv '^{"unspoof-log":1,' e/s.case.log
ok 'but for what the log says of that'
cp e/calls.csv e/x.partial
sqlite3 e/s.case "UPDATE source SET path = 'x.partial' WHERE path = 'calls.csv'"
kept 'a source whose name is that of a part' e s.case x
[ -e e/x.partial ]
ok 'stays'
rm e/x.partial
try "$unspoof" export -f csv --force -o fine.csv e/s.case suspects
status_is 0 'any other file is written'

# ---- sources that are not here ----

mkdir -p seen/dump nowhere
cp more.csv seen/dump/
must "$unspoof" ingest -q seen/s.case seen/dump/more.csv
(cd nowhere && "$unspoof" verify ../seen/s.case >../out 2>../err)
[ $? = 0 ]
ok 'a source that lies beside the case'
says err '^seen/dump/more.csv: not here; beside the case there is ../seen/dump/more.csv$' 'is found and told'
says out '1 sources hashed, 0 not here' 'and counted'
echo 2022-07-01 10:00:00Z,z,0207,07700900123,90 >>seen/dump/more.csv
cp seen/dump/more.csv seen/more.csv
(cd nowhere && "$unspoof" verify ../seen/s.case >../out 2>../err)
[ $? = 6 ]
ok 'a file of another size is not taken for it: no source is checked'
says err '^unspoof verify: the case hangs together, but none of its sources is here' 'which is said'
try "$unspoof" verify seen/s.case
status_is 4 'at its own path it has changed'
(cd nowhere && "$unspoof" verify -q ../seen/s.case >../out 2>../err)
[ $? = 6 ]
ok 'nor with -q'

# ---- what is wanting is said from the first command on ----

must "$unspoof" ingest -q -r GB l.case more.csv
for command in export summary show query; do
    case $command in
    export) try "$unspoof" export l.case suspects ;;
    summary) try "$unspoof" summary l.case ;;
    show) try "$unspoof" show l.case suspect S1 ;;
    query) try "$unspoof" query l.case 'SELECT * FROM suspect' ;;
    esac
    status_is 1 "$command without what it reads"
    says err 'nothing is understood yet; run `unspoof normalise` and `unspoof correlate` first$' 'names both, in order'
done
try "$unspoof" query l.case 'SELECT * FROM reading'
says err 'nothing is understood yet; run `unspoof normalise` first$' 'or the one that is wanting'
must "$unspoof" normalise -q l.case
try "$unspoof" summary l.case
says err 'nothing is concluded yet; run `unspoof correlate` first$' 'or the other'
try "$unspoof" query l.case 'SELECT * FROM nowhere'
[ "$status" = 2 ] && grep -q 'SQL: no such table: nowhere' err
ok 'a table that there never is'

# The files of a folder that was dropped are evidence all the same.
mkdir kept
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00Z,a,02079460001,07700900123,90\n' >kept/1.csv
sed 's/10:00/11:00/' kept/1.csv >kept/2.csv
must "$unspoof" ingest -q -r GB kept.case kept
must "$unspoof" drop -q kept.case kept
sha256sum kept/*.csv >sums
try "$unspoof" export --force -o kept/2.csv kept.case sources
status_is 1 'a file of a dropped folder is not written to'
sha256sum -c --quiet sums
ok 'and is what it was'
[ "$(sqlite3 kept.case 'SELECT count(*) FROM member')" = 2 ]
ok 'its members stay in the case'
must "$unspoof" verify -q kept.case
must "$unspoof" ingest -q -r GB kept.case kept
must "$unspoof" verify -q --rows all kept.case
# The region of what was dropped says nothing of numbers.
rm -f shown.case
must "$unspoof" ingest -q -r IT shown.case kept/1.csv
must "$unspoof" ingest -q -r GB --replace shown.case kept/1.csv
must "$unspoof" normalise -q shown.case
try "$unspoof" show shown.case number 07700900123
status_is 0 'the region of a dropped source is not asked for'
try "$unspoof" show -r UK shown.case number 07700900123
status_is 0 'UK is a region of show too'
says err 'UK is taken as GB' 'and that is said'
try "$unspoof" show -r ZZZ shown.case call 65536
status_is 2 'a region where it means nothing'
done_testing
