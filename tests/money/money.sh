#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# money.sh [COUNT [FIRST]]: COUNT persons in services drawn from seed FIRST on, with what they paid,
# were paid back, presented and lost in many currencies, against the figures that tests/money/model
# has for them by arithmetic of its own. Every figure to the last digit.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
cases=${1:-300}
first=${2:-1}
. "${srcdir:-.}/tests/lib.sh"
model=$builddir/tests/money/model
compare=$srcdir/tests/money/compare.awk
persons=50
[ "$cases" -lt 5000 ] || persons=250

# table NAME KEYS ARGUMENT...: what the command prints against NAME.expected; a summary has other keys too.
table() {
    name=$1
    keys=$2
    shift 2
    others=0
    [ "$1" != summary ] || others=1
    "$unspoof" "$@" >"$name.got" 2>"$name.err" || {
        printf '%s\t-\t-\tstatus 0\tstatus %s: %s\n' "$name" $? "$(head -n 1 "$name.err")"
        return
    }
    awk -v keys="$keys" -v table="$name" -v others="$others" -f "$compare" "$name.expected" "$name.got" ||
        printf '%s\t-\t-\ta comparison\tnone\n' "$name"
}

# step ARGUMENT...: a command that must do its work.
step() {
    "$unspoof" "$@" >step.out 2>step.err && return
    printf '%s\t-\t-\tstatus 0\tstatus %s: %s\n' "$1" $? "$(head -n 1 step.err)"
    false
}

# conclude: the service in this folder as a case; false where a command fails.
conclude() {
    # shellcheck disable=SC2046
    step ingest -q -k payment $(cat payments.options) s.case payments.csv &&
        { [ ! -f dates.csv ] || step ingest -q -k payment $(cat dates.options) s.case dates.csv; } &&
        step ingest -q -k call $(cat calls.options) s.case calls.csv &&
        step ingest -q -k report s.case reports.csv &&
        step ingest -q -k rate $(cat rates.options) s.case rates.csv &&
        step ingest -q -k account s.case accounts.csv &&
        step normalise -q s.case && step correlate -q $(cat correlate.options) s.case
}

# windows: the figures of each window, by itself and as one of several.
windows() {
    n=0
    while read -r since until; do
        set --
        [ "$since" = - ] || set -- --since "$since"
        [ "$until" = - ] || set -- "$@" --until "$until"
        table summary-$n 1 summary -q -f tsv "$@" s.case
        n=$((n + 1))
    done <windows
    # shellcheck disable=SC2046
    "$unspoof" summary -q -f tsv $(awk '{ gsub(/^-$/, "", $1); gsub(/^-$/, "", $2); print "--window w" NR - 1 "=" $1 ".." $2 }' windows) s.case >several
    while [ $n -gt 0 ]; do
        n=$((n - 1))
        awk -F '\t' -v window="w$n" 'NR == 1 || $3 == "" || $3 == window' several >several.got
        awk -v keys=1 -v table="several-$n" -v others=1 -f "$compare" summary-$n.expected several.got
    done
}

# objects: the spend of suspects as JSON has it, where it is a text.
objects() {
    "$unspoof" export -q -f jsonl s.case suspects |
        sed -n 's/.*"suspect":"\([^"]*\)",.*"spend":"\([^"]*\)",.*/\1	\2/p' | sort >objects.got
    sed 1d suspects.expected | cut -f 1,3 | sort >objects.expected
    comm -3 objects.expected objects.got | sed 's/^/jsonl	/'
}

# differences: of the service in this folder, a line each.
differences() {
    conclude || return 0
    table suspects 1 export -q -f tsv s.case suspects
    table over 1 export -q -f tsv --min-spend "$(sed 's/.*--threshold \([^ ]*\).*/\1/' correlate.options)" s.case suspects
    table accounts 1 export -q -f tsv s.case accounts
    table presentations 2 export -q -f tsv s.case presentations
    table payments 1 export -q -f tsv s.case payments
    table reports 1 export -q -f tsv s.case reports
    table calls 1 export -q -f tsv s.case calls
    objects
    windows
    step verify s.case || return 0
}

done_cases=0
seed=$first
: >all
while [ $done_cases -lt "$cases" ]; do
    rm -rf service
    mkdir service
    cd service || exit 1
    must "$model" "$seed" "$persons"
    differences >found
    sed "s/^/seed $seed	/" found >>../all
    # Who looks for the cause wants the service: MODEL_KEEP=FOLDER keeps it.
    [ -z "${MODEL_KEEP:-}" ] || [ ! -s found ] || cp -R . "$MODEL_KEEP/$seed"
    cd .. || exit 1
    done_cases=$((done_cases + persons))
    seed=$((seed + 1))
done
head -n 20 all | awk -F '\t' '{ printf "# %s, %s, %s: %s must be %s, came %s\n", $1, $2, $3, $4, $5, $6 }'
echo "# $done_cases cases, $(wc -l <all | tr -d ' ') differences"
[ ! -s all ]
ok "$done_cases persons from seed $first on: every figure is that of the model"
done_testing
