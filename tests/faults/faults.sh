#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every command while a call of the C library fails: the status says so, nothing
# crashes, what is printed with status 0 is what is printed without the fault, a
# damaged case is never said to be whole, and the same command again ends with what
# it would have made.
# sh tests/faults/faults.sh [STRIDE [TASK]]: every STRIDE-th call is tried; a few of each
# kind, always the same ones, unless it is given.
stride=${1:-${UNSPOOF_FAULTS:-0}}
only=${2:-}
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
. "${srcdir:-.}/tests/lib.sh"

# Of each kind of fault in each command, where no stride is given.
few=$(extent 2 4)

leave() {
    echo "1..0 # SKIP $1"
    exit 0
}

! grep -q __asan_init "$unspoof" || leave 'a sanitizer has its own memory'
command -v sqlite3 >/dev/null || leave 'no sqlite3 here'
fault_library || leave 'the library that makes faults cannot be built here'
shim=$scratch/shim.so

# ---- what the commands work on ----

mkdir d
awk 'BEGIN { srand(5); print "started,account,presented,dialled,duration,talk,status,cost"
    for (i = 0; i < 60; i++)
        printf "2022-03-%02d 1%d:%02d:00,u%d,\"Bank %d <+44207946%04d>\",0770090%04d,%d,%d,%s,%d\n", i % 28 + 1, i % 10,
            i, i % 5, i % 3, i % 3, i % 40, 20 + 5 * i, i % 7 ? 10 + 5 * i : 0, i % 7 ? "ANSWERED" : "BUSY", i % 9
    print "never,u1,1,2,3,4,ANSWERED,0" }' >d/calls.csv
printf '%s\n' account,login,email,phone,name,registered,ip u0,a,a@example.com,07700900111,A,2021-01-07,192.0.2.1 \
    u1,b,a@example.com,,B,2021-01-08,192.0.2.2 u2,c,c@example.com,07700900113,C,2021-02-30,192.0.2.3 >d/accounts.csv
printf '%s\n' payment_id,account,paid,amount,currency,status P1,u0,2022-03-01T10:00:00Z,150.25,GBP,confirmed \
    P2,u3,2022-03-02T10:00:00Z,0.01,BTC,confirmed P3,u1,2022-03-03T10:00:00Z,12.00,GBP,pending >d/payments.csv
printf '%s\n' date,base,quote,rate 2022-03-02,BTC,GBP,30000.5 >d/rates.csv
printf '%s\n' reference,victim,at,presented,loss,currency R1,07700900011,2022-03-12T11:11:30Z,,1000,GBP \
    R2,07700900999,2022-03-12T11:11:30Z,,5,GBP >d/reports.csv
printf '%s\n' number,organisation,sector +442079460000,Northmere,bank +442079460001,Southmere,bank >d/organisations.csv
printf '%s\n' account,at,ip,device u0,2022-02-13T18:26:07Z,192.0.2.1,x u4,2022-02-13T18:26:07Z,192.0.2.9,x >d/logins.csv
all="d/calls.csv d/accounts.csv d/payments.csv d/logins.csv d/reports.csv d/rates.csv d/organisations.csv"
gzip -c d/calls.csv >calls.csv.gz
printf '%s\n' 'name p' 'about p' 'kind call' 'role account 2' 'role presented 3 when 7 /^ANSWERED$/' 'role presented 4' 'role dialled 4' \
    'role started 1' 'role duration 5' 'fallback presented /^0/ 3 /<([^>]*)>/' 'header yes' >p.profile
(cd d && python3 -c 'import zipfile
z = zipfile.ZipFile("../two.zip", "w", zipfile.ZIP_DEFLATED)
z.write("accounts.csv"); z.write("calls.csv")' 2>/dev/null) || rm -f two.zip

# An archive in another, and tables of a database as XML and as SQLite.
mkdir n
(cd d && python3 -c 'import io, tarfile, zipfile
inner = io.BytesIO()
z = zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED)
z.write("accounts.csv"); z.close()
t = tarfile.open("../n/nested.tar", "w")
info = tarfile.TarInfo("inner.zip"); info.size = inner.tell(); t.addfile(info, io.BytesIO(inner.getvalue()))
t.add("calls.csv")' 2>/dev/null) || rm -f n/nested.tar
awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; print "<mysqldump><database name=\"b\"><table_data name=\"accounts\">"; next }
    { printf "<row>"; for (i = 1; i <= NF; i++) printf "<field name=\"%s\">%s</field>", name[i], $i; print "</row>" }
    END { print "</table_data></database></mysqldump>" }' d/accounts.csv >n/accounts.xml
