#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who may read what is made here: its owner alone, whatever the umask gives to others; and a case that is there keeps its mode.
. "${srcdir:-.}/tests/lib.sh"

# mode_is MODE FILE NAME: as ls shows it.
mode_is() {
    shown=$(ls -ld "$2" 2>&1 | cut -c 1-10)
    [ "$shown" = "$1" ] || {
        echo "# $2: $shown"
        false
    }
    ok "$3"
}

printf '%s\n' started,account,presented,dialled,talk '2022-03-01 10:00:00,u1,+442079460101,07700900001,75' >calls.csv

for mask in 000 022 077; do
    mkdir $mask
    umask $mask
    must "$unspoof" run -q -r GB $mask/c.case calls.csv
    mode_is -rw------- $mask/c.case "umask $mask: a new case"
    must "$unspoof" export -q -f csv -o $mask/x.csv $mask/c.case calls
    mode_is -rw------- $mask/x.csv "umask $mask: an export"
    echo old >$mask/old.csv
    chmod 0666 $mask/old.csv
    must "$unspoof" export -q -f csv --force -o $mask/old.csv $mask/c.case calls
    mode_is -rw------- $mask/old.csv "umask $mask: one in place of a file that others may read"
done
umask 000

# A case whose owner lets others read it.
cp 000/c.case kept.case
chmod 0640 kept.case
printf '%s\n' number,organisation,sector +442079460101,Northmere,bank >organisations.csv
must "$unspoof" ingest -q kept.case organisations.csv
mode_is -rw-r----- kept.case 'a case that is there keeps its mode'
must "$unspoof" drop -q kept.case organisations.csv
mode_is -rw-r----- kept.case 'also where a source is taken out and the file is written anew'

# What a command leaves that is killed: its journal, and a file that is not whole.
name='a journal is read by who may read the case'
if grep -q __asan_init "$unspoof" || ! fault_library; then
    skip "$name" 'the library that makes faults cannot be used here'
    skip 'a file that is not whole is read by its owner alone' 'the same'
else
    at=1
    while [ $at -lt 20 ] && ! [ -s k.case-journal ]; do
        rm -f k.case k.case-journal
        cp 000/c.case k.case
        chmod 0600 k.case
        shimmed FAULT_CALL=sync FAULT_AT=$at FAULT_ERROR=KILL "$unspoof" normalise -q k.case 2>/dev/null
        at=$((at + 1))
    done
    mode_is -rw------- k.case-journal "$name"
    shimmed FAULT_CALL=sync FAULT_AT=1 FAULT_ERROR=KILL "$unspoof" export -q -f csv -o k.csv 000/c.case calls 2>/dev/null
    mode_is -rw------- k.csv.partial 'a file that is not whole is read by its owner alone'
fi
done_testing
