#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Layers made anew: what a forger changed who made seals and chain anew is found by
# `verify --deep`, and what cannot be compared is said.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || {
    skip 'layers made anew' 'there is no python3'
    done_testing
    exit 0
}

# deep STATUS NAME OPTION...
deep() {
    wanted=$1
    name=$2
    shift 2
    try "$unspoof" verify --rows 0 --deep "$@" case
    status_is "$wanted" "$name"
}

# forged NAME LAYER SQL...: such a case passes a check that is not deep, and does not pass one that is.
forged() {
    name=$1
    shift
    cp true.case case
    must python3 "$srcdir/tests/cli/forge.py" case "$@"
    try "$unspoof" verify --rows 0 case
    status_is 0 "$name: a case that was sealed anew passes"
    deep 4 "$name: and does not once its layers are made anew"
}

cat >never.txt <<'END'
shared@example.org
END
# The built-in bands, from elsewhere, under a name that is gone later.
cp "$srcdir/data/score.txt" bands.txt
must "$synth" --scale 1/1000 --seed 7 d
must "$unspoof" ingest -q -r GB true.case d/calls.csv d/accounts.csv d/payments.csv d/logins.csv d/reports.csv \
    d/rates.csv d/organisations.csv
must "$unspoof" normalise -q --date-order dmy true.case
must "$unspoof" correlate -q --threshold 250 --never never.txt --score bands.txt true.case
rm never.txt bands.txt

# ---- an honest case ----
cp true.case case
chmod 400 case
before=$(sha256sum <case)
mkdir temporary
TMPDIR=$scratch/temporary
export TMPDIR
deep 0 'an honest case, whose files of settings are gone'
says out '; [0-9]+ rows of 2[0-9] tables made anew are the same$' 'it says how much was compared'
[ ! -s err ]
ok 'and nothing else'
cp out first
deep 0 'the same with one thread' --threads 1
same 'and with eight' first out
deep 0 'eight' --threads 8
same 'no thread makes a difference' first out
[ "$(sha256sum <case)" = "$before" ] && [ -z "$(ls temporary)" ] && [ -z "$(find . -name 'case?*' ! -name case.log)" ]
ok 'the case is as it was, and nothing is beside it or in TMPDIR'
deep 0 'where the layers are made may be given' --temporary temporary -q
deep 1 'but it is to be a folder' --temporary case
try "$unspoof" verify --temporary temporary case
status_is 2 'and for --deep alone'
says err 'give that too' 'which is said'
(
    TMPDIR=$scratch/none
    export TMPDIR
    try "$unspoof" verify --deep case
    [ $status = 1 ] && grep -q 'none: No such file or directory' err
)
ok 'a TMPDIR that is not there is no reason to say that a case does not hold'
rm -f case

# ---- forgers ----
forged 'a victim who talked longer' concluded \
    'UPDATE victim SET talk_ms = talk_ms + 60000 WHERE number = (SELECT max(number) FROM victim)'
says err '^table victim, number [0-9]+, column talk_ms: the case has [0-9]+, made anew it is [0-9]+$' 'table, key, column, values'
[ "$(grep -c . err)" = 2 ]
ok 'and nothing more'
forged 'points' concluded 'UPDATE suspect SET score = score - 1'
says err '^table suspect, id 1, column score: the case has -?[0-9]+, made anew it is [0-9]+$' 'the first of them is named'
says err '^table suspect: [0-9]+ more rows differ$' 'the others are counted'
forged 'a tie that is taken out' concluded 'DELETE FROM link WHERE id = 2'
says err '^table link, id 2: the case has no such row' 'the row that is missing is named'
forged 'a tie that is put in' concluded "INSERT INTO link SELECT 900000, account_a, account_b, rule, value, strength,
    source_a, row_a, source_b, row_b, note, member_a, member_b FROM link WHERE id = 1"