# Documents of a call each, that are alike or not; titles above a table; a second CREATE TABLE.
mkdir k
for i in 1 2 3; do
    more=
    [ $i != 2 ] || more='<x><y z="1">2</y></x>'
    printf '<cdr><variables><uuid>%d</uuid><start_epoch>165409213%d</start_epoch><duration>1</duration><billsec>0</billsec><hangup_cause>X</hangup_cause><accountcode>a</accountcode><effective_caller_id_number>1</effective_caller_id_number>%s</variables><callflow><caller_profile><destination_number>2</destination_number></caller_profile></callflow></cdr>\n' \
        "$i" "$i" "$more" >k/a_$i.cdr.xml
done
printf '%s\n' Accounts account,login,email a1,one,x@example.net a2,two,y@example.net >k/b.csv
printf '%s\n' account,login,email a1,one,x@example.net, a2,two,y@example.net, >k/d.csv
printf '%s\n' 'CREATE TABLE a (account text, login text, email text);' "INSERT INTO a VALUES ('a1','one','x@example.net');" \
    'CREATE TABLE a (login text, account text);' "INSERT INTO a VALUES ('two','a2');" >k/c.sql
must sqlite3 n/payments.db '.mode csv' '.import d/payments.csv payments'

# What is the same however often a command was run.
contents() { sqlite3 "$1" .dump 2>&1 | grep -v '^INSERT INTO run '; }

# shellcheck disable=SC2086
must "$unspoof" ingest -q -r GB -z Europe/London found.case $all
cp found.case understood.case
must "$unspoof" normalise -q understood.case
cp understood.case concluded.case
must "$unspoof" correlate -q concluded.case
printf 'email nobody@example.com\n' >ids
printf '%s\n' 07700900011 u1 a@example.com 192.0.2.1 R1 x nobody >watch
cp concluded.case decided.case
must "$unspoof" normalise -q --status paid=X --region 1=GB decided.case
must "$unspoof" correlate -q --hub 5 --score "$srcdir/data/score.txt" decided.case
# Damage that its own checks find: a sum, a segment, a row of a layer.
cp concluded.case damaged.case
must sqlite3 damaged.case "UPDATE source SET accepted = accepted + 1, rows_read = rows_read + 1 WHERE id = 1; UPDATE suspect SET spend = spend + 1 WHERE id = 1;
    UPDATE understood SET data = zeroblob(length(data)) WHERE id = (SELECT max(id) FROM understood WHERE length(data) > 8)"
cp concluded.case altered.case
must sqlite3 altered.case "UPDATE suspect SET calls = calls + 1, answered = answered + 1 WHERE id = 1;
    UPDATE account_figure SET calls = calls + 1, answered = answered + 1 WHERE key = (SELECT min(key) FROM account_figure WHERE suspect = 1)"
packed=calls.csv.gz
[ ! -e two.zip ] || packed="$packed two.zip"
# shellcheck disable=SC2086
must "$unspoof" ingest -q packed.case $packed
# Rows that a format finds: tables of a database, objects, lines of text, and files that are one source.
printf '%s\n' "CREATE TABLE a (account text, login text);" "INSERT INTO a VALUES ('u0','a'),('u1',NULL);" \
    "CREATE TABLE b (account text, login text);" "INSERT INTO b VALUES ('u2','c');" >n/two.sql
