#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Published dumps of Asterisk's own test suite, where they are present.
. "${srcdir:-.}/tests/lib.sh"

# take FILE STATUS ACCEPTED REJECTED
take() {
    file=$real/ast_master_$1.csv
    if [ ! -f "$file" ]; then
        skip "$1" 'the published file is not here'
        return
    fi
    rm -f case
    try "$unspoof" ingest -p asterisk-cdr-csv case "$file"
    status_is "$2" "$1: exit status"
    says err "read $(($3 + $4)), accepted $3, rejected $4, skipped 0" "$1: counts"
}

take consoledsp 0 2 0
take dispositions 0 5 0
if [ -f case ]; then
    must "$unspoof" normalise -q case
    must "$unspoof" correlate -q case
    "$unspoof" summary -q -f csv case >summary
    # Its five rows have one id, start, account, dialled and presented number: one call.
    says summary '^calls,1$' 'dispositions: one call'
    # ANSWERED with 5 and with 7 seconds; the row with most talk stands.
    says summary '^answered,1$' 'dispositions: answered'
fi
take unterminated_quote 1 0 1
if [ -f case ]; then
    "$unspoof" export -q -f csv case rejects >rejects
    [ "$(wc -l <rejects)" = 2 ]
    ok 'unterminated_quote: the malformed row is kept as a reject'
    says err 'ast_master_unterminated_quote.csv:1: ' 'unterminated_quote: the line is named'
fi
for name in consoledsp dispositions; do
    file=$real/ast_master_$name.csv
    [ -f "$file" ] || continue
    rm -f case
    try "$unspoof" ingest case "$file"
    status_is 0 "$name: found out to be Asterisk's without being told"
done
done_testing
