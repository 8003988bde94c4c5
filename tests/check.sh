#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds unspoof and runs every test: with GCC and Clang, under the sanitizers,
# under valgrind, a little under libFuzzer, and from a distribution. Ends with `N passed, N failed`.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
sh build-aux/setup.sh --tests || exit 1
work=${UNSPOOF_CHECK_DIR:-$top/build/check}
rm -rf "$work"
mkdir -p "$work"
passed=0
failed=0

say() { printf '%s\n' "$*"; }

# done_with WHAT: the seconds since the last call.
last=$(date +%s)
done_with() {
    now=$(date +%s)
    say "done: $1 in $((now - last)) s"
    last=$now
}

verdict() {
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
        say "ok: $2"
    else
        failed=$((failed + 1))
        say "not ok: $2"
    fi
}

# Adds up the results that make check left in a build.
count_results() {
    good=$(cat "$1"/tests/*.trs "$1"/tests/*/*.trs 2>/dev/null | grep -c '^:test-result: \(PASS\|XFAIL\)')
    bad=$(cat "$1"/tests/*.trs "$1"/tests/*/*.trs 2>/dev/null | grep -c '^:test-result: \(FAIL\|ERROR\|XPASS\)')
    passed=$((passed + good))
    failed=$((failed + bad))
    [ "$bad" = 0 ] || grep -h '^not ok\|^FAIL\|^ERROR\|^#' "$1"/test-suite.log | head -n 60
}

# flavour NAME CONFIGURE-ARGUMENT...: builds one way and runs make check there.
flavour() {
    name=$1
    shift
    if sh build-aux/build.sh "$work/$name" --enable-werror "$@"; then
        verdict 0 "build $name"
    else
        verdict 1 "build $name"
        return
    fi
    (cd "$work/$name" && make -j"$(getconf _NPROCESSORS_ONLN)" check) >"$work/$name/check.log" 2>&1
    status=$?
    before=$failed
    count_results "$work/$name"
    [ "$status" = 0 ] || [ "$failed" != "$before" ] || {
        tail -n 40 "$work/$name/check.log"
        verdict 1 "make check $name"
    }
    done_with "make check $name"
}

flavour gcc CC=gcc
flavour clang-sanitizers CC=clang --enable-asan --enable-ubsan

# What takes one processor goes beside make distcheck: each status, and what it is of, in a file.
beside() {
    UNSPOOF_BUILD="$work/gcc" sh tests/cli/leaks.sh >"$work/leaks.log" 2>&1
    echo "$? $work/leaks.log valgrind: no leak in a full pass"
    for seeds in tests/fuzz/*.seeds; do
        target=$(basename "$seeds" .seeds)
        case $target in
        fuzz_number*) runs=200000 ;;
        *) runs=20000 ;;
        esac
        UNSPOOF_FUZZ_DIR="$work/fuzz" sh tests/fuzz/run.sh "$target" "$runs" >"$work/$target.log" 2>&1
        echo "$? $work/$target.log fuzzing: $runs executions of $target"
    done
}

beside >"$work/beside" &
(cd "$work/gcc" && make -j"$(getconf _NPROCESSORS_ONLN)" distcheck) >"$work/distcheck.log" 2>&1
status=$?
[ "$status" = 0 ] || tail -n 40 "$work/distcheck.log"
verdict "$status" "make distcheck"
wait
while read -r status log what; do
    [ "$status" = 0 ] || tail -n 40 "$log"
    verdict "$status" "$what"
done <"$work/beside"
[ "$(wc -l <"$work/beside")" = $((1 + $(ls tests/fuzz/*.seeds | wc -l))) ]
verdict $? 'valgrind and each fuzz target came to an end'
done_with 'make distcheck, valgrind and fuzzing'

say "$passed passed, $failed failed"
[ "$failed" = 0 ]
