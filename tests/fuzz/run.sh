#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh TARGET COUNT [LIBFUZZER-ARGUMENT...]: fuzzes with COUNT executions
# under the address and undefined-behaviour sanitizers. TARGET is one of those
# with seeds here, as fuzz_number. Builds, corpora and findings go to build/fuzz,
# or to UNSPOOF_FUZZ_DIR. Seeds are split by the build that UNSPOOF_FUZZ_PLAIN names, or by one made for it.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
target=$1
count=$2
shift 2
work=${UNSPOOF_FUZZ_DIR:-$top/build/fuzz}
seeds=$top/tests/fuzz/$target.seeds
[ -f "$seeds" ] || {
    echo "$target is no fuzz target" >&2
    exit 2
}

plain=${UNSPOOF_FUZZ_PLAIN:-$work/plain}
[ -n "${UNSPOOF_FUZZ_PLAIN-}" ] || sh "$top/build-aux/build.sh" "$plain" CFLAGS=-O1
make -s -C "$plain" "tests/fuzz/$target"
sh "$top/build-aux/build.sh" "$work/fuzzing" CC=clang CFLAGS='-O1 -g1' --enable-fuzzing --enable-asan --enable-ubsan
make -s -C "$work/fuzzing" "tests/fuzz/$target"

# What the inputs are made of, and how long they may be.
case $target in
fuzz_number | fuzz_number_text) words=number longest=64 ;;
fuzz_profile) words=profile longest=1000 ;;
fuzz_json) words=json longest=600 ;;
fuzz_xml) words=xml longest=600 ;;
fuzz_xml_tables) words=xml longest=1000 ;;
fuzz_record) words=record longest=300 ;;
*) words=${target#fuzz_} longest=4096 ;;
esac
corpus=$work/corpus/$target
mkdir -p "$corpus" "$work/findings"
"$plain/tests/fuzz/$target" --split "$corpus" "$seeds"
cd "$work/findings"
exec "$work/fuzzing/tests/fuzz/$target" -runs="$count" -max_len=$longest -timeout=5 \
    -dict="$top/tests/fuzz/$words.dict" -artifact_prefix="$target-" -print_final_stats=1 \
    "$@" "$corpus"
