#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# mistakes.sh [COUNT [FIRST]]: COUNT services drawn from seed FIRST on, each with one mistake
# of a kind, against the same service without it. What comes of the mistake must be the
# same figures, a refusal, or other figures with a remark or rejects that the service
# without the mistake does not have. What is none of these is silent, and a failure, as is a
# remark that names other regions for a wrong one than the right one. So is a crash: a refusal
# is a documented status with a message.
[ ! -w /dev/shm ] || TMPDIR=${TMPDIR:-/dev/shm}
export TMPDIR
first=${2:-1}
. "${srcdir:-.}/tests/lib.sh"
count_of_mistakes=${1:-$(extent 18 36)}

# is_refusal STATUS ERR: one that unspoof-run(1) documents, and with a message of the program.
is_refusal() { [ "$1" -ge 1 ] && [ "$1" -le 5 ] && grep -q '^unspoof' "$2" && ! grep -q 'Sanitizer\|runtime error' "$2"; }

# reads ARGUMENT...: a command that reads the case; what is neither done nor refused breaks it.
reads() {
    read_status=0
    "$unspoof" "$@" 2>read.err || read_status=$?
    [ $read_status = 0 ] || is_refusal $read_status read.err || broken="$1 ends with $read_status"
    [ $read_status = 0 ]
}

# conclude DIR: the figures of a service, what is said of it, and its rejects; $status, and why it is $broken.
conclude() {
    rm -f "$1.case" "$1.figures" "$1.said" "$1.rejects"
    status=0 broken=
    # shellcheck disable=SC2046
    "$unspoof" run -f csv $(cat "$1.options") "$1.case" "$1"/*.csv >"$1.suspects" 2>"$1.err" || status=$?
    [ $status = 0 ] || is_refusal $status "$1.err" || broken="run ends with $status"
    [ $status -le 1 ] && [ -f "$1.case" ] || return 0
    for table in accounts presentations victims reports; do
        reads export -q -f csv "$1.case" $table || echo "no $table"
    done >"$1.tables"
    reads summary -q -f csv "$1.case" >"$1.summary" || true
    # Scores and reasons follow the figures.
    cat "$1.suspects" "$1.tables" "$1.summary" >"$1.figures"
    reads export -q -f csv "$1.case" quality >quality || true
    cut -d, -f1,4- quality | grep -v ',numbers,' | sort >"$1.said"
    reads export -q -f csv "$1.case" rejects >rejects || true
    wc -l <rejects >"$1.rejects"
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

right=0 refused=0 said=0 silent=0 failed=0
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
    if [ $status != 0 ] || [ -n "$broken" ]; then
        echo "# seed $seed: the service without a mistake ends with $status; $broken"
        sed 's/^/# /' clean.err | tail -n 5
        silent=$((silent + 1))
        continue
    fi
    conclude wrong
    if [ -n "$broken" ]; then
        failed=$((failed + 1))
        echo "# seed $seed, $kind: $mistake: $broken, which is no refusal"
        sed 's/^/#   /' wrong.err | tail -n 5
    elif [ $status != 0 ]; then
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
echo "# $right right, $refused refused, $said said, $failed failed, $silent silent"
[ $failed = 0 ]
ok 'each command does its work, or refuses it with a documented status and a message'
[ $silent = 0 ]
ok "of $count_of_mistakes mistakes from seed $first on none is silent"
done_testing