printf '{"account":"u%s","login":"x"}\n' 1 2 3 >n/users.jsonl
printf 'at 2022-02-13T18:26:07Z %s\n' u1 u2 >n/logins.txt
printf '%s\n' 'name t' 'about t' 'kind login' 'record /^at (?<at>\S+) (?<account>\S+)/' 'role at at' 'role account account' >t.profile
mkdir n/j
for i in 1 2; do printf '{"account":"v%s","login":"x","k%s":1}' $i $i >n/j/$i.json; done
must "$unspoof" ingest -q formats.case n/accounts.xml n/payments.db n/users.jsonl
must "$unspoof" ingest -q -k account formats.case n/two.sql n/j
must "$unspoof" ingest -q -p ./t.profile formats.case n/logins.txt
# A folder of two plans, one of several files, that is to be read again otherwise.
mkdir m
for part in 0 1 2; do awk -v part=$part 'NR == 1 || NR % 3 == part' d/calls.csv >m/$part.csv; done
cp d/payments.csv m/
must "$unspoof" ingest -q -r DE folder.case m
printf '%s\n' 07700900123 +442079460000 'Bank <02079460001>' >numbers

# ---- one command under one fault ----

# Each task is a command with, in $base, the case that it changes (a copy, w.case),
# or none that is there yet.
command_of() {
    base=-
    input=/dev/null
    case $1 in
    ingest) set -- ingest -q -r GB w.case d/calls.csv d/accounts.csv d/rates.csv ;;
    ingest-named) set -- ingest -q --case OP/1 --exhibit JB/1 -r GB w.case d/calls.csv ;;
    ingest-more) base=understood.case && set -- ingest -q -r GB -z Europe/London w.case calls.csv.gz d/organisations.csv d/calls.csv p2.csv ;;
    ingest-threads) set -- ingest -q --threads 3 -r GB w.case d/calls.csv ;;
    ingest-gz) set -- ingest -q w.case calls.csv.gz d/accounts.csv ;;
    ingest-zip) set -- ingest -q w.case two.zip d/rates.csv ;;
    ingest-nested) set -- ingest -q w.case n/nested.tar ;;
    ingest-tables) set -- ingest -q w.case n/accounts.xml n/payments.db ;;
    ingest-documents) set -- ingest -q w.case k ;;
    ingest-folder) set -- ingest -q w.case d ;;
    ingest-replace) base=folder.case && set -- ingest -q -r GB --replace w.case m ;;
    ingest-profile) set -- ingest -q -p ./p.profile w.case d/calls.csv ;;
    normalise) base=found.case && set -- normalise -q w.case ;;
    decide) base=concluded.case && set -- normalise -q --region all=DE --zone 1= --status paid=X --region-of-account w.case ;;
    kept) base=decided.case && set -- correlate -q --long 70 --never ids w.case ;;
    redo) base=decided.case && set -- redo -q w.case ;;
    correlate) base=understood.case && set -- correlate -q w.case ;;
    run) set -- run -q -r GB w.case d/calls.csv d/accounts.csv ;;
    export-*-*) set -- export -q -f "${1##*-}" concluded.case "$(expr "$1" : 'export-\(.*\)-')" ;;
    output) set -- export -q -f csv -o o.csv concluded.case suspects ;;
    manifest) set -- export -q -f csv -o o.csv --manifest o.sha256 --columns calls,suspect concluded.case suspects ;;
    columns) set -- export -f tsv --columns help ;;
    found-rejects) set -- export -q -f csv found.case rejects ;;
    summary) set -- summary -f csv --country GB concluded.case ;;
    show-suspect) set -- show -f csv concluded.case suspect S1 ;;
    show-account) set -- show -f csv concluded.case account u1 ;;
    show-number) set -- show -f csv concluded.case number +447700900011 ;;
    show-call) set -- show -f csv concluded.case call 65536 ;;
    trace) set -- trace -f csv concluded.case suspect S1 victims ;;
    trace-spend) set -- trace -f csv concluded.case account u0 spend ;;
    why-suspect) set -- why -f csv concluded.case S1 u2 ;;
    why) set -- why -f csv concluded.case u0 u1 ;;
    match) set -- match -r GB -f csv concluded.case watch ;;
    query) set -- query -f csv concluded.case 'SELECT account, dialled, 1.5, zeroblob(30), started_utc FROM call ORDER BY 2' ;;
    query-texts) set -- query -f csv concluded.case "SELECT account AS a, count(*), sum(talk_ms) FROM call WHERE account IN ('u1', 'u2') GROUP BY a UNION ALL SELECT presented AS a, count(*), 0 FROM call GROUP BY a" ;;
    verify) set -- verify --seed 1 --rows 5 concluded.case ;;
    verify-rows) set -- verify --rows all concluded.case ;;
    verify-packed) set -- verify --rows all packed.case ;;
    verify-formats) set -- verify --rows all formats.case ;;
    verify-deep) set -- verify --rows 0 --deep decided.case ;;
    verify-found) set -- verify --seed 1 --rows 5 concluded.case d ;;
    verify-damaged) set -- verify -q --seed 1 damaged.case ;;
    verify-altered) set -- verify -q --seed 1 altered.case ;;
    log) set -- log -q -f csv --kind collection --kind alteration concluded.case ;;
    sniff) set -- sniff -q d/calls.csv calls.csv.gz ;;
    rows) set -- rows -q -f csv calls.csv.gz ;;
    rows-threads) set -- rows -q -f jsonl --threads 3 d ;;
    sniff-list) set -- sniff -q -f csv d ;;
    number) input=numbers && set -- number -r GB ;;
    esac
    printf '%s\n' "$@" >arguments
}

