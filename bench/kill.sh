#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kill.sh [TIMES [ROWS [SEED [DIR]]]]: so many times, an ingest of so many call rows
# is killed at random moments with SIGKILL and the same command run again until it
# is through. What each kill leaves must stand up to verify, and in the end the case
# must be, but for table run, what it is without a kill.
set -eu
. "$(dirname "$0")/lib.sh"

times=${1:-1000}
rows=${2:-1000000}
seed=${3:-1}
for value in "$times" "$rows" "$seed"; do
    case $value in
    '' | *[!0-9]* | 0*)
        echo 'usage: kill.sh [TIMES [ROWS [SEED [DIR]]]]' >&2
        exit 2
        ;;
    esac
done

ingest() { measured "$@" "$unspoof" ingest -q -r GB "$case" dump/*.csv; }

# contents CASE: all of it but runs, in short.
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

# keep REASON: the evidence stays, and all ends.
keep() {
    kept=$scratch
    scratch=
    die "round $round, moment $moment s: $1; all of it is in $kept"
}

# killed: after a kill that left something, verify is content.
killed() {
    kills=$((kills + 1))
    if [ -s "$case" ]; then
        measured /dev/null verify "$unspoof" verify "$case" ||
            keep "verify fails with status $status after a kill"
    else
        empty=$((empty + 1))
    fi
}

# round_of MOMENT...: kills at these moments, one after another, then none.
round_of() {
    rm -f "$case" "$case"-*
    for moment in "$@"; do
        ingest -k "$moment" /dev/null ingest || true
        case $status in
        137) killed ;;
        0) return ;;
        *) keep "ingest fails with status $status" ;;
        esac
    done
    ingest /dev/null ingest || keep "ingest fails with status $status when run again"
}

make_build
make_scratch "${4:-${TMPDIR:-/tmp}}"
room_for "$scratch" $((rows / 2000 + 100))
case=killed.case
kills=0
empty=0
round=0
moment=0
must synth "$synth" --scale "$rows/70000000" --seed "$seed" dump
case=whole.case
for n in 1 2 3; do
    rm -f "$case"
    ingest whole "$n" || die "ingest fails with status $status"
done
expected=$(contents "$case")
whole=$(cut -f 2 whole | sort -n | sed -n 2p)
case=killed.case
note "An ingest of $rows call rows takes $whole s"

# Moments over the time of a whole ingest: one, by odds of one half another, and so on.
awk -v times="$times" -v whole="$whole" -v seed="$seed" 'BEGIN {
    srand(seed)
    for (i = 0; i < times; i++) {
        line = sprintf("%.4f", rand() * whole)
        while (rand() < 0.5)
            line = line sprintf(" %.4f", rand() * whole)
        print line
    }
}' >moments
while read -r line <&3; do
    round=$((round + 1))
    # shellcheck disable=SC2086
    round_of $line
    [ "$(contents "$case")" = "$expected" ] || keep 'the case differs from one without a kill'
    [ $((round % 20)) != 0 ] || note "$round rounds, $kills kills"
done 3<moments
echo "$round ingests of $rows call rows ($whole s each), $kills kills (seed $seed): $empty before there was a case;" \
    "$((kills - empty)) cases verified; every case in the end the same"
