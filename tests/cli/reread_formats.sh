#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rows read again of all that is not delimited text: of each format they hold as they were ingested,
# and one value that was changed in the case, and sealed anew, is named with its place.
. "${srcdir:-.}/tests/lib.sh"

# holds ROWS SOURCES NAME: all rows of the case hold, and so many were compared.
holds() {
    try "$unspoof" verify --rows all case
    status_is 0 "$3"
    says out "; $1 rows of $2 sources read again, 0 sources could not be$" "$3: so many rows"
    try "$unspoof" verify --rows 2 --seed 7 case
    status_is 0 "$3: two rows of each"
    says out "; [0-9]+ rows of $2 sources read again \(--seed 7\), 0 " "$3: they are drawn"
}

# seal ARGUMENT...: seals the case anew, as one would who changed it, by the program itself.
seal() {
    must sqlite3 case 'DELETE FROM run'
    must "$unspoof" ingest -q "$@"
    rm -f case.log
}

# forged NAME PATTERN: what does not hold is found in all rows, and in those that are drawn.
forged() {
    try "$unspoof" verify --rows 0 case
    status_is 0 "$1: a case that was sealed anew passes without its rows"
    for rows in all 1000; do
        try "$unspoof" verify --rows $rows case
        status_is 4 "$1: and does not with $rows of them"
        says err "$2" "$1: it is told"
    done
}

# passed_off FILE OTHER OPTION...: a case that says it is of FILE, and was made of OTHER.
passed_off() {
    file=$1 other=$2
    shift 2
    rm -f case
    cp "$file" kept
    cp "$other" other.kept
    cp other.kept "$file"
    must "$unspoof" ingest -q "$@" case "$file"
    cp kept "$file"
    hash=$(sha256sum <"$file" | cut -d' ' -f1)
    must sqlite3 case "UPDATE source SET sha256 = '$hash', member_sha256 = '$hash', size = $(wc -c <"$file"), member_size = $(wc -c <"$file")"
    seal "$@" case "$file"
}

# ---- each format ----
cat >calls.csv <<'END'
started,account,presented,dialled,talk
2022-03-01 10:00:00,u1,02079460101,07700900123,70
2022-03-01 10:00:01,u1,02079460102,07700900124,5
32/13/2022,u1,02079460101,07700900123,75
2022-03-01 10:00:02,u2,,07700900125,75
END
awk -F, 'BEGIN { print "CREATE TABLE `users` (`account` varchar(9), `login` varchar(9));\nINSERT INTO `users` VALUES (\47u1\47,\47jim\47),(\47u2\47,NULL),(\47\47,\47x\47);"
    print "CREATE TABLE `cdr` (`started` text, `account` text, `presented` text, `dialled` text, `talk` int);" }
    NR > 1 { printf("%s(\47%s\47,\47%s\47,%s,\47%s\47,%s)", (NR == 2 ? "INSERT INTO `cdr` VALUES " : (NR == 4 ? ",\n" : ",")), $1, $2, ($3 ? "\47" $3 "\47" : "NULL"), $4, $5) }
    END { print ";" }' calls.csv >dump.sql
{
    printf 'COPY public.cdr (started, account, presented, dialled, talk) FROM stdin;\n'
    sed 1d calls.csv | sed 's/,,/,\\N,/' | tr , '\t'
    printf '\\.\n'
} >copy.sql
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
    { printf "%s", "{"; for (i = 1; i <= NF; i++) printf("%s\"%s\":%s", (i > 1 ? "," : ""), name[i], ($i == "" ? "null" : "\"" $i "\"")); print "}" }' calls.csv >lines.jsonl
{ printf '['; paste -sd, lines.jsonl; printf ']\n'; } | tr -d '\n' >array.json
awk -F, 'BEGIN { print "<calls>" } NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
    { printf "<call>"; for (i = 1; i <= NF; i++) printf "<%s>%s</%s>", name[i], $i, name[i]; printf("</call>%s", (NR % 2 ? "" : "\n")) } END { print "</calls>" }' calls.csv >elements.xml
awk -F, 'BEGIN { print "<mysqldump><database name=\"b\"><table_data name=\"cdr\">" } NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
    { printf "<row>"; for (i = 1; i <= NF; i++) printf("<field name=\"%s\"%s", name[i], ($i == "" ? " xsi:nil=\"true\"/>" : ">" $i "</field>")); printf "</row>" }
    END { print "</table_data></database></mysqldump>" }' calls.csv >tables.xml
