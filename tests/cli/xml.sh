#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# XML: calls of FreeSWITCH's mod_xml_cdr in one file each, behind one another, and inside a root; and what bad XML gets.
. "${srcdir:-.}/tests/lib.sh"

# cdr ID PRESENTED DIALLED: a document of one call.
cdr() {
    printf '<cdr core-uuid="c-%s">\n  <variables>\n    <uuid>%s</uuid>\n    <start_stamp>2022-06-01 14:02:11</start_stamp>\n' "$1" "$1"
    printf '    <billsec>70</billsec>\n  </variables>\n  <callflow dialplan="XML">\n    <caller_profile>\n'
    printf '      <caller_id_number>%s</caller_id_number>\n      <destination_number>%s</destination_number>\n' "$2" "$3"
    printf '    </caller_profile>\n  </callflow>\n</cdr>\n'
}
cat >fs.profile <<'PROFILE'
name fs
kind call
role account variables.accountcode
role account callflow.@dialplan
role call_id variables.uuid
role started variables.start_stamp
role presented callflow.caller_profile.caller_id_number
role dialled callflow.caller_profile.destination_number
role talk variables.billsec
PROFILE
first=$(cdr u-1 02079460101 07700900123)
second=$(cdr u-2 02079460102 07700900124)
printf '<?xml version="1.0"?>\n%s\n' "$first" >one.xml
printf '<?xml version="1.0"?>\n%s\n<?xml version="1.0"?>\n%s\n' "$first" "$second" >two.xml
printf '<?xml version="1.0"?>\n<cdrs>\n%s\n%s\n</cdrs>\n' "$first" "$second" >root.xml
for file in one two root; do
    try "$unspoof" ingest -r GB -p ./fs.profile $file.case $file.xml
    status_is 0 "$file.xml"
    says err "^$file.xml, table cdr: kind call, profile fs, XML, rows are the elements <cdr>\$" "$file.xml: its rows"
done
says err 'read 2, accepted 2, rejected 0, skipped 0$' 'two calls in a root'
must "$unspoof" normalise -q root.case
must "$unspoof" correlate -q root.case
"$unspoof" export -q -f csv root.case calls >out
says out '^65537,root.xml,16,386,356,.*02079460102' 'with their values'
try "$unspoof" sniff one.xml
says out 'columns: @core-uuid, variables.uuid, variables.start_stamp, variables.billsec, callflow.@dialplan, ' 'columns are paths'

# Nothing is expanded, and nothing else is opened.
cat >laughs.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE users [
 <!ENTITY a "aaaaaaaaaa">
 <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
 <!ENTITY file SYSTEM "file:///etc/passwd">
]>
<users>
<user><account>u1</account><login>l&amp;m</login></user>
<user><account>&b;</account></user>
<user><account>&file;</account></user>
<user><account>u2</account></wrong></user>
<other/>
<user><account>u3</account></user>
</users>
XML
try "$unspoof" ingest laughs.case laughs.xml
status_is 0 'entities'
for line in 9 10; do says err "^laughs.xml:$line: not read: an entity, and none is ever expanded\$" "line $line uses one"; done
says err '^laughs.xml:11: not XML: tags or attributes are not as they have to be$' 'tags that do not fit'
says err '^laughs.xml:12: an element of another name than the rows have$' 'an element among the rows'
says err 'it has a document type, which is not read: no entity is ever expanded' 'a document type is said'
says err 'read 6, accepted 2, rejected 4, skipped 0$' 'the others are rows'
head -c 700 root.xml >cut.xml
try "$unspoof" ingest --check -p ./fs.profile cut.xml
says err '^cut.xml:[0-9]*: is cut off: the file ends within it$' 'half of a row is rejected'
says err 'the file ends before its XML does: what follows is missing; ask for the whole file$' 'and it is said'
says err 'accepted 1, rejected 1, skipped 0$' 'what was whole stays'
printf 'cdr=%%3Ccdr%%3E%%3C%%2Fcdr%%3E' >post.txt
try "$unspoof" sniff post.txt
says out 'post.txt: is a form that FreeSWITCH.s mod_xml_cdr has sent, URL-encoded \(undo that' 'what was sent as a form is named'

