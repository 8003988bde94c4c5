#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The man pages: no complaint of mandoc, the sections that each must have, and
# every option of a command's help on its page.
. "${srcdir:-.}/tests/lib.sh"

for page in "$srcdir"/man/*.[15]; do
    name=${page##*/}
    if command -v mandoc >/dev/null 2>&1; then
        mandoc -T lint -W warning "$page" >lint 2>&1
        : >nothing
        same "$name: lint" nothing lint
    else
        skip "$name: lint" 'no mandoc here'
    fi
done

grep -v '^#' "$srcdir/data/flags.tsv" | cut -f 1,2 | sort -u | while read -r flag class; do
    grep -q "^\.It Cm $flag Pq $class\$" "$srcdir/man/unspoof-flags.5" || echo "$flag $class"
done >absent
sed -n 's/^\.It Cm \([a-z-]*\) Pq .*/\1/p' "$srcdir/man/unspoof-flags.5" | sort >described
grep -v '^#' "$srcdir/data/flags.tsv" | cut -f 1 | sort -u | comm -13 - described >>absent
: >nothing
same 'unspoof-flags.5 has every flag with its class, and no other' nothing absent

# The words of each meaning stand on their page, as a list that ends with a full stop.
page_words() {
    sed -n "/^\.Ss $1\$/,/^\.Ss/p" "$srcdir/man/unspoof-status.5" | grep -v '^\.' | tr '\n' ' ' | tr ';' '\n' |
        sed 's/^ *//; s/ *$//; s/\.$//' | sort -u
}
for meaning in 'call answered Answered' 'call unanswered Not answered' 'payment confirmed Paid' 'payment unconfirmed Not paid' 'payment refunded Money back'; do
    set -- $meaning
    awk -F '\t' -v kind="$1" -v meaning="$2" '$1 == kind && $2 == meaning { print $3 }' "$srcdir/data/status.tsv" | sort -u >listed
    page_words "${meaning#"$1 $2 "}" >got
    same "unspoof-status.5 has every word that means $2, and no other" listed got
done
awk -F '\t' '$1 == "call" && $2 == "open" { print $3 }' "$srcdir/data/status.tsv" | sort -u >listed
page_words 'Known, but does not say that a call was answered' | sed 's/^.*that is said. *//' | sort -u >got
same 'and every word that does not tell' listed got

# The profiles that are part of the program, and what each cannot say, stand on their page; and no other.
sed 's/\\&//g; s/\\e/\\/g' "$srcdir/man/unspoof-profiles.5" | tr -s ' \n' ' ' >page
for profile in "$srcdir"/profiles/*.profile; do
    name=$(basename "$profile" .profile)
    echo "$name" >>named
    sed -n 's/^cannot-say //p; s/^unconfirmed-layout //p' "$profile" | tr -s ' ' | while read -r said; do
        grep -qF -- " $said" page || echo "$name: $said"
    done
done >absent
same 'unspoof-profiles.5 has what each profile cannot say' nothing absent
sed -n 's/^\.It Cm //p' "$srcdir/man/unspoof-profiles.5" | sort >listed
sort named | diff - listed >absent
same 'unspoof-profiles.5 lists every profile, and no other' nothing absent

for command in $("$unspoof" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    page=$srcdir/man/unspoof-$command.1
    [ -f "$page" ]
    ok "$command has a man page"
    grep -q '^\.Sh EXIT STATUS' "$page" && grep -q '^\.Sh EXAMPLES' "$page"
    ok "$command: exit status and examples"
    "$unspoof" "$command" --help | grep -o -- '--[a-z-]*' | sort -u | sed 's/^--//' >options
    while read -r option; do
        grep -q -- "Fl Fl\{0,1\} \{0,1\}-\{0,2\}$option\|Fl -$option" "$page" || echo "--$option"
    done <options >absent
    : >nothing
    same "$command: every option is on its page" nothing absent
done

# The words of a page, without its macros.
words() {
    sed 's/^\.[A-Z][a-z]* //' "$1" | tr -s ' ,;:()' '\n'
}

# What is listed by the program stands on the pages too.
"$unspoof" export --help | sed -n 's/^  -f, --format FORMAT *//p' | sed 's/([^)]*)//g' | tr -s ', ' '\n' >formats
[ "$(wc -l <formats)" -ge 5 ]
ok 'the program lists its formats'
for command in export number query run show summary; do
    words "$srcdir/man/unspoof-$command.1" >there
    while read -r format; do
        grep -qx -- "$format" there || echo "$format"
    done <formats >absent
    same "$command: every format is on its page" nothing absent
    "$unspoof" "$command" --help | sed -n 's/^  -f, --format FORMAT *//p' | sed 's/([^)]*)//g' |
        tr -s ', ' '\n' | sort >listed
    [ "$command" = run ] && continue
    sort formats | diff - listed >absent
    same "$command: its help lists every format, and no other" nothing absent
