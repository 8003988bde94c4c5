#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The arrows of the house, and that what would break them is found.
. "${srcdir:-.}/tests/lib.sh"

try sh "$srcdir/build-aux/house.sh" "$srcdir"
sed 's/^/# /' out
status_is 0 'the rooms keep to their places'

# room FILE LINE...: a file of a small house beside this one.
room() {
    file=$1
    shift
    mkdir -p "small/$(dirname "$file")"
    printf '%s\n' "$@" >"small/$file"
}

# found PATTERN NAME
found() {
    try sh "$srcdir/build-aux/house.sh" small
    status_is 1 "$2"
    says out "$1" "$2: named"
    rm -rf small
    sound
}

sound() {
    room lib/base/text.h '#include <stddef.h>'
    room lib/casefile/case.c '#include "base/text.h"' '#include "casefile/case.h"'
    room lib/ingest/load.c '#include "casefile/case.h"' '#include "output/writer.h"'
    room lib/output/writer.c '#include "base/text.h"' 'snprintf(a, 1, "exit(1)"); /* exit(1) */'
    room cmd/run.c '#include "ingest/load.h"' '#include "base/text.h"' 'printf("x");'
}

sound
try sh "$srcdir/build-aux/house.sh" small
sed 's/^/# /' out
status_is 0 'a small sound house'
room lib/base/table/up.c '#include "casefile/case.h"'
found '^lib/base/table/up\.c:1: base includes casefile/case\.h$' 'the ground floor reaches up'
room lib/ingest/source/across.c '#include <x.h>' '#include "normalise/words.h"'
found '^lib/ingest/source/across\.c:2: ingest includes normalise/words\.h$' 'a stage includes another'
room lib/number/plan/plan.h '#include "output/writer.h"'
found 'plan\.h:1: number includes output/' 'numbers reach across'
room lib/correlate/own.c '#include "cmd/command.h"'
found 'own\.c:1: correlate includes cmd/' 'a stage includes a command'
room cmd/both.c '#include "ingest/load.h"' '#include "export/tables.h"'
found '^cmd/both\.c: reaches more than one stage: ingest export$' 'a command reaches two stages'
room lib/export/text.h ''
found '^lib/export/text\.h: another header has this name' 'two headers of one name'
i=0
while [ $i -lt 26 ]; do room lib/export/r$i.c ''; i=$((i + 1)); done
found '^lib/export: 26 files' 'a room that is too full'
i=0
while [ $i -lt 501 ]; do echo; i=$((i + 1)); done >long
mkdir -p small/lib/export && mv long small/lib/export/long.c
found '^lib/export/long\.c: 501 lines' 'a file that is too long'
room lib/export/say.c 'void f(void) { exit(1); }'
found 'say\.c:1: the library prints, exits' 'the library exits'
room cmd/copy.c '	strcpy(a, b);'
found 'copy\.c:1: a call that the style bans' 'a banned call'
done_testing
