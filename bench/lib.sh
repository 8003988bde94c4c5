# SPDX-License-Identifier: Apache-2.0
# Sourced by all.sh, run.sh, grow.sh, dumps.sh and kill.sh: the build, a scratch directory that an
# interrupt removes too, and commands that are measured.

top=$(cd "$(dirname "$0")/.." && pwd)
LC_ALL=C
TZ=UTC
export LC_ALL TZ
child=
scratch=

# note TEXT: what is being done, for whoever waits.
note() { printf '%s\n' "$*" >&2; }

die() {
    note "$(basename "$0"): $*"
    exit 1
}

clean_up() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    wait
    [ -z "$scratch" ] || { cd / && rm -rf "$scratch"; }
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# make_build: the programs, in UNSPOOF_BUILD or in build/bench.
make_build() {
    build=${UNSPOOF_BUILD:-$top/build/bench}
    if [ ! -f "$build/Makefile" ] || [ -z "${UNSPOOF_BUILD:-}" ]; then
        sh "$top/build-aux/build.sh" "$build"
    fi
    make -s -C "$build" unspoof tests/synth/synth bench/measure >/dev/null
    build=$(cd "$build" && pwd)
    unspoof=$build/unspoof
    synth=$build/tests/synth/synth
    measure=$build/bench/measure
}

# make_scratch DIR: and goes there.
make_scratch() {
    mkdir -p "$1"
    scratch=$(mktemp -d "$(cd "$1" && pwd)/unspoof-bench.XXXXXX")
    cd "$scratch" || exit 1
}

# measured FILE NAME COMMAND...: adds a line to FILE; what it prints goes to the
# log. In the background, so that a signal does not wait for its end.
measured() {
    "$measure" "$@" >log 2>&1 &
    child=$!
    status=0
    wait "$child" || status=$?
    child=
    return "$status"
}

# must NAME COMMAND...: a command whose time is not asked for.
must() {
    measured /dev/null "$@" || {
        tail -n 20 log >&2
        die "$1 failed with status $status"
    }
}

# number_of SCALE: 1/10 and 0.1 as a decimal number.
number_of() {
    echo "$1" | awk -F/ '/^[0-9.]+(\/[0-9.]+)?$/ { d = NF == 2 ? $2 : 1; if (d > 0 && $1 > 0) printf "%.9f\n", $1 / d }'
}

# room_for DIR MEGABYTES
room_for() {
    free=$(df -Pk "$1" | awk 'NR == 2 { printf "%d", $4 / 1000 }')
    note "Needs about $2 MB in $1, where $free MB are free"
    [ "$free" -ge "$2" ] || die "too little room in $1: name another directory"
}

# The scripts lie beside what npm installs, which is kept in the build, never among the sources.
install_peers() {
    at=$build/bench/npm
    mkdir -p "$at"
    if ! cmp -s "$top/bench/peers/package.json" "$at/installed.json"; then
        note 'Installing the peers'
        cp "$top/bench/peers/package.json" "$at/"
        must npm npm install --prefix "$at" --no-package-lock --ignore-scripts --no-audit --no-fund
        cp "$at/package.json" "$at/installed.json"
    fi
    cp "$top"/bench/peers/*.mjs "$at/"
}

# has_level LEVEL: whether unspoof and this machine have it; says so if not.
has_level() { "$unspoof" number --processor "$1" --help >/dev/null; }

highest_level() {
    for each in avx512 avx2 sse2 plain; do
        has_level $each 2>/dev/null || continue
        echo $each
        break
    done
}

# machine: on which the figures came out.
machine() {
    awk -F ': ' '/^model name/ { print "Processor: " $2; exit }' /proc/cpuinfo
    echo "Cores: $(getconf _NPROCESSORS_ONLN); memory: $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)"
}
