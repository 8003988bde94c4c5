#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a case may contain: one whose tables another program altered is refused by every
# command, and verify names each thing that it altered.
. "${srcdir:-.}/tests/lib.sh"

must "$synth" --scale 1/10000 --seed 5 dump
must "$unspoof" run -q -r GB --currency GBP whole.case dump/*.csv
must "$unspoof" verify whole.case
altered='another program altered this case, and no figure of it can be relied on; `unspoof verify` names all that it altered; go back to a copy of the case from before, or make it anew from its sources$'

# refused NAME WHAT...: every command refuses copy.case; verify names each thing.
refused() {
    name=$1
    shift
    for command in export summary show query ingest normalise correlate drop; do
        before=$(sha256sum <copy.case)
        case $command in
        export) try "$unspoof" export -f csv copy.case suspects ;;
        show) try "$unspoof" show copy.case suspect S1 ;;
        query) try "$unspoof" query copy.case 'SELECT 1' ;;
        ingest) try "$unspoof" ingest -r GB copy.case dump/calls.csv ;;
        drop) try "$unspoof" drop copy.case dump/logins.csv ;;
        *) try "$unspoof" "$command" copy.case ;;
        esac
        status_is 4 "$name: $command refuses it"
        [ ! -s out ] && [ "$before" = "$(sha256sum <copy.case)" ]
        ok "$name: $command prints nothing and leaves it as it is"
        says err "^unspoof $command: copy.case: .*: $altered" "$name: $command says why, and what to do"
    done
    try "$unspoof" verify -q copy.case
    status_is 4 "$name: verify"
    printf '%s\n' "$@" >expected
    grep -v '^another program altered\|^unspoof verify:' err >said
    same "$name: verify names it" expected said
    [ $# = 1 ] || says err "^unspoof verify: $# things do not hold$" "$name: and counts"
}

# alter SQL: a copy of the case that another program has altered.
alter() {
    cp whole.case copy.case
    sqlite3 copy.case '.dbconfig defensive off' "$1" >alter.log 2>&1 || {
        sed 's/^/# /' alter.log
        echo 'Bail out! sqlite3'
        exit 1
    }
}

alter "PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'calls INTEGER NOT NULL, long_calls INTEGER NOT NULL, talk_ms', 'long_calls INTEGER NOT NULL, calls INTEGER NOT NULL, talk_ms') WHERE name = 'victim';
UPDATE sqlite_schema SET sql = replace(sql, 'from_address TEXT, to_address TEXT', 'to_address TEXT, from_address TEXT') WHERE name = 'payment';
UPDATE sqlite_schema SET sql = replace(sql, ' from_address TEXT, from_kind TEXT, to_address TEXT, to_kind TEXT', ' to_address TEXT, to_kind TEXT, from_address TEXT, from_kind TEXT') WHERE name = 'payment_read';
UPDATE sqlite_schema SET sql = replace(sql, 'logins TEXT NOT NULL, emails TEXT', 'emails TEXT NOT NULL, logins TEXT') WHERE name = 'suspect';"
refused 'names of columns change places' "table 'payment' is not as unspoof makes it" "table 'payment_read' is not as unspoof makes it" \
    "table 'suspect' is not as unspoof makes it" "table 'victim' is not as unspoof makes it"

alter "CREATE TABLE v2 AS SELECT * FROM victim; DROP TABLE victim;
CREATE VIRTUAL TABLE victim USING fts3(number, country, calls, long_calls, talk_ms, suspects, organisations, reports, loss, first_call, last_call, unsure, days);
INSERT INTO victim SELECT * FROM v2; DROP TABLE v2"
refused 'a virtual table' "virtual table 'victim' is not as unspoof makes it" "table 'victim_content' is no part of a case" \
    "table 'victim_segments' is no part of a case" "table 'victim_segdir' is no part of a case" \
    "index 'sqlite_autoindex_victim_segdir_1' is no part of a case"

alter 'CREATE TABLE note(text)'
refused 'a table' "table 'note' is no part of a case"
alter 'CREATE VIEW seen AS SELECT * FROM suspect'
refused 'a view' "view 'seen' is no part of a case"
alter 'CREATE TRIGGER harm AFTER INSERT ON run BEGIN DELETE FROM victim; END'
refused 'a trigger' "trigger 'harm' is no part of a case"
alter 'CREATE INDEX fast ON victim(calls)'
refused 'an index' "index 'fast' is no part of a case"
alter 'ANALYZE'
refused 'statistics' "table 'sqlite_stat1' is no part of a case"
alter 'ALTER TABLE victim ADD COLUMN note TEXT'
refused 'a column' "table 'victim' is not as unspoof makes it"
alter 'DROP TABLE suspect'
refused 'a table that is missing' "table 'suspect' is missing"
alter "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'view', rootpage = 0 WHERE name = 'funnel'"
try "$unspoof" summary copy.case
status_is 4 'a table that is said to be a view'

# SQLite cannot make it out: our words, and nothing of the file reaches the terminal.
alter "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE ' || char(27) || '[31m' WHERE name = 'victim'"
for command in verify summary correlate; do
    try "$unspoof" $command copy.case
    status_is 4 "a schema that cannot be made out: $command"
    says err 'copy.case: what the case says of its tables is damaged, or was altered by another program: malformed database schema \(victim\) - .*; go back to a copy of the case from before, or make it anew from its sources$' 'and what to do is said'
    ! LC_ALL=C grep -q "$(printf '\033')" err
    ok 'and its bytes are escaped'
done

# What is there against the runs, and the file itself. damaged NAME MESSAGE...
damaged() {
    name=$1
    shift
    try "$unspoof" verify copy.case
    status_is 4 "$name: verify"
    printf '%s\n' "$@" >expected
    grep -v '^unspoof verify:' err >said
    same "$name: it says so" expected said
}
# The tables of a layer are those that the next command drops.
sqlite3 whole.case "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema WHERE type = 'table'" | sort >before.sql
cp whole.case copy.case
must "$unspoof" normalise -q copy.case
try "$unspoof" verify -q copy.case
status_is 0 'what a later run took away is not missing'
sqlite3 copy.case "SELECT 'DROP TABLE ' || name || ';' FROM sqlite_schema WHERE type = 'table'" | sort | comm -23 before.sql - >concluded.sql
cp whole.case copy.case
must sqlite3 copy.case <concluded.sql
damaged 'what was concluded is dropped' 'the layer as concluded is missing: run 3 made it, and no later run took it away'
cp whole.case copy.case
printf 'something else' >>copy.case
damaged 'bytes appended' 'bytes behind the last page of the case, which no command of ours put there: 14'
cp whole.case copy.case
truncate -s -1 copy.case
try "$unspoof" verify copy.case
status_is 4 'a byte cut off: verify'
says err '^bytes missing at the end of the file: 1$' 'a byte cut off: it says so, whatever table the byte was of'
cp whole.case copy.case
truncate -s -16384 copy.case
for command in verify summary; do
    try "$unspoof" $command copy.case
    status_is 4 "a page cut off: $command"
done
cp whole.case copy.case
must sqlite3 copy.case 'PRAGMA default_cache_size = 100'
damaged 'a setting of SQLite' 'the header of the file, byte 48, has 100 for the size of the cache, and should have 0'
alter 'PRAGMA journal_mode = WAL'
for command in verify summary normalise; do
    try "$unspoof" $command copy.case
    status_is 4 "a write-ahead log: $command"
    says err 'copy.case: another program gave this case a write-ahead log, where changes of it may lie; go back' 'is told'
done
rm -f copy.case-wal copy.case-shm

# A byte of a segment: what reads the calls holds it against the digest that stands beside it.
for layer in found understood; do
    cp whole.case copy.case
    must sqlite3 copy.case "UPDATE $layer SET data = CAST(substr(data, 1, 9) || x'5a' || substr(data, 11) AS BLOB) WHERE id = (SELECT max(id) FROM $layer WHERE length(data) > 20 AND substr(data, 10, 1) <> x'5a')"
    cmp -s whole.case copy.case && echo 'Bail out! nothing was changed' && exit 1
    for command in 'export -f csv copy.case calls' 'show copy.case call 65536' 'query copy.case "SELECT * FROM call"'; do
        eval "try \"\$unspoof\" $command"
        status_is 4 "a byte of the layer as $layer: ${command%% *}"
        says err "copy.case: .*segment 1: its columns as $layer are not those that were stored; .unspoof verify. checks all of the case" 'names the segment'
    done
done

# What SQLite may write by itself is no alteration.
alter 'VACUUM'
try "$unspoof" verify copy.case
status_is 0 'a case that SQLite wrote anew holds'
done_testing