done
while read -r format; do
    grep -qx "\.It Cm $format" "$srcdir/man/unspoof-tables.5" || echo "$format"
done <formats >absent
same 'unspoof-tables.5 describes every format' nothing absent
words "$srcdir/man/unspoof-ingest.1" >there
for command in ingest sniff; do
    "$unspoof" $command --help | sed -n 's/^  -k, --kind KIND *//p' | tr -s ', ' '\n' >kinds
    [ "$(wc -l <kinds)" -ge 7 ]
    ok "$command lists the kinds"
    while read -r kind; do
        grep -qx "$kind" there || echo "$kind"
    done <kinds >absent
    same "$command: every kind is on the page of ingest" nothing absent
done

# Each column of a table stands in its section, and below that with its kind.
"$unspoof" export --columns help -f tsv | sed 1d >columns
for table in $(cut -f 1 columns | uniq); do
    awk -F '\t' -v table="$table" '$1 == table { print $3, $2 }' columns | sort >want
    awk -v table="$table" '/^\.S[sh] / { in_it = $2 == table } in_it' "$srcdir/man/unspoof-tables.5" >section
    awk '/^\.It (found|understood|concluded|asserted)$/ { kind = $2; next }
             /^\.Cm / && kind { for (i = 2; i <= NF; i++) if ($i != ",") print kind, $i; next }
             { kind = "" }' section | sort >got
    same "unspoof-tables.5: $table has each column with its kind" want got
    grep '^\.It Cm' section | tr ' ' '\n' >described
    awk '{ print $2 }' want | while read -r column; do
        grep -qx -- "$column" described || echo "$column"
    done >absent
    : >nothing
    same "unspoof-tables.5: $table says something of each" nothing absent
done
[ "$(wc -l <columns)" -ge 190 ] && ! awk -F '\t' '$3 !~ /^(found|understood|concluded|asserted)$/ || $4 == ""' columns | grep -q .
ok 'every column has a kind and a few words'

# What correlate does unless told, as its help says it, on its page; and what
# `run` says of it.
"$unspoof" correlate --help | sed -n 's/^  *--\([a-z-]*\) .*(\([A-Za-z0-9,]*\))$/\1 \2/p' >defaults
[ "$(wc -l <defaults)" -ge 6 ]
ok 'correlate says its defaults'
while read -r option default; do
    sed -n "/^\.It Fl -$option /,/^\.It Fl [^ ]* /p" "$srcdir/man/unspoof-correlate.1" >item
    words item >there
    echo "$default" | tr , '\n' | while read -r word; do
        grep -qx "$word" there || grep -qx "Ql $word" item || echo "$option $word"
    done
done <defaults >absent
same 'correlate: its defaults are on its page' nothing absent
while read -r option default; do
    "$unspoof" run --help | grep "^  *--$option " | grep -v '(' | grep -qv "^  *--link " && echo "$option"
    "$unspoof" run --help | grep "^  *--$option .*(" | grep -vF "($default)"
done <defaults >absent
same 'run: it says the same defaults' nothing absent

# Figures of README that the program has, and headings that mdoc takes for a macro.
printf 'started,account,presented,dialled,talk\n2022-03-01 10:00:00Z,u1,02079460001,07700900001,90\n' >calls.csv
"$unspoof" run -q -r GB readme.case calls.csv >suspects 2>/dev/null
columns=$(head -n 1 suspects | tr ',' '\n' | wc -l)
grep -qF "11 of its $columns columns" "$srcdir/README.md"
ok 'README says how many columns table suspects has'
printed=$(sed -n '/^rank  suspect /p' "$srcdir/README.md")
[ "$(echo "$printed" | wc -w)" = 11 ]
ok 'and prints as many of them as it says'
head -n 1 suspects | tr ',' '\n' >columns
echo "$printed" | tr -s ' ' '\n' | grep -v '^$' | while read -r column; do grep -qx "$column" columns || echo "$column"; done >absent
: >nothing
same 'by the names that they have' nothing absent
grep -nE '^\.S[sh] (No|An|Ad|At|In|Fa|Op|Do|Bx) ' "$srcdir"/man/*.[15] >absent
same 'no heading begins with a word that is a macro' nothing absent
done_testing
