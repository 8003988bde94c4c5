#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ingest --replace`: what is said of the former reading, and a folder or an archive that is read again as a whole.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

head='started,account,presented,dialled,talk'
# call FILE N: a file of one call.
call() { printf '%s\n2022-03-%02d 10:00:00,u%d,02079460001,07700900%03d,90\n' "$head" $(($2 % 28 + 1)) "$2" "$2" >"$1"; }
# ask CASE SQL WANTED NAME
ask() {
    [ "$(sqlite3 "$1" "$2")" = "$3" ] || {
        sqlite3 "$1" "$2" | sed 's/^/# /'
        false
    }
    ok "$4"
}
present='SELECT id, path, member, accepted, region FROM source WHERE dropped_by IS NULL ORDER BY id'
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

# ---- which settings of the former reading are others now ----

call one.csv 1
must "$unspoof" ingest -q -r DE --service spoof.example -w answered=X --tech-prefix '9#' one.case one.csv
try "$unspoof" ingest -r GB -z Europe/London --replace one.case one.csv
status_is 0 'a file is replaced'
says err "^one.csv: source 2 is in the place of source 1, which is out of the case; read otherwise: service was 'spoof.example', now not told, region was 'DE', now 'GB', zone was 'UTC', now 'Europe/London', tech prefixes was '9#', now not told, answered was 'X', now not told$" \
    'all that was given then and is not now is said'
printf 'account,at,email\na,2022-07-01 10:00:00,a@example.com\n' >kind.csv
must "$unspoof" ingest -q -k login kind.case kind.csv
try "$unspoof" ingest -k account --replace kind.case kind.csv
says err "^kind.csv: source 2 is in the place of source 1, .* read otherwise: kind was 'login', now 'account'" 'the kind too'

# ---- a folder or an archive as a whole ----

mkdir f
for n in 1 2 3; do call f/$n.csv $n; done
tar cf f.tar -C f 1.csv 2.csv 3.csv
for source in f f.tar; do
    rm -f f.case
    must "$unspoof" ingest -q -r DE f.case $source
    must "$unspoof" normalise -q f.case
    before=$(contents f.case)
    try "$unspoof" ingest -r GB f.case $source
    status_is 1 "$source with another region"
    says err "read otherwise: region was 'DE', now 'GB'; nothing added: --replace of $source, which it is a part of, reads all of that again, .unspoof drop CASE 1. takes it out" 'what to do is said'
    try "$unspoof" ingest -r DE --replace f.case $source
    status_is 0 "$source is replaced with the same options"
    says err "already in the case as source 1; nothing added" 'which leaves it as it is'
    [ "$before" = "$(contents f.case)" ]
    ok 'wholly'
    try "$unspoof" ingest -r GB --replace f.case $source
    status_is 0 "$source is replaced with others"
    says err "^$source: source 2 is in the place of source 1, which is out of the case; read otherwise: region was 'DE', now 'GB'$" 'which is said'
    ask f.case "$present" "2|$source||3|GB" 'all its files once'
    ask f.case "SELECT command || outputs FROM run ORDER BY id DESC LIMIT 1" \
        'ingest{"sources":1,"known":0,"read":3,"accepted":3,"rejected":0,"skipped":0,"dropped":[1]}' 'and the run names it'
    must "$unspoof" verify -q --rows all f.case
    try "$unspoof" ingest -r GB --replace f.case $source
    says err 'already in the case as source 2; nothing added' 'once more it is known'
    rm -f right.case
    must "$unspoof" ingest -q -r GB right.case $source
    for case in f right; do
        must "$unspoof" normalise -q $case.case
        must "$unspoof" correlate -q $case.case
        "$unspoof" export -q -f csv $case.case victims >$case.victims
        "$unspoof" export -q -f csv $case.case calls | sed 's/^[0-9]*,//' | cut -d, -f1-12 >>$case.victims
    done
    same 'it is as one that was right at once' right.victims f.victims
