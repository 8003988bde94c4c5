#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# build.sh DIR [CONFIGURE-ARGUMENT...]: builds unspoof in DIR, outside the tree
# of sources, quietly; what went wrong is shown.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
dir=$1
shift
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
log=$dir/build.log

if ! {
    { [ -x "$top/configure" ] && [ -z "$(find "$top" -maxdepth 3 \( -name configure.ac \
        -o -name Makefile.am -o -name local.mk -o -name '*.m4' \) -newer "$top/configure")" ]; } ||
        (cd "$top" && autoreconf -fi)
    cd "$dir"
    [ -f Makefile ] || "$top/configure" "$@"
    make -j"$(getconf _NPROCESSORS_ONLN)" all
} >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "The build failed; all of it is in $log" >&2
    exit 1
fi
