#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# JSON: the rows of the same calls in every shape are those of the CSV, and what bad JSON gets.
. "${srcdir:-.}/tests/lib.sh"

# dialect FILE TEXT: what sniff says that a file is.
dialect() {
    try "$unspoof" sniff "$1"
    says out "^    dialect: $2\$" "$1 is $2"
}

# calls FILE [OPTION]...: the calls of a file, in the order of their accounts.
calls() {
    file=$1
    shift
    rm -f calls.case
    must "$unspoof" ingest -q -r GB "$@" calls.case "$file"
    must "$unspoof" normalise -q calls.case
    must "$unspoof" correlate -q calls.case
    "$unspoof" export -q -f csv calls.case calls >calls.csv
    "$unspoof" summary -q -f csv calls.case >>calls.csv
}

# alike FILE [OPTION]...
alike() {
    calls "$@"
    cut -d, -f 6-18 calls.csv | sort >got
    same "$1: the calls of the CSV" wanted got
}

cat >base.csv <<'CSV'
account,started,presented,dialled,talk
u1,2022-03-01 10:00:00Z,02079460101,07700900123,17
u2,2022-03-01 10:01:00Z,anonymous,07700900124,0
u1,2022-03-01 10:02:00Z,+442079460103,07700900125,61
CSV
calls base.csv
cut -d, -f 6-18 calls.csv | sort >wanted

row() { printf '{"account":"%s","started":"%s","presented":"%s","dialled":"%s","talk":%s}' "$@"; }
one=$(row u1 '2022-03-01 10:00:00Z' 02079460101 07700900123 17)
two=$(row u2 '2022-03-01 10:01:00Z' anonymous '0770090\u0030124' 0)
three=$(row u1 '2022-03-01 10:02:00Z' '+44207\u0039460103' 07700900125 '"61"')
printf '%s\n%s\n%s\n' "$one" "$two" "$three" >lines.json
printf '[%s,\n %s,%s]\n' "$one" "$two" "$three" >array.json
printf '{"id1":%s,"id2":%s,\n"id3":%s}' "$one" "$two" "$three" >keyed.json
printf '{"status":"ok","data":{"calls":[%s,%s,%s],"none":[]}}' "$one" "$two" "$three" >tables.json
printf '\357\273\277%s%s %s' "$one" "$two" "$three" | tr , '\n' | sed 's/^"/,"/' >documents.json
for file in lines array keyed tables documents; do alike $file.json; done
gzip -k lines.json
alike lines.json.gz
dialect lines.json 'JSON lines'
dialect array.json 'JSON, an array of rows'
dialect keyed.json 'JSON, an object of rows by their keys'
dialect tables.json 'JSON, arrays of rows by their paths'
dialect documents.json 'JSON, one document a row, byte order mark'
printf '[["u1","2022-03-01 10:00:00Z","07700900123"],["u2","2022-03-01 10:00:00Z","07700900123"]]' >place.json
dialect place.json 'JSON, an array of rows, rows are arrays, header no'
printf '[["account","started","dialled"],["u1","2022-03-01 10:00:00Z","07700900123"]]' >header.json
dialect header.json 'JSON, an array of rows, rows are arrays, header yes'
printf '%s' '[["account","login"],["a1","one"],["account","login"],["a2","two"]]' >headers.json
rm -f headers.case
try "$unspoof" ingest headers.case headers.json
says err 'read 4, accepted 2, rejected 0, skipped 2' 'a header that comes again'
printf '%s' '[["account","login"],["a1","one"],["login","account"],["two","a2"]]' >headers.json
rm -f headers.case
try "$unspoof" ingest headers.case headers.json
status_is 2 'one in another order'
says err 'line 1 names the columns again, in another order' 'is refused'
try "$unspoof" ingest --check -k call -m presented= header.json
says err 'read 2, accepted 1, rejected 0, skipped 1' 'its header is no row'

# What is wrong is said with its line, and costs no other row.
{ cat lines.json; printf '%s\n{"account":"u3","started":\n%s\n{"account":"a","account":"b"}\n\n' "$one" "$two"; } >bad.json
try "$unspoof" ingest -r GB bad.case bad.json
status_is 0 'some rows of a file are bad'
says err '^bad.json:5: is cut off: the line ends within it$' 'a line that is cut'
says err '^bad.json:7: a key stands twice in one object$' 'a key that stands twice'
says err 'read 8, accepted 5, rejected 2, skipped 1$' 'and all are counted'
try "$unspoof" export -f csv bad.case rejects
says out '^bad.json,5,451,27,is cut off' 'with the place of the object'
head -c 200 array.json >cut.json
try "$unspoof" ingest --check cut.json
says err '^cut.json:2: is cut off: the file ends within it$' 'a file that is cut off: half of a row is rejected'
says err 'the file ends before its JSON does: what follows is missing; ask for the whole file$' 'and it is said'
says err 'accepted 1, rejected 1, skipped 0$' 'what was whole stays'
{ printf '[%s,{"account":' "$one"; head -c 1000000 /dev/zero | tr '\0' '['; } >deep.json
try "$unspoof" ingest --check deep.json
says err '^deep.json:1: nested deeper than 512$' 'nested a million deep'
printf '[]' >empty.json
try "$unspoof" ingest --check empty.json
status_is 1 'an array without rows'
says err 'empty.json: is JSON without rows: it holds no object in a list$' 'is said to be one'