done

# Files that changed, that are new, and that are gone.
call f/2.csv 12
call f/4.csv 4
rm -f f.case
mkdir old
for n in 1 2 3; do call old/$n.csv $n; done
cp -r f new
rm -rf f && cp -r old f
must "$unspoof" ingest -q -r GB f.case f
cp new/4.csv f/
try "$unspoof" ingest -r GB --replace f.case f
status_is 0 'a file more'
ask f.case "$present" "$(printf '1|f||3|GB\n2|f/4.csv||1|GB')" 'is added'
cp new/2.csv f/
try "$unspoof" ingest -r GB --replace f.case f
status_is 0 'a file that changed'
says err '^f: source 3 is in the place of source 1, which is out of the case$' 'replaces the folder'
says err '^f: source 3 is in the place of source 2, which is out of the case$' 'and the file that came alone'
ask f.case "$present" '3|f||4|GB' 'so that it is there as it is'
must "$unspoof" verify -q --rows all f.case
rm f/3.csv
before=$(contents f.case)
try "$unspoof" ingest -r GB --replace f.case f
status_is 0 'a file that is gone, and all else as it was'
says err '^f: 1 file of it that the case has is not here any more, and its rows stay in the case$' 'is said'
[ "$before" = "$(contents f.case)" ]
ok 'and stays'
try "$unspoof" ingest -r FR --replace f.case f
status_is 1 'with other options'
says err '^unspoof ingest: f: 1 file of source 3 is not here any more or cannot be read \(f/3.csv\), and would be lost; nothing is replaced: put it back, or take the source out with .unspoof drop CASE 3. and ingest what is here$' \
    'it would be lost'
ask f.case "$present" '3|f||4|GB' 'and nothing is replaced'
ask f.case 'SELECT (SELECT count(*) FROM checkpoint), (SELECT max(id) FROM source)' '0|3' 'nor left of what was read'
call f/3.csv 3
try "$unspoof" ingest -r FR --replace f.case f
status_is 0 'put back'
ask f.case "$present" '4|f||4|FR' 'it is replaced'
must "$unspoof" verify -q --rows all f.case
# One that cannot be read any more.
gzip -c f/4.csv | head -c 50 >cut.gz
cp f/4.csv kept.csv && mv cut.gz f/4.csv
try "$unspoof" ingest -r GB --replace f.case f
status_is 1 'a file that cannot be read any more'
ask f.case "$present" '4|f||4|FR' 'costs nothing'
mv kept.csv f/4.csv
# No row is accepted.
try "$unspoof" ingest -r GB -k call -m started=talk -m account=account -m presented=presented -m dialled=dialled --replace f.case f
status_is 1 'a reading that accepts no row'
says err 'f: no row of it was accepted with these options; nothing is replaced, and the case is as it was' 'is said'
ask f.case "$present" '4|f||4|FR' 'replaces nothing'

# Files of several plans, of other kinds, and content that another folder shares.
rm -rf f g
mkdir f g
for n in 1 2; do
    call f/c$n.csv $n
    printf 'account,at,email\nu%d,2022-07-01 10:00:00,u%d@example.com\n' $n $n >f/l$n.csv
done
printf 'account,paid,amount,currency\nu1,2022-07-01,5,GBP\n' >f/p.csv
rm -f f.case
must "$unspoof" ingest -q -r GB f.case f
try "$unspoof" ingest -r GB -z Europe/London --replace f.case f
status_is 0 'a folder of several plans'
ask f.case 'SELECT kind, group_concat(id), sum(accepted) FROM source WHERE dropped_by IS NULL GROUP BY kind ORDER BY kind' \
    "$(printf 'call|4|2\nlogin|5|2\npayment|6|1')" 'each is replaced by its like'
