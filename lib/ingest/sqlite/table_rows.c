/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table of a database that was seized. */
#include "ingest/sqlite/table_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "ingest/sqlite/gap.h"
#include "ingest/sqlite/rows_ahead.h"
#include "ingest/sqlite/value.h"

/* What is kept of the room for a row behind one that took more. */
#define KEPT_MOST (4 << 20)
#define ROOM_FIRST 4096
/* Where a NULL begins. */
#define NONE SIZE_MAX

/* ---- opening ---- */

static const char *name_of(const struct rows *rows)
{
	return buf_view(&rows->table->stream.name).data;
}

static char *numbered(const struct rows *rows)
{
	const char *rowid = rows->table->rowid;

	return sqlite3_mprintf("SELECT %s,%s FROM main.\"%w\" NOT INDEXED WHERE %s >= ?1 ORDER BY %s", rowid,
			       buf_view(&rows->table->names).data, name_of(rows), rowid, rowid);
}

/* Rows without a number come in the order of their key. */
static char *unnumbered(const struct rows *rows)
{
	return sqlite3_mprintf("SELECT 0,%s FROM main.\"%w\" NOT INDEXED LIMIT -1 OFFSET ?1",
			       buf_view(&rows->table->names).data, name_of(rows));
}

enum status rows_seek(struct rows *rows, sqlite3_int64 from, struct error *error)
{
	sqlite3_finalize(rows->statement);
	rows->statement = database_prepare(rows->database, name_of(rows),
					   rows->table->rowid ? numbered(rows) : unnumbered(rows));
	if (!rows->statement)
		return database_failed(rows->database, sqlite3_extended_errcode(rows->database->db), error);
	(void)sqlite3_bind_int64(rows->statement, 1, from);
	return STATUS_OK;
}

static bool open_room(struct rows *rows)
{
	rows->capacity = ROOM_FIRST;
	rows->bytes = memory_array(NULL, rows->capacity, 1);
	rows->fields = memory_array(NULL, rows->table->columns, sizeof(*rows->fields));
	rows->starts = memory_array(NULL, rows->table->columns, sizeof(*rows->starts));
	return rows->bytes && rows->fields && rows->starts;
}

static enum status open_at(struct rows *rows, sqlite3_int64 from, struct error *error)
{
	return open_room(rows) ? rows_seek(rows, from, error) : error_memory(error);
}

enum status rows_open(struct rows *rows, struct database *database, const struct table *table,
		      struct rows_found *found, struct error *error)
{
	*rows = (struct rows){ .database = database, .table = table, .found = found };
	return open_at(rows, table->rowid ? INT64_MIN : 0, error);
}

enum status rows_open_behind(struct rows *rows, struct database *database,
			     const struct table *table, struct rows_found *found,
			     sqlite3_int64 last, uint64_t line, struct error *error)
{
	*rows = (struct rows){ .database = database, .table = table, .found = found,
			       .last = last, .any = true, .line = line };
	rows->over = last == INT64_MAX || line > INT64_MAX;
	return open_at(rows, table->rowid ? last + !rows->over : (sqlite3_int64)line, error);
}

void rows_close(struct rows *rows)
{
	rows_ahead_free(rows->ahead);
	sqlite3_finalize(rows->statement);
	free(rows->bytes);
	free(rows->fields);
	free(rows->starts);
	memset(rows, 0, sizeof(*rows));
}

/* ---- values ---- */

/* Room for a value, a separator and what may be read behind; NULL: no memory. */
static char *room_for(struct rows *rows, size_t len)
{
	const size_t need = rows->used + len + 2 + RECORD_READ;
	char *bytes;

	if (need <= rows->capacity)
		return rows->bytes + rows->used;
	bytes = memory_array(rows->bytes, need + need / 2, 1);
	if (!bytes)
		return NULL;
	rows->bytes = bytes;
	rows->capacity = need + need / 2;
	return bytes + rows->used;
}

/* Adds bytes; odd: they may hold what no value may. */
static bool add_bytes(struct rows *rows, const char *data, size_t len, bool *odd)
{
	char *to = room_for(rows, len);

	if (!to)
		return false;
	if (len > 0)
		memcpy(to, data, len);
	rows->used += len;
	*odd = *odd || len > RECORD_VALUE_MOST || (len > 0 && memchr(data, '\0', len));
	return true;
}

static bool add_blob(struct rows *rows, const char *data, size_t len, bool *odd)
{
	char *to;

	if (value_is_text(data, len)) {
		rows->found->texts++;
		return add_bytes(rows, data, len, odd);
	}
	rows->found->blobs++;
	to = room_for(rows, 2 * len + 3);
	if (!to)
		return false;
	value_hex(data, len, to);
	rows->used += 2 * len + 3;
	*odd = *odd || 2 * len + 3 > RECORD_VALUE_MOST;
	return true;
}

static bool add_number(struct rows *rows, sqlite3_value *value, bool real)
{
	char *to = room_for(rows, VALUE_NUMBER);

	if (!to)
		return false;
	rows->used += real ? value_real(sqlite3_value_double(value), to)
			   : value_integer(sqlite3_value_int64(value), to);
	return true;
}

/* A text in UTF-8 is there as it is, and not copied to get a NUL. */
static bool add_text(struct rows *rows, sqlite3_value *value, bool *odd)
{
	const char *data = rows->database->header.encoding == 1 ? sqlite3_value_blob(value)
								: (const char *)sqlite3_value_text(value);
	const int len = sqlite3_value_bytes(value);

	return (data || len == 0) && add_bytes(rows, data, (size_t)len, odd);
}

