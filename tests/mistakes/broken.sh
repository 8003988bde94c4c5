#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# mistakes.sh takes no crash for a refusal: a program that breaks down over the mistake, in
# each way that programs do, fails it.
. "${srcdir:-.}/tests/lib.sh"

real_program=$unspoof
export real_program
mkdir broken

# program COMMAND HOW: an unspoof whose command does HOW where the service has the mistake, else its work.
program() {
    cat >broken/unspoof <<X
#!/bin/sh
case "\$1 \$*" in
"$1 "*wrong.case*) $2 ;;
esac
exec "\$real_program" "\$@"
X
    chmod +x broken/unspoof
}

# judge KIND: mistakes.sh over one mistake with that program; its status.
judge() {
    try env builddir="$scratch/broken" srcdir="$srcdir" sh "$srcdir/tests/mistakes/mistakes.sh" 1 "$1"
    ! grep -q '^not ok' out
}

# Seed 9 is of the kind region, 11 of order, 14 of duplicate.
for seed in 9 11 14; do
    program none true
    judge $seed
    ok "the program itself passes: seed $seed"
    for how in 'kill -SEGV $$' 'kill -ABRT $$' 'exit 139' 'echo unspoof: message >&2; exit 7' 'exit 1' \
        'echo "==1==ERROR: AddressSanitizer: heap-use-after-free" >&2; exit 1'; do
        program run "$how"
        ! judge $seed && grep -q ' 1 failed,' out
        ok "run: $how: seed $seed"
    done
done
program run 'echo "unspoof run: calls.csv: no" >&2; exit 1'
judge 11 && grep -q ' 1 refused, ' out
ok 'a refusal with a message is one'
for command in export summary; do
    program $command 'kill -SEGV $$'
    ! judge 14 && grep -q "$command ends with 139, which is no refusal" out
    ok "$command: crashed"
done
done_testing
