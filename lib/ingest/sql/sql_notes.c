/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a SQL dump. */
#include <stdio.h>
#include <string.h>

#include "ingest/sql/sql_dump.h"

static const char *const dialects[] = { "", "MySQL or MariaDB", "PostgreSQL", "SQLite" };

void sql_describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct sql_dump *dump = (const struct sql_dump *)layout;

	buf_text(out, "SQL");
	if (dump->tool.len > 0)
		buf_format(out, " of %s", dump->tool.data);
	else if (dump->dialect != SQL_ANY)
		buf_format(out, " as %s writes it", dialects[dump->dialect]);
	if (dump->about.len > 0)
		buf_format(out, ", %s", dump->about.data);
	buf_text(out, dump->manner.escapes ? ", backslash escapes" : ", no backslash escapes");
	if (dump->encoding)
		buf_format(out, ", %s", dump->encoding);
	if (stream->utc.len > 0)
		buf_text(out, ", TIMESTAMP columns in UTC");
	if (stream->header != 1)
		buf_text(out, ", columns without names");
}

/* What is said of one statement, and of several. */
static const struct {
	const char *topic, *one, *text, *remedy;
} unread[SQL_UNREAD] = {
	[SQL_CHANGED] = { "changed",
			  "changes, renames or deletes what has rows, and is not carried out: rows are as they "
			  "were inserted",
			  "change, rename or delete what has rows, and are not carried out: rows are as they "
			  "were inserted", "load the dump into a database of its own, and dump it again" },
	[SQL_ELSEWHERE] = { "elsewhere",
			    "takes rows from elsewhere (SELECT, SET, LOAD DATA, MERGE), and is not carried out",
			    "take rows from elsewhere (SELECT, SET, LOAD DATA, MERGE), and are not carried out",
			    "load the dump into a database of its own, and dump it again" },
	[SQL_DUPLICATES] = { "duplicates",
			     "says what becomes of a row whose key is there already: each is taken as written",
			     "say what becomes of a row whose key is there already: each is taken as written",
			     "count by a key where that matters" },
	[SQL_FEWER] = { "defaults",
			"gives fewer columns than its table has: the others are NULL, whatever their default is",
			"give fewer columns than their table has: the others are NULL, whatever their default is",
			"look at the columns before you rely on them" },
	[SQL_UNPLACED] = { "columns",
			   "names columns that its table is not known to have: its rows are rejected",
			   "name columns that their table is not known to have: their rows are rejected",
			   "put the CREATE TABLE of the table before them" },
	[SQL_ANEW] = { "columns",
		       "stands behind a second CREATE TABLE of its table with other columns, or in another order: its "
		       "values are placed by their names",
		       "stand behind a second CREATE TABLE of their table with other columns, or in another order: their "
		       "values are placed by their names",
		       "two dumps may be in one file: look at the rows of both" },
	[SQL_LONG] = { "statement", "is longer than 4 MiB without a row, and is passed over",
		       "are longer than 4 MiB without a row, and are passed over",
		       "look for rows in it" },
};

static void begin(struct format_note *note, const char *topic, const char *remedy, uint64_t count)
{
	memset(note, 0, sizeof(*note));
	note->topic = topic;
	note->remedy = remedy;
	note->count = count;
}

static const char *end_missing(const struct sql_dump *dump)
{
	return dump->dialect == SQL_SQLITE ? "COMMIT"
	       : dump->dialect == SQL_POSTGRES ? "the comment 'PostgreSQL database dump complete'"
					       : "the comment 'Dump completed'";
}

/* A dump that was cut off. */
static bool note_cut(const struct sql_dump *dump, struct format_note *note)
{
	if (!dump->ended || (!dump->cut && (dump->done || !dump->ends)))
		return false;
	begin(note, "cut", "ask for the whole dump: rows are missing, and whole tables may be", 1);
	if (dump->cut)
		(void)snprintf(note->text, sizeof(note->text),
			       "the dump was cut off: it ends within a statement; the rows before are taken");
	else
		(void)snprintf(note->text, sizeof(note->text),
			       "the dump may have been cut off: it has not %s at its end", end_missing(dump));
	return true;
}

/* mysqldump --compatible sets other names than the server's, and does not say which. */
static bool note_encoding(const struct sql_dump *dump, struct format_note *note)
{
	const struct format_input *input = dump->layout.input;

	if (dump->dialect != SQL_MYSQL || dump->tool.len == 0 || dump->encoding || input->encoding)
		return false;
	begin(note, "encoding", "say it: --encoding utf-8, or latin-1 as mariadb-dump --compatible=ansi writes", 1);
	(void)snprintf(note->text, sizeof(note->text), "the dump does not say what its texts are written in: their bytes are kept as they "
		       "are, and letters beyond ASCII may be others than in another dump");
	return true;
}

size_t sql_notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct sql_dump *dump = (const struct sql_dump *)layout;
	size_t count = note_cut(dump, &notes[0]);

	for (size_t i = 0; i < SQL_UNREAD && count < FORMAT_NOTES; i++) {
		if (dump->unread[i] == 0)
			continue;
		begin(&notes[count], unread[i].topic, unread[i].remedy, dump->unread[i]);
		(void)snprintf(notes[count].text, sizeof(notes[count].text), "%llu statement%s %s",
			       (unsigned long long)dump->unread[i], plural(dump->unread[i]),
			       dump->unread[i] == 1 ? unread[i].one : unread[i].text);
		count++;
	}
	if (dump->guessed && count < FORMAT_NOTES) {
		begin(&notes[count], "dialect", "look at values with a backslash", 1);
		(void)snprintf(notes[count].text, sizeof(notes[count].text),
			       "whether a backslash in a string is an escape is not said by the dump; by its "
			       "first strings it is%s", dump->usual.escapes ? "" : " not");
		count++;
	}
	if (count < FORMAT_NOTES && note_encoding(dump, &notes[count]))
		count++;
	return count;
}
