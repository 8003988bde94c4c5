/* SPDX-License-Identifier: Apache-2.0 */
/* Places of a table that cannot be read. */
#include "ingest/sqlite/gap.h"

#include <string.h>

/* Whether a row can be read from a number on, which is set to its own; *end: there is
 * none. */
static enum status probe(struct rows *rows, sqlite3_int64 *from, bool *good, bool *end,
			 struct error *error)
{
	enum status status = rows_seek(rows, *from, error);
	int code;

	*good = *end = false;
	if (status != STATUS_OK)
		return status;
	code = sqlite3_step(rows->statement);
	*good = code == SQLITE_ROW && sqlite3_column_int64(rows->statement, 0) >= *from;
	*end = code == SQLITE_DONE;
	if (*good)
		*from = sqlite3_column_int64(rows->statement, 0);
	if (code == SQLITE_ROW || code == SQLITE_DONE || database_damaged(code) || code == SQLITE_TOOBIG)
		return STATUS_OK;
	return database_failed(rows->database, code, error);
}

/* Finds a number above bad from which on there is a row, or the end; *above is that. */
static enum status gallop(struct rows *rows, sqlite3_int64 *bad, sqlite3_int64 *above, bool *end,
			  struct error *error)
{
	uint64_t step = 1;
	bool good = false;
	enum status status = STATUS_OK;

	*end = false;
	while (status == STATUS_OK && !good && !*end && *bad < INT64_MAX) {
		const uint64_t room = (uint64_t)INT64_MAX - (uint64_t)*bad;
		sqlite3_int64 from = (sqlite3_int64)((uint64_t)*bad + (step < room ? step : room));
		const sqlite3_int64 tried = from;

		status = probe(rows, &from, &good, end, error);
		if (good || *end)
			*above = tried;
		else
			*bad = tried;
		step = step > UINT64_MAX / 2 ? step : 2 * step;
	}
	if (!good)
		*end = true;
	return status;
}

/* Closes in on the least such number between. */
static enum status halve(struct rows *rows, sqlite3_int64 bad, sqlite3_int64 *above,
			 struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && (uint64_t)*above - (uint64_t)bad > 1) {
		sqlite3_int64 from = (sqlite3_int64)((uint64_t)bad + ((uint64_t)*above - (uint64_t)bad) / 2);
		const sqlite3_int64 middle = from;
		bool good, end;

		status = probe(rows, &from, &good, &end, error);
		if (good || end)
			*above = middle;
		else
			bad = middle;
	}
	return status;
}

/* Stands at the next row that can be read, or at the end. */
static enum status find_next(struct rows *rows, struct error *error)
{
	sqlite3_int64 bad = rows->any ? rows->last : INT64_MIN, above = 0, first;
	bool end = false, good = false;
	enum status status = gallop(rows, &bad, &above, &end, error);

	rows->over = status == STATUS_OK && end && bad == INT64_MAX;
	if (status != STATUS_OK || rows->over)
		return status;
	status = halve(rows, bad, &above, error);
	first = above;
	if (status == STATUS_OK)
		status = probe(rows, &first, &good, &end, error);
	rows->over = !good;
	if (status != STATUS_OK || rows->over)
		return status;
	rows->last = above - 1;
	rows->any = true;
	return rows_seek(rows, above, error);
}

static void explain(struct rows *rows, int code, sqlite3_int64 before, bool any)
{
	char from[40] = "its first row", to[60] = "its end";

	if (any)
		(void)sqlite3_snprintf(sizeof(from), from, rows->table->rowid ? "row number %lld" : "row %lld", before);
	if (!rows->over)
		(void)sqlite3_snprintf(sizeof(to), to, "number %lld", rows->last + 1);
	if (code == SQLITE_TOOBIG)
		(void)sqlite3_snprintf(sizeof(rows->reason), rows->reason,
				       "a value is longer than %d MiB; behind %s, up to %s", DATABASE_VALUE_MOST >> 20, from, to);
	else
		(void)sqlite3_snprintf(sizeof(rows->reason), rows->reason,
				       "the database is damaged here: what stood behind %s, up to %s, cannot be read",
				       from, to);
}

enum status gap_pass(struct rows *rows, int code, struct record *record, struct error *error)
{
	const bool any = rows->any;
	const sqlite3_int64 before = rows->table->rowid ? rows->last : (sqlite3_int64)rows->line;
	enum status status = STATUS_OK;

	rows->over = !rows->table->rowid || rows->found->gaps >= GAPS_MOST;
	rows->found->gaps++;
	if (!rows->over)
		status = find_next(rows, error);
	if (status != STATUS_OK)
		return status;
	explain(rows, code, before, any);
	rows->line++;
	memset(record, 0, sizeof(*record));
	record->reason = rows->reason;
	record->text = (struct text){ "", 0 };
	record->fields = rows->fields;
	record->offset = (uint64_t)rows->last;
	record->line = rows->line;
	record->lines = 1;
	return STATUS_OK;
}