must "$unspoof" verify -q --rows all f.case
rm -f f.case
must "$unspoof" ingest -q -k login f.case f/l1.csv
must "$unspoof" ingest -q -k account f.case f/l1.csv
mkdir h
cp f/l1.csv f/l2.csv h/
try "$unspoof" ingest -z Asia/Tokyo -k login --replace f.case h
ask f.case 'SELECT id, kind, path FROM source WHERE dropped_by IS NULL ORDER BY id' "$(printf '2|account|f/l1.csv\n3|login|h')" \
    'of content that is there as two kinds that of the same kind goes'
rm -f f.case
must "$unspoof" ingest -q -r GB f.case f/c1.csv f/c2.csv
must "$unspoof" drop -q f.case f/c2.csv
must "$unspoof" ingest -q -r GB f.case f
cp f/c1.csv g/x.csv
call g/y.csv 7
must "$unspoof" ingest -q -r GB f.case g
try "$unspoof" ingest -r DE --replace f.case g
status_is 0 'a folder with a file that was there alone'
ask f.case "SELECT path, region, accepted FROM source WHERE dropped_by IS NULL AND kind = 'call' ORDER BY path" "$(printf 'f/c2.csv|GB|1\ng|DE|2')" \
    'takes its place too'
must "$unspoof" verify -q --rows all f.case

# A file that has other content than before, under the same path.
printf '%s\n' "$head" '2022-03-01 10:00:00Z,u1,02079460001,07700900001,60' >again.csv
must "$unspoof" ingest -q -r GB n.case again.csv
printf '%s\n' '2022-03-02 10:00:00Z,u2,02079460001,07700900002,90' >>again.csv
cp n.case r.case
try "$unspoof" ingest -r GB n.case again.csv
status_is 0 'a file that has grown is loaded beside what it was'
says err 'again.csv: another content of this path is in the case as source 1, and both count; .*`unspoof drop CASE 1`' 'which is said'
ask n.case "SELECT source, topic, count FROM source_remark WHERE topic = 'other-content'" '2|other-content|2' 'and kept'
try "$unspoof" ingest -r GB --replace r.case again.csv
status_is 0 'with --replace'
says err 'again.csv: source 2 is in the place of source 1' 'it takes the place of what it was'
ask r.case 'SELECT count(*), sum(accepted) FROM source WHERE dropped_by IS NULL' '1|2' 'and counts alone'
! grep 'both count' err
ok 'of which nothing else is said'
must "$unspoof" verify -q --rows all r.case

# Stopped, and gone on with.
mkdir big
for f in 1 2 3 4; do
    awk -v head="$head" -v f=$f 'BEGIN { print head; for (i = 0; i < 70000; i++) printf "2022-03-%02d 10:00:00Z,u%d,0207946%04d,07700900%03d,%d\n", i % 28 + 1, i % 977 + f, i * 7919 % 10000, i % 997, i % 3600 }' >big/$f.csv
done
must "$unspoof" ingest -q -r DE was.case big
cp was.case whole.case
must "$unspoof" ingest -q -r GB --replace whole.case big
whole=$(contents whole.case)
parts=0 wrong=0 tries=0
for limit in $(extent '0.1 0.2 0.3 0.4 0.6' '0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.5 0.6 0.8'); do
    cp was.case k.case
    timeout --foreground --preserve-status -s KILL $limit "$unspoof" ingest -q -r GB --replace k.case big >/dev/null 2>&1 </dev/null
    tries=$((tries + 1))
    [ "$(sqlite3 k.case 'SELECT count(*) FROM checkpoint')" = 0 ] || parts=$((parts + 1))
    "$unspoof" ingest -q -r GB --replace k.case big >/dev/null 2>err </dev/null || { wrong=$((wrong + 1)); sed 's/^/# /' err; }
    [ "$(contents k.case)" = "$whole" ] || wrong=$((wrong + 1))
    "$unspoof" verify -q k.case >/dev/null 2>&1 || wrong=$((wrong + 1))
done
echo "# $parts of $tries had a part"
[ $wrong = 0 ]
ok 'killed at any moment, the same command ends as if it never was'
done_testing
