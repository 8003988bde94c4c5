#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An ingest that is killed, interrupted or out of room, at any moment: the case
# opens and verifies, and the same command ends with what no kill gives.
# UNSPOOF_KILLS says how often it is killed; 25 times unless told, 100 times in a whole sweep.
# Hundreds of commits, none of which has to outlive the machine.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
. "${srcdir:-.}/tests/lib.sh"

kills=${UNSPOOF_KILLS:-$(extent 25 100)}

# contents CASE: the hash of all of it, but runs.
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

# is_whole CASE HASH NAME: it is what a run that was left alone makes, and verifies.
is_whole() {
    [ "$(contents "$1")" = "$2" ] && "$unspoof" verify -q "$1"
    ok "$3"
}

# is_begun CASE: it has a part of a source.
is_begun() { [ -s "$1" ] && [ "$(sqlite3 "$1" 'SELECT count(*) FROM checkpoint' 2>/dev/null)" = 1 ]; }

# killed SECONDS SIGNAL COMMAND...: runs it for so long at most; its status.
killed() {
    limit=$1 signal=$2
    shift 2
    timeout --foreground --preserve-status -s "$signal" "$limit" "$@" >out 2>err </dev/null
}

# moments COUNT SEED: so many random numbers below 1.
moments() { awk -v n="$1" -v seed="$2" 'BEGIN { srand(seed); while (n-- > 0) printf "%.4f\n", rand() }'; }

# of SECONDS PART
of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", a * b }'; }

# begin CASE ARGUMENT...: ingests, killed so that a part is stored: later where there was none yet, earlier where it
# was whole.
begin() {
    begun=$1
    shift
    step=0
    limit_now=$(of "$long" 0.1)
    while [ $step -lt 200 ]; do
        step=$((step + 1))
        rm -f "$begun" "$begun-journal"
        [ ! -e before.case ] || cp before.case "$begun"
        killed "$limit_now" KILL "$unspoof" ingest -q "$@"
        if [ $? = 137 ]; then factor=1.15; else factor=0.5; fi
        ! is_begun "$begun" || return 0
        limit_now=$(of "$limit_now" $factor)
    done
    echo "Bail out! no kill left a part of a source"
    exit 1
}

must "$synth" --scale 200000/70000000 --seed 11 --rows-only d
must "$unspoof" ingest -q -r GB whole.case d/calls.csv
whole=$(contents whole.case)
long=0.1

# Killed at random moments, and what was killed before too. How long an ingest takes here, and now, is told by how
# many end before they are killed: some one in five.
between=0 wrong=0 broken=0 chains=0 done=0 tries=0
for part in $(moments $((20 * kills)) 1); do
    [ "$done" -lt "$kills" ] || break
    tries=$((tries + 1))
    killed "$(of "$long" "$part")" KILL "$unspoof" ingest -q --threads $((tries % 3 + 1)) -r GB k.case d/calls.csv
    if [ $? = 137 ]; then
        done=$((done + 1))
        [ ! -e k.case ] || "$unspoof" verify -q k.case >out 2>err || { broken=$((broken + 1)) && cat out err; }
        ! is_begun k.case || between=$((between + 1))
        long=$(of "$long" 1.04)
    else
        chains=$((chains + 1))
        [ "$(contents k.case)" = "$whole" ] || wrong=$((wrong + 1))
        rm -f k.case
        long=$(of "$long" 0.85)
    fi
done
"$unspoof" ingest -q -r GB k.case d/calls.csv
is_whole k.case "$whole" 'the last one that was killed is gone on with'
echo "# $done kills, $between of them with a part stored, in $((chains + 1)) cases"
[ "$done" = "$kills" ]
ok 'as many kills as were wanted'
[ $broken = 0 ]
ok 'the case verifies after each'
[ $wrong = 0 ]
ok 'the same command ends with what no kill gives'

# count_calls CALL: how many an ingest makes, in counted.
count_calls() {
    rm -f counted counted.case
    shimmed FAULT_CALL="$1" FAULT_COUNT="$scratch/counted" "$unspoof" ingest -q -r GB counted.case d/calls.csv && [ -s counted ]
}

# kill_at CALL N CASE: an ingest that is killed before its Nth call of a kind.
kill_at() {
    shimmed FAULT_CALL="$1" FAULT_AT="$2" FAULT_ERROR=KILL "$unspoof" ingest -q --threads $((1 + $2 % 3)) -r GB "$3" d/calls.csv
}

