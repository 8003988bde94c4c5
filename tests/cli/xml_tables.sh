#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# XML of a database, as mysqldump --xml, mysql --xml and phpMyAdmin write it: tables whose columns are called by an attribute.
. "${srcdir:-.}/tests/lib.sh"

cat >rows.csv <<'END'
started,account,presented,dialled,talk
2022-03-01 10:00:00,u1,02079460101,07700900123,70
2022-03-01 10:01:00,u2,,07700900124,0
2022-03-01 10:02:00,u<&>3,02079460103,07700900125,5
END
cat >dump.xml <<'END'
<?xml version="1.0"?>
<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<database name="billing">
	<table_structure name="cdr">
		<field Field="started" Type="timestamp" Null="NO" Key="" Default="NULL" Extra="" />
		<field Field="talk" Type="int(11)" Null="YES" Key="" Extra="" />
		<options Name="cdr" Engine="InnoDB" Rows="3" Comment="" />
	</table_structure>
	<table_data name="cdr">
	<row>
		<field name="started">2022-03-01 10:00:00</field>
		<field name="account">u1</field>
		<field name="presented">02079460101</field>
		<field name="dialled">07700900123</field>
		<field name="talk">70</field>
	</row>
	<row>
		<field name="started">2022-03-01 10:01:00</field>
		<field name="account">u2</field>
		<field name="presented" xsi:nil="true" />
		<field name="dialled">07700900124</field>
		<field name="talk">0</field>
	</row>
	<row>
		<field name="started">2022-03-01 10:02:00</field>
		<field name="account">u&lt;&amp;&gt;3</field>
		<field name="presented">02079460103</field>
		<field name="dialled">07700900125</field>
		<field name="talk">5</field>
	</row>
	</table_data>
	<table_structure name="nothing">
		<field Field="id" Type="int(11)" Null="NO" Key="PRI" Extra="" />
	</table_structure>
	<table_data name="nothing">
	</table_data>
	<table_structure name="users">
		<field Field="account" Type="text" Null="NO" Key="" Extra="" />
	</table_structure>
	<table_data name="users">
	<row>
		<field name="account">u1</field>
		<field name="login">one</field>
		<field name="email">one@example.com</field>
	</row>
	</table_data>
</database>
</mysqldump>
END

# calls FILE...: what is understood of its calls.
calls() {
    rm -f c.case c.case.log
    must "$unspoof" ingest -q -r GB c.case "$@"
    must "$unspoof" normalise -q c.case
    "$unspoof" query -q -f csv c.case 'SELECT started_utc, account, presented, presented IS NULL, dialled, talk FROM call ORDER BY 1'
}
calls rows.csv | sed 's/,,0,/,,1,/' >wanted

# ---- mysqldump --xml ----

calls dump.xml >got
same 'a dump gives what CSV gives' wanted got
sqlite3 c.case "SELECT stream_name, kind, format, accepted, rejected FROM source ORDER BY id" >got
printf 'cdr|call|xml-tables|3|0\nusers|account|xml-tables|1|0\n' >tables
same 'each table that has rows is one' tables got
rm -f t.case
try "$unspoof" ingest -r GB t.case dump.xml
says err '^dump.xml, table cdr: kind call, profile canonical, XML of mysqldump$' 'what it is'
[ "$(grep -c 'mysqldump writes times of TIMESTAMP columns in UTC, unless it was told --skip-tz-utc' err)" = 1 ]
ok 'what its times are is said'
try "$unspoof" rows -f jsonl dump.xml
sed 's/.*"_offset":\([0-9]*\),"_length":\([0-9]*\).*/\1 \2/' out | while read -r offset length; do
    tail -c +$((offset + 1)) dump.xml | head -c "$length"
    echo
done >got
sed -n '/<row>/,/<\/row>/p' dump.xml | sed 's/^	<row>/<row>/' >rows
same 'places cut the rows out' rows got
says out '"_line":17,.*"presented":null' 'lines too, and NULL is none'
gzip -k dump.xml
calls dump.xml.gz >got
same 'a compressed one' wanted got
for threads in 1 3; do
    rm -f t$threads.case
    must "$unspoof" ingest -q --threads $threads -r GB t$threads.case dump.xml
    sqlite3 t$threads.case .dump | grep -v 'INTO run ' >t$threads
done
same 'threads find the same' t1 t3
sed 's,<field name="talk">0</field>,</wrong>,' dump.xml >bad.xml
try "$unspoof" ingest -r GB bad.case bad.xml
says err '^bad.xml:17: not XML: tags or attributes are not as they have to be$' 'what is wrong is told'
says err 'table cdr: read 3, accepted 2, rejected 1,' 'and costs its row'
awk 'BEGIN { print "<resultset>"; for (i = 0; i < 150; i++) printf "<row><field name=\"account\">u%d</field><field name=\"login\">l</field>%s</row>\n", i, i == 140 ? "<field name=\"x\">y</field>" : ""; print "<other/></resultset>" }' >late.xml
try "$unspoof" ingest bad.case late.xml
says err '^late.xml:142: has a column that the first rows of its table have not$' 'a column that comes late is told'
says err '^late.xml:152: an element of another name than the rows have$' 'so is what is no row'
head -c 900 dump.xml >cut.xml
try "$unspoof" ingest -r GB cut.case cut.xml
says err 'the file ends before its XML does: what follows is missing' 'one that is cut off is said'
says err 'table cdr: read 3, accepted 2, rejected 1' 'what is whole stays'
sed 's/<database name="billing">/<database name="other">/; s/u1</x1</' dump.xml | sed -n '/<database/,/<\/database/p' >other
sed '/<\/mysqldump>/d' dump.xml | cat - other >both.xml
echo '</mysqldump>' >>both.xml
try "$unspoof" rows -q -f jsonl both.xml
sed 's/.*"_table":"\([^"]*\)".*/\1/' out | uniq >got
printf '%s\n' billing.cdr billing.users other.cdr other.users >wanted.names
same 'tables of two databases are not mixed' wanted.names got

