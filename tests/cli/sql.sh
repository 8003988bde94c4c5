#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Dumps of databases as SQL: the same calls as in CSV, whoever wrote them; places, what is cut off, and what is refused.
. "${srcdir:-.}/tests/lib.sh"
twins

# The same calls, as five tools write them.
cat >calls.csv <<'END'
account,started,presented,dialled,talk
u1,2022-03-01 10:00:00,"""HM'RC"" <03002003300>",07700900001,17
"u\2",2022-03-01 10:00:01,,07700900002,0
u3,2022-03-01 10:00:02,"a),(b; -- c",07700900003,61
END
mysql_head='-- MySQL dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: spoof
-- ------------------------------------------------------
-- Server version	10.11.6-MariaDB

/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET TIME_ZONE='\''+00:00'\'' */;
DROP TABLE IF EXISTS `calls`;
CREATE TABLE `calls` (
  `account` varchar(20) DEFAULT NULL,
  `started` timestamp NULL DEFAULT NULL,
  `presented` varchar(80),
  `dialled` varchar(20),
  `talk` int(11),
  `both` int(11) GENERATED ALWAYS AS (`talk` + 1) STORED,
  KEY `account` (`account`)
) ENGINE=InnoDB;
LOCK TABLES `calls` WRITE;
/*!40000 ALTER TABLE `calls` DISABLE KEYS */;'
mysql_foot='/*!40000 ALTER TABLE `calls` ENABLE KEYS */;
UNLOCK TABLES;
-- Dump completed on 2022-03-02  1:00:00'
r1="('u1','2022-03-01 10:00:00','\\\"HM\\'RC\\\" <03002003300>','07700900001',17)"
r2="('u\\\\2','2022-03-01 10:00:01',NULL,'07700900002',0)"
r3="('u3','2022-03-01 10:00:02','a),(b; -- c','07700900003',61)"
printf '%s\n' "$mysql_head" "INSERT INTO \`calls\` VALUES $r1,$r2,$r3;" "$mysql_foot" >extended.sql
printf '%s\n' "$mysql_head" "INSERT INTO \`calls\` VALUES $r1;" "INSERT INTO \`calls\` VALUES $r2;" "INSERT INTO \`calls\` VALUES $r3;" \
    "$mysql_foot" >single.sql
printf '%s\n' "$mysql_head" "INSERT INTO \`calls\` (\`talk\`, \`account\`, \`started\`, \`presented\`, \`dialled\`) VALUES" \
    "(17,'u1','2022-03-01 10:00:00','\"HM''RC\" <03002003300>','07700900001')," \
    "(0,_binary 'u\\\\2','2022-03-01 10:00:01',NULL,0x3037373030393030303032)," \
    "(61,N'u3','2022-03-01 ' '10:00:02','a),(b; -- c','07700900003');" "$mysql_foot" >complete.sql
cat >copy.sql <<'END'
--
-- PostgreSQL database dump
--

-- Dumped from database version 15.3
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.calls VALUES ('no', '2022-03-01 10:00:00', 'row', '07700900009', 1);
END; $$;
CREATE TABLE public.calls (
    account character varying(20),
    started timestamp without time zone,
    presented text,
    dialled text,
    talk integer
);
COPY public.calls (account, started, presented, dialled, talk) FROM stdin;
u1	2022-03-01 10:00:00	"HM'RC" <03002003300>	07700900001	17
u\\2	2022-03-01 10:00:01	\N	07700900002	0
u3	2022-03-01 10:00:02	a),(b; -- c	07700900003	61
\.


--
-- PostgreSQL database dump complete
--

END
cat >inserts.sql <<'END'
--
-- PostgreSQL database dump
--
SET standard_conforming_strings = on;
INSERT INTO public.calls (account, started, presented, dialled, talk) VALUES ('u1', '2022-03-01 10:00:00', '"HM''RC" <03002003300>', '07700900001', 17);
INSERT INTO public.calls (account, started, presented, dialled, talk) VALUES (E'u\\2', '2022-03-01 10:00:01', NULL, '07700900002', 0);
INSERT INTO public.calls (account, started, presented, dialled, talk) VALUES ('u3', '2022-03-01 10:00:02', 'a),(b; -- c', '07700900003', 61);
--
-- PostgreSQL database dump complete
--
END
cat >sqlite.sql <<'END'
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "calls" (account, "started" TEXT, presented, dialled, talk INTEGER);
INSERT INTO calls VALUES('u1','2022-03-01 10:00:00','"HM''RC" <03002003300>','07700900001',17);
INSERT INTO calls VALUES('u\2','2022-03-01 10:00:01',NULL,'07700900002',0);
INSERT INTO "calls" VALUES('u3','2022-03-01 10:00:02','a),(b; -- c','07700900003',61);
CREATE TRIGGER t AFTER INSERT ON calls BEGIN INSERT INTO calls VALUES('no','2022-03-01 10:00:00','row','07700900009',1); END;
COMMIT;
END

# understood FILE: its calls as they are exported.
understood() {
    rm -f case case.log
    must "$unspoof" ingest -q -k call -r GB -z UTC case "$1"
    must "$unspoof" normalise -q case
    must "$unspoof" correlate -q case
    must "$unspoof" export -q -f csv -o table.csv --force case calls
}
understood calls.csv
columns=$(head -n 1 table.csv | tr , '\n' | grep -nxE 'call|started|account|presented|dialled|talk|presented_e164|dialled_e164|answered' | cut -d: -f1 | paste -sd,)
sed 's/line [0-9]*//' table.csv | cut -d, -f"$columns" >wanted
[ "$(wc -l <wanted)" = 4 ]
ok 'three calls'
for way in extended single complete copy inserts sqlite; do
    understood $way.sql
    cut -d, -f"$columns" table.csv >got
    same "$way: its calls are those of the CSV" wanted got
done

# Where a row stands, in the file as it is.
place() {
    rm -f case case.log
    must "$unspoof" ingest -q -k call -r GB case "$1"
    "$unspoof" query -f tsv case "SELECT line, offset, length FROM call ORDER BY offset LIMIT 1 OFFSET 1" | tail -n 1 >at
    read -r line offset length <at
    tail -c +$((offset + 1)) "$1" | head -c "$length" >got
    printf '%s' "$2" >wanted
    same "$1: its second row is where it is said to be" wanted got
    [ "$(head -c "$offset" "$1" | wc -l)" = $((line - 1)) ]
    ok "$1: and its line"
}
place extended.sql "$r2"
place single.sql "$r2"
place copy.sql 'u\\2	2022-03-01 10:00:01	\N	07700900002	0
'

# What is said of them.
try "$unspoof" sniff extended.sql
says out 'dialect: SQL of MySQL dump 10.19 Distrib 10.11.6-MariaDB, database spoof, server 10.11.6-MariaDB, backslash escapes, UTF-8, TIMESTAMP' \
    'a dump says who wrote it, and how'
says out 'columns: account, started, presented, dialled, talk$' 'columns that are made of others have no values'
says out 'extended.sql, table calls$' 'and its table'
try "$unspoof" sniff copy.sql
says out 'table public.calls$' 'PostgreSQL: with its schema'
printf '%s\n' "$mysql_head" 'USE `one`;' "INSERT INTO calls VALUES $r1;" 'USE `two`;' "INSERT INTO calls VALUES $r2;" >two.sql
try "$unspoof" sniff two.sql
says out 'table one.calls$' 'two databases: the first'
says out 'table two.calls$' 'and the second'

# said NAME PATTERN STATEMENT...: of a dump with those behind its rows.
said() {
    name=$1 pattern=$2
    shift 2
    printf '%s\n' "$mysql_head" "INSERT INTO \`calls\` VALUES $r1;" "$@" "$mysql_foot" >said.sql
    try "$unspoof" ingest --check -k call -r GB said.sql
    says err "$pattern" "$name: said"
}
said 'a row of another width' '^said.sql:22: has 2 fields where the header has 5' "INSERT INTO calls VALUES (1,2);"
said 'an expression' '^said.sql:22: value 2 is an expression, which only a database could evaluate' "INSERT INTO calls VALUES (1,now(),3,4,5);"
said 'DEFAULT' 'value 5 is DEFAULT, which the row does not say' "INSERT INTO calls VALUES (1,'2022-03-01 10:00:00',3,4,DEFAULT);"
said 'UPDATE' '1 statement changes, renames or deletes what has rows, and is not carried out' "UPDATE calls SET talk = 0;"
said 'DELETE and RENAME' '2 statements change, rename or delete' "DELETE FROM calls WHERE talk = 0;" "ALTER TABLE calls RENAME TO old;"
said 'INSERT ... SELECT' '1 statement takes rows from elsewhere' "INSERT INTO calls SELECT * FROM old;"
said 'ON DUPLICATE KEY' '1 statement says what becomes of a row whose key is there' "INSERT INTO calls VALUES $r2 ON DUPLICATE KEY UPDATE talk = VALUES(talk);"
said 'fewer columns' '1 statement gives fewer columns than its table has' "INSERT INTO calls (account, started, dialled) VALUES ('a','2022-03-01 10:00:00','07700900001');"
said 'other columns' '1 statement names columns that its table is not known to have' "INSERT INTO calls (account, nothing) VALUES (1,2);"
head -n 21 extended.sql >cut.sql
try "$unspoof" ingest --check -k call -r GB cut.sql
status_is 0 'without its end'
says err "the dump may have been cut off: it has not the comment 'Dump completed' at its end" 'without its end: said'
head -c -100 copy.sql | head -c -100 >cut.sql
try "$unspoof" ingest --check -k call -r GB cut.sql
says err 'the dump was cut off: it ends within a statement' 'cut within COPY: said'
says err 'the dump ends within the row' 'and its last line is no row'

# Cut at every byte: never half a row, and never one fewer than are whole before the cut.
printf '%s\n' '-- MySQL dump' 'CREATE TABLE `a` (`account` text, `login` text, `email` text);' \
    "INSERT INTO \`a\` VALUES ('a1','b\\'),(',NULL),('a2',_binary 'c',x'41');" "INSERT INTO \`a\` VALUES ('a3',\"d\",/* ) */'e');" \
    'COPY `a` FROM stdin;' "a4	f	\\N" "a5	g	h" '\.' '-- Dump completed' >whole.sql
try "$unspoof" ingest --check -k account whole.sql
says err 'read 5, accepted 5, rejected 0' 'five rows in all'
"$unspoof" ingest -q -k account every.case whole.sql
"$unspoof" query -f tsv every.case 'SELECT offset + length FROM account ORDER BY 1' | sed 1d >ends
size=$(wc -c <whole.sql)
bad=0
# Before that it begins like no dump.
n=13
while [ "$n" -lt "$size" ]; do
    head -c $n whole.sql >cut.sql
    try "$builddir/unspoof" ingest --check -k account cut.sql
    rows=$(awk -v n=$n '$1 <= n' ends | wc -l)
    accepted=$(sed -n 's/.* accepted \([0-9]*\),.*/\1/p' err)
    case $status in
    0) [ "${accepted:-0}" = "$rows" ] || { bad=$((bad + 1)) && echo "# cut at $n: $accepted, not $rows"; } ;;
    1) [ "$rows" = 0 ] || { bad=$((bad + 1)) && echo "# cut at $n: status 1 with $rows"; } ;;
    *) bad=$((bad + 1)) && echo "# cut at $n: status $status" ;;
    esac
    n=$((n + 1))
done
[ "$bad" = 0 ]
ok 'cut at every byte: the rows that are whole, and no other'

# What is no dump that can be read.
printf 'PGDMP\001\016' >custom.sql
try "$unspoof" ingest --check custom.sql
says err 'is a PostgreSQL dump in the custom format \(make a text of it, which needs no server: pg_restore -f DUMP.sql FILE\)' \
    "PostgreSQL's own format is named, with what to do"
printf 'USE [pbx]\nGO\nINSERT [dbo].[cdr] VALUES (1, 2)\nGO\n' >microsoft.sql
try "$unspoof" ingest --check microsoft.sql
says err 'is an SQL dump' 'a script of Microsoft SQL Server'

# Names in brackets, and what has no escapes: the dump of a database that was made so.
printf '%s\n' 'PRAGMA foreign_keys=OFF;' 'BEGIN TRANSACTION;' 'CREATE TABLE IF NOT EXISTS [odd [table]]]' '(' \
    '    [account] INTEGER NOT NULL,' '    [the login] NVARCHAR(16) DEFAULT (''),' '    CONSTRAINT [key] PRIMARY KEY ([account])' ');' \
    "INSERT INTO [odd [table]]] VALUES(1,'a\\');" "INSERT INTO [odd [table]]] ([the login],[account]) VALUES(N'b',2);" 'COMMIT;' >brackets.sql
try "$unspoof" rows -f csv brackets.sql
status_is 0 'names in brackets'
printf '%s\n' '_table,_line,_offset,_length,account,the login' 'odd [table],9,242,8,1,a\' 'odd [table],10,309,8,2,b' >wanted
same 'and the rows of such a table' wanted out
sed '1,2d; s/[[]odd .table]]]/[t]/; $d' brackets.sql >plain.sql
try "$unspoof" rows -f csv plain.sql
cut -d , -f 5- out >got
printf '%s\n' 'account,the login' '1,a\' '2,b' >wanted
same 'brackets around names: a backslash is one' wanted got

# Two dumps put together, whose tables have their columns in another order: rows are those of the CREATE TABLE before them.
printf '%s\n' 'CREATE TABLE a (account text, login text, email text);' "INSERT INTO a VALUES ('a1','one','x@example.net');" 'DROP TABLE IF EXISTS a;' \
    'CREATE TABLE a (login text, account text);' "INSERT INTO a VALUES ('two','a2');" "INSERT INTO a (account, login) VALUES ('a3','three');" \
    'CREATE TABLE a (login text, account text, phone text);' "INSERT INTO a VALUES ('four','a4','1');" \
    'CREATE TABLE a (account text, login text, email text);' "INSERT INTO a VALUES ('a5','five','y@example.net');" >again.sql
try "$unspoof" rows -f csv again.sql
printf '%s\n' account,login,email a1,one,x@example.net a2,two, a3,three, a5,five,y@example.net >wanted
cut -d , -f 5- out >got
same 'a table that is created again with other columns' wanted got
says err '^again.sql:8: its statement names other columns' 'with one that it had not'
says err '2 statements stand behind a second CREATE TABLE of their table with other columns, or in another order: their values are placed by their names' \
    'and it is said'
rm -f again.case
try "$unspoof" ingest again.case again.sql
says err 'read 5, accepted 4, rejected 1' 'the same is loaded'

# Double quotes around names, as mariadb-dump --compatible=ansi writes; it does not say what its texts are in.
printf '%s\n' '-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)' '--' '-- Host: localhost    Database: service' \
    "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO,ANSI' */;" 'CREATE TABLE "acc" (' '  "account" varchar(80),' '  "login" varchar(80)' ');' \
    'INSERT INTO "acc" VALUES' "('a\\\\1','caf""$(printf '\351')"" \"x\" it\\'s');" '-- Dump completed on 2022-06-02  1:00:00' >ansi.sql
rm -f ansi.case
try "$unspoof" ingest ansi.case ansi.sql
says err 'read 1, accepted 1, rejected 0' 'names in double quotes'
says err 'the dump does not say what its texts are written in: .*; say it: --encoding utf-8, or latin-1 as' 'an encoding that is not said'
try "$unspoof" rows -f csv --encoding latin-1 ansi.sql
says out ',a\\1,"café ""x"" it.s"$' 'and that can be said'
! grep 'does not say' err
ok 'then nothing is said of it'

# What begins with other statements: a schema by hand, of Oracle, for psql.
for first in 'GRANT CREATE VIEW TO chinook;' '\set ON_ERROR_STOP ON;' '\c service' "COMMENT ON DATABASE d IS 'x;
y';" 'CONNECT a/b@C;'; do
    printf '/* by hand */\n\n%s\nCREATE TABLE acc (account text, login text);\nINSERT INTO acc VALUES (1, 2);\n' "$first" >first.sql
    try "$unspoof" rows -f csv first.sql
    says out '^[a-z.]*acc,[0-9]*,[0-9]*,6,1,2$' "behind $first"
done
printf 'Select the rows;\nand go on\n' >text.sql
try "$unspoof" rows text.sql
! grep -q SQL err
ok 'a sentence is no statement'

# A published one.
if [ -f "$real/fs_cdr_sqlite_dump.sql" ]; then
    rm -f case case.log
    try "$unspoof" ingest -k call -r GB -m account=context -m started=start_stamp -m presented=caller_id_number \
        -m dialled=destination_number -m talk=billsec case "$real/fs_cdr_sqlite_dump.sql"
    says err 'table cdr: read 2, accepted 2, rejected 0' 'FreeSWITCH in SQLite: two rows'
    "$unspoof" query -f tsv case 'SELECT presented, dialled, talk FROM call ORDER BY id' | sed 1d >got
    printf '800123123\t34650881188\t50\n800123123\t34650881100\t15\n' >wanted
    same 'FreeSWITCH in SQLite: what is in them' wanted got
else
    skip 'FreeSWITCH in SQLite' 'the published file is not here'
fi
twins_agree
done_testing
