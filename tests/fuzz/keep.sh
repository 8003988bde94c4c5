#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# keep.sh TARGET: makes the target's seeds anew, of the fewest inputs that reach
# what the corpus of run.sh and the seeds reach.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
target=$1
work=${UNSPOOF_FUZZ_DIR:-$top/build/fuzz}
seeds=$top/tests/fuzz/$target.seeds
least=$work/least/$target
LC_ALL=C
export LC_ALL

rm -rf "$least"
mkdir -p "$least"
"$work/fuzzing/tests/fuzz/$target" -merge=1 -max_len=4096 "$least" "$work/corpus/$target" 2>"$work/merge.log"
{
    grep '^#' "$seeds"
    {
        grep -v '^#' "$seeds"
        find "$least" -type f -print0 | xargs -0 "$work/plain/tests/fuzz/$target" --join
    } | sort -u
} >"$seeds.new"
mv "$seeds.new" "$seeds"
