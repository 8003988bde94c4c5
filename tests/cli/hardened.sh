#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What guards the program against a mistake of memory is in it (m4/hardening.m4), and
# where it is not, this test finds that.
. "${srcdir:-.}/tests/lib.sh"

leave() {
    echo "1..0 # SKIP $1"
    exit 0
}

command -v readelf >/dev/null || leave 'no readelf here'
said=$("$builddir/config.status" --config 2>/dev/null)
case $said in *--disable-hardening* | *--enable-hardening=no*) leave 'configured with --disable-hardening' ;; esac

# ---- what each guard looks like ----

is_pie() { readelf -hW "$1" | grep -q 'Type: *DYN' && readelf -dW "$1" | grep -q 'FLAGS_1.*PIE'; }
is_relro() { readelf -lW "$1" | grep -q GNU_RELRO; }
binds_now() { readelf -dW "$1" | grep -Eq 'BIND_NOW|FLAGS_1.*NOW'; }
has_plain_stack() { readelf -lW "$1" | grep GNU_STACK | grep -q ' RW '; }
guards_stack() { readelf --dyn-syms -W "$1" | grep -q '__stack_chk_fail'; }
is_fortified() { readelf --dyn-syms -W "$1" | grep -Eq ' __(mem|str|[a-z]*print|p?read)[a-z0-9]*_chk'; }

is_pie "$unspoof"
ok 'the program is position-independent'
is_relro "$unspoof"
ok 'what the linker fills in is read-only afterwards'
binds_now "$unspoof"
ok 'and is filled in before anything runs'
has_plain_stack "$unspoof"
ok 'nothing on the stack is executed'
guards_stack "$unspoof"
ok 'a stack that is overwritten ends the program'

name='copies and prints are checked against the room there is'
case $said in
*--enable-asan* | *--enable-ubsan* | *--enable-tsan*) skip "$name" 'the sanitizers check it' ;;
*-O0*) skip "$name" 'built without optimisation' ;;
*)
    if readelf -dW "$unspoof" | grep -q 'NEEDED.*libc\.so\.6'; then
        is_fortified "$unspoof"
        ok "$name"
    else
        skip "$name" 'a C library that does not'
    fi
    ;;
esac

# ---- a program without any of them ----

printf '%s\n' '#include <stdio.h>' '#include <string.h>' \
    'int main(int n, char **v) { char room[64]; strcpy(room, v[n - 1]); return printf("%s\n", room) < 0; }' >soft.c
name='a program without these is found'
if ${CC:-cc} -O1 -U_FORTIFY_SOURCE -fno-stack-protector -fno-pie -no-pie -Wl,-z,norelro -Wl,-z,lazy -Wl,-z,execstack \
    -o soft soft.c >soft.log 2>&1; then
    found=
    for guard in is_pie is_relro binds_now has_plain_stack guards_stack is_fortified; do
        ! $guard soft || found="$found $guard"
    done
    [ -z "$found" ] || echo "#$found"
    [ -z "$found" ]
    ok "$name"
else
    skip "$name" 'it cannot be built here'
fi
done_testing
