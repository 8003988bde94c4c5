#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who touched a case: the runs that changed it, and the log of what was read, which no reading command may change the case
# for, and which nothing that stands in its way may hide.
. "${srcdir:-.}/tests/lib.sh"

printf '%s\n' started,account,presented,dialled,talk '2022-03-01 10:00:00Z,u1,+442079460000,+447700900001,90' \
    '2022-03-01 11:00:00Z,u2,+442079460000,+447700900002,30' >calls.csv
UNSPOOF_PURPOSE='Op Tawny' "$unspoof" run -q --operator 'PC 1' made.case calls.csv >suspects 2>err

# fresh: a case as it was made, without a log.
fresh() {
    rm -rf a.case.log
    cp made.case a.case
}

# lines N NAME: the log has so many.
lines() {
    [ "$(wc -l <a.case.log)" = "$1" ] || { sed 's/^/# /' a.case.log; false; }
    ok "$2"
}

# field LINE KEY: a value of a line of the log, as it stands there.
field() { sed -n "$1p" a.case.log | sed "s/.*\"$2\":\\(\"[^\"]*\"\\|[0-9]*\\|\\[[^]]*\\]\\)[,}].*/\\1/; s/^\"//; s/\"\$//"; }

# line_is LINE KEY VALUE NAME
line_is() {
    [ "$(field "$1" "$2")" = "$3" ] || { echo "# $(field "$1" "$2")"; false; }
    ok "$4"
}

# holds STATUS NAME: what `log` says of both chains, in a log elsewhere so that it stays.
holds() {
    cp a.case.log kept.log
    try "$unspoof" log --log kept.log -f csv a.case
    status_is "$1" "$2"
}

# ---- runs ----

sqlite3 made.case "SELECT command, operator, purpose, recipient FROM run ORDER BY id" >got
printf '%s\n' 'ingest|PC 1|Op Tawny|' 'normalise|PC 1|Op Tawny|' 'correlate|PC 1|Op Tawny|' >want
same 'each step of run is a run of the operator that it was given, with the purpose of the environment' want got
sqlite3 made.case "SELECT json_extract(value, '\$.sha256') || '  ' || json_extract(value, '\$.file') FROM run, json_each(inputs)
    WHERE json_extract(value, '\$.file') IS NOT NULL ORDER BY run.id, key" >got
(cd "$srcdir/data" && sha256sum numplan.tsv flags.tsv status.tsv providers.tsv weak.tsv) >want
same 'runs name the files of facts that they went by, with the hashes of these files' want got
sqlite3 made.case "SELECT DISTINCT version FROM run" >got
says got '^unspoof [0-9.]*, SQLite .*, PCRE2 .*, libarchive .*, OpenSSL .*, built by .* for [^,]*$' 'and the build and the libraries'
[ "$(wc -l <made.case.log)" = 1 ]
ok 'the suspects that run printed are in the log'
fresh
must env -u UNSPOOF_OPERATOR "$unspoof" correlate -q a.case
[ "$(sqlite3 a.case 'SELECT operator FROM run ORDER BY id DESC LIMIT 1')" = "$(id -un)" ]
ok 'an operator that is not given is the login name'
[ ! -e a.case.log ]
ok 'a command that writes leaves no line in the log'
must env UNSPOOF_OPERATOR='Ops 7' "$unspoof" correlate -q a.case
[ "$(sqlite3 a.case 'SELECT operator FROM run ORDER BY id DESC LIMIT 1')" = 'Ops 7' ]
ok 'the environment says who it is'
must "$unspoof" verify -q a.case
try "$unspoof" correlate --operator "$(printf 'a\nb')" a.case
status_is 2 'an operator of two lines is a usage error'
says err "^unspoof correlate: --operator 'a\\\\x0ab': give one line of UTF-8, 200 bytes at most" 'which says how to give it'
try env UNSPOOF_PURPOSE="$(printf 'bad \377')" "$unspoof" correlate a.case
status_is 2 'a purpose that is no UTF-8 too'
says err "UNSPOOF_PURPOSE 'bad \\\\xff'" 'naming the variable'
sqlite3 a.case "UPDATE run SET operator = 'PC 2' WHERE id = 1"
try "$unspoof" verify -q a.case
status_is 4 'another operator in a run is found'

# ---- what reads leaves the case and adds a line ----

