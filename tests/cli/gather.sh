#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What is said of the files of a folder and of the members of an archive, and what becomes of them when they come again.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

# ask CASE SQL WANTED NAME
ask() {
    [ "$(sqlite3 "$1" "$2")" = "$3" ] || {
        sqlite3 "$1" "$2" | sed 's/^/# /'
        false
    }
    ok "$4"
}
# silent FILE PATTERN NAME: no line of it matches.
silent() {
    ! grep -Eq -- "$2" "$1" || {
        grep -E -- "$2" "$1" | sed 's/^/# /'
        false
    }
    ok "$3"
}

head='started,account,presented,dialled,talk'
# call FILE N: a file of one call.
call() { printf '%s\n2022-03-%02d 10:00:00Z,u%d,02079460001,07700900%03d,90\n' "$head" $(($2 % 28 + 1)) "$2" "$2" >"$1"; }

# ---- the file that is meant is the one that is named ----

mkdir named
call named/1.csv 1
call named/2.csv 2
must "$unspoof" ingest -q -r GB named.case named/1.csv
try "$unspoof" ingest -r GB named.case named
status_is 0 'a folder whose first file is known'
says err '^named/2.csv: kind call, ' 'how the second is read is said of it'
says err '^named/2.csv: read 1, accepted 1' 'and its counts'
silent err '^named/1.csv: (kind|read)' 'and nothing of that of the first'
ask named.case 'SELECT group_concat(path) FROM source' 'named/1.csv,named/2.csv' 'both are sources'

# A first file that cannot be read to its end.
mkdir ends
call one.csv 5
gzip -c one.csv | head -c 60 >ends/1.csv.gz
call ends/2.csv 6
try "$unspoof" ingest -r GB ends.case ends
says err '^ends/2.csv: read 1, accepted 1' 'the counts are those of the file that was read'
silent err '^ends/1.csv.gz: (read|its times)' 'and none of the other'

mkdir bad
printf '%s\n2022-03-01 10:00:00Z,u1,02079460001,07700900001,90\n' "$head" >bad/1.csv
printf '%s\n2022-03-01 11:00:00Z,u2,02079460001,07700900002,90\nNULL,u2,02079460001,07700900002,90\n(2 rows)\n' "$head" >bad/2.csv
printf '%s\n2022-03-01 12:00:00Z,u3,02079460001,07700900003,90\n"x,u3\n(3 rows)\nNULL,u2,02079460001,07700900002,90\n' "$head" >bad/3.csv
try "$unspoof" ingest -r GB bad.case bad
says err "^bad/2.csv:3: started 'NULL': " 'a rejected row'
says err '^bad: 2 lines around the table, the first in line 4 of bad/2.csv, are skipped' 'lines around the table: where the first is'
says err '^bad: 2 rows rejected, for role started is needed, .*, the first in line 3 of bad/2.csv; ' 'a value that is none: where the first is'
says err '^bad: 1 row rejected for quotes .*, in line 3 of bad/3.csv; ' 'a quote that is not closed: where it is'
ask bad.case "SELECT group_concat(topic || line) FROM source_remark WHERE line > 0" '' 'no line is kept without its file'
tar cf bad.tar -C bad 1.csv 2.csv 3.csv
try "$unspoof" ingest -r GB badtar.case bad.tar
says err '^bad.tar: 2 lines around the table, the first in line 4 of bad.tar:2.csv, are skipped' 'as in an archive'
try "$unspoof" ingest -r GB bad2.case bad/2.csv
says err '^bad/2.csv: 1 line around the table, the first in line 4, is skipped' 'one file alone: by its line'
ask bad2.case "SELECT group_concat(topic || line) FROM source_remark WHERE topic <> 'coverage'" foot4,absent3 'which is kept'

# The part of a file that was taken out again is in no count.
mkdir feet
call feet/1.csv 1
awk -v head="$head" 'BEGIN { print head; for (i = 0; i < 150000; i++) printf "2022-03-%02d 10:00:00Z,u%d,0207946%04d,07700900%03d,%d\n", i % 28 + 1, i % 977, i * 7919 % 10000, i % 997, i % 3600
    print "(150000 rows)" }' >long.csv
{ head -n 70000 long.csv; echo '(70000 rows)'; sed '1,70000d' long.csv; } | gzip -1 | head -c 1100000 >feet/2.csv.gz
printf '%s\n2022-03-01 12:00:00Z,u3,02079460001,07700900003,90\n(1 row)\n' "$head" >feet/3.csv
try "$unspoof" ingest -r GB feet.case feet
status_is 1 'a long file that is cut off'
says err '^feet: 1 line around the table, the first in line 3 of feet/3.csv, is skipped' 'leaves no line that was skipped'

