#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The zone of local times measured by the epochs beside them, in files as Asterisk's cdr_csv writes them.
. "${srcdir:-.}/tests/lib.sh"

# log FROM STEP ROWS CHANGE BEFORE AFTER [FORM]: calls every STEP seconds, whose clock is BEFORE seconds east of UTC until
# CHANGE, and then AFTER; 5 seconds of ringing and 60 of talk.
log() {
    sqlite3 :memory: "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $3),
        r(i, e) AS (SELECT i, $1 + i * $2 FROM n),
        t(i, e, s, a, z) AS (SELECT i, e, e + iif(e < $4, $5, $6), e + 5 + iif(e + 5 < $4, $5, $6),
            e + 65 + iif(e + 65 < $4, $5, $6) FROM r)
        SELECT printf('\"u%d\",\"02079460101\",\"07700900%03d\",\"ctx\",\"\",\"SIP/a-1\",\"SIP/b-2\",\"Dial\",\"\",\"%s\",\"%s\",\"%s\",65,60,\"ANSWERED\",\"BILLING\",\"%d.%d\",\"\"',
            i % 7, i % 1000, strftime('${7:-%Y-%m-%d %H:%M:%S}', s, 'unixepoch'),
            strftime('${7:-%Y-%m-%d %H:%M:%S}', a, 'unixepoch'), strftime('${7:-%Y-%m-%d %H:%M:%S}', z, 'unixepoch'), e, i) FROM t"
}

# right CASE NAME: the start of each call is the epoch of its row.
right() {
    must "$unspoof" normalise -q "$1.case"
    must "$unspoof" correlate -q "$1.case"
    "$unspoof" export -q -f csv "$1.case" calls 2>/dev/null | sqlite3 :memory: '.import --csv /dev/stdin calls' \
        "SELECT printf('%d %d', line, unixepoch(started)) FROM calls ORDER BY CAST(line AS INTEGER)" >got
    awk -F'"' '{ split($(NF - 3), part, "."); print NR, part[1] }' "$1.csv" >wanted
    [ -s got ]
    ok "$2: there are some"
    same "$2" wanted got
}

# ask CASE SQL ANSWER NAME
ask() {
    sqlite3 "$1.case" "$2" >answer
    printf '%s\n' "$3" >expected
    same "$4" expected answer
}

PERIODS="SELECT coalesce(group_concat(replace(measured, char(10), ';'), ''), '') FROM source"
winter=1641000000 spring=1648342800 autumn=1667091600

# ---- an offset that never changes ----
for offset in 0 3600 10800 -16200; do
    log $winter 600 300 0 $offset $offset >c$offset.csv
    try "$unspoof" ingest -r GB c$offset.case c$offset.csv
    status_is 0 "offset $offset"
    ask c$offset "$PERIODS" "$winter 1641179400 $offset 300;" "offset $offset: a period"
    ask c$offset "SELECT zone, count FROM source JOIN source_remark r ON r.source = source.id WHERE r.topic = 'clock'" '|300' \
        "offset $offset: no zone is assumed, and it is kept as a remark"
    right c$offset "offset $offset: calls are read by it"
done
says err '^c-16200.csv: its clocks were UTC-04:30 from 2022-01-01T01:20:00Z to 2022-01-03T03:10:00Z, by column 17 of 300 rows' \
    'and it is said'
! grep -q 'UTC is assumed' err
ok 'so that UTC is not assumed'
"$unspoof" export -q -f jsonl c3600.case sources >sources 2>/dev/null
says sources '"measured":\["1641000000 1641179400 3600 300"\]' 'the export of sources has it'

try "$unspoof" show c3600.case call 65536
says out 'times without a zone are read by the clocks that were measured' 'and what is shown of a call says so'

# ---- clocks that change ----
log $((spring - 360000)) 600 1200 $spring 0 3600 >spring.csv
must "$unspoof" ingest -q -r GB spring.case spring.csv
ask spring "$PERIODS" '1647982800 1648342200 0 600;1648342800 1648702200 3600 600;' 'forward: two periods'
right spring 'forward: calls'
log $((autumn - 7200)) 60 400 $autumn 3600 0 >back.csv
sort -t, -k3,3 back.csv >shuffled.csv
tail -r back.csv >reversed.csv 2>/dev/null || tac back.csv >reversed.csv
for name in back shuffled reversed; do
    must "$unspoof" ingest -q -r GB $name.case $name.csv
    ask $name "$PERIODS" '1667084400 1667091540 3600 120;1667091600 1667108340 0 280;' "$name: two periods"
    right $name "$name: calls, also of the hour that there is twice"
    "$unspoof" export -q -f jsonl $name.case calls 2>/dev/null | grep -c '"notes":\[[^]]*clock' >clocks
    printf '0\n' >none
    same "$name: none is said to be open" none clocks
