/* SPDX-License-Identifier: Apache-2.0 */
/* The dumps that test_sql.c reads, and what is in them. */
#ifndef UNSPOOF_TESTS_UNIT_SQL_CASES_H
#define UNSPOOF_TESTS_UNIT_SQL_CASES_H

#define ACCOUNTS "CREATE TABLE `acc` (`a` int, `b` text, `c` text);\n"

/* A row's values by which a role may have them, one a role; what is asked of more columns is in other tests. */
#define HEAD "-- MySQL dump 10.13  Distrib 8.0.33, for Linux (x86_64)\n--\n-- Host: localhost    Database: spoof\n"
#define CREATE "CREATE TABLE `acc` (`a` int, `b` text, `c` text);\n"

#define PG "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.3\n-- Dumped by pg_dump version 15.3\n\n" \
	   "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', false);\n"
#define PG_END "--\n-- PostgreSQL database dump complete\n--\n\n"

static void test_mysql(struct tap *tap)
{
	is(tap, "mysqldump",
	   HEAD "/*!40101 SET NAMES utf8mb4 */;\n/*!40103 SET TIME_ZONE='+00:00' */;\nDROP TABLE IF EXISTS `acc`;\n"
	   "/*!40101 SET @saved_cs_client = @@character_set_client */;\n"
	   "CREATE TABLE `acc` (\n  `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'a, (b; `c',\n  `at` timestamp NOT NULL DEFAULT "
	   "current_timestamp(),\n  `mail``s` varchar(40),\n  `x` int GENERATED ALWAYS AS (`id` + 1) STORED,\n  PRIMARY KEY (`id`),\n"
	   "  KEY `a` (`at`)\n) ENGINE=InnoDB;\nLOCK TABLES `acc` WRITE;\n/*!40000 ALTER TABLE `acc` DISABLE KEYS */;\n"
	   "INSERT INTO `acc` VALUES (1,'2022-03-01 10:00:00','O\\'N \\\"x\\\" \\\\ \\n'),(2,NULL,'),(;'),\n(3,'it''s','\\%\\_\\Z');\n"
	   "INSERT INTO `acc` VALUES (4,'b','c');\nUNLOCK TABLES;\n-- Dump completed\n",
	   "acc: id at* mail`s (UTF-8)\n",
	   "acc:\n|1|2022-03-01 10:00:00|O'N \"x\" \\\\ \\x0a\n|2|NULL|),(;\n|3|it's|\\\\%\\\\_\\x1a\n|4|b|c\n",
	   "SQL of MySQL dump 10.13 Distrib 8.0.33, database spoof, backslash escapes, UTF-8");
	is(tap, "literals", HEAD CREATE
	   "INSERT INTO `acc` VALUES (1.50,6.24e-2,-7),(_binary 'a\\'b',N'n',X'414243'),(0x4142,b'101',_utf8mb4'x' 'y'),\n"
	   "( 'a' , \"b'c\" , \"d\"\"e\" ) , -- comment, (1,2,3)\n(/* (9 */1,2,3),(+5,.5,TRUE),('','',NULL);\n-- Dump completed\n",
	   "acc: a b c\n", "acc:\n|1.50|6.24e-2|-7\n|a'b|n|ABC\n|AB|5|xy\n|a|b'c|d\"e\n|1|2|3\n|+5|.5|TRUE\n! needed, and empty\n", NULL);
}