# Where kills by time fall hangs on how busy the machine is; these fall before writes and syncs all over the ingest.
if fault_library && count_calls write; then
    between=0 wrong=0 broken=0 points=0
    for call in write sync; do
        must count_calls $call
        calls=$(cat counted)
        for point in $(extent '2 4 6 8 10 12' '1 2 3 4 5 6 7 8 9 10 11 12'); do
            rm -f k.case k.case-journal
            kill_at $call $((1 + calls * point / 13)) k.case
            [ $? = 137 ] || continue
            points=$((points + 1))
            [ ! -e k.case ] || "$unspoof" verify -q k.case >out 2>err || { broken=$((broken + 1)) && cat out err; }
            ! is_begun k.case || between=$((between + 1))
            "$unspoof" ingest -q -r GB k.case d/calls.csv && [ "$(contents k.case)" = "$whole" ] || wrong=$((wrong + 1))
        done
    done
    echo "# killed before $points writes and syncs, $between of them with a part stored"
else
    points=$kills
fi
[ "$points" -gt 0 ] && [ $((4 * between)) -ge "$points" ]
ok 'a good part of them fell between two commits'
[ $broken = 0 ] && [ $wrong = 0 ]
ok 'the case verifies after each of these, and ends as it should'

# The comparison would tell a place that is one line off.
begin k.case -r GB k.case d/calls.csv
cp k.case other.case
sqlite3 other.case 'UPDATE checkpoint SET line = line + 1'
try "$unspoof" ingest -q -r GB other.case d/calls.csv
[ "$status" = 0 ] && [ "$(contents other.case)" != "$whole" ]
ok 'a wrong place makes another case'

# What is there of a source is told, and nothing else is taken until it is whole.
try "$unspoof" verify k.case
status_is 0 'a part of a source verifies'
says err '^source 1 \(d/calls.csv\) is not wholly ingested: run the same ingest command again, or' 'and is told'
try "$unspoof" verify k.case d/calls.csv
status_is 0 'its file cannot be compared yet'
printf 'account\nu1\n' >accounts.csv
for command in "ingest k.case accounts.csv" "normalise k.case"; do
    # shellcheck disable=SC2086
    try "$unspoof" $command
    status_is 1 "refused: $command"
    says err 'source 1 \(d/calls.csv\) is not wholly ingested' 'and why'
done
try "$unspoof" export -f csv k.case sources
status_is 0 'the sources can be exported'
says out '^1,d/calls.csv,call,' 'with the one that is not whole'

# Other settings, another size, other bytes.
try "$unspoof" ingest -r FR k.case d/calls.csv
status_is 1 'other settings are refused'
says err "d/calls.csv: its ingest was begun with 'region=GB', and this is 'region=FR'" 'and named'
cp d/calls.csv calls.csv
echo >>d/calls.csv
try "$unspoof" ingest -r GB k.case d/calls.csv
status_is 1 'a file that grew is refused'
says err 'd/calls.csv: has changed since its ingest was begun' 'and named'
sed '2s/,/;/' calls.csv >d/calls.csv
try "$unspoof" ingest -r GB k.case d/calls.csv
status_is 1 'other bytes before the place are refused'
says err 'd/calls.csv: has changed since its ingest was begun' 'and named'
cp calls.csv d/calls.csv
cp k.case other.case
try "$unspoof" ingest -r GB k.case d/calls.csv
status_is 0 'the same bytes again are gone on with'
says err 'd/calls.csv: goes on after [0-9]+ rows that are in the case as source 1' 'which is told'
is_whole k.case "$whole" 'to the same case'
sed '$s/[0-9]/7/g' calls.csv >d/calls.csv
must "$unspoof" ingest -q -r GB other.case d/calls.csv
must "$unspoof" ingest -q -r GB anew.case d/calls.csv
is_whole other.case "$(contents anew.case)" 'other bytes behind the place are read as they are'
cp calls.csv d/calls.csv

# Taken out again.
must "$unspoof" ingest -q before.case accounts.csv
before=$(contents before.case)
begin k.case -r GB k.case accounts.csv d/calls.csv
try "$unspoof" ingest --discard-unfinished k.case
status_is 0 '--discard-unfinished'
says err 'd/calls.csv: the [0-9]+ rows of it that were in the case are taken out again' 'says what is gone'
is_whole k.case "$before" 'what was there before is there'
try "$unspoof" ingest --discard-unfinished k.case
says err '^all sources of the case are whole$' 'nothing is left to take out'

