#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# mistakes.sh [COUNT [FIRST]]: COUNT services drawn from seed FIRST on, each with one mistake
# of a kind, against the same service without it. What comes of the mistake must be the
# same figures, a refusal, or other figures with a remark or rejects that the service
# without the mistake does not have. What is none of these is silent, and a failure, as is a
# remark that names other regions for a wrong one than the right one.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
count_of_mistakes=${1:-36}
first=${2:-1}
. "${srcdir:-.}/tests/lib.sh"

# conclude DIR: the figures of a service, what is said of it, and its rejects; $status.
conclude() {
    rm -f "$1.case"
    status=0
    # shellcheck disable=SC2046
    "$unspoof" run -f csv $(cat "$1.options") "$1.case" "$1"/*.csv >"$1.suspects" 2>"$1.err" || status=$?
    [ $status -le 1 ] && [ -f "$1.case" ] || return 0
    for table in accounts presentations victims reports; do
        "$unspoof" export -q -f csv "$1.case" $table || echo "no $table"
    done >"$1.tables" 2>&1
    "$unspoof" summary -q -f csv "$1.case" >"$1.summary" 2>&1 || true
    # Scores and reasons follow the figures.
    cat "$1.suspects" "$1.tables" "$1.summary" >"$1.figures"
    "$unspoof" export -q -f csv "$1.case" quality 2>/dev/null | cut -d, -f1,4- | grep -v ',numbers,' | sort >"$1.said"
    "$unspoof" export -q -f csv "$1.case" rejects 2>/dev/null | wc -l >"$1.rejects"
}

# What may be said of a mistake of each kind.
topics_of() {
    case $1 in
    region) echo 'region|prefix|unsure' ;;
    zone) echo zone ;;
    order) echo date-order ;;
    unit) echo unit ;;
    status) echo status ;;
    duplicate) echo duplicate ;;
    null) echo absent ;;
    prefix) echo 'region|prefix|unsure' ;;
    mapping) echo 'mapping|region|prefix|contradiction|unit' ;;
    esac
}

# names_another: whether a remark on the region of what was drawn leaves the right one out.
names_another() {
    [ "$kind" = region ] || return 1
    grep -o 'is -r [A-Za-z, ]* meant' wrong.said | grep -v ' another ' | grep -qv "[ ]${mistake##* }[, ]"
}

right=0 refused=0 said=0 silent=0
n=0
while [ $n -lt "$count_of_mistakes" ]; do
    seed=$((first + n))
    n=$((n + 1))
    set -- region zone order unit status duplicate null prefix mapping
    shift $((seed % 9))
    kind=$1
    rm -rf clean wrong
    mkdir clean wrong
    mistake=$(awk -v seed=$seed -v kind="$kind" -f "$srcdir/tests/mistakes/draw.awk")
    conclude clean
    if [ $status != 0 ]; then
        echo "# seed $seed: the service without a mistake ends with $status"
        sed 's/^/# /' clean.err | tail -n 5
        silent=$((silent + 1))
        continue
    fi
    conclude wrong
    if [ $status != 0 ]; then
        refused=$((refused + 1))
    elif names_another; then
        silent=$((silent + 1))
        echo "# seed $seed, $kind: $mistake: another region is named"
        grep -o 'is -r [A-Za-z, ]* meant' wrong.said | sed 's/^/#   /'
    elif cmp -s clean.figures wrong.figures; then
        right=$((right + 1))
    elif comm -13 clean.said wrong.said | grep -qE "^[a-z]*,[a-z_]*,($(topics_of "$kind"))," || [ "$(cat wrong.rejects)" -gt "$(cat clean.rejects)" ]; then
        said=$((said + 1))
    else
        silent=$((silent + 1))
        echo "# seed $seed, $kind: $mistake: other figures, and nothing is said"
        diff clean.figures wrong.figures | head -n 6 | cut -c1-150 | sed 's/^/#   /'
    fi
done
echo "# $right right, $refused refused, $said said, $silent silent"
[ $silent = 0 ]
ok "of $count_of_mistakes mistakes from seed $first on none is silent"
done_testing