/* Statements that have rows, and those that only look so. */
static void test_statements(struct tap *tap)
{
	is(tap, "column lists", HEAD CREATE
	   "INSERT INTO `acc` (`c`, `a`) VALUES ('c1', 1);\nINSERT INTO `acc` (`a`,`b`,`c`) VALUES (2,'b2','c2');\n"
	   "INSERT INTO acc(A,B,C) VALUES (3,'b3','c3');\nINSERT INTO `acc` (`a`, `d`) VALUES (4, 'd4');\n"
	   "INSERT INTO `acc` (`a`, `b`) VALUES (5);\nINSERT INTO `acc` VALUES (6,7);\n-- Dump completed\n",
	   "acc: a b c\n", "acc:\n|1|NULL|c1\n|2|b2|c2\n|3|b3|c3\n! its statement names other columns than those that the table is known by\n"
	   "! has 1 value for 2 columns\n! has 2 fields where the header has 3\n", "defaults: 2 statements give fewer columns");
	is(tap, "kinds of INSERT", HEAD CREATE
	   "INSERT IGNORE INTO `acc` VALUES (1,2,3);\nREPLACE INTO `acc` VALUES (2,3,4);\nINSERT LOW_PRIORITY INTO acc VALUE (3,4,5);\n"
	   "INSERT INTO `acc` VALUES (4,5,6) ON DUPLICATE KEY UPDATE a=VALUES(a), b = (1);\nINSERT INTO `acc`\nVALUES\n(5,6,7),\n(6,7,8)\n;\n"
	   "INSERT INTO `acc` SELECT * FROM `x` WHERE (a) IN (1,2);\nINSERT INTO `acc` SET a = 1;\n"
	   "insert into `acc` (a, b, c) /* here */ values (7,8,9);\nINSERT INTO acc VALUES ();\n-- Dump completed\n",
	   "acc: a b c\n", "acc:\n|1|2|3\n|2|3|4\n|3|4|5\n|4|5|6\n|5|6|7\n|6|7|8\n|7|8|9\n! has 0 fields where the header has 3\n",
	   "elsewhere: 2 statements take rows from elsewhere");
	is(tap, "what is no row", HEAD CREATE
	   "DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t AFTER INSERT ON acc FOR EACH ROW BEGIN\n"
	   "INSERT INTO acc VALUES (1,2,3); END */;;\nDELIMITER ;\nINSERT INTO acc VALUES (4,5,6);\n"
	   "CREATE TRIGGER u AFTER INSERT ON acc BEGIN IF a THEN INSERT INTO acc VALUES (7,8,9); END IF; CASE 1 WHEN 2 THEN 3; END CASE; BEGIN "
	   "SELECT CASE 1 WHEN 2 THEN 3 END; END; INSERT INTO acc VALUES(8,8,8); END;\n# INSERT INTO acc VALUES (9,9,9);\n"
	   "-- INSERT INTO acc VALUES (9,9,9);\n/* INSERT INTO acc VALUES (9,9,9); */\n/*!999999 INSERT INTO acc VALUES (9,9,9); */\n"
	   "/*!50001 CREATE VIEW v AS SELECT 1 AS `INSERT INTO acc VALUES (9,9,9);` */;\n/*!40000 INSERT INTO acc VALUES (5,5,5) */;\n"
	   "delimiter $$\nCREATE PROCEDURE p() BEGIN INSERT INTO acc VALUES (1,1,1); END$$\nINSERT INTO acc VALUES (6,6,6)$$\ndelimiter ;\n"
	   "SELECT 'INSERT INTO acc VALUES (9,9,9);';\n-- Dump completed\n",
	   "acc: a b c\n", "acc:\n|4|5|6\n|5|5|5\n|6|6|6\n", "SQL of MySQL dump");
	is(tap, "two databases", HEAD
	   "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `one`;\nUSE `one`;\n" CREATE "INSERT INTO `acc` VALUES (1,2,3);\nUSE `two`;\n"
	   "CREATE TABLE acc (x int, y int, z timestamp);\nINSERT INTO `acc` VALUES (1,2,3);\nINSERT INTO `one`.`acc` VALUES (4,5,6);\n"
	   "INSERT INTO `two` . `acc` VALUES (7,8,9);\n-- Dump completed\n",
	   "one.acc: a b c\ntwo.acc: x y z\n", "one.acc:\n|1|2|3\ntwo.acc:\n|1|2|3\none.acc:\n|4|5|6\ntwo.acc:\n|7|8|9\n", NULL);
	is(tap, "no CREATE TABLE", "INSERT INTO `acc` VALUES (1,'x\\'y',3),(2,'b','c');\nINSERT INTO `t` (a,b,c) VALUES (1,2,3);\n",
	   "acc:\nt: a b c\n", "acc:\n|1|x'y|3\n|2|b|c\nt:\n|1|2|3\n", "SQL as MySQL or MariaDB writes it, backslash escapes");
	is(tap, "changed", HEAD CREATE
	   "DELETE FROM acc;\nINSERT INTO acc VALUES (1,2,3);\nUPDATE acc SET a = 1;\nDELETE FROM acc WHERE (a) = 1;\nRENAME TABLE acc TO b;\n"
	   "ALTER TABLE acc ADD KEY (a);\nALTER TABLE acc RENAME TO c;\nDROP TABLE IF EXISTS acc;\nTRUNCATE acc;\nUPDATE other SET a = 2;\n"
	   "-- Dump completed\n", NULL, "acc:\n|1|2|3\n", "changed: 6 statements");
	is(tap, "modes", HEAD CREATE
	   "SET SQL_MODE='NO_BACKSLASH_ESCAPES,ANSI_QUOTES';\nINSERT INTO \"acc\" VALUES (1,'a\\','b\\');\nINSERT INTO acc VALUES (1,\"b\",2);\n"
	   "SET sql_mode=@old;\nINSERT INTO acc VALUES (1,'a\\'','b');\n-- Dump completed\n",
	   NULL, "acc:\n|1|a\\\\|b\\\\\n! value 2 is an expression, which only a database could evaluate\n|1|a'|b\n", NULL);
	is(tap, "the SQL template of FreeSWITCH", "INSERT INTO cdr VALUES (\"a\",\"b's\", \"c\");\nINSERT INTO cdr VALUES (\"d\",\"e\", \"f\");\n",
	   "cdr:\n", "cdr:\n|a|b's|c\n|d|e|f\n", NULL);
	is(tap, "values", HEAD CREATE
	   "INSERT INTO acc VALUES (1,current_timestamp(),2),(1,DEFAULT,2),(1,2+2,3),(1,,3),(1,x'4',3),(1,b'2',3),(1,'a' + 'b',3),"
	   "(CAST('a' AS CHAR),2,3),(1,(2),3),(1,TIMESTAMP '2022-03-01',NULL);\n-- Dump completed\n",
	   NULL, "acc:\n! value 2 is an expression, which only a database could evaluate\n! value 2 is DEFAULT, which the row does not say\n"
	   "! value 2 is an expression, which only a database could evaluate\n! value 2 is missing\n|1|\\x04|3\n! value 2 is no bit literal\n"
	   "! value 2 is an expression, which only a database could evaluate\n! value 1 is an expression, which only a database could evaluate\n"
	   "! value 2 is an expression, which only a database could evaluate\n|1|2022-03-01|NULL\n", NULL);
}

