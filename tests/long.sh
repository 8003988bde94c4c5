#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What takes too long for make check, on the builds that tests/check.sh leaves, or on
# some that are made here. Ends with `N passed, N failed`.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
work=${UNSPOOF_CHECK_DIR:-$top/build/check}
build=$work/gcc
passed=0
failed=0

# Sweeps of which make check does a part are whole here.
UNSPOOF_SWEEP=all
UNSPOOF_REAL=${UNSPOOF_REAL:-$top/../shared/real}
UNSPOOF_ORACLE=${UNSPOOF_ORACLE:-$top/../shared/e164}
export UNSPOOF_SWEEP UNSPOOF_REAL UNSPOOF_ORACLE

sh build-aux/setup.sh --long || exit 1
sh build-aux/build.sh "$build" --enable-werror CC=gcc || exit 1
sh build-aux/build.sh "$work/clang-sanitizers" --enable-werror CC=clang CFLAGS='-O1 -g1' --enable-asan --enable-ubsan || exit 1
make -s -j"$(getconf _NPROCESSORS_ONLN)" -C "$build" check TESTS= >"$work/long.log" 2>&1 || {
    tail -n 40 "$work/long.log"
    exit 1
}

# The tests with such a sweep; faults and mistakes have more than theirs.
swept=$({ grep -l '"sweep\.h"\|"pieces\.h"' tests/*/test_*.c | sed 's/\.c$//'; grep -l '\$(extent ' tests/*/*.sh; } |
    grep -v 'faults\.sh\|mistakes\.sh' | tr '\n' ' ')

# whole BUILD: make check of these alone.
whole() {
    log=$work/$1/whole.log
    make -k -j"$(getconf _NPROCESSORS_ONLN)" -C "$work/$1" check TESTS="$swept" >"$log" 2>&1
    status=$?
    good=$(awk '/^# (PASS|XFAIL): / { n += $3 } END { print n + 0 }' "$log")
    bad=$(awk '/^# (FAIL|XPASS|ERROR): / { n += $3 } END { print n + 0 }' "$log")
    [ "$bad" = 0 ] || grep -h '^not ok\|^FAIL\|^ERROR\|^#' "$work/$1/test-suite.log" | head -n 60
    if [ "$good" = 0 ] || { [ "$status" != 0 ] && [ "$bad" = 0 ]; }; then
        tail -n 40 "$log"
        bad=$((bad + 1))
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    tell "whole sweeps, $1"
}

# long NAME ARGUMENT...: tests/NAME/NAME.sh with these.
long() {
    log=$work/$1${3:+.$3}.long.log
    srcdir=$top builddir=$build sh "tests/$1/$1.sh" "$2" ${3:+"$3"} >"$log" 2>&1 || echo "not ok - status $?" >>"$log"
}

# tell NAME: the seconds since the last.
tell() {
    now=$(date +%s)
    printf 'done: %s in %d s\n' "$1" $((now - last))
    last=$now
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
    tell "$name"
}

last=$(date +%s)
whole gcc
whole clang-sanitizers

# Every so many faults, so many mistakes, so many damages, so many persons with money, and a service at
# that scale. The first
# has as many processes as there are processors; the mistakes go in two halves, and the others one beside
# the other.
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
