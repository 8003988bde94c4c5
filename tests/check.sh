#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds unspoof and runs every test: with GCC and Clang, under the sanitizers,
# under valgrind, a little under libFuzzer, and from a distribution. Ends with `N passed, N failed`.
#
# It is to end within 20 minutes on two processors, and took 17 and a half (AMD EPYC, Debian 12): 1,810 seconds of processor time, of
# which the tests under the sanitizers, where a program takes three times as long as without, took 8 minutes, make distcheck with the
# tests of GCC, valgrind and the fuzz targets beside it 7, and compiling the rest. Each part prints what it took. What draws or cuts
# thousands of times does a part here, and all of it in tests/long.sh.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
sh build-aux/setup.sh --tests || exit 1
work=${UNSPOOF_CHECK_DIR:-$top/build/check}
rm -rf "$work"
mkdir -p "$work"
# What is beside the sources, for those of the distribution too.
UNSPOOF_REAL=${UNSPOOF_REAL:-$top/../shared/real}
UNSPOOF_ORACLE=${UNSPOOF_ORACLE:-$top/../shared/e164}
export UNSPOOF_REAL UNSPOOF_ORACLE
passed=0
failed=0

say() { printf '%s\n' "$*"; }

# processor: the seconds of processor time that what has ended took, of "0m1.25s 0m0.50s" in the second line that times printed,
# which it does of its own shell alone.
processor() {
    awk 'NR == 2 { split($0, part, /[ms ]+/); print int(part[1] * 60 + part[2] + part[3] * 60 + part[4]) }' "$work/times"
}

# done_with WHAT: the seconds since the last call, and those of the processors.
last=$(date +%s)
used=0
done_with() {
    now=$(date +%s)
    times >"$work/times"
    using=$(processor)
    say "done: $1 in $((now - last)) s, $((using - used)) s of processor time"
    last=$now
    used=$using
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

# build NAME CONFIGURE-ARGUMENT...
build() {
    name=$1
    shift
    sh build-aux/build.sh "$work/$name" --enable-werror "$@"
    verdict $? "build $name"
    done_with "build $name"
}

# checked NAME STATUS LOG DIR: adds up what a make check says in its log, which ended with that status; what failed is in DIR.
checked() {
    good=$(awk '/^# (PASS|XFAIL): / { n += $3 } END { print n + 0 }' "$3")
    bad=$(awk '/^# (FAIL|XPASS|ERROR): / { n += $3 } END { print n + 0 }' "$3")
    passed=$((passed + good))
    failed=$((failed + bad))
    [ "$bad" = 0 ] || grep -h '^not ok\|^FAIL\|^ERROR\|^#' "$4"/test-suite.log | head -n 60
    [ "$good" -gt 0 ] && [ "$2" = 0 ]
    whole=$?
    [ $whole = 0 ] || [ "$bad" != 0 ] || tail -n 40 "$3"
    verdict $whole "$1"
}

build gcc CC=gcc
# Optimised little, and with lines only for a debugger, it is compiled in less time and does not run for longer.
build clang-sanitizers CC=clang CFLAGS='-O1 -g1' --enable-asan --enable-ubsan
(cd "$work/clang-sanitizers" && make -j"$(getconf _NPROCESSORS_ONLN)" check) >"$work/clang-sanitizers/check.log" 2>&1
checked 'make check clang-sanitizers' $? "$work/clang-sanitizers/check.log" "$work/clang-sanitizers"
done_with 'make check clang-sanitizers'

# What takes one processor goes beside make distcheck: each status, and what it is of, in a file.
beside() {
    UNSPOOF_BUILD="$work/gcc" sh tests/cli/leaks.sh >"$work/leaks.log" 2>&1
    echo "$? $work/leaks.log valgrind: no leak in a full pass"
    # The same inputs each time: new ones are for tests/fuzz/campaign.sh.
    for seeds in tests/fuzz/*.seeds; do
        target=$(basename "$seeds" .seeds)
        case $target in
        fuzz_number*) runs=200000 ;;
        *) runs=20000 ;;
        esac
        UNSPOOF_FUZZ_DIR="$work/fuzz" UNSPOOF_FUZZ_PLAIN="$work/gcc" \
            sh tests/fuzz/run.sh "$target" "$runs" -seed=1 >"$work/$target.log" 2>&1
        echo "$? $work/$target.log fuzzing: $runs executions of $target"
    done
}

# The make check of GCC is that of the distribution.
beside >"$work/beside" &
(cd "$work/gcc" && make -j"$(getconf _NPROCESSORS_ONLN)" distcheck \
    DISTCHECK_CONFIGURE_FLAGS='--enable-werror CC=gcc') >"$work/distcheck.log" 2>&1
checked 'make distcheck gcc' $? "$work/distcheck.log" "$(echo "$work"/gcc/unspoof-*/_build/sub)"
wait
while read -r status log what; do
    [ "$status" = 0 ] || tail -n 40 "$log"
    verdict "$status" "$what"
done <"$work/beside"
[ "$(wc -l <"$work/beside")" = $((1 + $(ls tests/fuzz/*.seeds | wc -l))) ]
verdict $? 'valgrind and each fuzz target came to an end'
done_with 'make distcheck gcc, valgrind and fuzzing'

say "$passed passed, $failed failed"
[ "$failed" = 0 ]