/* What of CREATE TABLE is a column. */
static void test_columns(struct tap *tap)
{
	is(tap, "columns that are none, and are", HEAD
	   "CREATE TABLE acc (key varchar(10), `period` int, index int, KEY idx (period), KEY i USING BTREE (key), INDEX `x` (index), INDEX (key(3)),"
	   " UNIQUE KEY u (key), PRIMARY KEY (period), FULLTEXT KEY f (key), PERIOD FOR SYSTEM_TIME (a, b), CONSTRAINT c FOREIGN KEY (a)"
	   " REFERENCES b (c), CHECK (a > 0), made int AS (1 + 2) VIRTUAL, made2 int GENERATED ALWAYS AS (concat('a,b', ')')) STORED NOT NULL);\n"
	   "INSERT INTO acc VALUES (1,2,3);\n-- Dump completed\n", "acc: key period index\n", "acc:\n|1|2|3\n", NULL);
	is(tap, "columns of PostgreSQL", PG
	   "CREATE TABLE public.acc (a integer GENERATED BY DEFAULT AS IDENTITY (START WITH 1), period interval(3), \"c,(\" numeric(10,2) DEFAULT "
	   "(1)::numeric, EXCLUDE USING gist (a WITH =));\nINSERT INTO public.acc VALUES (1, '2', 3.00);\n" PG_END,
	   "public.acc: a period c,( (UTF-8)\n", "public.acc:\n|1|2|3.00\n", NULL);
}

