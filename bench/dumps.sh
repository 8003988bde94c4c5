#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dumps.sh [--no-peers] SCALE [DIR]: the calls of a made-up service of SCALE as every dump that a format reads, each
# ingested, and its bytes a second beside CSV's; then what MariaDB and ClickHouse take for the same SQL dump.
set -eu
. "$(dirname "$0")/lib.sh"

usage() {
    echo 'usage: dumps.sh [--no-peers] SCALE [DIR]' >&2
    exit 2
}

peers=yes
if [ "${1:-}" = --no-peers ]; then
    peers=
    shift
fi
[ $# = 1 ] || [ $# = 2 ] || usage
number=$(number_of "$1")
[ -n "$number" ] || usage
times=${UNSPOOF_TIMES:-3}
server=

for tool in openssl sqlite3 python3 mariadbd mariadb-install-db mariadb-dump ${peers:+node npm}; do
    command -v "$tool" >/dev/null 2>&1 || die "$tool is missing: build-aux/setup.sh --long has it${peers:+, node and npm aside}"
done
make_build
make_scratch "${2:-${TMPDIR:-/tmp}}"
room_for "$scratch" "$(awk -v n="$number" 'BEGIN { printf "%d", 300 + n * 70000 }')"
[ -z "$peers" ] || install_peers

stop_server() {
    [ -z "$server" ] || { kill "$server" && wait "$server" || true; } 2>/dev/null
    server=
}
trap 'stop_server; clean_up' EXIT

# It never runs as root.
as=
if [ "$(id -u)" = 0 ]; then
    as='setpriv --reuid=nobody --regid=nogroup --clear-groups'
    chmod 711 "$scratch"
    mkdir my
    chown nobody:nogroup my
else
    mkdir my
fi
my() { mariadb --no-defaults --socket="$scratch/my/s" -u root --local-infile=1 --default-character-set=utf8mb4 "$@"; }

start_server() {
    must install $as mariadb-install-db --no-defaults --datadir="$scratch/my/data" \
        --auth-root-authentication-method=normal --skip-test-db
    # As much memory as an analyst's machine gives it, and no more syncs than a load needs.
    $as mariadbd --no-defaults --datadir="$scratch/my/data" --socket="$scratch/my/s" --skip-networking --local-infile=1 \
        --innodb-buffer-pool-size=2G --innodb-log-file-size=1G --innodb-flush-log-at-trx-commit=0 \
        --innodb-doublewrite=0 --max-allowed-packet=1G >server.log 2>&1 &
    server=$!
    for _ in $(seq 200); do
        if my -e 'SELECT 1' >/dev/null 2>&1; then return; fi
        sleep 0.2
    done
    die 'MariaDB does not start'
}

columns='started TEXT, account TEXT, presented TEXT, dialled TEXT, duration INTEGER, talk INTEGER, status TEXT, cost TEXT'

note 'Making up the calls, and their dumps'
must synth "$synth" --scale "$1" --seed 1 all
# Those that are broken for CSV stand in no database: a quote that is not closed, seconds that are none.
python3 - all/calls.csv <<'TEXT'
import csv, json
with open('all/calls.csv', encoding='utf-8', errors='replace', newline='') as file, \
        open('calls.csv', 'w', encoding='utf-8', newline='') as out, open('calls.jsonl', 'w', encoding='utf-8') as lines:
    rows, write = csv.reader(file), csv.writer(out, lineterminator='\n')
    header = next(rows)
    write.writerow(header)
    for row in rows:
        if len(row) == len(header) and row[4].isdigit() and row[5].isdigit() and all(len(field) < 200 for field in row):
            write.writerow(row)
            lines.write(json.dumps(dict(zip(header, row)), ensure_ascii=False) + '\n')
TEXT
rm all/calls.csv
sqlite3 calls.db "CREATE TABLE calls ($columns)" '.mode csv' '.import --skip 1 calls.csv calls'
start_server
my -e "CREATE DATABASE service CHARACTER SET utf8mb4; USE service;
    CREATE TABLE calls ($(echo "$columns" | sed 's/TEXT/VARCHAR(200)/g'))"
my service -e "LOAD DATA LOCAL INFILE 'calls.csv' INTO TABLE calls FIELDS TERMINATED BY ','
    OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' IGNORE 1 LINES"
mariadb-dump --no-defaults --socket="$scratch/my/s" -u root service >calls.mysql.sql
my -e 'DROP DATABASE service; CREATE DATABASE service CHARACTER SET utf8mb4'
# As PostgreSQL writes it.
sqlite3 -separator '	' calls.db "SELECT 'COPY public.calls (started, account, presented, dialled, duration, talk, status, cost) FROM stdin;'" >calls.copy.sql
sqlite3 -separator '	' calls.db "SELECT started, replace(account, '\\', '\\\\'), replace(presented, '\\', '\\\\'), replace(dialled, '\\', '\\\\'), duration, talk, status, cost FROM calls" >>calls.copy.sql
printf '\\.\n' >>calls.copy.sql

dumps='calls.csv calls.mysql.sql calls.copy.sql calls.jsonl calls.db'
i=0
while [ "$i" -lt "$times" ]; do
    for dump in $dumps; do
        note "ingest $dump"
        rm -f a.case
        cat "$dump" >/dev/null
        measured rows "$dump" "$unspoof" ingest -q -r GB a.case "$dump" || { tail -n 5 log >&2; die "$dump failed"; }
    done
    i=$((i + 1))
done
# The whole job, as bench/run.sh has it, of the calls in the SQL dump and the other files as they are.
note 'The whole job'
cat all/*.csv calls.mysql.sql >/dev/null
rm -f a.case
measured rows 'whole job' sh -e -c "$unspoof ingest -q -r GB a.case calls.mysql.sql all/*.csv
    $unspoof normalise -q a.case
    $unspoof correlate -q a.case
    $unspoof export -q -f csv --top 100 -o top.csv a.case suspects
    $unspoof summary -q -f csv --country GB a.case >summary.csv" || { tail -n 5 log >&2; die 'the whole job failed'; }
rm -f a.case
if [ -n "$peers" ]; then
    note 'MariaDB'
    cat calls.mysql.sql >/dev/null
    measured rows 'MariaDB, import' sh -c "mariadb --no-defaults --socket=$scratch/my/s -u root service <calls.mysql.sql" ||
        { tail -n 5 log >&2; die 'MariaDB failed'; }
    stop_server
    note 'ClickHouse'
    mkdir house
    cat all/*.csv calls.mysql.sql >/dev/null
    measured rows 'ClickHouse, whole job' node "$at/clickhouse.mjs" "$scratch/all" "$scratch/house/database" "$scratch/house" \
        "$scratch/calls.mysql.sql" || { tail -n 5 log >&2; die 'ClickHouse failed'; }
    # The same calls, whatever each leaves out.
    grep '^calls,\|^long_calls,\|^victims,' summary.csv | sort >ours
    sed 's/"//g' house/summary.csv | grep '^calls,\|^long_calls,\|^victims,' | sort >theirs
    cmp -s ours theirs || { cat ours theirs >&2; die 'ClickHouse has other figures'; }
fi

echo "unspoof $("$unspoof" --version | awk 'NR == 1 { print $2 }'), scale $1; $(date -u +%Y-%m-%d); $times runs, medians"
machine
echo
for dump in $dumps; do printf '%s\t%s\n' "$dump" "$(wc -c <"$dump")"; done >sizes
sort -t '	' -k 1,1 -k 2,2n rows | awk -f "$top/bench/dumps.awk" sizes -
