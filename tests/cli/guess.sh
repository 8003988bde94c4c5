#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Which region or prefix numbers were meant in: named where they tell it, and only there.
. "${srcdir:-.}/tests/lib.sh"

# numbers COUNT WIDTH RANGE...: so many numbers of ranges in turn, of so many digits.
numbers() {
    awk -v count="$1" -v width="$2" -v ranges="$(shift 2 && echo "$@")" 'BEGIN {
        n = split(ranges, range, " ")
        for (i = 0; i < count; i++) {
            text = range[1 + i % n]
            printf "%s%0" (width - length(text)) "d\n", text, (i * 7919 + 20011) % 10 ^ (width - length(text))
        }
    }'
}

# calls DIALLED PRESENTED: files of numbers as calls of four accounts.
calls() {
    echo 'started,account,presented,dialled,talk'
    paste -d, "$2" "$1" | awk -F, '{ printf "2022-03-01T%02d:%02d:00Z,u%d,%s,%s,90\n", NR / 60 % 24, NR % 60, NR % 4, $1, $2 }'
}

# judged FILE OPTION...: what normalise says of a file; with COUNTRIES, by those of accounts too.
judged() {
    rm -f case
    file=$1
    shift
    must "$unspoof" ingest -q "$@" case "$file"
    set --
    if [ -n "$countries" ]; then
        must "$unspoof" ingest -q -k account case "$countries"
        set -- --region-of-account
    fi
    try "$unspoof" normalise "$@" case
    status_is 0 'normalise'
    grep "^$file" err >said || true
}
countries=

mobiles='160123 162234 163345 170456 171567 172678 173789 174890 175901 176012 177123 178234 179345 170912 171823 172734 173645 174556'
towns='30230 40380 69240 89230 22122 21124 71123 34149 35133 91145'
german=$(for range in $mobiles $towns; do printf '0%s ' "$range"; done)

# ---- how much tells a region ----

# shellcheck disable=SC2086
numbers 200 11 $german >many
numbers 200 13 +442079460 >abroad
calls many abroad >many.csv
judged many.csv -r FR
says said 'different dialled numbers fit no plan as of FR; as of DE [0-9]+ would; is -r DE meant\? `unspoof normalise --region [0-9]+=DE CASE` mends it$' 'many ranges tell it'
sed 20q many.csv >few.csv
judged few.csv -r FR
says said '^few.csv: 19 of 19 different dialled numbers fit no plan as of FR; see --region and --tech-prefix of unspoof-normalise\(1\)$' 'fewer than 20 numbers do not'
sed 4q many.csv >three.csv
judged three.csv -r FR
says said '^three.csv: 3 of 3 different dialled numbers fit no plan as of FR; see --region and --tech-prefix of unspoof-normalise\(1\)$' 'three even less'

# French numbers of six ranges are as well Swedish ones.
numbers 200 10 06012 06123 06234 07512 01402 04912 >six
calls six abroad >six.csv
judged six.csv -r US
says said '; as of [A-Z]{2} 200, as of [A-Z]{2} [0-9]+.* would; is -r (FR, [A-Z]{2}|[A-Z]{2}, FR|FR|[A-Z]{2}, [A-Z]{2}).* or .* meant\? `unspoof normalise --region [0-9]+=REGION CASE` mends it$' 'ranges that several regions have tell none'
says said 'as of FR [0-9]+' 'but the right one is among them'
try "$unspoof" export -f csv case quality
says out ',dialled,region,"[A-Z]{2},[A-Z]{2},[A-Z]{2}",200,' 'and they are kept'

# ---- each role by itself ----

sed 's/^/9/' many >nine
sed 's/^/77788/' many >other
calls nine other >two.csv
judged two.csv -r DE
says said ' dialled numbers fit no plan as of DE; without 9 before them [0-9]+ would; is --tech-prefix 9 meant\? `unspoof normalise --tech-prefix [0-9]+=9 CASE` mends it$' 'a prefix of the dialled numbers'
says said ' presented numbers fit no plan as of DE; without 77788 before them [0-9]+ would; is --tech-prefix 77788 meant\? `unspoof normalise --tech-prefix [0-9]+=77788 CASE` mends it$' 'and another of the presented ones'

# ---- where the region is that of the account ----

printf 'account,country\nu0,FR\nu1,FR\nu2,FR\nu3,FR\n' >french.csv
countries=french.csv
judged many.csv -r DE
says said ' dialled numbers fit no plan as of the country of the account, else DE; as of DE [0-9]+ would; is --region-of-account meant\? `unspoof normalise --no-region-of-account CASE` mends it$' \
    'and that the countries of accounts are not those of numbers'
judged many.csv -r GB
says said ' dialled numbers fit no plan as of the country of the account, else GB; as of DE [0-9]+ would; is -r DE without --region-of-account meant\? `unspoof normalise --no-region-of-account --region [0-9]+=DE CASE` mends it$' \
    'nor is that of the source'
sed 's/FR/DE/' french.csv >german.csv
countries=german.csv
judged many.csv -r FR
cat >expected <<'END'
many.csv: 200 calls have their national numbers read in the country of the account, not in FR
many.csv: 200 dialled and 0 presented numbers tell no country and are read as of the country of the account, else FR
END
same 'where they are, nothing is said but what is assumed' expected said
calls nine abroad >nine.csv
judged nine.csv -r FR
says said ' dialled numbers fit no plan as of the country of the account, else FR; without 9 before them [0-9]+ would; is --tech-prefix 9 meant\? `unspoof normalise --tech-prefix [0-9]+=9 CASE` mends it$' 'a prefix before them'
judged nine.csv
says said ' as of the country of the account; without 9 before them' 'and without a region'

# Telephones are read in the country of their row in any case.
awk '{ printf "p%d,%s,%s\n", NR, NR % 2 ? "DE" : "GB", NR % 2 ? $1 : "020794" 60000 + NR }' many | sed '1i account,country,phone' >phones.csv
countries=
rm -f case
must "$unspoof" ingest -q -r US -k account case phones.csv
try "$unspoof" normalise case
! grep 'fit no plan' err
ok 'telephones of several countries'
# A service whose customers dial the whole world, and show few ranges: where other plans take its numbers as well as that of
# its country, they are not named without it.
must "$builddir/tests/synth/synth" --scale 1/2000 --seed 3 world
must "$unspoof" ingest -q -r GB world.case world/calls.csv
for region in DE SE ID FR US; do
    "$unspoof" normalise --region all=$region world.case 2>said
    [ "$(grep -c 'is -r .*meant' said)" -gt 0 ] && [ "$(grep 'is -r .*meant' said | grep -vc 'is -r [A-Z, or]*GB')" = 0 ] || sed 's/^/# /' said | grep -v zone
    [ "$(grep -c 'is -r .*meant' said)" -gt 0 ] && [ "$(grep 'is -r .*meant' said | grep -vc 'is -r [A-Z, or]*GB')" = 0 ]
    ok "its country is among those that are named where $region is wrong"
done
"$unspoof" normalise --region all= world.case 2>said
[ "$(grep -c 'is -r .*meant' said)" = 0 ]
ok 'and none is named where it is right'

done_testing
