#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The case file: same input, same bytes; read-only reading; the lock; runs.
. "${srcdir:-.}/tests/lib.sh"

must "$synth" --scale 1/10000 --seed 5 dump
files=$(ls dump/*.csv)

# full CASE: the four steps.
full() {
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q -r GB "$1" $files
    must "$unspoof" normalise -q "$1"
    must "$unspoof" correlate -q "$1"
}

# contents CASE: all of it, but runs.
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run '; }

full one.case
full two.case
contents one.case >one.sql
contents two.case >two.sql
same 'two runs give the same case' one.sql two.sql
must "$synth" --scale 1/1000 --seed 6 --rows-only rows
for n in 1 2 3 8; do
    must "$unspoof" ingest -q -r GB --threads $n $n.case rows/calls.csv
    contents $n.case >$n.sql
    same "--threads $n gives the same case as one thread" 1.sql $n.sql
done
must gzip -k rows/calls.csv
for n in 1 2 3 8; do
    must "$unspoof" ingest -q -r GB --threads $n z$n.case rows/calls.csv.gz
    contents z$n.case >z$n.sql
    same "--threads $n of a compressed dump too" z1.sql z$n.sql
done
rm -r rows [1238].case [1238].sql z[1238].case z[1238].sql
formats=$("$unspoof" export --help | sed -n 's/^  -f, --format FORMAT *//p' | sed 's/([^)]*)//g')
[ "$formats" = 'table , csv , tsv, json, jsonl' ]
ok 'the formats'
for command in export summary show query; do
    case $command in
    export) try "$unspoof" export -f xml one.case suspects ;;
    summary) try "$unspoof" summary -f xml one.case ;;
    show) try "$unspoof" show -f xml one.case call 1 ;;
    query) try "$unspoof" query -f xml one.case 'SELECT 1' ;;
    esac
    status_is 2 "$command: a format that there is not"
    says err "^unspoof $command: 'xml' is no format; the formats are table, csv, tsv, json, jsonl\$" 'is told with those that there are'
done
for table in suspects accounts presentations victims calls payments reports links rejects quality sources; do
    for format in $(echo "$formats" | tr -d ,); do
        must "$unspoof" export -q -f $format --force -o one.out one.case $table
        must "$unspoof" export -q -f $format --force -o two.out two.case $table
        cmp -s one.out two.out
        ok "two runs give the same $table as $format"
    done
done

[ "$(sqlite3 one.case 'PRAGMA application_id')" = 1970172784 ]
ok 'application_id'
[ "$(sqlite3 one.case 'PRAGMA user_version')" = 8 ]
ok 'user_version'
[ "$(sqlite3 one.case 'SELECT group_concat(command) FROM run')" = ingest,normalise,correlate ]
ok 'every command that writes leaves a run'

# shellcheck disable=SC2086
must "$unspoof" run -q -r GB --threads 3 --memory 64M run.case $files
sqlite3 run.case "SELECT command FROM run WHERE arguments LIKE '%\"--threads\",\"3\"%' ORDER BY id" >out
printf '%s\n' ingest normalise correlate >expected
same 'run hands --threads to its steps' expected out
[ "$(sqlite3 run.case "SELECT count(*) FROM run WHERE arguments LIKE '%\"--memory\",\"64M\"%'")" = 2 ]
ok 'and --memory to the two that know it'
first=$(echo "$files" | head -n 1)
try "$unspoof" run -q -r GB -c EUR --currency USD --date-order dmy --long 61 run2.case "$first"
sqlite3 run2.case "SELECT command || arguments FROM run ORDER BY id" | cut -d, -f1-9 >out
printf '%s\n' 'ingest["--quiet","--region","GB","--currency","EUR","--","run2.case","'"$first"'"]' \
    'normalise["--quiet","--date-order","dmy","--","run2.case"]' \
    'correlate["--quiet","--currency","USD","--long","61","--","run2.case"]' >expected
same 'each option goes to its step, by the name that it has there' expected out
rm -f run2.case*
contents run.case >run.sql
same 'and comes to what the steps come to' one.sql run.sql

# Reading changes nothing, also where nothing can be written.
mkdir locked
cp one.case locked/
chmod a-w locked/one.case locked
before=$(sha256sum <locked/one.case)
for command in 'export -f csv' 'summary' 'verify'; do
    case $command in
    export*) try "$unspoof" export -q -f csv locked/one.case suspects ;;
    *) try "$unspoof" $command -q locked/one.case ;;
    esac
    status_is 0 "$command reads a read-only case"
done
[ "$before" = "$(sha256sum <locked/one.case)" ]
ok 'and changes nothing'
chmod u+w locked

# Stages again: the same conclusions.
for options in '--threads 1' '--threads 2' '--threads 8' '--threads 3 --memory 16M --temporary .'; do
    # shellcheck disable=SC2086
    must "$unspoof" correlate -q $options one.case
    contents one.case >again.sql
    same "correlate $options: the same case" two.sql again.sql
done
must "$unspoof" correlate -q one.case
must "$unspoof" normalise -q one.case
must "$unspoof" correlate -q one.case
contents one.case >again.sql
same 'normalise and correlate again: the same case' two.sql again.sql