/* Dumps that end too early. */
static void test_cut(struct tap *tap)
{
	is(tap, "cut in a row", HEAD CREATE "INSERT INTO acc VALUES (1,2,3),(4,'a),(5,6,7)", NULL,
	   "acc:\n|1|2|3\n! the dump ends within the row\n", "cut: the dump was cut off");
	is(tap, "cut behind a row", HEAD CREATE "INSERT INTO acc VALUES (1,2,3),(4,5,6)", NULL, "acc:\n|1|2|3\n|4|5|6\n",
	   "cut: the dump was cut off");
	is(tap, "cut between statements", HEAD CREATE "INSERT INTO acc VALUES (1,2,3);\n", NULL, "acc:\n|1|2|3\n",
	   "cut: the dump may have been cut off: it has not the comment 'Dump completed'");
	is(tap, "a statement that ends within a row", HEAD CREATE "INSERT INTO acc VALUES (1,2,3),(4,5;\nINSERT INTO acc VALUES (7,8,9);\n"
	   "-- Dump completed\n", NULL, "acc:\n|1|2|3\n! the statement ends within the row\n|7|8|9\n", NULL);
	is(tap, "cut in a line of COPY", "--\n-- PostgreSQL database dump\n--\nCOPY acc (a, b, c) FROM stdin;\n1\t2\t3\n4\t5\t6", NULL,
	   "acc:\n|1|2|3\n! the dump ends within the row\n", "cut: the dump was cut off");
	is(tap, "cut in COPY", "--\n-- PostgreSQL database dump\n--\nCOPY acc (a, b, c) FROM stdin;\n1\t2\t3\n", NULL, "acc:\n|1|2|3\n",
	   "cut: the dump was cut off");
	is(tap, "cut in its end", "--\n-- PostgreSQL database dump\n--\nCOPY acc (a, b, c) FROM stdin;\n1\t2\t3\n\\", NULL,
	   "acc:\n|1|2|3\n! the dump ends within the row\n", "cut: the dump was cut off");
}