mkdir heads
for n in 1 2; do printf 'the service\nof 2022\n%s\n2022-03-0%d 10:00:00Z,u1,02079460001,07700900001,90\n2022-03-05 10:00:00Z,u1,02079460001,07700900001,90\n2022-03-06 10:00:00Z,u1,02079460001,07700900001,90\n' "$head" $n >heads/$n.csv; done
try "$unspoof" ingest -r GB heads.case heads
says err '^heads: 2 lines before the table are no rows; line 3 is its first, in heads/1.csv; ' 'lines before the table'

mkdir order
printf '%s\n' "$head" '01/02/2022 10:00:00Z,u1,02079460001,07700900001,90' >order/1.csv
printf '%s\n' "$head" '02/02/2022 10:00:00Z,u1,02079460001,07700900001,90' '13/02/2022 10:00:00Z,u1,02079460001,07700900001,90' >order/2.csv
must "$unspoof" ingest -q -r GB order.case order
try "$unspoof" normalise order.case
says err '^order: dates are day first, as line 3 of order/2.csv proves$' 'the order of dates: the file that proves it'
must "$unspoof" ingest -q -r GB order1.case order/2.csv
try "$unspoof" normalise order1.case
says err '^order/2.csv: dates are day first, as line 3 proves$' 'one file alone: by its line'
printf '%s\n' "$head" '02/14/2022 10:00:00Z,u1,02079460001,07700900001,90' >order/3.csv
must "$unspoof" ingest -q -r GB order2.case order
try "$unspoof" normalise order2.case
status_is 1 'an order that is contradicted'
says err 'order: line 3 of order/2.csv reads only day first and line 2 of order/3.csv only month first' 'names both files'
rm order/[23].csv
call order/4.csv 4
must "$unspoof" ingest -q -r GB order3.case order
try "$unspoof" normalise order3.case
says err 'order/1.csv:2: no date of this source shows' 'an order that nothing proves: the file of the date'
mkdir paid
printf 'account,paid,amount\na,05/06/2022,1.5\n' >paid/1.csv
printf 'account,paid,amount\na,05/16/2022,1.5\n' >paid/2.csv
must "$unspoof" ingest -q -c GBP paid.case paid
try "$unspoof" normalise paid.case
says err '^paid: dates are month first, as line 2 of paid/2.csv proves$' 'that of payments too'
mkdir twice
for n in 1 2; do
    printf 'call_id,%s\nc%d,2022-03-01 11:00:00Z,a,02079460001,07700900123,90\nc9,2022-03-01 12:00:00Z,a,02079460001,07700900124,90\n' "$head" $n >twice/$n.csv
    printf 'payment_id,account,paid,amount,currency\np%d,a,2022-03-01 11:00:00Z,5,GBP\np9,a,2022-03-02 11:00:00Z,5,GBP\n' $n >twice/p$n.csv
done
must "$unspoof" ingest -q -r GB twice.case twice
must "$unspoof" normalise -q twice.case
ask twice.case "SELECT count(*), max(line) FROM remark WHERE topic = 'duplicate'" '2|0' 'rows that are there twice: no line without its file'

# ---- an archive that has a path twice ----

# put ARCHIVE FILE...: each as a.csv, in this order.
put() {
    archive=$1
    shift
    rm -f "$archive"
    for file in "$@"; do
        cp "$file" a.csv
        tar rf "$archive" a.csv
    done
    rm a.csv
}
for n in 1 2 3; do
    call s$n.csv $n
    awk -v head="$head" -v n=$n 'BEGIN { print head; for (i = 0; i < 3000; i++) printf "2022-03-%02d 10:00:00Z,u%d,0207946%04d,07700900%03d,%d\n", i % 28 + 1, i % 977 + n, i * 7919 % 10000, i % 997, i % 3600 }' >l$n.csv
done
for files in 's1.csv s1.csv s2.csv' 's1.csv s2.csv' 'l1.csv l1.csv l2.csv' 'l1.csv l2.csv l1.csv l3.csv' 's1.csv l1.csv l1.csv s1.csv l2.csv' 's3.csv l3.csv s1.csv'; do
    # shellcheck disable=SC2086
    put path.tar $files
    rm -f path.case
    must "$unspoof" ingest -q -r GB path.case s3.csv
    must "$unspoof" ingest -q -r GB path.case l3.csv
    must "$unspoof" ingest -q -r GB path.case path.tar
    try "$unspoof" verify --rows all path.case
    status_is 0 "one path for $files"
    says out "; $(cat $(printf '%s\n' s3.csv l3.csv $files | sort -u) | grep -vc "^$head") rows of [23] sources read again, 0 sources could not be$" 'all rows are read again'
done
must "$unspoof" ingest -q -r GB forged.case bad.tar
sqlite3 forged.case "UPDATE member SET sha256 = '$(printf %064d 0)' WHERE number = 1"
try "$unspoof" verify --rows all forged.case
status_is 4 'a hash of a member that is forged'

# ---- files that gave no row come again ----

contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

