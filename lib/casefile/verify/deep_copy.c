/* SPDX-License-Identifier: Apache-2.0 */
/* What layers are made of, copied; and the runs that made them. */
#include <string.h>

#include "casefile/runs.h"
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/verify/deep.h"

/* ---- tables ---- */

/* The columns of a table of this program, and as many places, a comma between. */
static enum status list_columns(struct casefile *casefile, const char *table, struct buf *columns, struct buf *places)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT name FROM pragma_table_info(?) ORDER BY cid");
	enum status status = statement ? bind_sought(casefile, statement, 1, table) : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text name = column_text(statement, 0);

		buf_format(columns, "%s[%.*s]", columns->len ? "," : "", (int)name.len, name.data ? name.data : "");
		buf_text(places, places->len ? ",?" : "?");
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	if (columns->failed || places->failed)
		return error_memory(&casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status cannot_be(struct casefile *to, const char *table)
{
	const int code = sqlite3_errcode(to->db) & 0xff;

	if (code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH)
		return casefile_failed(to);
	return error_set(&to->error, STATUS_INTEGRITY, "table %s has a row that can be in no case: %s", table,
			 sqlite3_errmsg(to->db));
}

/* Binds the row that a statement stands on to another, and adds it. */
static enum status copy_row(struct casefile *to, const char *table, sqlite3_stmt *row, sqlite3_stmt *insert)
{
	const int columns = sqlite3_column_count(row);
	int code = SQLITE_OK;

	for (int i = 0; i < columns && code == SQLITE_OK; i++)
		code = sqlite3_bind_value(insert, i + 1, sqlite3_column_value(row, i));
	if (code == SQLITE_OK)
		code = sqlite3_step(insert);
	if (code != SQLITE_DONE)
		return code == SQLITE_NOMEM ? error_memory(&to->error) : cannot_be(to, table);
	(void)sqlite3_reset(insert);
	return STATUS_OK;
}

/* The error is that of `from`. */
static enum status copy_rows(struct casefile *from, struct casefile *to, const char *table, sqlite3_stmt *row,
			     sqlite3_stmt *insert)
{
	enum status status;

	while ((status = casefile_step(from, row)) == STATUS_OK) {
		if (copy_row(to, table, row, insert) == STATUS_OK)
			continue;
		from->error = to->error;
		return to->error.status;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status copy_table(struct casefile *from, struct casefile *to, const char *table)
{
	struct buf columns = { 0 }, places = { 0 }, select = { 0 }, insert = { 0 };
	sqlite3_stmt *row = NULL, *put = NULL;
	enum status status = list_columns(to, table, &columns, &places);

	buf_format(&select, "SELECT %s FROM %s", buf_view(&columns).data, table);
	buf_format(&insert, "INSERT INTO %s(%s) VALUES(%s)", table, buf_view(&columns).data, buf_view(&places).data);
	if (status == STATUS_OK && (select.failed || insert.failed))
		status = error_memory(&to->error);
	if (status == STATUS_OK && !(put = casefile_prepare(to, insert.data)))
		status = to->error.status;
	if (status != STATUS_OK)
		from->error = to->error;
	else if (!(row = casefile_prepare(from, select.data)))
		status = from->error.status;
	if (status == STATUS_OK)
		status = copy_rows(from, to, table, row, put);
	sqlite3_finalize(row);
	sqlite3_finalize(put);
	buf_release(&columns);
	buf_release(&places);
	buf_release(&select);
	buf_release(&insert);
	return status;
}

enum status deep_copy(struct casefile *from, struct casefile *to)
{
	enum status status = STATUS_OK;

	for (const struct schema_table *table = schema_tables; table->name && status == STATUS_OK; table++)
		if (table->layer == LAYER_FOUND || table->layer == LAYER_DECIDED)
			status = copy_table(from, to, table->name);
	return status;
}

/* ---- runs ---- */

static void keep(struct buf *out, struct text text)
{
	buf_add(out, text.len ? text.data : "", text.len);
}

static enum status take_run(struct casefile *casefile, sqlite3_stmt *statement, struct deep_run *run)
{
	struct text version = column_text(statement, 1);
	const char *end = version.len ? memchr(version.data, ',', version.len) : NULL;

	run->id = sqlite3_column_int64(statement, 0);
	if (end)
		version.len = (size_t)(end - version.data);
	keep(&run->program, version);
	keep(&run->settings, column_text(statement, 2));
	keep(&run->outputs, column_text(statement, 3));
	if (run->program.failed || run->settings.failed || run->outputs.failed)
		return error_memory(&casefile->error);
	return columns_read(casefile, statement);
}

enum status deep_run_read(struct casefile *casefile, enum layer layer, struct deep_run *run)
{
	sqlite3_stmt *statement;
	enum status status = run_of_layer(casefile, "id, version, settings, outputs", layer, &statement);

	*run = (struct deep_run){ .id = 0 };
	if (status == STATUS_OK)
		status = take_run(casefile, statement, run);
	sqlite3_finalize(statement);
	return status;
}

void deep_run_release(struct deep_run *run)
{
	buf_release(&run->program);
	buf_release(&run->settings);
	buf_release(&run->outputs);
}
