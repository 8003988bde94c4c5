#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a case is: its reference, those of its exhibits, and its digest, which another
# program computes from the rows, and which two persons have alike.
. "${srcdir:-.}/tests/lib.sh"

mkdir here there
cat >here/calls.csv <<'END'
started,account,presented,dialled,duration,status
2022-03-27 00:59:58,alice,02079460123,07700900123,75,ANSWERED
2022-03-27 01:00:03,bob,+442079460999,07700900124,0,NO ANSWER
2022-03-27 01:00:41,alice,anonymous,07700 900125,61,ANSWERED
2022-03-27 01:00,alice,bad row
END
cat >here/pay.csv <<'END'
payment_id,account,paid,amount,currency,status
p1,alice,2022-03-26 10:00:00,500.00,GBP,paid
p2,bob,2022-03-26 11:00:00,7.50,GBP,paid
END
cp here/*.csv there

# The digest of a case by the rule of unspoof-case(5), from the rows alone; with a second
# argument, from what the runs stored.
cat >digest.py <<'END'
import hashlib, json, sqlite3, sys

db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
db.text_factory = bytes
NOT = {b"run", b"overwriting", b"checkpoint", b"found", b"table_digest", b"segment_filter", b"understood"}
LEFT = {b"source": [b"path"], b"source_remark": [b"text", b"remedy"],
        b"remark": [b"text", b"remedy"], b"conclusion_remark": [b"text", b"remedy"]}
sealed = b" ".join(seal for seal, in db.execute("SELECT seal FROM run"))


def value(v):
    if v is None:
        return b"n0:"
    if isinstance(v, int):
        v, letter = b"%d" % v, b"i"
    elif isinstance(v, float):
        sys.exit("a real")
    else:
        letter = b"t"
    return letter + b"%d:" % len(v) + v


def cell(table, names, row, types, i):
    v = row[i]
    if table == b"setting" and names[i] == b"value" and row[0] in (b"score", b"never_name"):
        v = b""
    if table == b"decision" and names[i] == b"value":
        v = v[v.find(b"\n") + 1:]
    made = value(v)
    return b"b" + made[1:] if types[i] == b"blob" else made


def digest(table):
    info = list(db.execute("SELECT name, pk FROM pragma_table_info(?)", (table.decode(),)))
    names = [name for name, pk in info]
    keys = [name for pk, name in sorted((pk, name) for name, pk in info if pk)]
    total = hashlib.sha256()
    columns = ", ".join('"%s"' % name.decode() for name in names)
    types = ", ".join('typeof("%s")' % name.decode() for name in names)
    for row in db.execute("SELECT %s, %s FROM %s ORDER BY %s" % (
            columns, types, table.decode(), ", ".join(key.decode() for key in keys))):
        kinds = row[len(names):]
        for i, name in enumerate(names):
            if name not in LEFT.get(table, []):
                total.update(cell(table, names, row, kinds, i))
    return total.hexdigest().encode()


tables = {}
there = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
if len(sys.argv) > 2:
    for stored, in db.execute("SELECT tables FROM run ORDER BY id"):
        tables.update((k.encode(), v.encode()) for k, v in json.loads(stored).items())
    tables = {name: tables[name] for name in tables if name in there}
else:
    for name in there:
        if name not in NOT and (name != b"decision" or b"decided" in sealed):
            tables[name] = digest(name)
text = b"".join(b"t%d:%st64:%s" % (len(name), name, tables[name]) for name in sorted(tables))
print(hashlib.sha256(text).hexdigest())
END

# digest_of CASE: as an export says it on standard error.
digest_of() { "$unspoof" export -f csv "$1" sources 2>&1 >nowhere | sed -n 's/.*digest \([0-9a-f]\{64\}\);.*/\1/p'; }

# ---- references ----

for bad in '' ' a' "$(printf 'a\tb')" "$(printf 'a\033[1mb')" "$(printf 'a\302\205b')" "$(printf 'a\342\200\256b')" "$(printf 'a\377')" \
    "$(printf '%201s' '' | tr ' ' x)"; do
    try "$unspoof" ingest --case "$bad" -r GB refused here/calls.csv
    status_is 2 "a case is not called '$(printf %.9s "$bad" | cat -v)'"
    ! [ -e refused ]
    ok 'and none is made'
    try "$unspoof" ingest --exhibit "$bad" -r GB refused here/calls.csv
    status_is 2 'nor an exhibit'