mkdir bare
call bare/1.csv 1
echo "$head" >bare/2.csv
printf '%s\nnever,u1,02079460001,07700900001,90\n' "$head" >bare/3.csv
echo "$head,dialled_name" >bare/4.csv
echo 'account,paid,amount' >bare/5.csv
tar cf bare.tar -C bare 1.csv 2.csv 3.csv
for source in bare.tar bare; do
    try "$unspoof" ingest -r GB -c GBP $source.case $source
    first=$status
    before=$(contents $source.case)
    try "$unspoof" ingest -r GB -c GBP $source.case $source
    [ "$status" = "$first" ]
    ok "$source: with files of a header alone, or without a good row, ends again with $first"
    [ "$before" = "$(contents $source.case)" ]
    ok 'and adds nothing'
    says err "^$source.2.csv: already in the case as source 1; nothing added" 'as it says'
done
[ $first = 1 ]
ok 'a kind of which there is no row at all is a failure'
says err '^bare/5.csv: is in the case as source 3, of which no row was accepted; nothing added$|5.csv: .* no row was accepted; nothing added' 'each time'
try "$unspoof" ingest -r GB -c GBP alone.case bare/3.csv
status_is 1 'a file alone without a good row'
before=$(contents alone.case)
try "$unspoof" ingest -r GB -c GBP alone.case bare/3.csv
status_is 1 'ends with 1 again'
says err '^unspoof ingest: bare/3.csv: is in the case as source 1, of which no row was accepted; nothing added$' 'which is said'
[ "$before" = "$(contents alone.case)" ]
ok 'and its rejects are not there twice'
try "$unspoof" ingest -k call -r GB -m started=talk alone.case bare/3.csv
says err 'read 1, accepted 0' 'with other options it is read'

# ---- content that comes as another kind ----

mkdir kinds
for n in 1 2; do printf 'account,at,email,paid,amount\na,2022-07-0%d 10:00:00,a@example.com,2022-07-01,5\n' $n >kinds/$n.csv; done
tar cf kinds.tar -C kinds 1.csv 2.csv
for source in kinds kinds.tar kinds/1.csv; do
    rm -f k.case
    must "$unspoof" ingest -q -k account k.case kinds
    try "$unspoof" ingest -k login k.case $source
    status_is 0 "$source: known as another kind"
    says err '(its content|the content of 2 files of it) is in the case as source 1 too, as rows of another kind, account, and both count; if that is wrong, .unspoof drop CASE 1. takes that out' 'is said'
    ask k.case "SELECT source, topic, role, value, count > 0 FROM source_remark WHERE topic NOT IN ('coverage', 'unread')" '2|other-kind||account|1' 'and kept'
done
try "$unspoof" ingest -k login k.case kinds/1.csv
says err 'kinds/1.csv: already in the case as source 2; nothing added' 'each kind is known by itself'
must "$unspoof" ingest -q -k account k1.case kinds/1.csv
try "$unspoof" ingest -k login k1.case kinds
says err '^kinds: the content of 1 file of it is in the case as source 1 too, as rows of another kind, account, and both count' 'one file of a folder'

# ---- a long member that is known, with other settings ----

mkdir large
for f in 1 2; do
    awk -v head="$head" -v f=$f 'BEGIN { print head; for (i = 0; i < 70000; i++) printf "2022-03-%02d 10:00:00Z,u%d,0207946%04d,07700900%03d,%d\n", i % 28 + 1, i % 977 + f, i * 7919 % 10000, i % 997, i % 3600 }' >large/$f.csv
done
tar cf large.tar -C large 1.csv 2.csv
call late.csv 9
must "$unspoof" ingest -q -r DE large.case large.tar
before=$(contents large.case)
try "$unspoof" ingest -r GB large.case large.tar late.csv
status_is 1 'a long member with other settings'
says err "large.tar:1.csv: is in the case as source 1, read otherwise: region was 'DE', now 'GB'; nothing added: .*unspoof drop CASE 1" 'what differs is said'
says err 'and 1 more failed' 'of each member'
ask large.case 'SELECT count(*) FROM checkpoint' 0 'nothing of it is left'
ask large.case 'SELECT group_concat(path) FROM source' large.tar,late.csv 'and what comes behind it is loaded'
must "$unspoof" drop -q large.case large.tar
must "$unspoof" ingest -q -r GB large.case large.tar
ask large.case "SELECT group_concat(accepted || region) FROM source WHERE dropped_by IS NULL" 1GB,140000GB 'what it says to do mends it'
must "$unspoof" verify -q --rows all large.case
# A new member, and a long one that is known behind it.
call large/0.csv 3
tar cf more.tar -C large 0.csv 2.csv
try "$unspoof" ingest -r DE large.case more.tar
status_is 1 'behind one that is new'
ask large.case "SELECT path, member, accepted, region FROM source WHERE id = (SELECT max(id) FROM source)" 'more.tar|0.csv|1|DE' 'the new one is loaded'
must "$unspoof" verify -q --rows all large.case
done_testing