must sqlite3 calls.db '.mode csv' '.import calls.csv cdr' "UPDATE cdr SET presented = NULL WHERE presented = ''"
cat >free.profile <<'END'
name free
about calls in lines of text
kind call
record-begin /^call /
record /^call (?<started>\S+ ?\S*) by (?<account>\S+)\n shows (?<presented>\S*)\n dials (?<dialled>\S+) for (?<talk>\S+)$/
role started started
role account account
role presented presented
role dialled dialled
role talk talk
END
awk -F, 'NR == 1 { print "a head"; next } { printf "call %s by %s\n shows %s\n dials %s for %s\n", $1, $2, $3, $4, $5 } NR == 4 { print "call of nobody" }' calls.csv >free.txt
cat >xlsx.py <<'END'
import sys, zipfile
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006/relationships"
rows = [line.rstrip("\n").split(",") for line in open(sys.argv[1])]
cell = lambda row, i, text: f'<c r="{chr(65 + i)}{row}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""
body = "".join(f'<row r="{n}">' + "".join(cell(n, i, t) for i, t in enumerate(r)) + "</row>" for n, r in enumerate(rows, 1))
z = zipfile.ZipFile(sys.argv[2], "w")
put = lambda name, text: z.writestr(zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0)), '<?xml version="1.0"?>' + text)
put("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
put("xl/workbook.xml", f'<workbook {NS} xmlns:r="{REL}"><sheets><sheet name="Calls" sheetId="1" r:id="r1"/></sheets></workbook>')
put("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACK}"><Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
put("_rels/.rels", f'<Relationships xmlns="{PACK}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
put("xl/worksheets/sheet1.xml", f"<worksheet {NS}><sheetData>{body}</sheetData></worksheet>")
z.close()
END
{ echo Calls of March; cat calls.csv; } >titled.csv
if command -v python3 >/dev/null; then
    must python3 xlsx.py titled.csv book.xlsx
else
    skip 'a workbook' 'no python3 here'
fi

# one FILE PLACE OPTION...: rows of a file hold; a number, no value, a place and a reject that were changed are told.
one() {
    file=$1 place=$2
    shift 2
    [ -f "$file" ] || return 0
    rm -f case
    must "$unspoof" ingest -q "$@" case "$file"
    rows=$(sqlite3 case 'SELECT sum(accepted) FROM source')
    [ "$(sqlite3 case "SELECT accepted || ' ' || rejected FROM source WHERE kind = 'call'")" = '3 1' ]
    ok "$file: three calls, and a reject"
    holds "$rows" "$(sqlite3 case 'SELECT count(*) FROM source')" "$file"
    [ ! -s err ]
    ok "$file: nothing is said of it"
    case $file in
    *.db)
        cp "$file" other
        must sqlite3 other "UPDATE cdr SET dialled = '07700900129' WHERE dialled = '07700900124'"
        ;;
    *.xlsx)
        sed 's/07700900124/07700900129/' titled.csv >other.csv
        must python3 xlsx.py other.csv other
        ;;
    *) sed 's/07700900124/07700900129/' "$file" >other ;;
    esac
    passed_off "$file" other "$@"
    forged "$file: a number" "^$place: role 'dialled': the case has '07700900129', the source '07700900124'$"
    says err 'unspoof verify: 1 thing does not hold' "$file: and nothing else"
    passed_off "$file" "$file" "$@"
    must sqlite3 case "UPDATE reject SET reason = 'is no time' WHERE role = 'started'"
    seal "$@" case "$file"
    try "$unspoof" verify --rows all case
    status_is 4 "$file: another reason"
    says err "^[^:]*:[0-9]+: reject: reason: the case has 'is no time', the source 'is no time: no such day, month or year'$" "$file: of a reject, it is told"
    passed_off "$file" "$file" "$@"
    must sqlite3 case 'UPDATE reject SET length = length + 1'
    seal "$@" case "$file"
    try "$unspoof" verify --rows all case
    status_is 4 "$file: another length"
    says err '^[^:]*:[0-9]+: reject: length: the case has ' "$file: of a reject, it is told"
    passed_off "$file" "$file" "$@"
    must sqlite3 case "UPDATE source SET mapping = replace(mapping, 'dialled=', 'dialled=x')"
    seal "$@" case "$file"
    forged "$file: another mapping in words" "^$file(, table [a-zA-Z.]+)?: mapping: the case has "
}

