/* SPDX-License-Identifier: Apache-2.0 */
/* The virtual table `incoming`, with columns c0, c1, ...: by it a table takes
 * many rows in one statement, which is much less work than binding them. */
#include "casefile/table/bulk_rows.h"

#include <stdlib.h>

#include "casefile/sql.h"
#include "casefile/table/bulk_insert.h"

#define NAME "incoming"

struct incoming {
	sqlite3_vtab base;
	struct bulk_rows *rows;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct bulk_rows *rows;
	const struct row_buffer *batch;   /* NULL: the end */
	size_t row;                    /* where its values begin */
	sqlite3_int64 number;
	/* Of the keys so far; before them 0, or more than any where there may be
	 * others in the table. */
	int64_t most;
};

static int connect(sqlite3 *db, void *data, int argc, const char *const *argv,
		   sqlite3_vtab **out, char **message)
{
	struct incoming *table;
	struct buf sql = { 0 };
	int code;

	(void)argc;
	(void)argv;
	(void)message;
	buf_text(&sql, "CREATE TABLE " NAME "(c0");
	for (unsigned i = 1; i < BULK_INSERT_COLUMNS; i++)
		buf_format(&sql, ", c%u", i);
	buf_text(&sql, ")");
	code = sql.failed ? SQLITE_NOMEM : sqlite3_declare_vtab(db, sql.data);
	buf_release(&sql);
	if (code != SQLITE_OK)
		return code;
	table = calloc(1, sizeof(*table));
	if (!table)
		return SQLITE_NOMEM;
	table->rows = data;
	*out = &table->base;
	return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = 1e6;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct cursor *cursor = calloc(1, sizeof(*cursor));

	if (!cursor)
		return SQLITE_NOMEM;
	cursor->rows = ((struct incoming *)table)->rows;
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	free(base);
	return SQLITE_OK;
}

/* The first row of those that come next. */
static int fetch(struct cursor *cursor)
{
	cursor->row = 0;
	do
		cursor->batch = cursor->rows->next(cursor->rows);
	while (cursor->batch && cursor->batch->count < cursor->rows->columns);
	return cursor->batch || !cursor->rows->failed ? SQLITE_OK : SQLITE_ERROR;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text,
		  int argc, sqlite3_value **argv)
{
	struct cursor *cursor = (struct cursor *)base;

	(void)number;
	(void)text;
	(void)argc;
	(void)argv;
	cursor->most = cursor->rows->begun ? INT64_MAX : 0;
	return fetch(cursor);
}

static int next(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;
	const unsigned columns = cursor->rows->columns;
	const struct row_value *key = &cursor->batch->values[cursor->row];

	if (key->type == ROW_VALUE_INTEGER &&
	    (!cursor->number || key->value > cursor->most))
		cursor->most = key->value;
	cursor->number++;
	cursor->row += columns;
	if (cursor->batch->count - cursor->row >= columns)
		return SQLITE_OK;
	return fetch(cursor);
}

static int at_end(sqlite3_vtab_cursor *base)
{
	return !((const struct cursor *)base)->batch;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct row_value *value = &cursor->batch->values[cursor->row +
							       (size_t)i];
	struct text text;

	if ((unsigned)i >= cursor->rows->columns)
		return SQLITE_ERROR;
	/* The key that SQLite gives unasked is left to it, so that it need not
	 * look for the place. */
	if (i == 0 && value->type == ROW_VALUE_INTEGER &&
	    value->value > cursor->most && value->value - 1 == cursor->most)
		return SQLITE_OK;
	if (value->type == ROW_VALUE_INTEGER) {
		sqlite3_result_int64(context, value->value);
	} else if (value->type == ROW_VALUE_TEXT) {
		text = row_buffer_text_of(cursor->batch, value);
		sqlite3_result_text64(context, text.data, text.len, SQLITE_STATIC,
				      SQLITE_UTF8);
	}
	return SQLITE_OK;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *number)
{
	*number = ((const struct cursor *)base)->number;
	return SQLITE_OK;
}

/* Without xCreate it is there under its own name, and no file can have it. */
static const sqlite3_module module = {
	.iVersion = 1,
	.xConnect = connect,
	.xBestIndex = best_index,
	.xDisconnect = disconnect,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = filter,
	.xNext = next,
	.xEof = at_end,
	.xColumn = column,
	.xRowid = row_number,
};

int bulk_rows_attach(sqlite3 *db, struct bulk_rows *rows)
{
	return sqlite3_create_module(db, NAME, &module, rows);
}

void bulk_rows_detach(sqlite3 *db)
{
	(void)sqlite3_create_module(db, NAME, NULL, NULL);
}