static void test_postgres(struct tap *tap)
{
	is(tap, "pg_dump", PG
	   "CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $_$\nBEGIN INSERT INTO public.acc VALUES (1,2,3); END;\n$_$;\n"
	   "CREATE TABLE public.acc (\n    id integer NOT NULL,\n    at timestamp with time zone DEFAULT now(),\n    \"Name\" text,\n"
	   "    s integer GENERATED ALWAYS AS (id) STORED,\n    CONSTRAINT x CHECK ((id > 0))\n);\n"
	   "COPY public.acc (id, at, \"Name\") FROM stdin;\n1\t2022-03-01 10:00:00+00\ta\\tb\\\\\\n\\x41\\101\n2\t\\N\t\\N\n3\t\t;('\n"
	   "4\tx\t{\"a,b\",c}\n5\t6\n6\t7\t\\\\x4142\n\\N\t1\t2\n\\.\n\n\nCOPY public.empty (a, b, c) FROM stdin;\n\\.\n\n"
	   "COPY public.other (\"Name\", id, x) FROM stdin;\na\t1\t\n\\.\n" PG_END,
	   "public.acc: id at Name (UTF-8)\npublic.empty: a b c (UTF-8)\npublic.other: Name id x (UTF-8)\n",
	   NULL, "SQL of PostgreSQL database dump");
	is(tap, "pg_dump --inserts", PG
	   "CREATE TABLE public.acc (a integer, b text, c bytea);\nINSERT INTO public.acc VALUES (1, 'it''s \\n', '\\x4142');\n"
	   "INSERT INTO public.acc VALUES (2, E'a\\tb\\'c''d\\u00e9', NULL);\nINSERT INTO public.acc (a, c) VALUES (3, 'x');\n"
	   "INSERT INTO public.acc OVERRIDING SYSTEM VALUE VALUES (4, $$a'b$$, 'c'::text);\nINSERT INTO public.acc VALUES (5, \"b\", c);\n"
	   "INSERT INTO public.acc VALUES (6, 'b', true) ON CONFLICT DO NOTHING;\nINSERT INTO public.acc DEFAULT VALUES;\n" PG_END,
	   "public.acc: a b c (UTF-8)\n",
	   "public.acc:\n|1|it's \\\\n|\\\\x4142\n|2|a\\x09b'c'd\xc3\xa9|NULL\n|3|NULL|x\n|4|a'b|c\n"
	   "! value 2 is an expression, which only a database could evaluate\n|6|b|true\n", "duplicates: 1 statement says");
	is(tap, "standard_conforming_strings off", PG "SET standard_conforming_strings = off;\nCREATE TABLE t (a int, b text, c text);\n"
	   "INSERT INTO t VALUES (1, 'a\\'b', 'c\\\\');\n" PG_END, NULL, "t:\n|1|a'b|c\\\\\n", NULL);
	is(tap, "COPY with CR LF, and its marks", PG "COPY s.t (a, b, c) FROM stdin;\r\n1\t2\t3\r\na\\\tb\t\\\\\tc\\.\r\n\\.\r\n" PG_END,
	   "s.t: a b c (UTF-8)\n", "s.t:\n|1|2|3\n|a\\x09b|\\\\|c.\n", NULL);
}

static void test_sqlite(struct tap *tap)
{
	is(tap, "sqlite3 .dump",
	   "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS \"acc\" (\"a b\" INTEGER PRIMARY KEY, b VARCHAR, c);\n"
	   "INSERT INTO acc VALUES(1,'it''s \\',X'4142');\nINSERT INTO \"acc\" VALUES(2,replace('a\\nb','\\n',char(10)),NULL);\n"
	   "INSERT INTO acc VALUES(3,replace(replace('a\\012\\015','\\012',char(10)),'\\015',char(13)),-1.5e+10);\n"
	   "INSERT INTO acc VALUES(4,unistr('\\u000a\\\\\\00e9'),1);\nINSERT INTO acc VALUES(5,abs(1),2);\nDELETE FROM sqlite_sequence;\n"
	   "CREATE TRIGGER t AFTER INSERT ON acc BEGIN INSERT INTO acc VALUES(9,9,9); END;\nCOMMIT;\n",
	   "acc: a b b c\n",
	   "acc:\n|1|it's \\\\|AB\n|2|a\\x0ab|NULL\n|3|a\\x0a\\x0d|-1.5e+10\n|4|\\x0a\\\\\xc3\xa9|1\n"
	   "! value 2 is an expression, which only a database could evaluate\n", "SQL as SQLite writes it, no backslash escapes");
}