one dump.sql 'dump.sql, table cdr:4'
one copy.sql 'copy.sql, table public.cdr:3'
one lines.jsonl 'lines.jsonl:2'
one array.json 'array.json:1'
one elements.xml 'elements.xml, table call:3'
one tables.xml 'tables.xml, table cdr:2'
one calls.db 'calls.db, table cdr:2'
one free.txt 'free.txt:5' -p ./free.profile
one book.xlsx 'book.xlsx, table Calls:4' --skip-head 1

# ---- what only some formats know ----
sed "s/,NULL,'0/,'','0/" dump.sql >other
passed_off dump.sql other
forged 'no value in place of NULL' "^dump.sql, table cdr:5: role 'presented': the case has '', the source NULL$"
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE account SET login = 'tim' WHERE login = 'jim'"
seal case dump.sql
forged 'a row of another table' "^dump.sql, table users:2: role 'login': the case has 'tim', the source 'jim'$"
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE account SET login = '' WHERE login IS NULL"
seal case dump.sql
forged 'a value in place of NULL' "^dump.sql, table users:2: role 'login': the case has '', the source no value$"
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE account SET offset = offset + 1 WHERE login = 'jim'"
seal case dump.sql
try "$unspoof" verify --rows all case
status_is 4 'another place among rows of one line'
says err '^dump.sql, table users:2: the case has an accepted row here, and the source has none$' 'the case has one there'
says err '^dump.sql, table users:2: this row is accepted, and the case has it not$' 'and none where it is'
passed_off dump.sql dump.sql
must sqlite3 case "DELETE FROM account WHERE login = 'jim'; UPDATE source SET accepted = accepted - 1, skipped = skipped + 1 WHERE kind = 'account'"
seal case dump.sql
try "$unspoof" verify --rows all case
status_is 4 'a row that was taken out of a line'
says err '^dump.sql, table users:2: this row is accepted, and the case has it not$' 'is told'
[ "$(grep -c "role '" err)" = 0 ]
ok 'and those behind it are what they were'
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE source SET stream_name = 'ghosts' WHERE kind = 'account'"
seal case dump.sql
forged 'a table that the dump has not' '^dump.sql, table ghosts: holds no such table, and the case has its rows$'
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE source SET recipe = replace(recipe, 'format sql', 'format sqlite') WHERE kind = 'account'"
seal case dump.sql
try "$unspoof" verify --rows all case
status_is 1 'another format'
says err '^unspoof verify: dump.sql, table users: source [0-9]+ could not be read again: ' 'is none that it can be read as'
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE source SET recipe = replace(recipe, 'format sql', 'format delimited') WHERE kind = 'account'"
seal case dump.sql
forged 'a format that is none of them' "^dump.sql: source [0-9]+: its recipe has the line 'format delimited', which is none$"
passed_off dump.sql dump.sql
must sqlite3 case "UPDATE source SET recipe = recipe || 'trim 1' || char(10) WHERE kind = 'account'"
seal case dump.sql
forged 'what only delimited text has' '^dump.sql: source [0-9]+: its recipe is not whole$'
# Of another file nothing is told but that.
rm -f case
must "$unspoof" ingest -q case dump.sql
cp dump.sql kept
sed 's/u2/u3/' kept >dump.sql
try "$unspoof" verify --rows all case
status_is 4 'a dump that has changed'
says err '^dump.sql: has changed since it was ingested' 'is told'
! grep -q role err
ok 'its rows are compared with nothing'
head -c 20 /dev/zero | tr '\0' x >dump.sql
try "$unspoof" verify --rows all case
status_is 4 'one that is no dump any more'
says err '^dump.sql: has changed since it was ingested' 'is told so too'
cp kept dump.sql
for threads in 1 2; do
    "$unspoof" verify --threads $threads --rows 2 --seed 5 case >out.$threads
done
same 'whatever the threads' out.1 out.2

# ---- encodings ----
sed 's/jim/Andr\xe9/; 1s/^/SET NAMES latin1;\n/' dump.sql >latin.sql
rm -f case
must "$unspoof" ingest -q case latin.sql
[ "$(sqlite3 case 'SELECT login FROM account LIMIT 1')" = "$(printf 'Andr\303\251')" ]
ok 'a dump in ISO 8859-1'
holds 5 2 'it'
if command -v iconv >/dev/null; then
    for file in dump.sql lines.jsonl free.txt; do
        iconv -f UTF-8 -t UTF-16LE "$file" | sed '1s/^/\xff\xfe/' >"wide-$file"
        rm -f case
        must "$unspoof" ingest -q -p "$(case $file in free.txt) echo ./free.profile ;; *) echo canonical ;; esac)" case "wide-$file"
        holds "$(sqlite3 case 'SELECT sum(accepted) FROM source')" "$(sqlite3 case 'SELECT count(*) FROM source')" "$file in UTF-16"
    done
else
    skip 'UTF-16' 'no iconv here'
fi

# ---- sections of a profile, keys between tables, filters, columns that only later rows have ----
cat >pbx.profile <<'END'
name pbx
about tables of a switch
zone UTC
table users
kind account
role account login
role key id
role login login
table cdr
kind call
role started started
role account user
join account users
role presented presented
role dialled dialled
role talk talk
drop talk /^0$/
keep dialled /^0/
END
cat >pbx.sql <<'END'
CREATE TABLE users (id int, login varchar(9));
INSERT INTO users VALUES (1,'jim'),(2,'ann');
CREATE TABLE cdr (started datetime, user int, presented text, dialled text, talk int);
INSERT INTO cdr VALUES ('2022-03-01 10:00:00',1,'02079460101','07700900123',70),('2022-03-01 10:00:01',2,'x','07700900124',0),
('2022-03-01 10:00:02',2,'02079460101','*98',7),('2022-03-01 10:00:03',2,'02079460101','07700900125',9);
INSERT INTO other VALUES (1);
END
rm -f case
must "$unspoof" ingest -q -p ./pbx.profile case pbx.sql
mv pbx.profile gone.profile
holds 4 2 'sections, keys and filters, without the profile'
mv gone.profile pbx.profile
sed "s/900125',9/900125',0/" pbx.sql >other
passed_off pbx.sql other -p ./pbx.profile
try "$unspoof" verify --rows all case
status_is 4 'a row that was filtered out and should not have been'
says err '^pbx.sql, table cdr:5: this row is accepted, and the case has it not$' 'is missed'
cat >late.profile <<'END'
name late
about objects that have a column late
kind call
role started started
role account who.id
role presented shown
role dialled dialled
END
awk 'BEGIN { for (i = 0; i < 900; i++) printf("{\"started\":\"2022-03-01 10:%02d:%02d\",\"dialled\":\"07700900%03d\",\"x\":{\"a.b\":%d}%s}\n", i / 60 % 60, i % 60, i, i,
    i < 890 ? ",\"pad\":\"0123456789012345678901234567890123456789\"" : ",\"who\":{\"id\":\"u" i "\"},\"shown\":\"02079460101\"") }' >late.jsonl
