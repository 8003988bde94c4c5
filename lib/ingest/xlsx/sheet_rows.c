/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a sheet (ECMA-376 part 1, 18.3), one after another, as their cells are shown. */
#include "ingest/xlsx/sheet_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/format/record.h"
#include "ingest/xlsx/sheet_number.h"

/* ---- rows ---- */

static void refuse(struct sheet_rows *rows, const char *reason)
{
	if (!rows->row.reason)
		rows->row.reason = reason;
}

static void begin_row(struct sheet_rows *rows, const struct attributes *attributes)
{
	uint64_t number;

	memset(&rows->row, 0, sizeof(rows->row));
	rows->row.first = rows->cell_count;
	rows->row.at = rows->bytes.len;
	rows->row.offset = rows->end;
	rows->column = 0;
	rows->in_row = true;
	rows->in_cell = rows->phonetic = false;
	if (!text_to_u64(attribute(attributes, "r"), &number))
		number = rows->line + 1;
	if (number <= rows->line || number > SHEET_ROWS)
		refuse(rows, number > SHEET_ROWS ? "has a number beyond 1048576, the last row that there is"
						 : "has a number that is not behind that of the row before");
	rows->line = rows->row.line = number > rows->line && number <= SHEET_ROWS ? number : rows->line + 1;
	rows->findings.hidden_rows += attribute_is_true(attributes, "hidden");
}

static bool room_for_row(struct sheet_rows *rows)
{
	void *items = rows->rows;

	if (!memory_room(&items, &rows->capacity, rows->count + 1, sizeof(*rows->rows)))
		return false;
	rows->rows = items;
	return true;
}

static void end_row(struct sheet_rows *rows, const struct part *part)
{
	struct sheet_row *row = &rows->row;

	rows->in_row = rows->in_cell = false;
	rows->end = part_offset(part);
	row->length = rows->end > row->offset ? rows->end - row->offset : 0;
	row->len = rows->bytes.len - row->at;
	row->count = rows->cell_count - row->first;
	while (row->count > 0 && rows->cells[row->first + row->count - 1].len == 0)
		row->count--;
	rows->failed = rows->failed || rows->bytes.failed || rows->value.failed || !room_for_row(rows);
	if (!rows->failed)
		rows->rows[rows->count++] = *row;
}

/* ---- cells ---- */

/* The number of a column of letters, as AB12; 0: it is none, beyond the last it is more. */
static unsigned column_of(struct text reference)
{
	unsigned column = 0;

	for (size_t i = 0; i < reference.len && column <= SHEET_COLUMNS; i++) {
		const char c = reference.data[i];

		if (c >= 'A' && c <= 'Z')
			column = column * 26 + (unsigned)(c - 'A') + 1;
		else
			return c >= '0' && c <= '9' ? column : 0;
	}
	return column;
}

static char type_of(struct text type)
{
	if (type.len == 0 || text_is(type, "n"))
		return 'n';
	if (text_is(type, "str") || text_is(type, "inlineStr") || text_is(type, "d") || text_is(type, "e"))
		return 't';
	return text_is(type, "s") || text_is(type, "b") ? type.data[0] : 't';
}

static void begin_cell(struct sheet_rows *rows, const struct attributes *attributes)
{
	const struct text reference = attribute(attributes, "r");
	uint64_t style;

	const unsigned column = reference.data ? column_of(reference) : rows->column + 1;

	if (column == 0 || column <= rows->column)
		refuse(rows, "has a cell that is not behind the one before");
	else if (column > SHEET_COLUMNS)
		refuse(rows, "has a cell beyond column XFD, the last that there is");
	else
		rows->column = column;
	rows->in_cell = rows->row.reason == NULL;
	rows->has_value = false;
	rows->type = type_of(attribute(attributes, "t"));
	if (!text_to_u64(attribute(attributes, "s"), &style))
		style = 0;
	rows->style = styles_at(rows->styles, style);
	buf_clear(&rows->value);
}