/* Drawn of pieces: whatever is read of them, it is the same in all blocks. */
static void test_drawn(struct tap *tap)
{
	static const char *const pieces[] = { "INSERT INTO acc VALUES ", "INSERT INTO t (a,b,c) VALUES ", "(1,2,3)", "(1,'a''b',NULL)", ",", ",",
					      ";", ";\n", "(", ")", "'", "'", "\"", "`", "\\", "\n", "--", "-- x\n", "/*", "*/", "/*!40000 ", "#",
					      "$$", "$a$", "E'\\''", "COPY acc (a, b, c) FROM stdin;\n", "1\t2\t3\n", "\\.\n", "\\N", "DELIMITER ;;\n",
					      "DELIMITER ;\n", "SET NAMES latin1;", "CREATE TABLE acc (a timestamp, b int, c int);\n",
					      "CREATE TRIGGER x BEGIN ", "END;", " ", "x", "NULL", "(5,'x\ny',-7),\n(6,7,8)" };
	static const char *const heads[] = { HEAD, PG, "PRAGMA x=1;\n", "-- any\n" };
	uint64_t state = 7;

	for (unsigned n = 0; n < 32; n++) {
		struct buf text = { 0 };

		buf_text(&text, heads[n % 4]);
		buf_text(&text, "CREATE TABLE acc (a int, b int, c int);CREATE TABLE t (a int, b int, c int);");
		for (unsigned i = 0; i < 5 + 2 * n; i++)
			buf_text(&text, pieces[scratch_random(&state) % (sizeof pieces / sizeof *pieces)]);
		compare(tap, "drawn", text.data, text.len, NULL, NULL, NULL);
		buf_release(&text);
	}
}

