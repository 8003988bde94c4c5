#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Digits that can be read in two ways, over the numbering plan.
exec "$builddir/tests/number/test_ways" "$srcdir/data/numplan.tsv"