/* Cells that are not there are empty. */
static void add_cell(struct sheet_rows *rows, struct text text)
{
	void *cells = rows->cells;
	size_t count = rows->cell_count - rows->row.first;

	if (!memory_room(&cells, &rows->cell_capacity, rows->row.first + rows->column, sizeof(*rows->cells))) {
		rows->failed = true;
		return;
	}
	rows->cells = cells;
	for (; count < rows->column; count++) {
		if (count > 0)
			buf_byte(&rows->bytes, '\t');
		rows->cells[rows->cell_count++] = (struct sheet_cell){ rows->bytes.len, 0 };
	}
	if (text.len > 0)
		shared_strings_plain(text, &rows->bytes);
	rows->cells[rows->cell_count - 1].len = rows->bytes.len - rows->cells[rows->cell_count - 1].at;
}

static void end_cell(struct sheet_rows *rows)
{
	struct text text = buf_view(&rows->value);
	char room[SERIAL_DATE_ROOM];
	uint64_t number;

	if (!rows->in_cell)
		return;
	rows->in_cell = false;
	if (rows->row.reason)
		return;
	if (rows->type == 's' && rows->has_value &&
	    (!text_to_u64(text, &number) || !shared_strings_at(rows->strings, number, &text))) {
		refuse(rows, "has a cell with the number of a text that there is not");
		return;
	}
	if (rows->type == 'b' && rows->has_value)
		text = text_of(text_is(text, "1") ? "TRUE" : text_is(text, "0") ? "FALSE" : text.data);
	if (rows->type == 'n' && text.len > 0)
		text = sheet_number(text, rows->style, rows->since_1904, rows->line, &rows->findings, room);
	if (text.len + (rows->bytes.len - rows->row.at) > SHEET_ROW_BYTES)
		refuse(rows, "is longer than 16 MiB");
	else
		add_cell(rows, text);
}

/* ---- elements ---- */

static void hide_columns(struct sheet_rows *rows, const struct attributes *attributes)
{
	uint64_t least, most;

	if (attribute_is_true(attributes, "hidden") && text_to_u64(attribute(attributes, "min"), &least) &&
	    text_to_u64(attribute(attributes, "max"), &most) && most >= least && most <= SHEET_COLUMNS)
		rows->findings.hidden_columns += most - least + 1;
}

static void start(void *context, struct part *part, const char *name, const struct attributes *attributes)
{
	struct sheet_rows *rows = context;

	if (rows->failed || rows->bytes.failed || rows->value.failed)
		part_stop(part);
	else if (!strcmp(name, "sheetData")) {
		rows->in_rows = true;
		rows->end = part_offset(part) + 1;
	} else if (rows->in_rows && !rows->in_row && !strcmp(name, "row")) {
		begin_row(rows, attributes);
	} else if (rows->in_row && (!strcmp(name, "row") || (rows->in_cell && !strcmp(name, "c")))) {
		refuse(rows, "has a row or a cell within another");
	} else if (rows->in_row && !strcmp(name, "c")) {
		begin_cell(rows, attributes);
	} else if (!strcmp(name, "rPh")) {
		rows->phonetic = true;
	} else if (rows->in_cell && !rows->phonetic && (!strcmp(name, "v") || !strcmp(name, "t"))) {
		rows->takes = rows->has_value = true;
	} else if (rows->in_cell && !strcmp(name, "f")) {
		rows->findings.formulas++;
	} else if (!strcmp(name, "mergeCell")) {
		rows->findings.merged++;
	} else if (!strcmp(name, "col")) {
		hide_columns(rows, attributes);
	}
}