/* What other tools write. */
static void test_tools(struct tap *tap)
{
	is(tap, "phpMyAdmin",
	   "-- phpMyAdmin SQL Dump\n-- version 5.1.1\n-- Host: localhost\nSET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\";\nSTART TRANSACTION;\n"
	   "SET time_zone = \"+00:00\";\n/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `acc` (\n  `a` timestamp NOT NULL,\n  `b` text,\n"
	   "  `c` text\n) ENGINE=InnoDB;\n--\n-- Dumping data\n--\n\nINSERT INTO `acc` (`a`, `b`, `c`) VALUES\n(1, 'b\\'', 'c'),\n(2, 'b', NULL);\n"
	   "ALTER TABLE `acc`\n  ADD PRIMARY KEY (`a`);\nALTER TABLE `acc`\n  MODIFY `a` int NOT NULL AUTO_INCREMENT;\nCOMMIT;\n",
	   "acc: a* b c (UTF-8)\n", "acc:\n|1|b'|c\n|2|b|NULL\n", "SQL of phpMyAdmin SQL Dump, backslash escapes");
	is(tap, "HeidiSQL",
	   "-- --------------------------------------------------------\r\n-- Host:                         127.0.0.1\r\n"
	   "-- Server version:               10.3.1-MariaDB\r\n-- HeidiSQL Version:             12.0.0.6468\r\n/*!40101 SET NAMES utf8 */;\r\n"
	   "CREATE DATABASE IF NOT EXISTS `pbx` /*!40100 DEFAULT CHARACTER SET utf8 */;\r\nUSE `pbx`;\r\n"
	   "CREATE TABLE IF NOT EXISTS `acc` (\r\n  `a` int(11),\r\n  `b` text,\r\n  `c` text\r\n) ENGINE=InnoDB;\r\n"
	   "INSERT INTO `acc` (`a`, `b`, `c`) VALUES\r\n\t(1, 'b\\'', 'c'),\r\n\t(2, 'b', NULL);\r\n",
	   "pbx.acc: a b c (UTF-8)\n", "pbx.acc:\n|1|b'|c\n|2|b|NULL\n", "SQL of HeidiSQL Version: 12.0.0.6468, server 10.3.1-MariaDB, backslash escapes");
	is(tap, "Navicat",
	   "/*\n Navicat Premium Data Transfer\n\n Source Server         : pbx\n Source Server Type    : MySQL\n*/\n\nSET NAMES utf8mb4;\n"
	   "DROP TABLE IF EXISTS `acc`;\nCREATE TABLE `acc`  (\n  `a` int(11),\n  `b` text,\n  `c` text\n) ENGINE = InnoDB;\n"
	   "BEGIN;\nINSERT INTO `acc` VALUES (1, 'PostgreSQL \\'', 'c');\nINSERT INTO `acc` VALUES (2, 'b', NULL);\nCOMMIT;\n",
	   "acc: a b c (UTF-8)\n", "acc:\n|1|PostgreSQL '|c\n|2|b|NULL\n", "SQL of Navicat Premium Data Transfer, backslash escapes");
	is(tap, "Navicat of PostgreSQL",
	   "/*\n Navicat Premium Data Transfer\n\n Source Server Type    : PostgreSQL\n*/\n"
	   "CREATE TABLE \"public\".\"acc\" (\n  \"a\" int4,\n  \"b\" text COLLATE \"pg_catalog\".\"default\",\n  \"c\" text\n)\n;\n"
	   "INSERT INTO \"public\".\"acc\" VALUES (1, 'b\\', '`c');\n",
	   "public.acc: a b c\n", "public.acc:\n|1|b\\\\|`c\n", "no backslash escapes");
	is(tap, "Adminer",
	   "-- Adminer 4.8.1 MySQL 5.7.1 dump\n\nSET NAMES utf8;\nSET time_zone = '+00:00';\nCREATE TABLE `acc` (`a` int, `b` text, `c` text);\n"
	   "INSERT INTO `acc` (`a`, `b`, `c`) VALUES\n(1,\t'b\\'',\t'c'),\n(2,\t'b',\tNULL)\nON DUPLICATE KEY UPDATE `a` = VALUES(`a`);\n\n"
	   "-- 2022-03-01 10:00:00\n",
	   "acc: a b c (UTF-8)\n", "acc:\n|1|b'|c\n|2|b|NULL\n", "SQL of Adminer 4.8.1 MySQL 5.7.1 dump");
	is(tap, "SQLyog",
	   "/*\nSQLyog Ultimate v12.09 (64 bit)\nMySQL - 5.7.1 : Database - pbx\n*/\n\n/*!40101 SET NAMES utf8 */;\n"
	   "CREATE DATABASE /*!32312 IF NOT EXISTS*/`pbx` /*!40100 DEFAULT CHARACTER SET utf8 */;\n\nUSE `pbx`;\n"
	   "CREATE TABLE `acc` (\n  `a` int,\n  `b` text,\n  `c` text\n);\n/*Data for the table `acc` */\n\n"
	   "insert  into `acc`(`a`,`b`,`c`) values (1,'b\\'','c'),(2,'b',NULL);\n",
	   "pbx.acc: a b c (UTF-8)\n", "pbx.acc:\n|1|b'|c\n|2|b|NULL\n", "SQL of SQLyog Ultimate v12.09 (64 bit), backslash escapes");
	is(tap, "mydumper",
	   "/*!40101 SET NAMES binary*/;\n/*!40014 SET FOREIGN_KEY_CHECKS=0*/;\n/*!40103 SET TIME_ZONE='+00:00' */;\n"
	   "INSERT INTO `acc` VALUES\n(1,\"b\\\"\",\"c\")\n,(2,\"b\",NULL);\n",
	   "acc:\n", "acc:\n|1|b\"|c\n|2|b|NULL\n", "SQL as MySQL or MariaDB writes it, backslash escapes");
	is(tap, "MariaDB's sandbox",
	   "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)\n"
	   CREATE "INSERT INTO `acc` VALUES\n(1,2,3),\n(4,5,6);\n-- Dump completed on 2022-03-01\n",
	   "acc: a b c\n", "acc:\n|1|2|3\n|4|5|6\n", "SQL of MariaDB dump 10.19");
}

static void test_cases(struct tap *tap)
{
	test_tools(tap);
	test_mysql(tap);
	test_statements(tap);
	test_columns(tap);
	test_cut(tap);
	test_postgres(tap);
	test_sqlite(tap);
	test_drawn(tap);
}

#endif