done

# ---- told and measured ----
try "$unspoof" ingest -r GB -z Europe/London told.case back.csv
status_is 0 'told the same'
cp back.csv told.csv
right told "told the same: calls of the hour that there is twice"
try "$unspoof" ingest -r GB -z Europe/Paris other.case back.csv
status_is 2 'told another zone'
says err '^unspoof ingest: back.csv: -z Europe/Paris is told, but by column 17 its clocks were UTC\+01:00 from .*; UTC\+00:00 from .*: they differ in 400 of 400 rows, the first is line 1; nothing of it is kept' \
    'told another zone: both are named, with counts and a row'
[ ! -e other.case ]
ok 'told another zone: nothing is kept'
try "$unspoof" ingest -r GB -z +00:00 other.case c0.csv
status_is 0 'told an offset that it is'
try "$unspoof" ingest -r GB -z UTC other.case back.csv
status_is 2 'told UTC, which it was half of the time'
says err 'they differ in 120 of 400 rows, the first is line 1' 'counted'
ask other 'SELECT count(*) FROM source' 1 'what was there before stays'

# ---- day or month first ----
log 1641000000 600 300 0 0 0 '%d/%m/%Y %H:%M:%S' >dmy.csv
log 1641000000 600 300 0 0 0 '%m/%d/%Y %H:%M:%S' >mdy.csv
for order in dmy mdy; do
    try "$unspoof" ingest -p "$srcdir/profiles/asterisk-cdr-csv.profile" -r GB $order.case $order.csv
    status_is 0 "$order"
    ask $order 'SELECT date_order FROM source' $order "$order is proved by the epochs"
    says err 'dates are (day|month) first, as column 17 proves in 164 rows' "$order: said"
    says err "times from 2022-01-01 01:20:00 to 2022-01-03 03:10:00;" "$order: and which are first and last"
    right $order "$order: calls"
done
try "$unspoof" ingest -p "$srcdir/profiles/asterisk-cdr-csv.profile" -r GB --date-order dmy mdy2.case mdy.csv
status_is 2 'told another order'
says err 'date order dmy is told, and by the epochs of its rows it is mdy' 'both are named'

# ---- times that contradict one another ----
{ log $winter 600 100 0 3600 3600; log $winter 600 3 0 4200 4200; log $winter 7200 1 0 900 900; } >apart.csv
try "$unspoof" ingest -r GB apart.case apart.csv
status_is 0 'some rows contradict'
ask apart "$PERIODS" '1641000000 1641059400 3600 100;' 'they are left out'
says err 'in 4 rows the time in column 17 is not that in started, as in line 10[1-4]' 'and said'
{ log $winter 600 50 0 3600 3600; log $winter 611 60 0 500 500; } >half.csv
try "$unspoof" ingest -r GB half.case half.csv
status_is 0 'most contradict'
ask half "$PERIODS" '' 'nothing is measured then'
says err 'its clocks are not measured: in 60 rows the time in column 17 is not that in started, as in line 51; say its zone with -z' 'said'
says err 'its times tell no zone: UTC is assumed' 'and UTC assumed as ever'

# ---- files without such a column, and with it in some rows ----
sed 's/,"[0-9.]*",""$//' c3600.csv >short.csv
try "$unspoof" ingest -r GB short.case short.csv
status_is 0 'without uniqueid'
ask short "SELECT zone || measured FROM source" UTC 'nothing is measured'
{ cat back.csv; sed -n '/01:30/s/,"[0-9.]*",""$//p' back.csv | head -n 1; } >some.csv
must "$unspoof" ingest -q -r GB some.case some.csv
ask some "SELECT doubled LIKE '%hour%' FROM source" 0 'a row of the doubled hour that has none leaves it open'