# invoke [VARIABLE=VALUE...]: the task, with what the variables say failing.
invoke() {
    set -f
    old=$IFS
    IFS='
'
    # shellcheck disable=SC2046
    env "$@" LD_PRELOAD="$shim" "$unspoof" $(cat arguments) <$input >out 2>err
    status=$?
    IFS=$old
    set +f
}

fresh() {
    rm -f w.case w.case-journal o.csv o.csv.partial o.sha256 o.sha256.partial
    [ "$base" = - ] || cp "$base" w.case
}

wrong() {
    broken=$((broken + 1))
    [ "$broken" -gt 3 ] || {
        echo "# $task: $*: $1, status $status"
        head -n 3 err | sed 's/^/#    /'
    }
}

# judge FAULT...: of the last invoke.
judge() {
    case $task:$status in
    verify-damaged:4 | verify-altered:4) cmp -s good err || wrong "$@" 'says something else' ;;
    verify-damaged:0 | verify-altered:0) wrong "$@" 'a damaged case verifies' ;;
    *:0) [ -e w.case ] || cmp -s good out || wrong "$@" 'prints something else' ;;
    log:6) [ -s err ] || wrong "$@" 'says nothing' ;;
    # What cannot be looked at is not found.
    verify-found:6 | verify-deep:6) grep -q 'not all was checked\|none was checked\|could not be made anew' err || wrong "$@" 'does not say so' ;;
    *:1) [ -s err ] || wrong "$@" 'says nothing' ;;
    *) wrong "$@" 'a wrong status' ;;
    esac
    case $task in
    output | manifest)
        [ "$status" != 0 ] || cmp -s o.csv o.good || wrong "$@" 'writes something else'
        [ "$status" = 0 ] || [ ! -e o.csv ] || cmp -s o.csv o.good || wrong "$@" 'leaves something else'
        [ "$task.$status" != manifest.0 ] || [ -e o.sha256 ] || wrong "$@" 'writes no manifest'
        [ ! -e o.sha256 ] || { cmp -s o.sha256 m.good && sha256sum -c --status o.sha256; } || wrong "$@" 'leaves another manifest'
        [ ! -e o.csv.partial ] && [ ! -e o.sha256.partial ] || wrong "$@" 'leaves a part' ;;
    ingest* | normalise | correlate | run)
        first=$status
        # A source that cannot be read is passed over, and comes after the others then.
        own=$(grep -cE '^unspoof ingest: (d|m|n|k|calls|two|p2)[^ ]*: (Input/output error|cannot be read to its end)' err)
        [ "$first" = 0 ] || invoke FAULT_CALL=none
        [ "$status" = 0 ] || wrong "$@" 'cannot be run again'
        [ "$own" != 0 ] || contents w.case | cmp -s - contents.good || wrong "$@" "makes another case after $first" ;;
    esac
}

# sweep CALL VARIABLE=VALUE...: lets each of the calls fail, or some of them.
sweep() {
    call=$1
    shift
    fresh
    rm -f calls
    invoke FAULT_CALL="$call" FAULT_COUNT=calls
    all=$(cat calls)
    # A few of each at least, however large the stride is.
    step=$(((all + few - 1) / few))
    [ "$stride" -eq 0 ] || [ "$stride" -ge "$step" ] || step=$stride
    [ "$step" -gt 0 ] || step=1
    at=$((seed % step + 1))
    seed=$((seed + 1))
    while [ $at -le "$all" ]; do
        fresh
        invoke FAULT_CALL="$call" FAULT_AT=$at "$@"
        judge "$call $at of $all" "$@"
        tried=$((tried + 1))
        at=$((at + step))
    done
}