done
long=$(printf '%198s' '' | tr ' ' x)$(printf '\303\251')
try "$unspoof" ingest --case "$long" -r GB long here/calls.csv
status_is 0 '200 bytes'
[ "$(sqlite3 long 'SELECT reference FROM identity')" = "$long" ]
ok 'are kept as they are'

cd here || exit 1
try "$unspoof" ingest --case 'OP/ANVIL 22\1' --exhibit JB/1 -r GB case calls.csv
status_is 0 'a case with a reference'
try "$unspoof" ingest -k payment --case 'OP/ANVIL 22\2' case pay.csv
status_is 1 'another reference is refused'
says err "is case 'OP/ANVIL 22\\\\\\\\1', and --case says 'OP/ANVIL 22\\\\\\\\2'" 'and both are shown'
[ "$(sqlite3 case 'SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM run)')" = '1|1' ]
ok 'and nothing is added'
try "$unspoof" ingest -k payment --case 'OP/ANVIL 22\1' --exhibit JB/2 case pay.csv
status_is 0 'the same reference again'
try "$unspoof" ingest -k payment case pay.csv
status_is 0 'none of either: the source is known'
try "$unspoof" ingest -k payment --exhibit JB/3 case pay.csv
status_is 1 'another exhibit of a source is refused'
says err "exhibit was 'JB/2', now 'JB/3'" 'with both'
"$unspoof" export -q -f tsv case sources | awk -F '\t' '{ print $2, $27 }' >got
printf '%s\n' 'source exhibit' 'calls.csv JB/1' 'pay.csv JB/2' >want
same 'exhibits are exported' want got
must "$unspoof" ingest -r GB late calls.csv
must "$unspoof" ingest -r GB --case LATE late calls.csv
[ "$(sqlite3 late 'SELECT reference FROM identity')" = LATE ]
ok 'a reference that comes later is recorded'
try "$unspoof" verify late
status_is 0 'and sealed'
try "$unspoof" ingest -r GB --case NOTHING empty absent.csv
[ "$status" = 1 ] && ! [ -e empty ]
ok 'a reference alone makes no case'
try "$unspoof" ingest --check --case OP/1 -r GB case calls.csv
status_is 0 '--check takes a reference'

# ---- the digest ----

