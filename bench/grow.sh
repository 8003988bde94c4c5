#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# grow.sh [DIR [SCALE...]]: run.sh without the peers at 0.7, 7 and 70 million calls,
# or at other scales, the smallest first: how time and memory grow.
set -eu
. "$(dirname "$0")/lib.sh"

case ${1:-} in
-*)
    echo 'usage: grow.sh [DIR [SCALE...]]' >&2
    exit 2
    ;;
esac
dir=${1:-${TMPDIR:-/tmp}}
[ $# = 0 ] || shift
[ $# -gt 0 ] || set -- 1/100 1/10 1
for scale in "$@"; do
    [ -n "$(number_of "$scale")" ] || die "$scale is no scale"
done
make_scratch "$dir"
for scale in "$@"; do
    note "Scale $scale"
    sh "$top/bench/run.sh" --no-peers --rows rows "$scale" .. >out &
    child=$!
    status=0
    wait "$child" || status=$?
    child=
    [ "$status" = 0 ] || {
        tail -n 20 out >&2
        die "run.sh $scale failed with status $status"
    }
    printf '%s\t%s\n' "$scale" "$(number_of "$scale")" >>scales
done
sed -n '1s/, scale.*calls;/;/; 1,3p' out
echo
awk -f "$top/bench/grow.awk" scales rows
