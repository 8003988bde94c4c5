#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What takes too long for make check, on the build that tests/check.sh leaves, or on
# one that is made here. Ends with `N passed, N failed`.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
work=${UNSPOOF_CHECK_DIR:-$top/build/check}
build=$work/gcc
passed=0
failed=0

sh build-aux/setup.sh --long || exit 1
if [ ! -x "$build/unspoof" ]; then
    sh build-aux/build.sh "$build" --enable-werror CC=gcc || exit 1
    make -s -C "$build" check TESTS= >/dev/null || exit 1
fi

# long NAME ARGUMENT...: tests/NAME/NAME.sh with these.
long() {
    log=$work/$1${3:+.$3}.long.log
    srcdir=$top builddir=$build sh "tests/$1/$1.sh" "$2" ${3:+"$3"} >"$log" 2>&1 || echo "not ok - status $?" >>"$log"
}

# judge NAME LOG...: what they say.
judge() {
    name=$1
    shift
    for log; do
        good=$(grep -c '^ok ' "$log")
        bad=$(grep -c '^not ok ' "$log")
        # No plan: it did not come to its end.
        grep -q '^1\.\.' "$log" || bad=$((bad + 1))
        [ "$bad" = 0 ] || grep -v '^ok ' "$log" | head -n 60
        passed=$((passed + good))
        failed=$((failed + bad))
    done
    now=$(date +%s)
    printf 'done: %s in %d s\n' "$name" $((now - last))
    last=$now
}

# Every so many faults, so many mistakes, so many damages, so many persons with money, and a service at
# that scale. The first
# has as many processes as there are processors; the mistakes go in two halves, and the others one beside
# the other.
last=$(date +%s)
long faults "${UNSPOOF_FAULTS:-29}" ''
judge 'faults' "$work/faults.long.log"
mistakes=${UNSPOOF_MISTAKES:-1000}
half=$((mistakes / 2))
long mistakes $((mistakes - half)) $((half + 1)) &
long mistakes $half 1
wait
judge 'mistakes' "$work/mistakes.1.long.log" "$work/mistakes.$((half + 1)).long.log"
long money "${UNSPOOF_MONEY:-10000}" '' &
long damage "${UNSPOOF_DAMAGE:-1000}" ''
wait
judge 'damage and money' "$work/damage.long.log" "$work/money.long.log"
long servers "${UNSPOOF_SERVICE:-1/10000}" ''
judge 'the same service, every way' "$work/servers.long.log"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
