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

/* The text of an integer in a column of a type; none where it is not as the type says. */
static struct text integer_text(int64_t value, enum cell_type type, struct cell_room *room)
{
	switch (type) {
	case CELL_TIME:
		return text_of(moment_format_utc(value, room->text) > 0 ? room->text : NULL);
	case CELL_NUMBER:
		return value > 0 ? e164_text(value, room) : text_of(NULL);
	case CELL_INTEGER:
	case CELL_REAL:
		return decimal_text(value, room);
	default:
		return text_of(NULL);
	}
}

/* A cell is filled where it lies: a copy of one just written waits for the writes. */
static void fill(struct cell *cell, enum cell_type type, struct text text)
{
	cell->text = text;
	cell->value = 0;
	cell->type = type;
	cell->exponent = 0;
	cell->valued = false;
}

static void integer_cell(int64_t value, enum cell_type type, struct cell_room *room, struct cell *cell)
{
	fill(cell, type, integer_text(value, type, room));
	if (cell->text.data) {
		cell->value = value;
		cell->valued = true;
	} else {
		fill(cell, CELL_TEXT, decimal_text(value, room));
	}
}

static void text_cell(struct text text, enum cell_type type, struct cell *cell)
{
	/* amount() gives the first two. The others are ours alone when they are integers. */
	if (type == CELL_AMOUNT || type == CELL_REAL)
		*cell = cell_read(type, text);
	else if (type == CELL_NUMBER || type == CELL_TIME || type == CELL_INTEGER)
		fill(cell, CELL_TEXT, text);
	else
		fill(cell, type, text);
}

void statement_cell(sqlite3_stmt *statement, int i, enum cell_type type, struct cell_room *room, struct cell *cell)
{
	switch (sqlite3_column_type(statement, i)) {
	case SQLITE_INTEGER:
		integer_cell(sqlite3_column_int64(statement, i), type, room, cell);
		break;
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		text_cell(column_text(statement, i), type, cell);
		break;
	default:
		fill(cell, type, (struct text){ NULL, 0 });
		break;
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
	struct cell *cells;
	struct cell_room *rooms;
};

static bool make_cells(struct row_cells *row, size_t count)
{
	row->cells = memory_array(NULL, count, sizeof(*row->cells));
	row->rooms = memory_array(NULL, count, sizeof(*row->rooms));
	return row->cells && row->rooms;
}

static void free_cells(struct row_cells *row)
{
	free(row->cells);
	free(row->rooms);
}

static enum status write_row(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			     const size_t *places, struct row_cells *row)
{
	for (size_t i = 0; i < writer->sheet.count; i++)
		statement_cell(statement, (int)places[i], writer->sheet.columns[i].type, &row->rooms[i],
			       &row->cells[i]);
	if (columns_read(casefile, statement) != STATUS_OK)
		return casefile->error.status;
	if (writer_row(writer, row->cells) != STATUS_OK)
		return statement_writer_failed(casefile, writer);
	return STATUS_OK;
}

static enum status write_rows(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			      const size_t *places, const struct observer *observer, const char *step)
{
	struct row_cells row = { NULL, NULL };
	enum status status = STATUS_OK;

	if (!make_cells(&row, writer->sheet.count))
		status = error_memory(&casefile->error);
	while (status == STATUS_OK) {
		status = casefile_step(casefile, statement);
		if (status != STATUS_OK)
			break;
		status = write_row(casefile, statement, writer, places, &row);
		if (writer->rows % PROGRESS_ROWS == 0)
			observer_progress(observer, &(struct progress){ .step = step, .rows = writer->rows });
	}
	free_cells(&row);
	return status;
}

enum status statement_write(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			    const size_t *places, const struct observer *observer, const char *step)
{
	const struct observer *before = casefile_watch(casefile, observer);
	enum status status;

	status = write_rows(casefile, statement, writer, places, observer, step);
	status = statement_ended(casefile, observer, status);
	sqlite3_finalize(statement);
	(void)casefile_watch(casefile, before);
	return status;
}
