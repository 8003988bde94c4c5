#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# --processor: every level of the machine gives the same case and reads one alike.
. "${srcdir:-.}/tests/lib.sh"

levels=
for level in plain sse2 avx2 avx512; do
    try "$unspoof" number --processor $level 07700900123
    if [ "$status" = 0 ]; then
        levels="$levels $level"
    else
        status_is 2 "a level that the machine has not, $level, is a usage error"
        says err "^unspoof number: --processor: there is no $level here, at most [a-z0-9]*\$" 'and is named'
    fi
done
case $levels in
' plain'*) true ;;
*) false ;;
esac
ok "levels of this machine:$levels"

try "$unspoof" number --processor sse9 1
status_is 2 'what is no level is a usage error'
says err "^unspoof number: --processor takes plain, sse2, avx2 or avx512, not 'sse9'" 'and is named'
try "$unspoof" number --processor
status_is 2 'so is none'
try "$unspoof" number --processor=plain --processor avx2 1
status_is 2 'a limit is not lifted again'
try "$unspoof" number -- --processor plain
status_is 0 'behind -- it is an operand'
try "$unspoof" ingest --prof nothing x.case y.csv
says err "'nothing'" 'it makes no abbreviation ambiguous'
for command in $("$unspoof" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    try "$unspoof" "$command" --help --processor=plain
    status_is 0 "$command takes it"
    ! grep -q processor out
    ok "$command: and its help is silent about it"
done

# contents CASE: all of it, but runs.
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run '; }

# More than a segment of calls.
must "$synth" --scale 1/1000 --seed 8 dump
for level in $levels; do
    must "$unspoof" ingest --processor $level -q -r GB $level.case dump/*.csv
    must "$unspoof" normalise -q --processor=$level $level.case
    must "$unspoof" correlate -q $level.case --processor $level
    contents $level.case >$level.sql
    same "$level gives the case that plain gives" plain.sql $level.sql
    must "$unspoof" verify --processor $level -q plain.case dump/calls.csv
    for table in suspects calls; do
        must "$unspoof" export --processor $level -q -f csv --force -o $level.$table plain.case $table
        cmp -s plain.$table $level.$table
        ok "$level reads the same $table"
    done
    [ $level = plain ] || rm $level.case $level.sql $level.suspects $level.calls
done
grep -c . plain.calls | grep -q '^[67][0-9][0-9][0-9][0-9]$'
ok 'it is more than a segment of calls'
done_testing
