#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# 200,000 fresh lines, a million in a whole sweep, against libphonenumber itself, where it can be built
# with (libphonenumber-dev, g++) and is of the version of the numbering plan.
# UNSPOOF_LINES and UNSPOOF_SEED choose other lines.
. "${srcdir:-.}/tests/lib.sh"

lines=${UNSPOOF_LINES:-$(extent 200000 1000000)}
seed=${UNSPOOF_SEED:-20221124}
name="$lines fresh lines have libphonenumber's answers"

plan=$(sed -n 's/^#define PLAN_VERSION "\(.*\)"$/\1/p' "$srcdir/build-aux/plangen/plangen.c")
case $(dpkg-query -W -f '${Version}' libphonenumber-dev 2>/dev/null) in
"$plan" | "$plan"[!0-9]*) ;;
*)
    skip "$name" "libphonenumber-dev $plan is not here"
    done_testing
    exit 0
    ;;
esac
if ! "${CXX:-g++}" -O2 -o oracle "$srcdir/tests/number/oracle.cc" -lphonenumber -lprotobuf 2>compiler; then
    skip "$name" 'there is no C++ compiler for it'
    done_testing
    exit 0
fi

"$builddir/tests/number/numgen" --seed "$seed" --count "$lines" "$srcdir/data/numplan.tsv" >questions
./oracle <questions >want
ok 'libphonenumber answers'
[ "$(wc -l <want)" = "$lines" ]
ok 'every line has its answer'
"$unspoof" number --strict --with-region <questions >got
ok 'unspoof answers'
cmp want got || {
    diff -a want got | head -n 20 | cat -v | sed 's/^/# /'
    false
}
ok "$name"
done_testing