# ---- mysql --xml ----

{
    printf '<?xml version="1.0"?>\n\n<resultset statement="select * from `billing`.`cdr` where 1\n" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    sed -n '/<table_data name="cdr">/,/<\/table_data>/p' dump.xml | sed '1d;$d'
    printf '</resultset>\n'
} >result.xml
calls result.xml >got
same 'the result of a statement' wanted got
[ "$(sqlite3 c.case 'SELECT stream_name FROM source')" = cdr ]
ok 'is the table that it read'
{
    cat result.xml
    sed 's/statement="select.*where 1/statement="SELECT 1/; s/u1</x1</' result.xml
} >results.xml
try "$unspoof" rows -q -f jsonl results.xml
sed 's/.*"_table":"\([^"]*\)".*/\1/' out | uniq -c | sed 's/^ *//' >got
printf '3 cdr\n3 result2\n' >want
same 'each result is one' want got

# ---- phpMyAdmin ----

cat >pma.xml <<'END'
<?xml version="1.0" encoding="utf-8"?>
<!-- - phpMyAdmin XML Dump -->
<pma_xml_export version="1.0" xmlns:pma="https://www.phpmyadmin.net/some_doc_url/">
    <pma:structure_schemas>
        <pma:database name="billing" collation="utf8_general_ci" charset="utf8">
            <pma:table name="cdr">
                CREATE TABLE `cdr` (`started` datetime);
            </pma:table>
        </pma:database>
    </pma:structure_schemas>
    <database name="billing">
        <!-- Table cdr -->
        <table name="cdr">
            <column name="started">2022-03-01 10:00:00</column>
            <column name="account">u1</column>
            <column name="presented">02079460101</column>
            <column name="dialled">07700900123</column>
            <column name="talk">70</column>
        </table>
        <table name="cdr">
            <column name="started">2022-03-01 10:02:00</column>
            <column name="account">u&lt;&amp;&gt;3</column>
            <column name="presented">02079460103</column>
            <column name="dialled">07700900125</column>
            <column name="talk">5</column>
        </table>
        <table name="users">
            <column name="account">u1</column>
            <column name="login">one</column>
            <column name="email">one@example.com</column>
        </table>
    </database>
</pma_xml_export>
END
calls pma.xml >got
sed 3d wanted >want
same 'an export of phpMyAdmin' want got
[ "$(sqlite3 c.case 'SELECT group_concat(stream_name) FROM source')" = cdr,users ]
ok 'has its tables'
printf '<mysqldump>\n<database name="x">\n</database>\n</mysqldump>\n' >empty.xml
try "$unspoof" ingest e.case empty.xml
status_is 1 'one without a row'
says err 'empty.xml: has no row in any table' 'is said'
(printf '\377\376'; iconv -f UTF-8 -t UTF-16LE dump.xml) >wide.xml
try "$unspoof" ingest e.case wide.xml
says err 'is XML of a database that is not in UTF-8: make it that, with iconv' 'nor is one in UTF-16 read'

# ---- killed and gone on with ----

awk 'BEGIN { print "<mysqldump><database name=\"b\"><table_data name=\"t\">"; for (i = 0; i < 140000; i++) printf "<row><field name=\"started\">2022-03-%02d 10:00:00Z</field><field name=\"account\">u%d</field><field name=\"presented\">0207946%04d</field><field name=\"dialled\">07700900%03d</field></row>\n", i % 28 + 1, i % 977, i * 7919 % 10000, i % 997; print "</table_data></database></mysqldump>" }' >long.xml
contents() { sqlite3 "$1" .dump | grep -v '^INSERT INTO run ' | sha256sum; }
must fault_library
must shimmed FAULT_CALL=write FAULT_COUNT="$scratch/counted" "$unspoof" ingest -q --threads 1 -r GB anew.case long.xml
writes=$(cat counted)
for tenth in 9 8 7 6 5 4 3; do
    rm -f part.case part.case-journal
    shimmed FAULT_CALL=write FAULT_AT=$((writes * tenth / 10)) FAULT_ERROR=KILL "$unspoof" ingest -q --threads 1 -r GB part.case long.xml 2>/dev/null
    [ "$(sqlite3 part.case 'SELECT count(*) FROM checkpoint')" = 0 ] || break
done
try "$unspoof" ingest -r GB part.case long.xml
says err '^long.xml.*: goes on after [0-9]+ rows that are in the case' 'a long dump is gone on with'
[ "$(contents part.case)" = "$(contents anew.case)" ]
ok 'and ends as if it never was interrupted'
done_testing
