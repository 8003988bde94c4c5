#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every fuzz target over the inputs kept for it.
. "${srcdir:-.}/tests/lib.sh"

for seeds in "$srcdir"/tests/fuzz/*.seeds; do
    target=$(basename "$seeds" .seeds)
    try "$builddir/tests/fuzz/$target" "$seeds"
    status_is 0 "$target: $(cat out)"
done
done_testing