fresh
was=$(sha256sum <a.case)
number=0
while read -r rows kind command; do
    number=$((number + 1))
    eval "try \"\$unspoof\" $command"
    status_is 0 "$command"
    [ "$(sha256sum <a.case)" = "$was" ]
    ok "$command: the case is as it was"
    [ ! -e a.case-journal ] && [ ! -e a.case-wal ]
    ok "$command: and nothing is left beside it"
    lines $number "$command: and one line was added"
    line_is $number kind "$kind" "$command: of its kind"
    line_is $number command "${command%% *}" "$command: with its name"
    [ "$rows" != all ] || rows=$(($(wc -l <out) - 1))
    line_is $number rows "$rows" "$command: and how many rows went out"
    case $command in
    verify*) line_is $number sha256 '' "$command: which were of no table" ;;
    *) line_is $number sha256 "$(sha256sum <out | cut -c1-64)" "$command: and their hash" ;;
    esac
done <<'END'
2 disclosure export -f csv a.case calls
2 disclosure export -q -f table a.case accounts
2 disclosure export --threads 2 -f json a.case suspects
1 consultation query -f csv a.case 'SELECT count(*) FROM call'
0 consultation query -f jsonl a.case 'SELECT 1 WHERE 0'
all consultation show -f csv a.case account u1
all consultation summary -f csv a.case
0 consultation verify a.case
0 consultation verify -q --rows all a.case calls.csv
12 consultation log -f csv a.case
END
[ "$(stat -c %a a.case.log)" = 600 ]
ok 'the log is for its owner alone'
holds 0 'the chain of the log holds'
sed -n '1s/,"hash":.*//p' a.case.log | tr -d '\n' | sha256sum | cut -c1-64 >want
field 1 hash >got
same 'a hash is that of the line before it' want got
field 1 hash >want
field 2 previous >got
same 'and stands in the next line' want got
line_is 1 previous '' 'the first line has none before it'
line_is 1 case "$(sqlite3 a.case 'SELECT hash FROM run WHERE id = 1')" 'it names the first run'
line_is 1 head "$(sqlite3 a.case 'SELECT hash FROM run ORDER BY id DESC LIMIT 1')" 'and the head of the chain of runs'
line_is 1 arguments '["-f","csv","a.case","calls"]' 'and the arguments'
python3 -c 'import json, sys
for line in open("a.case.log"): json.loads(line)' 2>got || [ -z "$(command -v python3)" ]
ok 'a line is a JSON object'

try "$unspoof" export --recipient 'CPS "East"' --purpose "$(printf 'caf\303\251 \\')" --operator 'DC 2' -f csv -o file.csv a.case calls
status_is 0 'an export into a file, for somebody'
line_is 11 sha256 "$(sha256sum <file.csv | cut -c1-64)" 'has the hash of the file in the log'
line_is 11 operator 'DC 2' 'and the operator'
try "$unspoof" log --kind disclosure --json a.case
says out '"operator":"DC 2","command":"export","purpose":"café \\\\","rows":2,"recipient":"CPS \\"East\\""' 'and the recipient, as it was given'
grep -vq '"kind":"disclosure"' out
[ $? = 1 ] && [ "$(wc -l <out)" = 4 ]
ok '--kind prints one kind'
try "$unspoof" log -f csv --runs-only a.case
cut -d, -f2,3,4 out >got
printf '%s\n' kind,operator,command 'collection,PC 1,ingest' 'alteration,PC 1,normalise' 'combination,PC 1,correlate' >want
same 'the runs, with their kinds, as they are handed on' want got
try "$unspoof" log --json -f csv a.case
status_is 2 'two formats at once'
try "$unspoof" log --kind reading a.case
status_is 2 'a kind that there is not'
says err "give collection, alteration, consultation, disclosure, combination or erasure" 'and those that there are'

# ---- what leaves none ----

fresh
for command in export query show summary verify log; do
    try "$unspoof" $command --help
    try "$unspoof" $command
done
try "$unspoof" export a.case nothing
status_is 2 'a table that there is not'
try "$unspoof" query a.case 'DELETE FROM run'
status_is 2 'a statement that writes'
try "$unspoof" summary --since never a.case
status_is 2 'a time that is none'
try "$unspoof" export none.case calls
status_is 1 'a case that there is not'
try "$unspoof" number +442079460000
try "$unspoof" sniff calls.csv
try "$unspoof" rows calls.csv
[ ! -e a.case.log ] && [ ! -e none.case.log ]
ok 'none of these is logged'
try "$unspoof" show a.case account nobody
line_is 1 status "$status" 'what finds nothing is, with its status'

# ---- runs of other kinds ----

fresh
cp calls.csv more.csv
echo '2022-03-02 10:00:00Z,u3,+442079460000,+447700900003,30' >>more.csv
must "$unspoof" ingest -q a.case more.csv
must "$unspoof" ingest -q -z Europe/London --replace a.case more.csv
must "$unspoof" drop -q a.case more.csv
must "$unspoof" redo -q a.case
try "$unspoof" log --runs-only -f tsv a.case
cut -f2,4 out | tail -n 5 >got
printf '%s\t%s\n' collection ingest alteration ingest erasure drop alteration normalise combination correlate >want
same 'to read again is an alteration, to drop is an erasure' want got

