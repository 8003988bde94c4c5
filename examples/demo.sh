#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds unspoof, makes up a small spoofing service, and goes from its dumps to
# a ranked list of suspects. Leaves everything in ./demo, or in $DEMO.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
demo=${DEMO:-$top/demo}
cd "$top"
sh build-aux/setup.sh
echo "Building ..."
sh build-aux/build.sh "$top/build/demo"
make -s -C "$top/build/demo" tests/synth/synth >/dev/null
PATH=$top/build/demo:$PATH

mkdir -p "$demo"
rm -rf "$demo/seized" "$demo/exports" "$demo/service.case" "$demo/service.case.log"
mkdir "$demo/exports"
echo "Making up a service that sold spoofed calls, 1/100 of the size of the model case ..."
"$top/build/demo/tests/synth/synth" --scale 1/100 --seed 7 "$demo/seized"

cd "$demo"
run() {
    printf '\n$ %s\n' "$*"
    "$@"
}
run unspoof ingest -r GB service.case seized/calls.csv seized/accounts.csv seized/payments.csv \
    seized/logins.csv seized/reports.csv seized/rates.csv seized/organisations.csv
run unspoof normalise service.case
run unspoof correlate service.case
run unspoof summary --since 2021-08-01 --until 2022-08-01 --country GB service.case
printf '\n$ unspoof export -f tsv --top 10 service.case suspects   (11 of its 25 columns)\n'
unspoof export -f tsv --top 10 service.case suspects | awk -F '\t' '{
    printf "%4s  %-7s  %8s  %8s  %6s  %10s  %7s  %13s  %7s  %9s  %5s\n", $1, $2, $6, $8, $11, $13, $14, $16, $17, $18, $21
}'
for table in suspects accounts presentations victims payments rejects sources runs; do
    unspoof export -f csv -o "exports/$table.csv" service.case "$table"
done
run unspoof verify service.case
printf '\nThe case is %s; the exports are in %s\n' "$demo/service.case" "$demo/exports"
