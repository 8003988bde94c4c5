/* SPDX-License-Identifier: Apache-2.0 */
/* The dumps that test_sql.c reads, and what is in them. */
#ifndef UNSPOOF_TESTS_UNIT_SQL_CASES_H
#define UNSPOOF_TESTS_UNIT_SQL_CASES_H

#define ACCOUNTS "CREATE TABLE `acc` (`a` int, `b` text, `c` text);\n"

/* A row's values by which a role may have them, one a role; what is asked of more columns is in other tests. */
#define HEAD "-- MySQL dump 10.13  Distrib 8.0.33, for Linux (x86_64)\n--\n-- Host: localhost    Database: spoof\n"
#define CREATE "CREATE TABLE `acc` (`a` int, `b` text, `c` text);\n"

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
	   "SQL of MySQL dump 10.13  Distrib 8.0.33, database spoof, backslash escapes, UTF-8");
	is(tap, "literals", HEAD CREATE
	   "INSERT INTO `acc` VALUES (1.50,6.24e-2,-7),(_binary 'a\\'b',N'n',X'414243'),(0x4142,b'101',_utf8mb4'x' 'y'),\n"
	   "( 'a' , \"b'c\" , \"d\"\"e\" ) , -- comment, (1,2,3)\n(/* (9 */1,2,3),(+5,.5,TRUE),('','',NULL);\n-- Dump completed\n",
	   "acc: a b c\n", "acc:\n|1.50|6.24e-2|-7\n|a'b|n|ABC\n|AB|5|xy\n|a|b'c|d\"e\n|1|2|3\n|+5|.5|TRUE\n! needed, and empty\n", NULL);
}

static void test_cases(struct tap *tap)
{
	test_mysql(tap);
}

#endif