# ---- what somebody did to the log ----

# three: a log of three lines.
three() {
    fresh
    for table in calls accounts suspects; do must "$unspoof" export -q a.case $table; done
}

three
holds 0 'three lines hold'
sed '2s/"rows":2/"rows":1/' a.case.log >x && mv x a.case.log
holds 4 'an edited line is found'
says err 'unspoof log: kept.log: line 2 was changed$' 'and named'
says out ',log,2,.*,was changed$' 'also in the table'
three
sed '1s/"command":"export"/"command":"=1+1"/; 2s/"kind":"disclosure"/"kind":"@x\\u001b[31m"/; 3s/"at":"/"at":"-2/' a.case.log >x && mv x a.case.log
holds 4 'lines of another hand'
grep -q ",'=1+1," out && grep -q ",'@x" out && grep -q "^'-22" out
ok 'have no formulas for a spreadsheet in them'
three
sed 2d a.case.log >x && mv x a.case.log
holds 4 'a line taken out is found'
says err 'kept.log: line 2 follows a line that was changed, or one before it is missing' 'and named by the one behind it'
three
sed 1d a.case.log >x && mv x a.case.log
holds 4 'the first line taken out is found'
says err 'kept.log: line 1 is not the first: lines before it are missing' 'and said'
three
for line in 1 3 2; do sed -n ${line}p a.case.log; done >x && mv x a.case.log
holds 4 'lines in another order are found'
three
sed '2s/.*/not a line/' a.case.log >x && mv x a.case.log
holds 4 'a line that something else stands in the place of is found'
three
sqlite3 a.case "DELETE FROM run WHERE id = 3"
holds 4 'runs that were cut off are found by the lines that name them'
says err 'kept.log: line 1 names a run that is not in the case' 'and said'
three
rm a.case
must "$unspoof" ingest -q a.case calls.csv
try "$unspoof" export -f csv a.case sources
status_is 0 'a case in the place of another'
says err 'a.case.log: its lines so far are of another case that was here' 'the log is said to be of that'
try "$unspoof" export -f csv a.case sources
! grep -v '^unspoof export: case ' err
ok 'once'
holds 4 'log finds it'
says err 'kept.log: line 3 is of another case: its first run is not that of this one' 'and says it'
says err '^unspoof log: kept.log: 3 lines do not hold' 'with a count'

# ---- a line that was cut short ----

three
size=$(wc -c <a.case.log)
head -c $((size - 100)) a.case.log >x && mv x a.case.log
holds 0 'a last line that was cut short is no failure'
says err 'kept.log: 1 line was cut short, as by a kill: what was done then is not logged' 'and is said'
try "$unspoof" export -f csv a.case calls
status_is 0 'the next command'
says err 'a.case.log: its last line was cut short, as by a kill: it was closed and stays' 'says that it closed it'
lines 4 'and puts its line on one of its own'
holds 0 'which holds'
sed '3s/disclosure/erasure/' a.case.log >x && mv x a.case.log
holds 4 'what is left of the other cannot be changed any more'
sed '3d' a.case.log >x && mv x a.case.log
holds 4 'nor taken out'
three
size=$(wc -c <a.case.log)
head -c $((size - 1)) a.case.log >x && mv x a.case.log
must "$unspoof" export -q a.case calls
lines 4 'a line that lacks its end alone is closed'
holds 0 'and holds'
fresh
printf '{"unspoof-log":1,"at":"2' >a.case.log
must "$unspoof" export -q a.case calls
lines 2 'so is a first one'
holds 0 'which holds'

# ---- what stands in its place ----

# hindered PATTERN NAME: the log cannot be written, and the command does not mind.
hindered() {
    try "$unspoof" export -f csv a.case calls
    status_is 0 "$2: the command does what it does"
    cmp -s out good
    ok "$2: and prints what it prints"
    says err "^a.case.log: $1; this is not in the log of the case: --log FILE keeps one elsewhere\$" "$2: it is said"
    [ "$(grep -vc '^unspoof export: case ' err)" = 1 ]
    ok "$2: in a line"
    try "$unspoof" export -q -f csv a.case calls
    [ ! -s err ]
    ok "$2: not with -q"
}

