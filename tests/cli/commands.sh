#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What all commands have: help, wrong options, wrong operands, a full output.
. "${srcdir:-.}/tests/lib.sh"

try "$unspoof"
status_is 2 'no command is a usage error'
try "$unspoof" frobnicate
status_is 2 'an unknown command is a usage error'
says err "'frobnicate' is no command" 'and is named'
try "$unspoof" "$(printf 'a\033[31mb')"
says err 'a\\x1b\[31mb' 'what is printed of it cannot act on a terminal'
try "$unspoof" --version
status_is 0 '--version'
says out '^unspoof [0-9]+\.[0-9]+\.[0-9]+$' 'prints the version'
try "$unspoof" --help
status_is 0 '--help'

for command in $("$unspoof" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    for help in -h --help; do
        try "$unspoof" "$command" "$help"
        status_is 0 "$command $help"
        says out "^usage: unspoof $command " "$command $help prints its usage on standard output"
    done
    try "$unspoof" "$command" --no-such-option
    status_is 2 "$command: an unknown option is a usage error"
    says err "^unspoof $command: there is no option '--no-such-option'" "$command: and is named"
    try "$unspoof" "$command" --threads many
    status_is 2 "$command: --threads takes a number"
    if [ -w /dev/full ]; then
        "$unspoof" "$command" --help >/dev/full 2>err
        [ $? = 1 ]
        ok "$command: output that cannot be written is a failure"
    else
        skip "$command: full output" 'no /dev/full here'
    fi
done

for command in ingest export; do
    try "$unspoof" $command case
    status_is 2 "$command: too few operands are a usage error"
done
for command in normalise correlate redo summary verify log; do
    try "$unspoof" $command
    status_is 2 "$command: too few operands are a usage error"
    try "$unspoof" $command absent.case
    status_is 1 "$command: a case that is not there is a failure"
    says err 'absent.case: no such case file' "$command: and is named"
    [ ! -e absent.case ]
    ok "$command: and is not made"
done
for size in '' 16 15M 99999999999999G x M 16MB; do
    try "$unspoof" correlate --memory "$size" absent.case
    status_is 2 "correlate --memory '$size' is a usage error"
    says err "^unspoof correlate: --memory '$size': give bytes, 16M or more" 'and is named'
done
try "$unspoof" correlate --memory 17179869184 absent.case
status_is 1 'correlate --memory takes bytes'
done_testing