# A folder of a document a call, of which each has other variables.
mkdir calls
document() {
    printf '<?xml version="1.0"?>\n'
    cdr "$1" "020794601$2" "077009001$2" | if [ -n "$3" ]; then sed "s,</variables>,<$3>x</$3>&,"; else cat; fi
}
n=0
while [ $n -lt 300 ]; do
    extra=
    [ $((n % 3)) = 0 ] || extra=v$((n % 7))
    document "u-$n" $((n % 90 + 10)) $extra >calls/a_$((1000 + n)).cdr.xml
    n=$((n + 1))
done
sed -i '/billsec/d' calls/a_1007.cdr.xml
try "$unspoof" ingest -r GB -p ./fs.profile calls.case calls
status_is 0 'a folder of documents'
says err '^calls/a_1000.cdr.xml, table cdr: kind call, profile fs, XML, rows are the elements <cdr>$' 'its first tells how all are read'
says err '^calls: 300 members, read 300, accepted 300, rejected 0, skipped 0$' 'is one source'
says err "^calls: 200 rows have a value that is in no column, .* the first is 'variables.v1', in line 2 of calls/a_1001.cdr.xml" 'variables that the first has not are counted'
[ "$(sqlite3 calls.case 'SELECT count(*), min(number), max(number), sum(accepted), count(DISTINCT sha256), (SELECT count(*) FROM source) FROM member')" = '300|0|299|300|300|1' ]
ok 'with its members, their numbers and hashes'
must "$unspoof" normalise -q calls.case
must "$unspoof" correlate -q calls.case
"$unspoof" export -q -f csv calls.case calls >out
says out ',calls/a_1299.cdr.xml,2,.*\+442079460139' 'a row has the place in its own file'
says out ',calls/a_1007.cdr.xml,2,' 'a file without a column has no value there'
try "$unspoof" verify calls.case
status_is 0 'verify'
says out ' rows of 1 sources read again .*, 0 sources could not be$' 'reads rows of its files again'
try "$unspoof" verify --rows all calls.case
status_is 0 'and all of them'
before=$(sqlite3 calls.case 'SELECT count(*) FROM member')
try "$unspoof" ingest -r GB -p ./fs.profile calls.case calls calls/a_1150.cdr.xml
says err '^calls/a_1150.cdr.xml: already in the case as source 1; nothing added$' 'a file comes again'
[ "$(sqlite3 calls.case 'SELECT count(*) FROM member')" = "$before" ]
ok 'and adds nothing'
tar cf calls.tar -C calls $(ls calls)
try "$unspoof" ingest -r GB -p ./fs.profile tar.case calls.tar
says err '^calls.tar: 300 members, read 300, accepted 300, rejected 0, skipped 0$' 'an archive of them too'

# Files of another layout, and broken ones, among them.
mkdir mixed
cp calls/a_100[0-4].cdr.xml mixed
sed 's/caller_id_number/Caller_ID_Number/g' calls/a_1005.cdr.xml >mixed/b_case.xml
cat root.xml >mixed/c_root.xml
sed 's/<?xml version="1.0"?>/<?xml version="1.0" encoding="ISO-8859-1"?>/' calls/a_1006.cdr.xml >mixed/d_encoding.xml
printf '<?xml version="1.0"?>\n<cdr><variables><uuid>u</uuid></variables' >mixed/e_cut.xml
printf '<?xml version="1.0"?>\n<users><user><account>u1</account><login>l</login></user><user><account>u2</account><login>m</login></user></users>\n' >mixed/f_users.xml
cp calls/a_1010.cdr.xml mixed/g_last.xml
try "$unspoof" ingest -r GB -p ./fs.profile mixed.case mixed
status_is 1 'one of them cannot be read'
says err '^mixed: 6 members, read 6, accepted 6, rejected 0, skipped 0$' 'those that are alike are one source'
says err '^mixed/b_case.xml, table cdr: read 1, accepted 1,|^mixed/b_case.xml: read 1, accepted 1,' 'a role that stands in another column: its own source'
says err 'mixed/c_root.xml.*: read 2, accepted 2,' 'rows that stand in a root: their own'
says err 'mixed/d_encoding.xml.*: read 1, accepted 1,' 'another encoding: its own'
says err 'mixed/e_cut.xml: is XML of whose rows none is whole' 'one that is broken is said'
says err 'mixed/f_users.xml' 'one that is no call is said'

