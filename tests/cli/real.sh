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

# is_known FILE PROFILE: sniff takes it for that.
is_known() {
    [ -f "$real/$1" ] || return
    "$unspoof" sniff "$real/$1" 2>&1 | grep -q "looks like: .*, profile $2,"
    ok "$1: is known as $2's"
}

# found FILE OPTIONS SQL: what stands in a case of it, against standard input.
found() {
    cat >want
    if [ ! -f "$real/$1" ]; then
        skip "$1" 'the published file is not here'
        return
    fi
    rm -f case case.log
    # shellcheck disable=SC2086
    must "$unspoof" ingest -q $2 case "$real/$1"
    must "$unspoof" normalise -q case
    "$unspoof" query -q -f tsv case "$3" | sed 1d >got
    same "$1: what stands in it" want got
}

is_known ast_cel_master1.csv asterisk-cel-csv
is_known cdrstats_import_25col.csv cdr-stats
is_known fs_cdr_sqlite_dump.sql freeswitch
is_known electrum_history_fx.csv electrum-csv
is_known electrum_history_fx.json electrum-json

# 16 events, of which three are channels that begin; they are one call.
found ast_cel_master1.csv '' "SELECT rows_read || ' ' || accepted || ' ' || skipped FROM source UNION ALL
    SELECT count(*) || ' ' || count(DISTINCT call_id) || ' ' || sum(flags & 128 = 0) FROM call" <<'TEXT'
16 3 13
3 1 1
TEXT
found cdrstats_import_25col.csv '' "SELECT count(*) || ' ' || sum(talk) || ' ' || count(DISTINCT dialled) || ' ' ||
    sum(presented = '904234320') FROM call" <<'TEXT'
5 110 3 2
TEXT
found fs_cdr_sqlite_dump.sql '' "SELECT presented || ' ' || dialled || ' ' || talk FROM call" <<'TEXT'
800123123 34650881188 50
800123123 34650881100 15
TEXT
# Receipts and spends on chain, in satoshi, and what went over Lightning; one wallet in two layouts.
wallet="SELECT iif(coalesce(p.txid, '') = '', 'lightning', iif(r.amount > 0, 'in', 'out')) || ' ' || count(*) || ' ' || sum(r.amount)
    FROM payment_read AS r JOIN payment AS p ON p.id = r.payment GROUP BY coalesce(p.txid, '') = '', r.amount > 0 AND coalesce(p.txid, '') <> ''
    ORDER BY 1"
for layout in csv json; do
    found electrum_history_fx.$layout "-p electrum-$layout -m account==WALLET" "$wallet" <<'TEXT'
in 12 30260800
lightning 6 -61821
out 18 -29209771
TEXT
done
done_testing