# The same source twice adds nothing.
try "$unspoof" ingest -r GB one.case dump/calls.csv
status_is 0 'the same source twice is no failure'
says err 'dump/calls.csv: already in the case as source [0-9]+; nothing added' 'it is noticed'
contents one.case >again.sql
same 'and adds nothing' two.sql again.sql

# A new source drops what was understood.
head -n 50 dump/calls.csv >more.csv
must "$unspoof" ingest -q -r GB one.case more.csv
try "$unspoof" export -f csv one.case suspects
status_is 1 'after a new source there are no conclusions'
says err 'normalise' 'and what to run is said'

# The lock.
mkfifo hold
sqlite3 two.case 'BEGIN EXCLUSIVE;' '.shell cat hold' >/dev/null 2>&1 &
holder=$!
sleep 1
try "$unspoof" normalise two.case
status_is 1 'a case that another command writes is refused'
says err 'another command is writing this case' 'and that is said'
echo >hold
wait $holder

# A newer format, and files that are no case.
cp two.case newer.case
sqlite3 newer.case 'PRAGMA user_version = 99'
try "$unspoof" summary newer.case
status_is 1 'a newer format is refused'
says err 'newer.case: made by a newer unspoof: case format 99' 'and named'
sqlite3 other.db 'CREATE TABLE t(x)'
try "$unspoof" summary other.db
status_is 1 'another SQLite database is refused'
says err 'not a case file' 'and named'
echo 'not a database, and longer than a header: 0123456789 0123456789 0123456789 0123456789 0123456789' >text.case
try "$unspoof" ingest text.case dump/calls.csv
status_is 1 'a text is no case'
says err 'text.case: not a case file' 'and named'

# What was changed behind the program's back is found.
cp two.case forged.case
sqlite3 forged.case "UPDATE run SET arguments = '[]' WHERE id = 1"
try "$unspoof" verify forged.case
status_is 4 'a changed run breaks the chain'
cp two.case forged.case
sqlite3 forged.case 'UPDATE suspect SET spend = spend + 1 WHERE id = 1'
try "$unspoof" verify forged.case
status_is 4 'a changed figure does not add up'
cp two.case forged.case
sqlite3 forged.case 'DELETE FROM reject WHERE id = 1'
try "$unspoof" verify forged.case
status_is 4 'a reject that was taken out is missed'
cp two.case forged.case
sqlite3 forged.case 'UPDATE found SET base = base + 1 WHERE id = 256 + 2'
try "$unspoof" verify forged.case
status_is 4 'a change of the found layer that hangs together breaks its digest'
says err 'segment 1: its columns as found are not those that were stored' 'and is told'
sqlite3 forged.case "UPDATE segment SET sha256 = '$(printf x | sha256sum | cut -d' ' -f1)' WHERE id = 1"
try "$unspoof" verify forged.case
status_is 4 'another digest breaks the seal'
says err 'the layer as found is not what its run left' 'and is told'

# An ingest that was cut short after it stored a source, before its run: it is
# no forgery, and the same command makes it whole.
must "$unspoof" ingest -q -r GB cut.case dump/calls.csv
sqlite3 cut.case 'DELETE FROM run; DELETE FROM table_digest'
try "$unspoof" verify cut.case
status_is 0 'an ingest that was cut short verifies'
says err 'their ingest was cut short' 'and is told'
must "$unspoof" ingest -q -r GB cut.case dump/calls.csv
try "$unspoof" verify cut.case
status_is 0 'the same command again'
[ "$(sqlite3 cut.case 'SELECT count(*) FROM run')" = 1 ]
ok 'records what was stored'
[ "$(sqlite3 cut.case "SELECT json_extract(value, '\$.path') FROM run, json_each(inputs)")" = dump/calls.csv ]
ok 'by name'
try "$unspoof" verify two.case
status_is 0 'an honest case verifies, and so do its sources'
echo >>dump/accounts.csv
try "$unspoof" verify two.case
status_is 4 'a changed source is found'
says err 'dump/accounts.csv: has changed' 'and named'
# A refund to an account that presented nothing is in no presentation, and nothing is wrong with that.
cat >calls.csv <<'TEXT'
started,account,presented,dialled,talk
2022-01-01 00:00:00Z,a,+442079460001,+447400123456,61
TEXT
cat >accounts.csv <<'TEXT'
account,email
a,x@example.com
b,x@example.com
TEXT
for paid in 10.00,-4.00 -3.00,-4.00 -3.00,7.00 0.00,0.00; do
    printf 'account,paid,amount,currency,status\na,2022-01-01 00:00:00Z,%s,GBP\nb,2022-01-01 00:00:00Z,%s,GBP\n' \
        "${paid%,*}" "${paid#*,}" | sed '1!s/$/,paid/; /,-/s/paid$/refunded/' >payments.csv
    must "$unspoof" run -q refund.case calls.csv accounts.csv payments.csv
    try "$unspoof" verify refund.case
    status_is 0 "payments of $paid by two accounts of one person, of which one presented something, verify"
    [ "$("$unspoof" export -q -f csv refund.case presentations | tail -n 1 | cut -d, -f10)" = "$(echo "${paid%,*}" | sed 's/^-.*/0.00/')" ]
    ok 'the presentation shares what its own account spent, and nothing where more went back'
    rm refund.case
done

done_testing
