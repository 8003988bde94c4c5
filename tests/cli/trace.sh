#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Figures traced to their rows: that they add up, for many of a made-up service; what is asked wrongly; a case that was altered.
. "${srcdir:-.}/tests/lib.sh"

must "$synth" --scale "$(extent 0.0005 0.001)" --seed 8 dump
must "$unspoof" ingest -q a.case dump/*.csv
must "$unspoof" normalise -q a.case
try "$unspoof" trace a.case suspect S1 spend
status_is 1 'a case without conclusions'
must "$unspoof" correlate -q a.case
sql() { "$unspoof" query -q -f tsv a.case "$1" | tail -n +2; }

# Some of each, those with most among them.
{
    sql "SELECT 'suspect', 'S' || id FROM (SELECT id FROM suspect ORDER BY reports DESC, victims DESC, id LIMIT 6)
        UNION SELECT 'suspect', 'S' || id FROM suspect WHERE id % 97 = 5 UNION SELECT 'suspect', 'S' || id FROM suspect WHERE payments = 0 AND id % 31 = 1 LIMIT 14"
    sql "SELECT 'account', account FROM account_key k JOIN account_figure f ON f.key = k.id WHERE k.id % 71 = 3 LIMIT 6"
    sql "SELECT 'victim', '+' || number FROM victim ORDER BY reports DESC, number % 991 LIMIT 8"
    sql "SELECT 'presentation', 'S' || suspect || '/+' || number FROM presentation WHERE number IS NOT NULL ORDER BY loss > 0 DESC, id % 997 LIMIT 8"
} | awk -v every="$(extent 2 1)" 'NR % every == 0' >things
"$unspoof" trace --figures >figures
done=0
while IFS='	' read -r thing id; do
    for figure in $(sed -n "s/^$thing: //p" figures | tr -d ,); do
        "$unspoof" trace -f tsv a.case "$thing" "$id" "$figure" >out 2>err || { echo "# $thing $id $figure: $(cat err)" && wrong=yes; }
        # What the rows say they add is what is said below them.
        case $figure in
        spend | gross | loss) awk -F '\t' 'NR > 1 { gsub(/[.]/, "", $4); n += $4 } END { printf "%d\n", n }' out >sum ;;
        first_* | last_*) tail -n +2 out | cut -f 4 | grep . >sum || echo none >sum ;;
        *) awk -F '\t' 'NR > 1 { n += $4 } END { print n + 0 }' out >sum ;;
        esac
        case $figure in
        spend | gross | loss) sed -E 's/.* rows?, ([-0-9.]+) .*/\1/; s/[.]//; s/^(-?)0*([0-9])/\1\2/' err >said ;;
        first_* | last_*) sed -E 's/.* row, ([^ ]+), as.*/\1/; s/.*: none, as.*/none/' err >said ;;
        *) sed -E 's/.* rows?, ([-0-9.]+), as.*/\1/' err >said ;;
        esac
        cmp -s sum said || { echo "# $thing $id $figure: rows $(cat sum), said $(cat said)" && wrong=yes; }
        done=$((done + 1))
    done
done <things
[ "${wrong-}" = '' ] && [ "$done" -gt "$(extent 120 250)" ]
ok "$done figures add up"

# Their rows stand where they say: the bytes of the source have the value.
suspect=$(sql "SELECT 'S' || id FROM suspect WHERE payments > 1 ORDER BY id LIMIT 1")
"$unspoof" trace -q -f tsv a.case suspect "$suspect" payments >out
tail -n +2 out | while IFS='	' read -r _ _ value _ _ source _ offset length; do
    tail -c +$((offset + 1)) "$source" | head -c "$length" | grep -qF "${value% *}" || echo wrong
done >got
[ "$(wc -l <out)" -gt 2 ] && [ ! -s got ]
ok 'and stand where they say'

# ---- what is asked wrongly ----

refuses() { # STATUS PATTERN NAME ARGUMENT...
    expected=$1 pattern=$2 name=$3
    shift 3
    try "$unspoof" trace "$@"
    status_is "$expected" "$name"
    says err "$pattern" '  says so'
}
refuses 2 "'spend_' is no figure of a suspect that can be traced; did you mean spend\?" 'a figure that is none' a.case suspect S1 spend_
refuses 2 "'suspects' has no figures that can be traced; did you mean suspect\?" 'a thing that has none' a.case suspects S1 spend
refuses 1 "there is no suspect 'S99999' in the case; they are S1 to S[0-9]" 'a suspect that is not there' a.case suspect S99999 spend
refuses 2 "'x' is no suspect: give S and a number" 'no suspect' a.case suspect x spend
refuses 1 "there is no account 'nobody'" 'no account' a.case account nobody calls
refuses 1 "there is no victim '\+447700900999'" 'a number that is no victim' a.case victim +447700900999 calls
refuses 2 'give SUSPECT/NUMBER' 'a presentation without a suspect' a.case presentation +442079460001 calls
refuses 2 'give CASE' 'too little' a.case suspect S1

# ---- a case that was altered ----

cp a.case altered.case
must sqlite3 altered.case "UPDATE suspect SET victims = victims + 1 WHERE id = 1"
try "$unspoof" trace altered.case suspect S1 victims
status_is 4 'a figure that its rows do not come to'
says err "^unspoof trace: victims of suspect S1: [0-9]+ rows? comes? to [0-9]+, and the case says [0-9]+; .unspoof verify --deep. makes it anew" '  says both'
done_testing
