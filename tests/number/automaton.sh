#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tables of the numbering plan against PCRE2 on its patterns.
exec "$builddir/tests/number/test_automaton" "$srcdir/data/numplan.tsv"