static void end(void *context, struct part *part, const char *name)
{
	struct sheet_rows *rows = context;

	rows->takes = false;
	if (!strcmp(name, "rPh"))
		rows->phonetic = false;
	else if (!strcmp(name, "sheetData"))
		rows->in_rows = false;
	else if (rows->in_row && !strcmp(name, "row"))
		end_row(rows, part);
	else if (rows->in_row && !strcmp(name, "c"))
		end_cell(rows);
}

static void take(void *context, struct text text)
{
	struct sheet_rows *rows = context;

	if (!rows->takes)
		return;
	if (rows->value.len + text.len > SHEET_ROW_BYTES)
		refuse(rows, "is longer than 16 MiB");
	else
		buf_add(&rows->value, text.data, text.len);
}

const struct part_handler sheet_rows_handler = { start, end, take };

/* ---- all of them ---- */

void sheet_rows_begin(struct sheet_rows *rows, const struct shared_strings *strings,
		      const struct styles *styles, bool since_1904)
{
	memset(rows, 0, sizeof(*rows));
	rows->strings = strings;
	rows->styles = styles;
	rows->since_1904 = since_1904;
}

enum status sheet_rows_open(struct sheet_rows *rows, struct workbook *workbook, size_t sheet,
			    struct error *error)
{
	sheet_rows_begin(rows, &workbook->strings, &workbook->styles, workbook->since_1904);
	return package_open(&workbook->package, &rows->opened, workbook->sheets[sheet].part.data,
			    &sheet_rows_handler, rows, error);
}

bool sheet_rows_take(struct sheet_rows *rows, struct sheet_row *row)
{
	/* As much can be read behind a cell. */
	if (rows->next == 0 && rows->count > 0) {
		rows->failed = !buf_room(&rows->bytes, RECORD_READ);
		if (!rows->failed)
			memset(rows->bytes.data + rows->bytes.len, 0, RECORD_READ);
	}
	if (rows->next == rows->count || rows->failed)
		return false;
	*row = rows->rows[rows->next++];
	return true;
}

struct text sheet_rows_cell(const struct sheet_rows *rows, const struct sheet_row *row, size_t cell)
{
	const struct sheet_cell *place = &rows->cells[row->first + cell];

	return (struct text){ rows->bytes.data ? rows->bytes.data + place->at : "", place->len };
}

/* Those of a row that goes on stay. */
void sheet_rows_clear(struct sheet_rows *rows)
{
	const size_t from = rows->in_row ? rows->row.at : rows->bytes.len;
	const size_t first = rows->in_row ? rows->row.first : rows->cell_count;

	if (rows->next == 0 || rows->next < rows->count)
		return;
	if (rows->bytes.len > from)
		memmove(rows->bytes.data, rows->bytes.data + from, rows->bytes.len - from);
	rows->bytes.len -= rows->bytes.len > 0 ? from : 0;
	for (size_t i = first; i < rows->cell_count; i++)
		rows->cells[i - first] = (struct sheet_cell){ rows->cells[i].at - from, rows->cells[i].len };
	rows->cell_count -= first;
	rows->row.at = rows->row.first = 0;
	rows->next = rows->count = 0;
}

enum status sheet_rows_next(struct sheet_rows *rows, struct sheet_row *row, struct error *error)
{
	enum status status = STATUS_OK;

	while (!sheet_rows_take(rows, row)) {
		if (status == STATUS_OK && !rows->failed) {
			sheet_rows_clear(rows);
			status = package_go_on(&rows->opened, error);
		}
		if (rows->failed || rows->bytes.failed || rows->value.failed)
			return error_memory(error);
		if (status != STATUS_OK && (status != STATUS_END || rows->next == rows->count))
			return status;
	}
	return STATUS_OK;
}

void sheet_rows_close(struct sheet_rows *rows)
{
	package_close(&rows->opened);
	free(rows->rows);
	free(rows->cells);
	buf_release(&rows->bytes);
	buf_release(&rows->value);
	rows->rows = NULL;
	rows->cells = NULL;
	rows->next = rows->count = 0;
}
