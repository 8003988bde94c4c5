#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Numbers: the project's own cases, the command, and the answers of
# libphonenumber where they are present.
. "${srcdir:-.}/tests/lib.sh"

oracle=${UNSPOOF_ORACLE:-$srcdir/../shared/e164}

"$builddir/tests/number/test_number" --cases "$srcdir/tests/number/number-cases.tsv" >cases.tap 2>&1
ok 'cases of the core and of the reading'
grep -A 3 '^not ok' cases.tap | head -n 40 | sed 's/^/# /'

"$builddir/tests/number/test_number" --answers "$srcdir/tests/number/number-corpus.tsv" >answers.tap 2>&1
ok 'the corpus of answers'
grep -B 3 '^not ok\|^# got' answers.tap | head -n 40 | sed 's/^/# /'

if [ -f "$oracle/corpus.public.tsv.gz" ]; then
    gzip -dc "$oracle/corpus.public.tsv.gz" >corpus.tsv
    gzip -dc "$oracle/answers.public.tsv.gz" >answers.tsv
    "$builddir/tests/number/test_number" --corpus corpus.tsv answers.tsv >corpus.tap 2>&1
    ok 'the answers of libphonenumber'
    grep -A 3 '^not ok' corpus.tap | head -n 40 | sed 's/^/# /'
    # Line by line, the command gives the very answers.
    "$unspoof" number --strict --with-region <corpus.tsv >strict.tsv
    cmp -s strict.tsv answers.tsv
    ok 'unspoof number --strict gives the same bytes'
else
    skip 'the answers of libphonenumber' 'they are not here'
    skip 'unspoof number --strict gives the same bytes' 'they are not here'
fi

tab=$(printf '\t')
number() { "$unspoof" number "$@" | cut -f 2-; }

number -r GB '020 7946 0101' >got
printf 'OK\t+442079460101\t44\tGB\t1\t1\tFIXED_LINE\tnumber\tnational\tofcom-fiction\t\n' >want
same 'a national number' want got
number '442079460101' >got
printf 'OK\t+442079460101\t44\tGB\t1\t1\tFIXED_LINE\tnumber\tbare-international\tofcom-fiction\t\n' >want
same 'bare international digits' want got
number -r GB 07700900123 >got
says got "^OK$tab\+447700900123$tab.*${tab}invalid${tab}national" 'a number kept for fiction has its E.164'
number -r GB '"HMRC" <03002003300>' >got
says got "\+443002003300$tab.*${tab}name$" 'a name around a number'
number -r GB '(020) 7946 0101 x5' '+1 202 911 1234' 09098790123 '+999 1234567' >got
says got "${tab}extension-left,ofcom-fiction${tab}extension$" 'a flag, and what was mended'
says got "${tab}nanp-structure$tab$" 'an exchange code that cannot be'
says got "${tab}ofcom-fiction,premium-rate,uk-premium-rate$tab$" 'several flags, in order'
says got "${tab}invalid$tab${tab}unknown-country-code$tab$" 'a calling code that is none'
number anonymous >got
says got "${tab}withheld$tab" 'withheld'
printf 'GB\t999\nUS\t+1 202-555-0123\n' | "$unspoof" number --with-region >got
says got "^999${tab}OK$tab$tab.*${tab}short-code$tab" 'a short code, which is no E.164 number'
says got "\+12025550123$tab" 'a region a line'
number -r GB --tech-prefix 77788 77788442079460101 >got
says got "\+442079460101$tab.*${tab}tech-prefix$tab.*${tab}tech-prefix$" 'behind the prefix of a carrier'
try "$unspoof" number --tech-prefix 9,,1 1
status_is 2 'a list of prefixes that is none is a usage error'
awk 'BEGIN { for (i = 0; i < 12; i++) { printf "%08200d", 0; print "" } }' >long
"$unspoof" number <long >got 2>err
says err '^number 10 has 8200 bytes: more than 8192 are taken for no number$' 'a text that is too long is noticed'
says err '^12 numbers are that long$' 'and all are counted'
[ "$(grep -c "${tab}non-number$tab" got)" = 12 ]
ok 'and printed all the same'
try "$unspoof" number -r XX 1
status_is 2 'an unknown region is a usage error'
"$unspoof" number -f jsonl -r GB 02079460101 >got
says got '"e164":"\+442079460101"' 'as JSON'
done_testing