# Kinds are found by each file itself.
mkdir kinds
printf '<?xml version="1.0"?>\n<row><account>u1</account><started>2022-03-01 10:00:00Z</started><presented>02079460101</presented><dialled>07700900123</dialled><paid>2022-03-01</paid><amount>5</amount></row>' >kinds/a.xml
printf '<?xml version="1.0"?>\n<row><account>u1</account><paid>2022-03-01</paid><amount>5</amount></row>' >kinds/b.xml
printf '<?xml version="1.0"?>\n<row><account>u1</account><started>2022-03-01 10:00:00Z</started><presented>02079460101</presented><dialled>07700900123</dialled><talk>7</talk></row>' >kinds/c.xml
printf '<?xml version="1.0"?>\n<row><account>u1</account><started>2022-03-01 10:00:00Z</started><presented>02079460101</presented><dialled>07700900124</dialled><note>7</note></row>' >kinds/d.xml
try "$unspoof" ingest -r GB -c GBP kinds.case kinds
[ "$(sqlite3 kinds.case "SELECT group_concat(kind || accepted) FROM source")" = call2,payment1,call1 ]
ok 'a payment, and a call with a role more, are sources of their own'

# A file that ends too early behind a row is said, also among others.
mkdir ends
for i in 1 2 3; do printf '<?xml version="1.0"?>\n<cdrs>\n%s\n%s\n' "$first" "$second" >ends/$i.xml; done
printf '<!-- %s -->' 2 >>ends/2.xml
printf '</cdrs>\n' >>ends/3.xml
printf '<!-- 1 -->' >>ends/1.xml
try "$unspoof" ingest -r GB -p ./fs.profile ends.case ends
says err '^ends: 2 files end before their XML does: what follows is missing; ask for the whole file$|^ends: .*2 files end before their XML does' 'two files that end too early'

# Killed before a write, and gone on with, it ends as if it never was.
mkdir long
for f in 1 2; do
    awk -v f=$f 'BEGIN { print "<cdrs>"; for (i = 0; i < 70000; i++) printf "<cdr><account>u%d</account><started>2022-03-%02d 10:00:00Z</started><presented>0207946%04d</presented><dialled>07700900%03d</dialled><v%d>x</v%d></cdr>\n", i % 977, i % 28 + 1, i * 7919 % 10000, i % 997, f, f; print "</cdrs>" }' >long/$f.xml
done
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }
must fault_library
must shimmed FAULT_CALL=write FAULT_COUNT="$scratch/counted" "$unspoof" ingest -q --threads 1 -r GB anew.case long
writes=$(cat counted)
for tenth in 9 8 7 6 5 4 3; do
    rm -f part.case part.case-journal
    shimmed FAULT_CALL=write FAULT_AT=$((writes * tenth / 10)) FAULT_ERROR=KILL "$unspoof" ingest -q --threads 1 -r GB part.case long 2>/dev/null
    [ "$(sqlite3 part.case 'SELECT count(*) FROM checkpoint')" = 0 ] || break
done
try "$unspoof" ingest -r GB part.case long
says err '^long: goes on after [0-9]+ rows that are in the case as source 1' 'a folder of XML is gone on with'
[ "$(contents part.case)" = "$(contents anew.case)" ] && [ "$(sqlite3 part.case 'SELECT count(*) FROM member')" = 2 ]
ok 'and ends as if it never was'
done_testing
