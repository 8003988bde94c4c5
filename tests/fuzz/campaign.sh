#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# campaign.sh SECONDS [TARGET...]: fuzzes each target, all of them unless told, on two processors until each has taken
# SECONDS of processor time, and prints what it executed and what it found. Ends with 1 where something was found. 3600
# is what a release asks of each reader. Corpora stay in build/fuzz, or in UNSPOOF_FUZZ_DIR, and are gone on with.
set -eu

at=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && [ "$1" -gt 0 ] || {
    echo 'usage: campaign.sh SECONDS [TARGET...]' >&2
    exit 2
}
seconds=$1
shift
[ $# -gt 0 ] || set -- $(cd "$at" && ls *.seeds | sed 's/\.seeds$//')
UNSPOOF_FUZZ_DIR=${UNSPOOF_FUZZ_DIR:-$at/../../build/fuzz}
export UNSPOOF_FUZZ_DIR
mkdir -p "$UNSPOOF_FUZZ_DIR"
UNSPOOF_FUZZ_DIR=$(cd "$UNSPOOF_FUZZ_DIR" && pwd)
found=0

# Seconds that this shell's ended processes took: of "0m1.25s 0m0.50s" in the second line that times prints.
spent() {
    times >"$logs/times"
    awk 'NR == 2 { split($0, part, /[ms ]+/); print int(part[1] * 60 + part[2] + part[3] * 60 + part[4]) }' "$logs/times"
}

campaign() { # TARGET
    logs=$UNSPOOF_FUZZ_DIR/campaign/$1
    rm -rf "$logs"
    mkdir -p "$logs"
    sh "$at/run.sh" "$1" 1 >"$logs/build" 2>&1
    spent >"$logs/built"
    used=0
    round=0
    while [ "$used" -lt "$seconds" ] && ! grep -qs '^SUMMARY:' "$logs"/*-[12]; do
        for worker in 1 2; do
            sh "$at/run.sh" "$1" -1 -max_total_time=$((seconds / 2 + 1)) >"$logs/$round-$worker" 2>&1 &
        done
        wait
        spent >"$logs/now"
        used=$(($(cat "$logs/now") - $(cat "$logs/built")))
        round=$((round + 1))
    done
    cat "$logs"/*-[12] | awk -v target="$1" -v used="$used" '
        $1 == "stat::number_of_executed_units:" { count += $2 }
        /^SUMMARY:/ { found++ }
        END { printf "%s: %d executions in %d s of processor time, %d findings\n", target, count, used, found }'
    ! grep -q '^SUMMARY:' "$logs"/*-[12]
}

for target; do
    (campaign "$target") || found=1
done
exit "$found"
