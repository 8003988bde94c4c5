#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh [--no-peers] [--processor LEVEL] [--rows FILE] SCALE [DIR]: a made-up
# service of SCALE (1 is 70 million calls), the four steps, the hash, questions, and other
# engines at the same work; every figure against the truth, then one table.
# README.md says how it is read.
set -eu
. "$(dirname "$0")/lib.sh"
. "$top/bench/agree.sh"
. "$top/bench/questions.sh"

usage() {
    echo 'usage: run.sh [--no-peers] [--processor LEVEL] [--rows FILE] SCALE [DIR]' >&2
    exit 2
}

peers=yes
rows_file=
level=
while [ $# -gt 0 ]; do
    case $1 in
    --no-peers) peers= ;;
    --processor)
        [ $# -gt 1 ] || usage
        level=$2
        shift
        ;;
    --rows)
        [ $# -gt 1 ] || usage
        rows_file=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
        shift
        ;;
    -*) usage ;;
    *) break ;;
    esac
    shift
done
[ $# = 1 ] || [ $# = 2 ] || usage
scale=$1
number=$(number_of "$scale")
[ -n "$number" ] || usage

# step NAME COMMAND...: timed; nothing unwritten of the step before is left.
step() {
    note "$1"
    sync
    measured rows "$@" || {
        tail -n 20 log >&2
        die "$1 failed with status $status"
    }
}

# warm FILE...: what a step reads lies in memory, as far as there is room, as it
# does when the dump is hashed: systems take back what lay there for a minute.
warm() { cat "$@" >/dev/null; }

# takes NAME FILE|DIRECTORY: how much room the result of a step takes.
takes() {
    if [ -d "$2" ]; then
        printf '%s\t%s\n' "$1" "$(($(du -sk "$2" | cut -f 1) * 1024))"
    else
        printf '%s\t%s\n' "$1" "$(wc -c <"$2")"
    fi >>sizes
}

hash_dump() {
    warm "$dump/calls.csv"
    takes hash "$dump/calls.csv"
    for run in 1 2 3; do
        note "SHA-256, $run of 3"
        sync
        measured hashes hash openssl dgst -sha256 "$dump/calls.csv" || die 'openssl failed'
    done
    sort -t "$(printf '\t')" -k 2n hashes | sed -n 2p >rows
}

four_steps() {
    warm "$dump"/*.csv
    step ingest "$unspoof" ingest --processor "$level" -q -r GB "$case" "$dump"/*.csv
    takes ingest "$case"
    warm "$case"
    step normalise "$unspoof" normalise --processor "$level" -q "$case"
    takes normalise "$case"
    warm "$case"
    step correlate "$unspoof" correlate --processor "$level" -q "$case"
    takes correlate "$case"
    step export "$unspoof" export --processor "$level" -q -f csv --top 100 -o top.csv "$case" suspects
    step summary "$unspoof" summary --processor "$level" -q -f csv --country GB "$case"
    mv log summary.csv
    warm "$dump/calls.csv"
    step verify "$unspoof" verify --processor "$level" -q "$case" "$dump/calls.csv"
}

questions() {
    : >questions
    warm "$case"
    ask_narrow
    ask_all
}

# Rows whose quote is never closed are left out: other readers take what follows,
# good rows too, for the rest of a field. This is not timed.
copy_for_peers() {
    note 'Calls for the peers'
    awk -F '"' 'NF % 2' "$dump/calls.csv" >"$dump/closed.csv"
    mv "$dump/closed.csv" "$dump/calls.csv"
}

# peer NAME: its job, and its figures.
peer() {
    mkdir "$1"
    warm "$dump"/*.csv
    step "$1" node "$at/$1.mjs" "$scratch/$dump" "$scratch/$1/database" "$scratch/$1"
    takes "$1" "$1/database"
    peer_agrees "$1" "$1"
    rm -rf "$1"
}

run_peers() {
    copy_for_peers
    peer duckdb
    peer clickhouse
    warm "$dump/calls.csv"
    step import sqlite3 import.db ".import --csv $dump/calls.csv call"
    takes import import.db
    rm -f import.db
}

for tool in openssl sqlite3 ${peers:+node npm}; do
    command -v "$tool" >/dev/null 2>&1 || die "$tool is missing${peers:+ (or leave the peers out: --no-peers)}"
done
make_build
[ -n "$level" ] || level=$(highest_level)
has_level "$level" || exit 2
make_scratch "${2:-${TMPDIR:-/tmp}}"
room_for "$scratch" "$(awk -v n="$number" -v peers="$peers" 'BEGIN { printf "%d", 100 + n * (peers ? 16000 : 11000) }')"
[ -z "$peers" ] || install_peers
dump=dump
case=service.case
note "Making up a service of scale $scale"
must synth "$synth" --scale "$scale" --seed 1 "$dump"
hash_dump
four_steps
note 'Figures against the truth'
unspoof_agrees
questions
calls=$(sed -n 's/^calls\.csv,[0-9]*,\([0-9]*\),.*/\1/p' "$dump/truth/ingest.csv")
rm -f "$case"
[ -z "$peers" ] || run_peers

echo "unspoof $("$unspoof" --version | awk 'NR == 1 { print $2 }'), scale $scale: $calls calls; $(date -u +%Y-%m-%d)"
machine
echo "Level of the processor used: $level"
if [ -n "$peers" ]; then
    sed -n 's/^ *"\(@duckdb.*\|chdb\)": "\(.*[0-9]\)",*$/\1 \2/p' "$top/bench/peers/package.json"
    echo "sqlite3 $(sqlite3 --version | cut -d ' ' -f 1)"
fi
openssl version
echo
awk -f "$top/bench/table.awk" -v calls="$calls" -v level="$level" sizes rows questions
[ -z "$rows_file" ] || sed "s|^|$scale	|" rows >>"$rows_file"
echo
if [ "$wrong" = 0 ]; then
    echo 'Every figure is equal to the truth'
else
    echo "$wrong figures differ from the truth"
    exit 1
fi
