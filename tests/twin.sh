#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# twin.sh ARGUMENT...: runs $TWIN_PROGRAM so. An ingest that says nothing of threads is run again, before that, with --threads 1
# into a copy of its case; where the two cases come to differ the command is noted in $TWIN_FOLDER/differing. For tests: twins() of
# lib.sh.
program=${TWIN_PROGRAM:?}
folder=${TWIN_FOLDER:?}

# What of the command line is the case; empty: it is not to be tried twice.
find_case() {
    case=
    [ "${1-}" = ingest ] || return
    shift
    while [ $# -gt 0 ]; do
        case $1 in
        - | --threads*) case= && return ;;
        -k | -p | -m | -r | -z | -c | -w | --word | --kind | --profile | --map | --region | --tech-prefix | --bare | --zone | --currency | --service | \
            --date-order | --separator | --quote | --inner-quotes | --escape | --guard | --skip-head | --max-rejects)
            [ $# -gt 1 ] && shift ;;
        -*) ;;
        *) [ "$case" ] || case=$1 ;;
        esac
        shift
    done
}

found() { [ ! -f "$1" ] || sqlite3 "$1" .dump 2>&1 | grep -v '^INSERT INTO run '; }

# twin ARGUMENT...: the same words, with the twin where the case was, and one thread.
twin() {
    first=$1
    shift
    named=
    for word; do
        shift
        [ "$named" ] || [ "$word" != "$case" ] || { named=yes && word=$twin; }
        set -- "$@" "$word"
    done
    "$program" "$first" --threads 1 "$@" >/dev/null 2>&1 </dev/null
}

find_case "$@"
[ "$case" ] || exec "$program" "$@"
twin=$folder/twin.case
rm -f "$twin" "$twin"-*
if [ -f "$case" ] && cp "$case" "$twin"; then
    chmod u+w "$twin"
fi
twin "$@"
"$program" "$@"
status=$?
echo "$*" >>"$folder/tried"
[ "$(found "$case" | cksum)" = "$(found "$twin" | cksum)" ] || echo "$*" >>"$folder/differing"
exit $status