# A key that comes late is counted, unless a profile names it.
{ i=0; while [ $i -lt 700 ]; do echo "$one"; i=$((i + 1)); done
  echo '{"account":"u9","started":"2022-03-01 10:00:00Z","dialled":"07700900123","x":{"number":"02079460109"}}'; } >late.json
try "$unspoof" ingest --check -r GB late.json
says err "1 row has a value that is in no column, .* the first is 'x', in line 701; name it in a line .role." 'a late key is counted and named'
cat >late.profile <<'PROFILE'
name late
kind call
role account account
role started started
role dialled dialled
role presented x.number
PROFILE
must "$unspoof" ingest -q -r GB -p ./late.profile late.case late.json
must "$unspoof" normalise -q late.case
must "$unspoof" correlate -q late.case
"$unspoof" export -q -f csv late.case calls >out
says out '02079460109' 'what a profile names is read wherever it comes first'

# Files of a folder are one source, whatever keys they have beside those that play a role.
mkdir folder
printf '%s' "$one" >folder/a.json
printf '%s' "$two" | tr , '\n' | sed 's/^"/,"/' >folder/b.json
printf '%s' "$two" | sed 's/}$/,"more":1}/' >folder/c.json
printf '%s\n%s' "$two" "$three" >folder/d.json
printf '%s' "$two" | sed 's/,"talk":0//' >folder/e.json
printf '%s' "$two" | sed 's/}$/,"duration":7}/' >folder/f.json
printf '{"account":"u1","paid":"2022-03-01","amount":"5","currency":"GBP"}' >folder/g.json
try "$unspoof" ingest -r GB folder.case folder
says err '^folder: 4 members, read 5, accepted 5, rejected 0, skipped 0$' 'files that are alike are one source'
says err "^folder: 1 row has a value that is in no column, .* the first is 'more', in line 1 of folder/c.json" 'a key that the first has not is counted'
says err '^folder/b.json: read 1, accepted 1' 'one over several lines is another'
says err '^folder/f.json: read 1, accepted 1' 'and one that has a role in such a key'
says err '^folder/g.json: kind payment' 'and one of another kind'
[ "$(sqlite3 folder.case 'SELECT group_concat(path) FROM member WHERE source = 1')" = a.json,c.json,d.json,e.json ]
ok 'its members are in their order'
try "$unspoof" ingest -r GB folder.case folder/c.json
says err '^folder/c.json: already in the case as source 1; nothing added$' 'one of them comes again'

# Kinds are those of each file by itself, also where it has no key that the first has not.
mkdir kinds
printf '{"account":"u1","started":"2022-03-01 10:00:00Z","presented":"02079460101","dialled":"07700900123","talk":1,"paid":"2022-03-01","amount":"5"}' >kinds/a.json
printf '{"account":"u1","paid":"2022-03-01","amount":"5"}' >kinds/b.json
try "$unspoof" ingest -r GB -c GBP kinds.case kinds
says err '^kinds/a.json: kind call, ' 'a call'
says err '^kinds/b.json: kind payment, ' 'with all keys of a payment beside it'
[ "$(sqlite3 kinds.case "SELECT group_concat(kind) FROM source")" = call,payment ]
ok 'is no reason to take one for a call'
# What a column is called by its place differs from file to file.
mkdir places
printf '{"started":"2022-03-01 10:00:00Z","presented":"02079460101","dialled":"07700900123","a":"u1","b":"u2"}' >places/a.json
printf '{"started":"2022-03-01 10:00:00Z","presented":"02079460101","dialled":"07700900123","b":"u3","a":"u4"}' >places/b.json
must "$unspoof" ingest -q -r GB -m account=4 places.case places
[ "$(sqlite3 places.case "SELECT group_concat(replace(mapping, char(10), ' '), '|') FROM source")" = 'started=started account=a presented=presented dialled=dialled |started=started account=b presented=presented dialled=dialled ' ]
ok 'columns by their place are those of each file'
# A path that is one key here and two there.
mkdir paths
printf '{"started":"2022-03-01 10:00:00Z","presented":"02079460101","dialled":"07700900123","x":{"y":"u1"}}' >paths/a.json
printf '{"started":"2022-03-01 10:00:00Z","presented":"02079460101","dialled":"07700900123","x.y":"u2"}' >paths/b.json
must "$unspoof" ingest -q -r GB -m account=x.y paths.case paths
[ "$(sqlite3 paths.case 'SELECT count(*) FROM source')" = 2 ]
ok 'a path with a dot in a key is another'

try "$unspoof" verify folder.case
status_is 0 'a folder of files that have other columns'
says out ' 0 sources could not be$' 'is read again, by those of its first'
try "$unspoof" verify --rows all calls.case
status_is 0 'and one file'
says out ' 1 sources read again, 0 sources could not be$' 'all of its rows'

# The same wallet as CSV and as JSON.
file=$real/electrum_history_fx.json
if [ -f "$file" ]; then
    try "$unspoof" ingest --check -k payment -c BTC -m account=_key -m paid=date -m amount=bc_value "$file"
    says err 'read 36, ' 'a wallet of Electrum has 36 rows'
else
    skip 'a wallet of Electrum' 'the published file is not here'
fi
done_testing