# Whatever fails, in a task.
run_task() {
    task=$1
    seed=$2
    broken=0 tried=0
    command_of "$task"
    fresh
    invoke FAULT_CALL=none
    case $task:$status in
    verify-damaged:4 | verify-altered:4) cp err good ;;
    *:0) cp out good ;;
    *) echo "# $task: status $status" && cat err && broken=1 ;;
    esac
    [ ! -e o.csv ] || cp o.csv o.good
    [ ! -e o.sha256 ] || cp o.sha256 m.good
    [ ! -e w.case ] || contents w.case >contents.good
    sweep alloc A=
    sweep alloc FAULT_ONWARD=1
    sweep read FAULT_ERROR=EIO
    sweep read FAULT_ERROR=EIO FAULT_ONWARD=1
    sweep read FAULT_ERROR=EINTR
    sweep read FAULT_ERROR=SHORT
    sweep write FAULT_ERROR=ENOSPC
    sweep write FAULT_ERROR=EIO FAULT_ONWARD=1
    sweep write FAULT_ERROR=SHORT
    sweep sync FAULT_ERROR=EIO
    sweep truncate FAULT_ERROR=EIO
    sweep open FAULT_ERROR=EIO
    sweep open FAULT_ERROR=ENOMEM FAULT_ONWARD=1
    sweep close FAULT_ERROR=EIO
    sweep stat FAULT_ERROR=EIO
    sweep stat FAULT_ERROR=ENOMEM FAULT_ONWARD=1
    [ "$task" != ingest-profile ] || sweep alloc FAULT_NOEXEC=1
    echo "$broken $tried" >counts
}

tasks="ingest ingest-more ingest-threads ingest-gz ingest-folder ingest-documents ingest-tables ingest-replace ingest-profile normalise decide correlate kept redo run
output manifest columns ingest-named found-rejects summary show-suspect show-account show-number show-call match why why-suspect trace trace-spend query query-texts verify verify-rows verify-packed verify-formats verify-deep verify-found verify-damaged verify-altered
log sniff sniff-list rows rows-threads number export-suspects-table export-suspects-csv export-suspects-tsv export-suspects-json export-suspects-jsonl
export-accounts-csv export-presentations-json export-victims-csv export-calls-csv export-payments-jsonl
export-reports-csv export-links-csv export-rejects-json export-sources-tsv export-runs-csv"
[ ! -e two.zip ] || tasks="$tasks ingest-zip"
[ ! -e n/nested.tar ] || tasks="$tasks ingest-nested"
[ -z "$only" ] || tasks=$only

# ---- all of them, as many at a time as there are cores ----

# Those tasks that nobody has taken yet, each in a folder of its own.
work() {
    number=0
    for name in $tasks; do
        number=$((number + 1))
        mkdir "t-$name" 2>/dev/null || continue
        (
            cd "t-$name" || exit 1
            for file in "$scratch"/*.case "$scratch"/d "$scratch"/m "$scratch"/n "$scratch"/k "$scratch"/p.profile "$scratch"/calls.csv.gz \
                "$scratch"/two.zip "$scratch"/numbers "$scratch"/ids "$scratch"/watch; do
                [ ! -e "$file" ] || ln -s "$file" .
            done
            sed 's/u1/u9/' d/calls.csv >p2.csv
            run_task "$name" $number
        ) >"t-$name.log" 2>&1
    done
}

cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null) || cores=1
[ "$cores" -ge 1 ] || cores=1
trap - EXIT
part=1
while [ $part -lt "$cores" ]; do
    work &
    part=$((part + 1))
done
work
wait
trap tidy EXIT
for name in $tasks; do
    read -r broken tried <"t-$name/counts" || broken=1 tried=0
    cat "t-$name.log"
    [ "$broken" = 0 ] && [ "$tried" -gt 0 ]
    ok "$name: $tried faults, $broken wrong"
done
done_testing
