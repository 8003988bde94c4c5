/* SPDX-License-Identifier: Apache-2.0 */
/* From a prepared statement to a writer: the part all readers here share. */
#include "export/statement.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/money/decimal.h"
#include "base/time/moment.h"
#include "casefile/sql.h"

#define PROGRESS_ROWS 16384

/* snprintf() would take a good part of the time of a large table. */
static struct text decimal_text(int64_t value, struct cell_room *room)
{
	const size_t len = decimal_format(value, 0, room->text, sizeof(room->text));

	return (struct text){ room->text, len };
}

static struct text e164_text(int64_t value, struct cell_room *room)
{
	room->text[0] = '+';
	return (struct text){ room->text, 1 + decimal_format(value, 0, room->text + 1, sizeof(room->text) - 1) };
}

static struct text integer_cell(int64_t value, enum cell_type column, struct cell_room *room, enum cell_type *type)
{
	*type = column;
	switch (column) {
	case CELL_TIME:
		if (moment_format_utc(value, room->text) > 0)
			return text_of(room->text);
		break;
	case CELL_NUMBER:
		if (value > 0)
			return e164_text(value, room);
		break;
	case CELL_INTEGER:
	case CELL_REAL:
		return decimal_text(value, room);
	default:
		break;
	}
	*type = CELL_TEXT;
	return decimal_text(value, room);
}

struct text statement_cell(sqlite3_stmt *statement, int i, enum cell_type column, struct cell_room *room,
			   enum cell_type *type)
{
	switch (sqlite3_column_type(statement, i)) {
	case SQLITE_INTEGER:
		return integer_cell(sqlite3_column_int64(statement, i), column, room, type);
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		/* These are ours alone when they are integers. */
		*type = column == CELL_NUMBER || column == CELL_TIME || column == CELL_INTEGER ? CELL_TEXT : column;
		return column_text(statement, i);
	default:
		*type = column;
		return (struct text){ NULL, 0 };
	}
}

enum status statement_ended(struct casefile *casefile, const struct observer *observer, enum status status)
{
	if (status == STATUS_OK || status == STATUS_END)
		return STATUS_OK;
	if (observer_interrupted(observer))
		return error_set(&casefile->error, STATUS_INTERRUPTED, "interrupted");
	return status;
}

enum status statement_writer_failed(struct casefile *casefile, const struct writer *writer)
{
	return error_set(&casefile->error, writer->error.status, "%s", writer->error.text);
}

/* The cells of one row, and where they lie. */
struct row_cells {
	struct text *cells;
	enum cell_type *types;
	struct cell_room *rooms;
};

static bool make_cells(struct row_cells *row, size_t count)
{
	row->cells = memory_array(NULL, count, sizeof(*row->cells));
	row->types = memory_array(NULL, count, sizeof(*row->types));
	row->rooms = memory_array(NULL, count, sizeof(*row->rooms));
	return row->cells && row->types && row->rooms;
}

static void free_cells(struct row_cells *row)
{
	free(row->cells);
	free(row->types);
	free(row->rooms);
}

static enum status write_row(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			     struct row_cells *row)
{
	for (size_t i = 0; i < writer->count; i++)
		row->cells[i] = statement_cell(statement, (int)i, writer->columns[i].type, &row->rooms[i],
					       &row->types[i]);
	if (writer_row_typed(writer, row->cells, row->types) != STATUS_OK)
		return statement_writer_failed(casefile, writer);
	return STATUS_OK;
}

static enum status write_rows(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			      const struct observer *observer, const char *step)
{
	struct row_cells row = { NULL, NULL, NULL };
	enum status status = STATUS_OK;

	if (!make_cells(&row, writer->count))
		status = error_memory(&casefile->error);
	while (status == STATUS_OK) {
		status = casefile_step(casefile, statement);
		if (status != STATUS_OK)
			break;
		status = write_row(casefile, statement, writer, &row);
		if (writer->rows % PROGRESS_ROWS == 0)
			observer_progress(observer, &(struct progress){ .step = step, .rows = writer->rows });
	}
	free_cells(&row);
	return status;
}

enum status statement_write(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			    const struct observer *observer, const char *step)
{
	const struct observer *before = casefile_watch(casefile, observer);
	enum status status;

	status = write_rows(casefile, statement, writer, observer, step);
	status = statement_ended(casefile, observer, status);
	sqlite3_finalize(statement);
	(void)casefile_watch(casefile, before);
	return status;
}