fresh
try "$unspoof" export -f csv a.case calls
cp out good
fresh
echo evidence >precious
ln -s precious a.case.log
hindered 'is a symbolic link, which is not followed' 'a link'
[ "$(cat precious)" = evidence ]
ok 'what it leads to stays'
rm a.case.log
echo evidence >a.case.log
hindered 'is there, and is no log of unspoof' 'another file'
[ "$(cat a.case.log)" = evidence ]
ok 'which stays'
cp a.case.log kept.log
try "$unspoof" log -f csv a.case
status_is 6 'log prints the runs'
says err 'a.case.log: is there, and is no log of unspoof; the runs are printed alone' 'and says so'
[ "$(wc -l <out)" = 4 ]
ok 'all of them'
printf '{\n  "calls": []\n}\n' >a.case.log
hindered 'is there, and is no log of unspoof' 'other JSON'
rm a.case.log
mkdir a.case.log
hindered 'Is a directory' 'a folder'
rmdir a.case.log
mkfifo a.case.log
hindered 'is no regular file, so no log' 'a pipe'
rm a.case.log
if [ "$(id -u)" != 0 ]; then
    mkdir locked
    cp a.case locked/
    chmod a-w locked
    try "$unspoof" export -f csv locked/a.case calls
    status_is 0 'a folder that cannot be written'
    says err 'locked/a.case.log: Permission denied; this is not in the log' 'is said'
    chmod u+w locked
fi
if fault_library; then
    shimmed FAULT_CALL=open FAULT_PATH=case.log FAULT_AT=1 FAULT_ONWARD=1 "$unspoof" export -f csv a.case calls
    status=$?
    status_is 0 'a log that cannot be opened'
    cmp -s out good && grep -q '^a.case.log: Input/output error; this is not in the log' err
    ok 'is said'
    must "$unspoof" export -q a.case calls
    for error in ENOSPC SHORT EINTR; do
        lines 1 "$error: before"
        shimmed FAULT_CALL=write FAULT_COUNT=writes "$unspoof" export -f csv a.case calls
        writes=$(cat writes)
        [ "$writes" -ge 1 ]
        ok "$error: the line is written"
        must "$unspoof" export -q -f csv a.case calls
        shimmed FAULT_CALL=write FAULT_AT="$writes" FAULT_ERROR=$error "$unspoof" export -f csv a.case calls
        status=$?
        status_is 0 "$error: the command does what it does"
        cmp -s out good
        ok "$error: and prints what it prints"
        case $error in
        ENOSPC) says err 'a.case.log: No space left on device; this is not in the log' 'a full disk is said' && lines 3 'and nothing of the line is left' ;;
        *) [ ! -s err ] && lines 4 "$error: the line is whole" ;;
        esac
        holds 0 "$error: the chain holds"
        head -n 1 a.case.log >x && mv x a.case.log
    done
else
    skip 'faults' 'no library that makes them can be built here'
fi

# ---- elsewhere ----

fresh
must "$unspoof" export -q --log other.log a.case calls
[ ! -e a.case.log ] && [ "$(wc -l <other.log)" = 1 ]
ok '--log keeps it elsewhere'
cp calls.csv kept.csv
for file in calls.csv a.case a.case-journal; do
    try "$unspoof" export -q --log $file a.case calls
    status_is 1 "--log $file is refused"
    [ ! -s out ]
    ok "$file: before anything is printed"
done
[ ! -e a.case-journal ] && cmp -s calls.csv kept.csv
ok 'sources and the journal are as they were'
try "$unspoof" log -f csv a.case
status_is 0 'no log'
says err 'a.case.log: is not there, so that nothing that was read is printed; where it was logged elsewhere, give --log FILE' 'is said'

# ---- at the same time, and cut off ----

fresh
for reader in 1 2 3 4; do
    (for i in 1 2 3 4 5 6 7 8 9 10; do "$unspoof" export -q --purpose "$reader $i" a.case calls >/dev/null || echo "$reader $i" >>failed; done) &
done
wait
[ ! -e failed ]
ok 'four readers at once'
lines 40 'each has its lines'
holds 0 'in one chain'
fresh
awk 'BEGIN { print "started,account,presented,dialled,talk"
    for (i = 0; i < 40000; i++) printf "2022-03-01 10:00:00Z,u%d,+442079460000,+447700900001,90\n", i }' >many.csv
must "$unspoof" ingest -q a.case many.csv
must "$unspoof" redo -q a.case
("$unspoof" export -f csv a.case calls; echo $? >ended) 2>err | head -n 1 >out
[ "$(cat ended)" = 141 ] && [ ! -s err ]
ok 'an export whose reader went away ends by the signal, in silence'
lines 1 'and is logged all the same'
line_is 1 status 1 'as one that did not end well'
fresh
"$unspoof" query -q a.case "SELECT '$(awk 'BEGIN { for (i = 0; i < 70000; i++) printf "x" }')'" >out 2>err
must "$unspoof" export -q a.case calls
lines 2 'arguments of any length are logged'
says a.case.log '"arguments":\["\([0-9]* bytes, SHA-256 [0-9a-f]{64}\)"\]' 'long ones by their hash'
holds 0 'and hold'
done_testing
