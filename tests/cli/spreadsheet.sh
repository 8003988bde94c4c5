#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hostile cells of the evidence, and of a column's name, in CSV: none of them is a formula, one apostrophe taken from each gives
# all of them back, and --exact has them as they were found.
. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || {
    echo '1..0 # SKIP no python3 here'
    exit 0
}

# Accounts whose logins, and calls whose presented numbers, a spreadsheet would run.
cat >make.py <<'END'
import csv
hostile = ["=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", ";=1", "'", "''", "'=1", "'s",
           "+442079460101", "+44 20 7946", "+020", "+1234567890123456", "-12.50", "-", "-1e5", "-1-1", " =1", "\uff1d1+1",
           "a=1", "a,b", 'a"b', '"', "'\"", "x\ny", "=\"a,b\"\n", "0", "\u0627\u061c", "=HYPERLINK(\"http://x\")"]
with open("accounts.csv", "w", newline="", encoding="utf-8") as file:
    out = csv.writer(file)
    out.writerow(["account", "login"])
    for i, text in enumerate(hostile):
        out.writerow(["u%d" % i, text])
END
cat >back.py <<'END'
import csv, re, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))
found = [row[1] for row in csv.reader(open("accounts.csv", newline="", encoding="utf-8"))][1:]
exact = len(sys.argv) > 2
harmless = re.compile(r"\+[1-9][0-9]{0,14}|-[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
armed = [c for row in rows for c in row if c[:1] in tuple("=+-@;\t\r\n\uff1d") and c and not harmless.fullmatch(c)]
back = [row[1] if exact else re.sub("^'", "", row[1]) for row in rows[1:]]
if bool(armed) != exact:
    print("armed:", armed)
if back != found:
    print("differ:", [(a, b) for a, b in zip(back, found) if a != b])
END
must python3 make.py
must "$unspoof" ingest -q -k account -m account=account -m login=login c.case accounts.csv
must "$unspoof" normalise -q c.case
must "$unspoof" correlate -q c.case
try "$unspoof" query -q -f csv c.case 'SELECT account AS "=1+1", login FROM account ORDER BY id'
status_is 0 'a query'
cp out defused.csv
: >nothing
python3 back.py defused.csv >got 2>&1
same 'has no formula, and gives all back' nothing got
[ "$(head -n 1 defused.csv)" = "'=1+1,login" ]
ok "a column's name is no formula either"
try "$unspoof" query -q -f csv --exact c.case 'SELECT account, login FROM account ORDER BY id'
status_is 0 'one that is exact'
python3 back.py out exact >got 2>&1
same 'has all as it was found' nothing got
try "$unspoof" export -q -f csv --exact -o exact.csv c.case accounts
status_is 0 'an exact export'
try "$unspoof" export -q -f csv -o safe.csv c.case accounts
status_is 0 'and one that is not'
cat >strip.py <<'END'
import csv, re, sys
out = csv.writer(sys.stdout, lineterminator="\n")
for row in csv.reader(open("safe.csv", newline="", encoding="utf-8")):
    out.writerow([re.sub("^'", "", cell) for cell in row])
END
cat >same.py <<'END'
import csv, sys
sys.exit(list(csv.reader(open("exact.csv", newline=""))) != list(csv.reader(open("got", newline=""))))
END
PYTHONIOENCODING=utf-8 python3 strip.py >got && python3 same.py
ok 'are the same without the apostrophes'
! cmp -s exact.csv safe.csv
ok 'and differ with them'
try "$unspoof" show -q -f csv --exact c.case account u1
says out ',=1\+1' 'a thing that is shown exactly'
try "$unspoof" show -q -f csv c.case account u1
says out ",'=1\+1" 'or not'
try "$unspoof" query -q -f tsv c.case "SELECT '=1'"
says out '^=1$' 'tsv is for programs'
done_testing