mine=$(digest_of case)
[ ${#mine} = 64 ]
ok 'a case has a digest'
steps() {
    [ "$(python3 ../digest.py "$1")" = "$(digest_of "$1")" ]
    ok "$2: another program computes it from the rows"
    [ "$(python3 ../digest.py "$1" stored)" = "$(digest_of "$1")" ]
    ok "$2: and from what runs stored"
}
printf 'phone +442079460123\n' >never.txt
steps case 'found'
must "$unspoof" normalise --zone pay.csv=Europe/London case
steps case 'understood, with a decision'
must "$unspoof" correlate --never never.txt case
steps case 'concluded, with a file'
[ "$mine" != "$(digest_of case)" ]
ok 'each step makes it another'
must "$unspoof" verify case
must "$unspoof" export -f csv case suspects
final=$(digest_of case)

cd ../there || exit 1
mkdir -p a/b
mv calls.csv pay.csv a/b
cp ../here/never.txt a/other-name.txt
must "$unspoof" ingest --threads 1 --case 'OP/ANVIL 22\1' --exhibit JB/1 -r GB "$PWD/case" "$PWD/a/b/calls.csv"
must "$unspoof" ingest -k payment --exhibit JB/2 case a/b/pay.csv
must "$unspoof" normalise --zone "$PWD/a/b/calls.csv=UTC" case
must "$unspoof" normalise --zone a/b/pay.csv=Europe/London case
must "$unspoof" correlate --never a/other-name.txt case
cd .. || exit 1
[ "$final" != "$(digest_of there/case)" ]
ok 'one decision more is another digest'
rm there/case
cd there || exit 1
must "$unspoof" ingest --threads 1 --case 'OP/ANVIL 22\1' --exhibit JB/1 -r GB "$PWD/case" "$PWD/a/b/calls.csv"
must "$unspoof" ingest -k payment --exhibit JB/2 case a/b/pay.csv
must "$unspoof" normalise --zone a/b/pay.csv=Europe/London case
must "$unspoof" correlate --never a/other-name.txt case
cd .. || exit 1
[ "$final" = "$(digest_of there/case)" ]
ok 'files elsewhere, of other names: one digest'
[ "$(sqlite3 here/case 'SELECT hash FROM run WHERE id = 1')" != "$(sqlite3 there/case 'SELECT hash FROM run WHERE id = 1')" ]
ok 'and each is known by a first run of its own'

# ---- where it stands ----

first=$(sqlite3 here/case 'SELECT hash FROM run ORDER BY id LIMIT 1')
head=$(sqlite3 here/case 'SELECT hash FROM run ORDER BY id DESC LIMIT 1')
newest=$(sqlite3 here/case 'SELECT max(id) FROM run')
line="case OP/ANVIL 22\\\\\\\\1, digest $final"
try "$unspoof" verify here/case
printf '%s\n' 'case OP/ANVIL 22\\1' "digest $final" >screen
{ cat screen && printf '%s\n' "known by $first" "head $head, run $newest"; } >want
tail -n 4 out >got
same 'verify says reference and digest, by which hash the case is known, and the head of its chain' want got
try "$unspoof" summary -f table here/case
tail -n 2 out >got
same 'summary on a screen' screen got
try "$unspoof" export -f table here/case suspects
tail -n 2 out >got
same 'a table on a screen' screen got
[ ! -s err ]
ok 'which is not said twice'
for format in csv tsv json jsonl; do
    try "$unspoof" export -f $format here/case suspects
    ! grep -q "$final" out
    ok "$format has rows alone"
    says err "^unspoof export: $line; table suspects of run $newest \\($head\\)\$" "$format: what case it is of is beside it"
    try "$unspoof" export -q -f $format here/case suspects
    [ ! -s err ]
    ok "$format: not with -q"
done
decided=$(sqlite3 here/case "SELECT id FROM run WHERE seal LIKE '%decided%' ORDER BY id DESC LIMIT 1")
for table in sources:2 decisions:"$decided" quality:"$newest"; do
    try "$unspoof" export -f csv here/case ${table%:*}
    says err "; table ${table%:*} of run ${table#*:} \\(" "${table%:*} are of the run that made them"
done
try "$unspoof" export -f csv long suspects
try "$unspoof" export -f csv long sources
says err "^unspoof export: case x*.*, digest $(digest_of long); " 'and of the found layer'
must "$unspoof" ingest -r GB bare here/calls.csv
try "$unspoof" verify bare
says out '^case without a reference$' 'a case need have none'
says out "^digest $(digest_of bare)\$" 'but for its digest'

sed -n '/^import hashlib, json, sqlite3, sys$/,/^\.Ed$/p' "$srcdir/man/unspoof-case.5" | sed '$d; s/\\e/\\/g' >page.py
[ "$(python3 page.py here/case)" = "$final" ]
ok 'the program on the page of the case file gives the digest'

# ---- what is not so is found ----

# harm NAME SQL: verify finds it.
harm() {
    cp here/case harmed
    must sqlite3 harmed "$2"
    try "$unspoof" verify harmed
    status_is 4 "$1: found"
    ! grep -q '^case\|^digest' out
    ok "$1: and no digest is said"
}
harm 'a reference changed' "UPDATE identity SET reference = 'OP/ANVIL 22'"
harm 'a reference taken out' 'DELETE FROM identity'
harm 'an exhibit changed' "UPDATE source SET exhibit = 'JB/9' WHERE id = 1"
harm 'a path changed' "UPDATE source SET path = 'x' WHERE id = 1"
harm 'a stored digest changed' "UPDATE run SET tables = replace(tables, '\"source\":\"', '\"source\":\"0')"
harm 'a stored digest taken out' "UPDATE run SET tables = '{}'"
cp here/case harmed
must sqlite3 harmed "UPDATE run SET tables = '{}'"
try "$unspoof" export -f csv harmed suspects
status_is 4 'a case that does not say its digest is not exported'
says err 'no run has a digest of table identity; `unspoof verify` says more' 'and it says why'
cp here/case harmed
must sqlite3 harmed "UPDATE identity SET reference = 'a' || char(27) || 'b'"
try "$unspoof" export -f csv harmed suspects
status_is 4 'nor is one with a reference that is none'

# Sources that are in no run are in no digest, and a digest that has not all is none.
cp bare cut
must sqlite3 cut 'DELETE FROM run'
try "$unspoof" export -f csv cut sources
says err '^unspoof export: case without a reference, no digest yet: not all of it is in a run$' 'what is in no run has none'
done_testing
