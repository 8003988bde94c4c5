#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ingest --replace`: what is said of the former reading, and a folder or an archive that is read again as a whole.
. "${srcdir:-$(dirname "$0")/../..}/tests/lib.sh"

head='started,account,presented,dialled,talk'
# call FILE N: a file of one call.
call() { printf '%s\n2022-03-%02d 10:00:00,u%d,02079460001,07700900%03d,90\n' "$head" $(($2 % 28 + 1)) "$2" "$2" >"$1"; }
# ask CASE SQL WANTED NAME
ask() {
    [ "$(sqlite3 "$1" "$2")" = "$3" ] || {
        sqlite3 "$1" "$2" | sed 's/^/# /'
        false
    }
    ok "$4"
}
present='SELECT id, path, member, accepted, region FROM source WHERE dropped_by IS NULL ORDER BY id'
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }

# ---- which settings of the former reading are others now ----

call one.csv 1
must "$unspoof" ingest -q -r DE --service spoof.example -w answered=X --tech-prefix '9#' one.case one.csv
try "$unspoof" ingest -r GB -z Europe/London --replace one.case one.csv
status_is 0 'a file is replaced'
says err "^one.csv: source 2 is in the place of source 1, which is out of the case; read otherwise: service was 'spoof.example', now not told, region was 'DE', now 'GB', zone was 'UTC', now 'Europe/London', tech prefixes was '9#', now not told, answered was 'X', now not told$" \
    'all that was given then and is not now is said'
printf 'account,at,email\na,2022-07-01 10:00:00,a@example.com\n' >kind.csv
must "$unspoof" ingest -q -k login kind.case kind.csv
try "$unspoof" ingest -k account --replace kind.case kind.csv
says err "^kind.csv: source 2 is in the place of source 1, .* read otherwise: kind was 'login', now 'account'" 'the kind too'
done_testing