# The same for a compressed file, a member of an archive, rows of another kind,
# and a second source.
gzip -1 -c calls.csv >calls.csv.gz
mkdir a
cp accounts.csv calls.csv a
tar cf a.tar -C a accounts.csv calls.csv
awk 'BEGIN { print "payment_id,account,paid,amount,currency"
    for (i = 0; i < 150000; i++) printf "P%d,u%d,2022-03-%02d 10:00:00,%d.%02d,%s\n", i, i % 977, i % 31 + 1, i % 89, i % 100, i % 1000 ? "GBP" : "" }' |
    sed '70000s/,2022.*,/,never,/' >payments.csv
for source in calls.csv.gz a.tar payments.csv; do
    rm -f anew.case
    cp before.case anew.case
    must "$unspoof" ingest -q -r GB -c GBP anew.case $source
    begin k.case -r GB -c GBP k.case $source
    "$unspoof" verify -q k.case 2>/dev/null
    ok "$source killed: a part is stored, and verifies"
    must "$unspoof" ingest -q -r GB -c GBP k.case $source
    is_whole k.case "$(contents anew.case)" "$source killed: gone on with to the same case"
done

# A source that cannot be read to its end leaves nothing, however much was stored.
head -c 2000000 calls.csv.gz >cut.csv.gz
try "$unspoof" ingest -q -r GB cut.case cut.csv.gz
status_is 1 'a truncated file'
[ ! -e cut.case ]
ok 'leaves no case behind'
try "$unspoof" ingest -q -r GB before.case cut.csv.gz
is_whole before.case "$before" 'nor anything in one that was there'
cp whole.case known.case
try "$unspoof" ingest -r GB known.case calls.csv.gz
says err 'calls.csv.gz: already in the case as source 1; nothing added' 'known content in another file'
is_whole known.case "$whole" 'leaves nothing either'
rm before.case

# An interrupt, at most moments with a whole segment stored.
limit_now=$(of "$long" 0.1)
for step in $(moments 200 5); do
    rm -f k.case
    killed "$limit_now" INT "$unspoof" ingest -q -r GB k.case d/calls.csv
    status=$?
    ! is_begun k.case || break
    if [ $status = 0 ]; then factor=0.5; else factor=1.15; fi
    limit_now=$(of "$limit_now" $factor)
done
status_is 5 'an interrupt'
says err 'd/calls.csv: interrupted; [0-9]+ rows \([0-9]+ of [0-9]+ bytes, [0-9]+ %\) of it are kept, and the same command goes on' \
    'says how far it came'
must "$unspoof" ingest -q -r GB k.case d/calls.csv
is_whole k.case "$whole" 'and is gone on with'

# Where nothing comes to be read. Standard input given again is read from its start.
mkfifo slow
(head -c 12000000 calls.csv; exec sleep 20) >slow &
feeder=$!
rm -f k.case
"$unspoof" ingest -q -r GB k.case - <slow >out 2>err &
waiting=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sleep 0.1
    ! is_begun k.case || break
done
started=$(date +%s%N)
kill -INT $waiting
wait $waiting
status=$?
spent=$((($(date +%s%N) - started) / 1000000))
kill $feeder
wait $feeder 2>/dev/null
status_is 5 'an interrupt while standard input gives nothing'
[ $spent -lt 1000 ]
ok "within a second ($spent ms)"
"$unspoof" ingest -q -r GB k.case - <calls.csv >out 2>err
ok 'standard input given again'
is_whole k.case "$( { rm -f anew.case; "$unspoof" ingest -q -r GB anew.case - <calls.csv; } >/dev/null 2>&1; contents anew.case)" \
    'is gone on with'

# A disk that is full: a file system that has room for half of it.
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=3m none small 2>/dev/null; then
    must "$unspoof" ingest -q -r GB both.case d/calls.csv accounts.csv
    try "$unspoof" ingest -r GB small/case d/calls.csv accounts.csv
    status_is 1 'a full disk'
    [ "$(sqlite3 small/case 'SELECT group_concat(path) FROM source')" = d/calls.csv ] && ! grep -q accounts.csv err
    ok 'no source after that one is taken'
    says err 'the disk is full; .* [0-9]+ rows \(.*\) of d/calls.csv are kept, and the same command goes on' 'what is kept is told'
    "$unspoof" verify -q small/case 2>/dev/null
    ok 'and verifies'
    mount -o remount,size=40m small
    try "$unspoof" ingest -q -r GB small/case d/calls.csv accounts.csv
    status_is 0 'the same command where there is room'
    is_whole small/case "$(contents both.case)" 'ends with the same case'
    umount small
else
    skip 'a full disk' 'no small file system can be made here'
fi
done_testing
