#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# all.sh [--no-peers] [--no-dumps] SCALE [DIR]: run.sh at each level of the processor that budgets or machines differ by, the peers
# beside the highest; then dumps.sh, at a tenth of the calls of a whole service at most; and at the end every budget.
set -eu
. "$(dirname "$0")/lib.sh"

usage() {
    echo 'usage: all.sh [--no-peers] [--no-dumps] SCALE [DIR]' >&2
    exit 2
}

peers=yes
dumps=yes
while [ $# -gt 0 ]; do
    case $1 in
    --no-peers) peers= ;;
    --no-dumps) dumps= ;;
    -*) usage ;;
    *) break ;;
    esac
    shift
done
[ $# = 1 ] || [ $# = 2 ] || usage
number=$(number_of "$1")
[ -n "$number" ] || usage
dir=$(mkdir -p "${2:-${TMPDIR:-/tmp}}" && cd "${2:-${TMPDIR:-/tmp}}" && pwd)
make_build
make_scratch "$dir"
own=$(highest_level)
levels=$(for level in sse2 plain; do if has_level $level 2>/dev/null; then echo $level; break; fi; done)
for level in avx2 avx512; do
    if has_level $level 2>/dev/null; then levels="$levels $level"; fi
done

# part NAME COMMAND...: its output, whole, and what it says of budgets.
part() {
    name=$1
    shift
    note "== $name"
    status=0
    UNSPOOF_BUILD=$build "$@" >part.out &
    child=$!
    wait "$child" || status=$?
    child=
    printf '== %s\n\n' "$name"
    cat part.out
    echo
    sed -n "s/^.*: \(kept\|MISSED\)\$/$name: &/p" part.out >>budgets
    [ "$status" = 0 ] || failed=yes
}

failed=
: >budgets
for level in $levels; do
    if [ "$level" = "$own" ]; then beside=$peers; else beside=; fi
    if [ -n "$beside" ]; then
        part "$level" sh "$top/bench/run.sh" --processor "$level" "$1" "$dir"
    else
        part "$level" sh "$top/bench/run.sh" --no-peers --processor "$level" "$1" "$dir"
    fi
done
if [ -n "$dumps" ]; then
    scale=$(awk -v n="$number" 'BEGIN { printf "%.9f", n > 0.1 ? 0.1 : n }')
    if [ -n "$peers" ]; then
        part dumps sh "$top/bench/dumps.sh" "$scale" "$dir"
    else
        part dumps sh "$top/bench/dumps.sh" --no-peers "$scale" "$dir"
    fi
fi
echo '== Budgets'
echo
cat budgets
[ -z "$failed" ] || die 'a part failed, or has figures that differ from the truth'
