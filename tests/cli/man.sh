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
done_testing