/* Without mutexes the value of a column is as good as that of a function (sqlite3_value). */
static bool add_value(struct rows *rows, int column, struct record *record)
{
	sqlite3_value *value = sqlite3_column_value(rows->statement, column);
	const char *data;

	switch (sqlite3_value_type(value)) {
	case SQLITE_INTEGER:
		return add_number(rows, value, false);
	case SQLITE_FLOAT:
		return add_number(rows, value, true);
	case SQLITE_TEXT:
		return add_text(rows, value, &record->odd);
	case SQLITE_BLOB:
		data = sqlite3_value_blob(value);
		return add_blob(rows, data, (size_t)sqlite3_value_bytes(value), &record->odd);
	default:
		record->nulls = true;
		rows->starts[column - 1] = NONE;
		return add_bytes(rows, "\\N", 2, &record->odd);
	}
}

/* The text of a row is its values with tabs between them, and \N for NULL. */
static bool add_values(struct rows *rows, struct record *record)
{
	bool odd = false;

	rows->used = 0;
	for (size_t i = 0; i < rows->table->columns; i++) {
		if (i > 0 && !add_bytes(rows, "\t", 1, &odd))
			return false;
		rows->starts[i] = rows->used;
		if (!add_value(rows, (int)i + 1, record))
			return false;
		if (rows->starts[i] != NONE)
			rows->fields[i].len = rows->used - rows->starts[i];
	}
	return true;
}

static void set_fields(struct rows *rows, struct record *record)
{
	for (size_t i = 0; i < rows->table->columns; i++) {
		if (rows->starts[i] == NONE)
			rows->fields[i] = form_null();
		else
			rows->fields[i].data = rows->bytes + rows->starts[i];
	}
	memset(rows->bytes + rows->used, 0, RECORD_READ);
	record->text = (struct text){ rows->bytes, rows->used };
	record->fields = rows->fields;
	record->count = rows->table->columns;
}

/* ---- rows ---- */

static void keep_little(struct rows *rows)
{
	char *bytes;

	if (rows->capacity <= KEPT_MOST)
		return;
	bytes = memory_array(NULL, ROOM_FIRST, 1);
	if (!bytes)
		return;
	free(rows->bytes);
	rows->bytes = bytes;
	rows->capacity = ROOM_FIRST;
}

/* Of pages that are in more than one place rows come again, or without end: numbers
 * have to rise, and each row takes a byte of the file at least. */
static bool is_plausible(const struct rows *rows)
{
	const sqlite3_int64 number = sqlite3_column_int64(rows->statement, 0);

	if (rows->line >= dump_member_size(rows->database->dump))
		return false;
	return !rows->table->rowid || !rows->any || number > rows->last;
}

static enum status take_row(struct rows *rows, struct record *record, struct error *error)
{
	const bool numbers = rows->table->rowid != NULL;

	keep_little(rows);
	if (!add_values(rows, record))
		return error_memory(error);
	set_fields(rows, record);
	rows->last = numbers ? sqlite3_column_int64(rows->statement, 0) : (sqlite3_int64)rows->line;
	rows->any = true;
	rows->line++;
	record->offset = (uint64_t)rows->last;
	record->line = rows->line;
	record->lines = 1;
	return STATUS_OK;
}

static enum status next_alone(struct rows *rows, struct record *record, struct error *error)
{
	int code;

	/* Another table may have been read meanwhile. */
	rows->database->table = name_of(rows);
	code = sqlite3_step(rows->statement);
	if (code == SQLITE_DONE)
		return STATUS_END;
	if (code == SQLITE_ROW && is_plausible(rows))
		return take_row(rows, record, error);
	if (code == SQLITE_ROW || database_damaged(code) || code == SQLITE_TOOBIG)
		return gap_pass(rows, code, record, error);
	return database_failed(rows->database, code, error);
}

/* A table of few rows is not worth it. A copy that is written to has one connection. */
static void begin_ahead(struct rows *rows)
{
	struct dump *dump = rows->database->dump;

	if (rows->threads < 2 || rows->line == 0 || rows->line % AHEAD_ROWS != 0 || !rows->table->rowid ||
	    rows->last == INT64_MAX || dump_beside(dump, BESIDE_WAL) || dump_beside(dump, BESIDE_JOURNAL))
		return;
	rows->ahead = rows_ahead_new(rows->database, rows->table, rows->last, rows->line, rows->threads);
	rows->threads = 0;
}

/* Goes on alone where the others stopped. */
static enum status end_ahead(struct rows *rows, struct error *error)
{
	rows_ahead_free(rows->ahead);
	rows->ahead = NULL;
	return rows_seek(rows, rows->last + 1, error);
}

enum status rows_next(struct rows *rows, struct record *record, struct error *error)
{
	enum status status = STATUS_SKIP;

	if (rows->over)
		return STATUS_END;
	if (!rows->ahead)
		begin_ahead(rows);
	if (!rows->ahead)
		return next_alone(rows, record, error);
	status = rows_ahead_next(rows->ahead, record, rows->found);
	if (status == STATUS_SKIP) {
		status = end_ahead(rows, error);
		return status == STATUS_OK ? next_alone(rows, record, error) : status;
	}
	if (status != STATUS_OK)
		return status;
	rows->last = (sqlite3_int64)record->offset;
	rows->line++;
	return STATUS_OK;
}
