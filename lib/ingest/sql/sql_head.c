/* SPDX-License-Identifier: Apache-2.0 */
/* What wrote a dump, and how it writes strings, by its first bytes. */
#include <string.h>

#include "ingest/sql/sql_dump.h"

#define SHOWN_MOST 120
/* Values may look like facts too. */
#define FACTS_MOST 200

/* ---- encodings ---- */

/* As MySQL and PostgreSQL call them. MySQL's latin1 is what Windows has (MySQL Reference
 * Manual, 10.10.2). */
static const struct {
	const char *said, *name;
} encodings[] = {
	{ "utf8mb4", "UTF-8" }, { "utf8mb3", "UTF-8" }, { "utf8", "UTF-8" }, { "UTF-8", "UTF-8" },
	{ "latin1", "CP1252" }, { "cp1252", "CP1252" }, { "WIN1252", "CP1252" },
	{ "latin2", "ISO-8859-2" }, { "ISO-8859-2", "ISO-8859-2" }, { "latin5", "ISO-8859-9" },
	{ "ISO-8859-9", "ISO-8859-9" }, { "latin7", "ISO-8859-13" }, { "ISO-8859-13", "ISO-8859-13" },
	{ "cp1250", "CP1250" }, { "WIN1250", "CP1250" }, { "cp1251", "CP1251" }, { "WIN1251", "CP1251" },
	{ "cp1256", "CP1256" }, { "WIN1256", "CP1256" }, { "cp1257", "CP1257" }, { "WIN1257", "CP1257" },
	{ "koi8r", "KOI8-R" }, { "koi8-r", "KOI8-R" }, { "koi8u", "KOI8-U" }, { "koi8-u", "KOI8-U" },
	{ "gbk", "GBK" }, { "gb2312", "GB2312" }, { "gb18030", "GB18030" }, { "big5", "BIG5" },
	{ "euckr", "EUC-KR" }, { "EUC-KR", "EUC-KR" }, { "sjis", "SJIS" }, { "ujis", "EUC-JP" },
	{ "EUC-JP", "EUC-JP" }, { "ascii", "ASCII" },
};

const char *sql_encoding(struct text name)
{
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if (text_is_fold(name, encodings[i].said))
			return encodings[i].name;
	return NULL;
}

/* ---- texts ---- */

static bool starts(struct text text, const char *start)
{
	const size_t len = strlen(start);

	return text.len >= len && text_is_fold((struct text){ text.data, len }, start);
}

static bool has(struct text text, const char *wanted)
{
	const size_t len = strlen(wanted);

	for (; text.len >= len; text.data++, text.len--)
		if (text.data[0] == wanted[0] && !memcmp(text.data, wanted, len))
			return true;
	return false;
}

/* Without the marks of a comment and blanks. */
static struct text comment_of(struct text line)
{
	static const char marks[] = "-/*# ";

	while (line.len > 0 && memchr(marks, line.data[0], sizeof(marks) - 1)) {
		line.data++;
		line.len--;
	}
	return text_trim(line);
}

/* ---- what wrote it ---- */

static const struct {
	const char *start;
	enum sql_dialect dialect;
	bool ends;
} tools[] = {
	{ "MySQL dump", SQL_MYSQL, true },
	{ "MariaDB dump", SQL_MYSQL, true },
	{ "mariadb-dump", SQL_MYSQL, true },
	{ "phpMyAdmin SQL Dump", SQL_MYSQL, false },
	{ "HeidiSQL Version", SQL_ANY, false },
	{ "Adminer ", SQL_ANY, false },
	{ "Navicat ", SQL_ANY, false },
	{ "SQLyog ", SQL_MYSQL, false },
	{ "Sequel ", SQL_MYSQL, false },
	{ "PostgreSQL database dump", SQL_POSTGRES, true },
	{ "PostgreSQL database cluster dump", SQL_POSTGRES, true },
};

/* With one blank for several, up to a comma. */
static void add_shown(struct buf *out, const char *before, struct text text)
{
	const char *comma = text.len ? memchr(text.data, ',', text.len) : NULL;
	struct buf shown = { 0 };

	if (comma)
		text.len = (size_t)(comma - text.data);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] != ' ' || i + 1 == text.len || text.data[i + 1] != ' ')
			buf_byte(&shown, text.data[i]);
	if (out->len > 0)
		buf_text(out, ", ");
	buf_text(out, before);
	buf_escape(out, buf_view(&shown), SHOWN_MOST);
	out->failed = out->failed || shown.failed;
	buf_release(&shown);
}

static void take_tool(struct sql_dump *dump, struct text comment)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		if (!starts(comment, tools[i].start))
			continue;
		if (dump->dialect == SQL_ANY)
			dump->dialect = tools[i].dialect;
		dump->ends = tools[i].ends;
		add_shown(&dump->tool, "", comment);
		return;
	}
}