rm -f case
must "$unspoof" ingest -q -p ./late.profile case late.jsonl
[ "$(sqlite3 case "SELECT recipe FROM source" | grep -c '^widen ')" = 2 ]
ok 'columns that only the profile names'
holds 900 1 'they'
must sqlite3 case "UPDATE source SET recipe = replace(recipe, 'widen shown', 'widen shaun')"
seal -p ./late.profile case late.jsonl
try "$unspoof" verify --rows all case
status_is 6 'columns that are not those by which it was read'
says err '^late.jsonl: source 1 is not read again: its columns were told by rows that are not in it$' 'are told, and nothing is compared'
says out '; 0 rows of 0 sources read again, 1 sources could not be$' 'and counted'

# ---- containers ----
gzip -c dump.sql >dump.sql.gz
rm -f case
must "$unspoof" ingest -q case dump.sql.gz
holds 5 2 'a compressed dump'
mkdir -p in/two
cp dump.sql calls.csv calls.db in/
cp lines.jsonl in/two/
must tar cf some.tar in
rm -f case
must "$unspoof" ingest -q case some.tar
holds 14 5 'an archive of several formats'
must sqlite3 case "UPDATE account SET login = 'tim' WHERE login = 'jim'"
seal case some.tar
forged 'an archive' "^some.tar:in/dump.sql, table users:2: role 'login': the case has 'tim', the source 'jim'$"
if command -v python3 >/dev/null; then
    must python3 -c "import zipfile
