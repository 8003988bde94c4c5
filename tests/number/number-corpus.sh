#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# number-corpus.sh BUILD >tests/number/number-corpus.tsv: makes the corpus of answers
# anew, with the generator of that build and libphonenumber-dev.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
LC_ALL=C
export LC_ALL
make -s -C "$build" tests/number/numgen >&2
"${CXX:-g++}" -O2 -o "$scratch/oracle" "$top/tests/number/oracle.cc" -lphonenumber -lprotobuf

# lines NUMGEN-ARGUMENT...
lines() {
    "$build/tests/number/numgen" "$@" "$top/data/numplan.tsv" >"$scratch/questions"
    "$build/tests/number/numgen" --escape "$@" "$top/data/numplan.tsv" >"$scratch/escaped"
    "$scratch/oracle" <"$scratch/questions" |
        sed 's/^.*\t\([^\t]*\t[^\t]*\t[^\t]*\t[^\t]*\t[^\t]*\t[^\t]*\t[^\t]*\)$/\1/' |
        paste "$scratch/escaped" -
}

cat <<'TEXT'
# Answers of libphonenumber 8.12.57 (C++): region, text (\\ is a backslash, \xNN any byte), then status, E.164, calling
# code, region, possible, valid, type. Made by tests/number/number-corpus.sh: each example of the plan as an international and
# as a national number, then texts at random, of digits drawn over whole plans; no number stands for anybody.
TEXT
lines --mix examples
lines --mix trial --seed 8 --count 3500
