#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# number.sh SRCDIR BUILDDIR: the reader of numbers against libphonenumber on the
# same lines, run in turn, and the command over 10 million lines.
set -eu

srcdir=$1
builddir=$2
runs=5
lines=200000
bulk=10000000
LC_ALL=C
export LC_ALL
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# median FILE: of one figure a line
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# seconds COMMAND...: the time that it takes
seconds() {
    start=$(date +%s.%N)
    "$@"
    date +%s.%N | awk -v start="$start" '{ printf "%.3f\n", $1 - start }'
}

calls() { "$builddir/tests/number/numgen" --mix calls --seed 1 --count "$1" "$srcdir/data/numplan.tsv"; }
command_run() { "$builddir/unspoof" number "$@" --with-region <"$scratch/bulk" >/dev/null; }

awk -F ': ' '/^model name/ { print "Processor: " $2; exit }' /proc/cpuinfo
echo "Cores: $(getconf _NPROCESSORS_ONLN); memory: $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)"

calls "$lines" >"$scratch/lines"
oracle=$scratch/oracle
"${CXX:-c++}" -O2 -o "$oracle" "$srcdir/tests/number/oracle.cc" -lphonenumber -lprotobuf 2>/dev/null || oracle=
for run in $(seq "$runs"); do
    "$builddir/bench/number_bench" 5 <"$scratch/lines" | sort -n | sed -n 3p >>"$scratch/ours"
    [ -z "$oracle" ] || "$oracle" --time 1 <"$scratch/lines" >>"$scratch/theirs"
done
ours=$(median "$scratch/ours")
echo "$lines numbers, text to struct, one core, median of $runs runs in turn:"
echo "  unspoof         $(tr '\n' ' ' <"$scratch/ours") median $ours ns a number"
if [ -n "$oracle" ]; then
    theirs=$(median "$scratch/theirs")
    echo "  libphonenumber  $(tr '\n' ' ' <"$scratch/theirs") median $theirs ns a number"
    awk -v ours="$ours" -v theirs="$theirs" 'BEGIN { printf "  ratio           %.0f\n", theirs / ours }'
else
    echo "  libphonenumber  cannot be built with here (libphonenumber-dev, libprotobuf-dev, a C++ compiler)"
fi

calls "$bulk" >"$scratch/bulk"
wc -c <"$scratch/bulk" | awk -v n="$bulk" '{ printf "unspoof number, %d lines, %.0f MB, file to /dev/null:\n", n, $1 / 1e6 }'
for option in --strict -q; do
    for run in 1 2 3; do
        seconds command_run "$option" >>"$scratch/command$option"
    done
    median "$scratch/command$option" | awk -v n="$bulk" -v o="$option" \
        '{ printf "  %-9s %.2f s, %.2f million lines a second\n", o == "-q" ? "all" : o, $1, n / $1 / 1e6 }'
done
