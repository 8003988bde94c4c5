# SPDX-License-Identifier: Apache-2.0
# Sourced by the shell tests: TAP, a scratch directory, and what they share.
# srcdir and builddir are the tops of the sources and of the build.

srcdir=$(cd "${srcdir:-$(dirname "$0")/../..}" && pwd)
builddir=$(cd "${builddir:-.}" && pwd)
unspoof=$builddir/unspoof
synth=$builddir/tests/synth/synth
# Published dumps, read where they are present and never copied.
real=${UNSPOOF_REAL:-$srcdir/../shared/real}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/unspoof-test.XXXXXX") || exit 1
tidy() { chmod -R u+w "$scratch"; rm -rf "$scratch"; }
trap tidy EXIT
cd "$scratch" || exit 1
LC_ALL=C
TZ=UTC
export LC_ALL TZ
count=0

# extent PART ALL: how much of a sweep is done: all of it where UNSPOOF_SWEEP is "all", as tests/long.sh sets it.
extent() { if [ "${UNSPOOF_SWEEP-}" = all ]; then echo "$2"; else echo "$1"; fi; }

# ok NAME: the status of the command before it decides.
ok() {
    if [ $? = 0 ]; then verdict=ok; else verdict='not ok'; fi
    count=$((count + 1))
    printf '%s %d - %s\n' "$verdict" "$count" "$1"
}

# skip NAME REASON
skip() {
    count=$((count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$count" "$1" "$2"
}

# same NAME EXPECTED ACTUAL: two files, byte for byte; the difference is shown.
same() {
    if diff -u "$2" "$3" >difference 2>&1; then
        true
    else
        head -n 60 difference | sed 's/^/# /'
        false
    fi
    ok "$1"
}

# try COMMAND...: runs it; leaves out, err and $status.
try() {
    "$@" >out 2>err </dev/null
    status=$?
}

# status_is STATUS NAME: of the last try; what it printed is shown if not.
status_is() {
    [ "$status" = "$1" ] || {
        printf '# status %s, not %s\n' "$status" "$1"
        head -n 20 err | sed 's/^/# /'
        false
    }
    ok "$2"
}

# says FILE PATTERN NAME: out or err has a line that matches (grep -E).
says() {
    grep -Eq -- "$2" "$1" || {
        head -n 20 "$1" | sed 's/^/# /'
        false
    }
    ok "$3"
}

# must COMMAND...: a step that the test needs.
must() {
    "$@" >must.log 2>&1 || {
        tail -n 20 must.log | sed 's/^/# /'
        echo "Bail out! $*"
        exit 1
    }
}

# twins: from here on every ingest that says nothing of threads must find what it finds with one.
twins() {
    TWIN_PROGRAM=$unspoof
    TWIN_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/unspoof-twin.XXXXXX") || exit 1
    export TWIN_PROGRAM TWIN_FOLDER
    unspoof=$TWIN_FOLDER/unspoof
    printf '#!/bin/sh\nexec sh "%s/tests/twin.sh" "$@"\n' "$srcdir" >"$unspoof"
    chmod +x "$unspoof"
    trap 'chmod -R u+w "$scratch"; rm -rf "$scratch" "$TWIN_FOLDER"' EXIT
}

# twins_agree: that they did.
twins_agree() {
    : >nothing
    touch "$TWIN_FOLDER/differing"
    [ -s "$TWIN_FOLDER/tried" ]
    ok "$(wc -l <"$TWIN_FOLDER/tried") commands were tried with one thread too"
    same 'one thread finds the same as what is usual' nothing "$TWIN_FOLDER/differing"
}

# watch_over PID SECONDS: kills it then; $watch is to be killed when it ended before. A shell that is
# killed as it begins would tidy up too.
watch_over() {
    trap - EXIT
    { sleep "$2"; kill -s KILL "$1"; } >/dev/null 2>&1 &
    watch=$!
    trap tidy EXIT
}

# fault_library: makes shim.so, the library that makes faults; a sanitizer keeps its own memory.
fault_library() {
    memory=
    ! grep -q __asan_init "$unspoof" || memory=-DSHIM_NO_MEMORY
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c11 -O1 -fPIC -shared $memory -o "$scratch/shim.so" "$srcdir/tests/faults/shim.c" -ldl 2>"$scratch/shim.log"
}

# shimmed NAME=VALUE... COMMAND...: with that library.
shimmed() { env LD_PRELOAD="$scratch/shim.so" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" "$@" >out 2>err </dev/null; }

done_testing() { printf '1..%d\n' "$count"; }
