/* SPDX-License-Identifier: Apache-2.0 */
/* Rows by an aggregate function: SQLite calls it with all values of a row. */
#include "casefile/table/bulk_read.h"

#include <string.h>

#include "casefile/sql.h"

#define NAME "to_batch"
/* Ids that are read at a time: handing rows over takes its time too. */
#define IDS 2048

/* Whether memory failed as a value was turned into text. */
static bool is_lost(sqlite3_context *context)
{
	return (sqlite3_errcode(sqlite3_context_db_handle(context)) & 0xff) ==
	       SQLITE_NOMEM;
}

static void add_value(sqlite3_context *context, struct row_buffer *rows,
		      sqlite3_value *value)
{
	struct text text;

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		row_buffer_maybe(rows, 0, true);
		return;
	case SQLITE_INTEGER:
		row_buffer_integer(rows, sqlite3_value_int64(value));
		return;
	default:
		break;
	}
	/* The bytes first: reading a BLOB as text would convert it. */
	text.data = sqlite3_value_blob(value);
	text.len = (size_t)sqlite3_value_bytes(value);
	/* A number that there was no memory to write as text is not an empty one. */
	if (!text.data && is_lost(context))
		rows->failed = true;
	row_buffer_text(rows, text.data ? text : text_of(""));
}

static void add_row(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct bulk_read *read = sqlite3_user_data(context);

	for (int i = 0; i < count; i++)
		add_value(context, read->to, values[i]);
	if (read->to->failed)
		sqlite3_result_error_nomem(context);
}

static void end_rows(sqlite3_context *context)
{
	sqlite3_result_null(context);
}

static sqlite3_stmt *prepare(struct casefile *casefile, struct buf *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sql->failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql->data);
	buf_release(sql);
	return statement;
}

enum status bulk_read_open(struct bulk_read *read, struct casefile *casefile,
			   const char *kind, const char *columns)
{
	struct buf first = { 0 };
	struct buf rows = { 0 };

	memset(read, 0, sizeof(*read));
	read->casefile = casefile;
	read->next = INT64_MIN;
	/* Nothing in the file may call it. */
	if (sqlite3_create_function(casefile->db, NAME, -1,
				    SQLITE_UTF8 | SQLITE_DIRECTONLY, read, NULL,
				    add_row, end_rows) != SQLITE_OK)
		return casefile_failed(casefile);
	buf_format(&first, "SELECT min(%s) FROM %s_read WHERE %s >= ?", kind, kind,
		   kind);
	buf_format(&rows,
		   "SELECT " NAME "(%s) FROM %s_read r CROSS JOIN %s f ON f.id ="
		   " r.%s WHERE r.%s BETWEEN ? AND ?", columns, kind, kind, kind, kind);
	read->first = prepare(casefile, &first);
	read->rows = prepare(casefile, &rows);
	return read->first && read->rows ? STATUS_OK : casefile->error.status;
}

/* Goes to the next id that there is. */
static enum status seek(struct bulk_read *read)
{
	enum status status;

	bind_integer(read->first, 1, read->next);
	status = casefile_step(read->casefile, read->first);
	if (status == STATUS_OK &&
	    sqlite3_column_type(read->first, 0) == SQLITE_NULL)
		status = STATUS_END;
	if (status == STATUS_OK)
		read->next = sqlite3_column_int64(read->first, 0);
	sqlite3_reset(read->first);
	return status;
}

enum status bulk_read_next(struct bulk_read *read, struct row_buffer *rows)
{
	enum status status = read->ended ? STATUS_END : seek(read);
	int64_t last;

	row_buffer_clear(rows);
	if (status != STATUS_OK)
		return status;
	last = read->next > INT64_MAX - IDS ? INT64_MAX : read->next + IDS - 1;
	read->ended = last == INT64_MAX;
	bind_integer(read->rows, 1, read->next);
	bind_integer(read->rows, 2, last);
	if (!read->ended)
		read->next = last + 1;
	read->to = rows;
	status = casefile_run(read->casefile, read->rows);
	return rows->failed ? error_memory(&read->casefile->error) : status;
}

void bulk_read_close(struct bulk_read *read)
{
	if (!read->casefile)
		return;
	sqlite3_finalize(read->first);
	sqlite3_finalize(read->rows);
	(void)sqlite3_create_function(read->casefile->db, NAME, -1, SQLITE_UTF8,
				      NULL, NULL, NULL, NULL);
	memset(read, 0, sizeof(*read));
}