static const struct {
	const char *start, *shown;
} facts[] = {
	{ "Dumped by ", "" },
	{ "Dumped from database version", "PostgreSQL " },
	{ "Server version", "server " },
};

static void take_fact(struct sql_dump *dump, struct text comment)
{
	static const char mark[] = "Database: ";

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (starts(comment, facts[i].start)) {
			const size_t len = i == 0 ? 10 : strlen(facts[i].start);
			struct text rest = { comment.data + len, comment.len - len };

			if (rest.len > 0 && rest.data[0] == ':')
				rest = (struct text){ rest.data + 1, rest.len - 1 };
			add_shown(&dump->about, facts[i].shown, text_trim(rest));
		}
	if (!starts(comment, "Host: "))
		return;
	for (; comment.len > sizeof(mark); comment.data++, comment.len--)
		if (!memcmp(comment.data, mark, sizeof(mark) - 1)) {
			const struct text name = { comment.data + sizeof(mark) - 1,
						   comment.len - sizeof(mark) + 1 };

			add_shown(&dump->about, "database ", text_trim(name));
			return;
		}
}

static bool is_comment(struct text line)
{
	return line.len > 0 && (line.data[0] == '-' || line.data[0] == '/' || line.data[0] == '*' ||
				line.data[0] == '#' || line.data[0] == ' ');
}

/* ---- how it writes ---- */

static bool has_one_of(struct text first, const char *const *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (has(first, marks[i]))
			return true;
	return false;
}

#define HAS_ONE_OF(first, marks) has_one_of(first, marks, sizeof(marks) / sizeof(marks[0]))

/* By what only one of them writes, whatever the values say. */
static enum sql_dialect tell_dialect(struct text first)
{
	static const char *const mysql[] = { "/*!", "/*M!", "INTO `", "TABLE `", "EXISTS `", "TABLES `",
					     ") ENGINE=", "Server Type    : MySQL",
					     "Server Type    : MariaDB" };
	static const char *const postgres[] = { "SET standard_conforming_strings", "pg_catalog.",
						" FROM stdin;", "Server Type    : PostgreSQL",
						"PostgreSQL ", "\n\\connect ", "\n\\c " };
	static const char *const sqlite[] = { "PRAGMA ", "sqlite_sequence", "sqlite_master",
					      "Server Type    : SQLite" };

	if (HAS_ONE_OF(first, mysql))
		return SQL_MYSQL;
	if (HAS_ONE_OF(first, postgres))
		return SQL_POSTGRES;
	return HAS_ONE_OF(first, sqlite) ? SQL_SQLITE : SQL_ANY;
}

/* How many strings end where no value can. */
static size_t count_odd(struct text first, bool escapes)
{
	const struct sql_manner manner = { escapes, true, true, false };
	struct sql_skim skim = { 0 };
	size_t odd = 0;

	for (size_t i = 0; i < first.len; i++) {
		const char c = first.data[i];
		const bool behind = skim.where == SQL_CODE && skim.last == '\'' && c != '\'';

		odd += behind && !sql_is_blank(c) && !memchr(",);:|=./*-", c, 10);
		(void)sql_skim_byte(&skim, &manner, c);
	}
	return odd + (skim.where == SQL_QUOTED);
}

static void set_manner(struct sql_dump *dump, struct text first)
{
	static const char *const standard[] = { "INTO \"", "TABLE \"", "INTO [", "TABLE [", " VARCHAR2(" };
	struct sql_manner *manner = &dump->manner;
	const bool other = dump->dialect == SQL_POSTGRES || dump->dialect == SQL_SQLITE;

	manner->escapes = manner->double_strings = manner->sharp = !other;
	manner->dollars = dump->dialect == SQL_POSTGRES;
	if (dump->dialect == SQL_ANY) {
		dump->guessed = first.len > 0 && memchr(first.data, '\\', first.len);
		manner->escapes = count_odd(first, true) <= count_odd(first, false);
	}
	/* Who has double quotes or brackets around names, or Oracle's types, has no escapes. */
	if (dump->dialect == SQL_ANY && HAS_ONE_OF(first, standard))
		manner->escapes = manner->double_strings = dump->guessed = false;
	dump->usual = *manner;
}

void sql_head_read(struct sql_dump *dump, struct text first)
{
	struct text rest = first;

	while (rest.len > 0) {
		const struct text line = text_take_line(&rest);
		const struct text comment = comment_of(line);

		if (!is_comment(line) && !starts(comment, "SQLyog") && !starts(comment, "Navicat"))
			continue;
		if (dump->tool.len == 0)
			take_tool(dump, comment);
		if (dump->about.len < FACTS_MOST)
			take_fact(dump, comment);
	}
	if (dump->dialect == SQL_ANY)
		dump->dialect = tell_dialect(first);
	set_manner(dump, first);
	dump->ends = dump->ends || (dump->dialect == SQL_SQLITE && has(first, "BEGIN TRANSACTION"));
}