# ---- members that are one source ----
mkdir parts
head -n 200 back.csv >parts/1.csv
tail -n 200 back.csv >parts/2.csv
must "$unspoof" ingest -q -r GB parts.case parts
ask parts "$PERIODS" '1667084400 1667091540 3600 120;1667091600 1667108340 0 280;' 'members: their tallies are one'
must "$unspoof" normalise -q parts.case
ask parts "SELECT count(*) FROM remark WHERE topic = 'clock' AND text LIKE '%nothing tells%'" 0 'members: the doubled hour is settled'
try "$unspoof" ingest -r GB -z Europe/Paris parts2.case parts
status_is 2 'members: told another zone'
says err 'the first is line 1 of parts/1.csv' 'members: where'

# ---- a zone that is said later ----
try "$unspoof" normalise --zone all=Europe/Paris back.case
status_is 2 'decided: another zone than was measured'
says err 'back.csv: zone Europe/Paris is said, but ingest measured its clocks by their epochs .*: 1667084400 1667091540 3600 120.*; leave the zone out' \
    'decided: both are named'
try "$unspoof" normalise --zone all=Europe/London back.case
status_is 0 'decided: the zone that it is'

# ---- roles with a zone of their own ----
cat >roles.profile <<'EOF'
name roles
about started is UTC, the others are of London
kind call
header no
separator comma
zone Europe/London
zone-of started UTC
role started 1
role answered_at 2
role ended 3
role account 4
role presented 5
role dialled 6
EOF
echo '2022-07-01 10:00:00,2022-07-01 11:00:10,2022-07-01 11:01:40,u1,02079460101,07700900123' >roles.csv
try "$unspoof" ingest -r GB -p ./roles.profile roles.case roles.csv
status_is 0 'a role with a zone of its own'
ask roles 'SELECT zone, zones FROM source' 'Europe/London|started=UTC
' 'kept with the source'
says err 'times of these roles have a zone of their own: started=UTC' 'and said'
must "$unspoof" normalise -q roles.case
must "$unspoof" correlate -q roles.case
"$unspoof" export -q -f jsonl roles.case calls >got 2>/dev/null
says got '"started":"2022-07-01T10:00:00Z".*"seconds":90,"seconds_from":"times"' 'each is read by its own'
sed 's/^zone Europe.*//; s|^zone-of.*|zone-of answered_at Europe/London\nzone-of ended Europe/London|' roles.profile >others.profile
must "$unspoof" ingest -r GB -p ./others.profile others.case roles.csv
must "$unspoof" normalise -q others.case
must "$unspoof" correlate -q others.case
"$unspoof" export -q -f jsonl others.case calls >got 2>/dev/null
says got '"started":"2022-07-01T10:00:00Z".*"seconds":90,"seconds_from":"times"' 'and where that of the source is UTC'

# ---- threads, and an ingest that was killed ----
log $((autumn - 6000000)) 60 140000 $autumn 3600 0 >long.csv
for threads in 1 2 8; do
    must "$unspoof" ingest -q --threads $threads -r GB t$threads.case long.csv
    sqlite3 t$threads.case "SELECT * FROM source; SELECT * FROM source_remark" >t$threads.txt
done
same 'two threads as one' t1.txt t2.txt
same 'eight threads as one' t1.txt t8.txt
ask t1 "$PERIODS" "1661091600 1667091540 3600 100000;1667091600 1669491540 0 40000;" 'both periods'
if fault_library; then
    whole=$(sqlite3 t1.case .dump | grep -v '^INSERT INTO run ' | sha256sum)
    parts=0 wrong=0
    for n in 5 15 30 45 60 90; do
        rm -f k.case*
        shimmed FAULT_CALL=write FAULT_AT=$n FAULT_ERROR=KILL "$unspoof" ingest -q --threads 1 -r GB k.case long.csv 2>/dev/null
        [ "$(sqlite3 k.case 'SELECT count(*) FROM checkpoint' 2>/dev/null)" != 1 ] || parts=$((parts + 1))
        "$unspoof" ingest -q --threads 2 -r GB k.case long.csv >/dev/null 2>&1 || wrong=$((wrong + 1))
        [ "$(sqlite3 k.case .dump | grep -v '^INSERT INTO run ' | sha256sum)" = "$whole" ] || wrong=$((wrong + 1))
    done
    echo "# $parts of 6 had a part"
    [ $wrong = 0 ]
    ok 'killed, the same command measures what no kill does'
else
    skip 'killed' 'no library that makes faults'
fi
done_testing
