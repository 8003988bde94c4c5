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
done_testing