z = zipfile.ZipFile('inner.zip', 'w', zipfile.ZIP_DEFLATED)
for n in ('copy.sql', 'calls.db', 'tables.xml'): z.write(n)"
    must tar czf nested.tgz inner.zip array.json
    rm -f case
    must "$unspoof" ingest -q case nested.tgz
    holds 12 4 'a zip of a dump, a database and XML in an archive with JSON'
else
    skip 'an archive in another' 'no python3 here'
fi

# ---- folders whose files are one source ----
mkdir -p objects
printf '{"started":"2022-03-01 10:00:00","account":"u1","presented":"1","dialled":"2","more":"x"}' >objects/a.json
printf '{"dialled":"4","started":"2022-03-01 10:00:01","account":"u2","presented":"3"}' >objects/b.json
printf '{"started":"2022-03-01 10:00:02","extra":{"k":1},"account":"u3","presented":"5","dialled":"6"}\n{"started":"never","account":"u3","presented":"5","dialled":"6"}\n' >objects/c.json
rm -f case
must "$unspoof" ingest -q -k call case objects
holds 3 "$(sqlite3 case 'SELECT count(*) FROM source')" 'a folder of objects that have other keys'
mkdir -p rows
for n in 1 2 3; do printf '<cdr><started>2022-03-01 10:00:0%d</started><account>u%d</account><presented>1</presented><dialled>2</dialled>%s</cdr>\n' $n $n "$([ $n = 2 ] && echo '<x>y</x>')" >rows/$n.xml; done
rm -f case
must "$unspoof" ingest -q -k call case rows
[ "$(sqlite3 case 'SELECT count(*) FROM source')" = 1 ]
ok 'a folder of XML is one source'
holds 3 1 'it'
sed -i 's/u2/u9/' rows/2.xml
try "$unspoof" verify --rows all case
status_is 4 'a file of it that has changed'
says err '^rows/2.xml: has changed since it was ingested' 'is told'
says err 'rows: source 1 is not all read again' 'and the others are read'
rm rows/2.xml
try "$unspoof" verify --rows all case
status_is 6 'one that is not here'
says out '; 2 rows of 0 sources read again, 1 sources could not be$' 'the others are read'
mv rows/1.xml 1.xml
try "$unspoof" verify --rows all case
says out '; 1 rows of 0 sources read again, 1 sources could not be$' 'without the first another with its columns tells how they are read'
printf '<cdr><started>2022-03-01 10:00:02</started><account>u2</account><presented>1</presented><dialled>2</dialled><x>y</x></cdr>\n' >rows/2.xml
rm rows/3.xml
try "$unspoof" verify --rows all case
status_is 6 'one with other columns does not'
says out '; 0 rows of 0 sources read again, 1 sources could not be$' 'and is not read by those'
must tar cf rows.tar objects
rm -f case
must "$unspoof" ingest -q -k call case rows.tar
holds 3 "$(sqlite3 case 'SELECT count(*) FROM source')" 'an archive of objects'

# ---- one table as two kinds of row ----
printf '%s\n' "CREATE TABLE l (account text, at text, ip text);" "INSERT INTO l VALUES ('u1','2022-03-01','192.0.2.1'),('u2','2022-03-02','192.0.2.2');" >twice.sql
rm -f case
must "$unspoof" ingest -q -k login case twice.sql
must "$unspoof" ingest -q -k account case twice.sql
holds 4 2 'one table as two kinds'

# ---- many tables, more than one pass reads ----
awk 'BEGIN { for (t = 1; t <= 40; t++) { printf "CREATE TABLE t%d (account text, login text);\n", t
    printf "INSERT INTO t%d VALUES (\47a%d\47,\47b\47),(\47c%d\47,\47d\47);\n", t, t, t } }' >many.sql
rm -f case
must "$unspoof" ingest -q -k account case many.sql
holds 80 40 'forty tables'

done_testing
