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

if [ ! -x "$build/unspoof" ]; then
    sh build-aux/setup.sh --tests || exit 1
    sh build-aux/build.sh "$build" --enable-werror CC=gcc || exit 1
fi

# long NAME ARGUMENT: tests/NAME/NAME.sh with that argument.
long() {
    log=$work/$1.long.log
    srcdir=$top builddir=$build sh "tests/$1/$1.sh" "$2" >"$log" 2>&1
    status=$?
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    # No plan: it did not come to its end.
    grep -q '^1\.\.' "$log" || bad=$((bad + 1))
    [ "$status" = 0 ] || [ "$bad" != 0 ] || bad=1
    [ "$bad" = 0 ] || grep -v '^ok ' "$log" | head -n 60
    passed=$((passed + good))
    failed=$((failed + bad))
    printf 'done: %s %s\n' "$1" "$2"
}

# Every so many faults, so many damages, so many mistakes, and so many persons with money.
long faults "${UNSPOOF_FAULTS:-17}"
long damage "${UNSPOOF_DAMAGE:-5000}"
long mistakes "${UNSPOOF_MISTAKES:-1000}"
long money "${UNSPOOF_MONEY:-10000}"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