says err '^table link, id 900000: the case has this row' 'the row that is too many is named'
forged 'a value for a terminal' concluded "UPDATE link SET value = 'a' || char(27) || '[2Jb' || char(0x202e) WHERE id = 1"
says err "^table link, id 1, column value: the case has 'a\\\\x1b\\[2Jb(\\\\x[0-9a-f]{2})+', made anew it is '" 'it is escaped'
forged 'a setting' concluded "UPDATE setting SET value = 'x' WHERE key = (SELECT min(key) FROM setting)"
says err '^table setting, key ' 'it is named'
forged 'an address as understood' understood "UPDATE account_read SET email = 'other@example.org' WHERE account = 3"
says err "^table account_read, account 3, column email: the case has 'other@example.org', made anew it is '" 'it is named'
forged 'the talk of calls' understood 'UPDATE understood SET base = 2 * base WHERE id = 512 + 18'
says err '^table segment_read, id 2, column sha256: ' 'the segment is named'
says err '^table understood, segment 2, row [0-9]+ \(call [0-9]+\), column talk: the case has [0-9]+, made anew it is [0-9]+$' \
    'and the call'
forged 'what a run says that came of it' none "UPDATE run SET outputs = replace(outputs, '\"suspects\":', '\"suspects\":9')
    WHERE command = 'correlate'"
says err '^run 3, correlate: it says of its outputs ' 'it is named'
forged 'what a run says of its settings' none "UPDATE run SET settings = replace(settings, '\"hub\":20', '\"hub\":3')
    WHERE command = 'correlate'"
says err '^run 3, correlate: it says of its settings .*"hub":3.*, and anew they are .*"hub":20' 'it is named, with both'
forged 'a decision' decided "UPDATE decision SET value = '300' WHERE key = 'threshold'"
says err '^run 3, correlate: it says of its settings ' 'it is not that of the run'
forged 'found rows that make other layers' found "UPDATE report SET loss = '99999.00' WHERE id = 1 AND loss IS NOT NULL"
says err '^table report_read, ' 'the layers are not those'

forged 'a decision that is no setting' decided "UPDATE decision SET value = 'some' WHERE key = 'threshold'"
says err '^what is concluded could not be made anew, so that it is not compared: what is decided of it is no setting$' 'it is said'

# ---- what cannot be made ----
cp true.case case
must python3 "$srcdir/tests/cli/forge.py" case found "UPDATE account SET registered = '13/02/2022' WHERE id = 1" \
    "UPDATE account SET registered = '02/13/2022' WHERE id = 2"
deep 6 'what cannot be made anew is not compared'
says err '^what is understood could not be made anew, so that it is not compared: d/accounts.csv' 'which is said, and why'

# ---- another version ----
cp true.case case
must python3 "$srcdir/tests/cli/forge.py" case none \
    "UPDATE run SET version = replace(version, 'unspoof 0.', 'unspoof 77.') WHERE command = 'correlate'"
deep 6 'conclusions of another version are not compared'
says err '^what is concluded was made by unspoof 77\..*unspoof redo$' 'which is said'
says out ' rows of 1[0-9] tables made anew are the same$' 'what is understood is compared'
must python3 "$srcdir/tests/cli/forge.py" case none \
    "UPDATE run SET version = replace(version, 'unspoof 0.', 'unspoof 77.') WHERE command = 'normalise'"
deep 6 'nor are those that came of what another version understood'
says out '; 0 rows of 0 tables' 'and nothing is'
cp true.case case
must python3 "$srcdir/tests/cli/forge.py" case none "UPDATE run SET version = replace(version, 'SQLite 3', 'SQLite 4')"
deep 0 'another library is no other version'

# ---- without layers ----
cp true.case case
must "$unspoof" normalise -q case
deep 0 'a case of which nothing is concluded'
rm -f case
must "$unspoof" ingest -q case d/rates.csv
deep 0 'and one of which nothing is understood'

# ---- interrupts ----
cp true.case case
interrupted=0 tried=0
for moment in $(extent '0.02 0.06 0.1 0.16 0.25' '0.02 0.04 0.06 0.08 0.1 0.13 0.16 0.2 0.25 0.3'); do
    for signal in INT TERM KILL; do
        timeout --foreground --preserve-status -s $signal $moment "$unspoof" verify --rows 0 --deep case >out 2>err </dev/null
        [ $? = 0 ] || interrupted=$((interrupted + 1))
        tried=$((tried + 1))
        [ -z "$(ls -A temporary)" ] && [ -z "$(find . -name 'case?*' ! -name case.log)" ] || touch left
    done
done
[ $interrupted -gt 0 ] && [ ! -e left ]
ok "a check that is ended leaves nothing behind ($interrupted of $tried)"
done_testing
