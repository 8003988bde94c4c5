#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A full pass of the four steps under valgrind: no error, no leak.
set -eu

build=${UNSPOOF_BUILD:?the build to test}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
make -s -C "$build" tests/synth/synth >/dev/null
"$build/tests/synth/synth" --scale 1/20000 --seed 3 "$scratch/dump"

watch() {
    valgrind -q --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
        --error-exitcode=99 "$build/unspoof" "$@" >"$scratch/out" 2>"$scratch/err" || {
        status=$?
        cat "$scratch/err" >&2
        exit $status
    }
}

d=$scratch/dump
gzip -k "$d/calls.csv"
watch ingest -r GB "$scratch/case" "$d/calls.csv.gz" "$d/accounts.csv" "$d/payments.csv" \
    "$d/logins.csv" "$d/reports.csv" "$d/rates.csv" "$d/organisations.csv"
watch normalise "$scratch/case"
watch correlate "$scratch/case"
echo 'email nobody@example.com' >"$scratch/never"
watch normalise --region all=GB --zone 1=Europe/London --status paid=X --date-order dmy "$scratch/case"
watch correlate --never "$scratch/never" --long 70 "$scratch/case"
watch redo "$scratch/case"
watch normalise --defaults "$scratch/case"
watch correlate --defaults "$scratch/case"
for table in decisions suspects accounts presentations victims payments rejects sources runs; do
    watch export -f csv "$scratch/case" "$table"
done
watch summary "$scratch/case"
watch verify "$scratch/case"
watch log "$scratch/case"
watch sniff "$d"
watch rows -f jsonl "$d"
watch rows -n 5 "$d/calls.csv.gz"
