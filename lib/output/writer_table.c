/* SPDX-License-Identifier: Apache-2.0 */
/* A table for the eye: columns aligned by the rows that come first. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "output/writer_format.h"

/* Rows held back until the columns are settled. */
#define HELD_ROWS 1000
#define HELD_BYTES (1024 * 1024)
#define GAP 2
#define CUT_LEAST 12    /* a column is not cut narrower than that */
#define ELLIPSIS "..."

/* One column, and the end of its cell in a row that is held. */
struct table_column {
	size_t width;           /* on the screen */
	bool right;             /* of the header */
	bool cuts;              /* longer cells are cut to width */
};

struct held_cell {
	size_t end;             /* of its text in held */
	bool right;
};

struct table {
	struct table_column *columns;
	struct buf held;        /* the cells, escaped, one after another */
	struct held_cell *cells;
	size_t cell_count;
	size_t cell_capacity;
	bool settled;           /* widths stand, nothing is held any more */
};

static bool is_right(enum cell_type type)
{
	return type == CELL_INTEGER || type == CELL_REAL || type == CELL_AMOUNT;
}

/* Code points, for escaped text is well-formed. */
static size_t screen_width(struct text text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.len; i++)
		width += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return width;
}

/* The first `width` code points. */
static struct text first_points(struct text text, size_t width)
{
	size_t i = 0;

	while (i < text.len) {
		if (((unsigned char)text.data[i] & 0xc0) != 0x80 && width-- == 0)
			break;
		i++;
	}
	text.len = i;
	return text;
}

static void pad(struct buf *out, size_t count)
{
	static const char blanks[] = "                                ";
	const size_t most = sizeof(blanks) - 1;

	for (; count > most; count -= most)
		buf_add(out, blanks, most);
	buf_add(out, blanks, count);
}

/* Blanks go before the next cell only, so that no line ends in any: `owed` is
 * what the cells so far lack. */
static void put_cell(struct buf *out, const struct table_column *column, struct text text, bool right, size_t *owed)
{
	size_t width = screen_width(text);
	const bool cut = column->cuts && width > column->width && column->width >= CUT_LEAST;
	size_t fill;

	if (cut) {
		text = first_points(text, column->width - (sizeof(ELLIPSIS) - 1));
		width = column->width;
	}
	fill = width < column->width ? column->width - width : 0;
	if (right)
		*owed += fill;
	if (text.len > 0) {
		pad(out, *owed);
		*owed = 0;
		buf_add(out, text.data, text.len);
	} else {
		*owed += width;
	}
	if (cut)
		buf_text(out, ELLIPSIS);
	*owed += right ? GAP : fill + GAP;
}

static void put_header(struct writer *writer, const struct table *table)
{
	struct buf name = { 0 };
	size_t owed = 0;

	for (size_t i = 0; i < writer->count; i++) {
		buf_clear(&name);
		buf_escape(&name, text_of(writer->columns[i].name), 0);
		put_cell(&writer->out, &table->columns[i], buf_view(&name), table->columns[i].right, &owed);
		writer->out.failed = writer->out.failed || name.failed;
	}
	buf_byte(&writer->out, '\n');
	buf_release(&name);
}

static size_t row_width(const struct table *table, size_t count)
{
	size_t width = 0;

	for (size_t i = 0; i < count; i++)
		width += table->columns[i].width + (i > 0 ? GAP : 0);
	return width;
}

/* Takes from the widest column that may be cut until a row fits. */
static void fit(const struct writer *writer, struct table *table)
{
	const size_t most = writer->options.width;
	size_t width;

	for (size_t i = 0; i < writer->count; i++)
		if (table->columns[i].cuts && table->columns[i].width > most && most >= CUT_LEAST)
			table->columns[i].width = most;
	for (width = row_width(table, writer->count); width > most; width--) {
		struct table_column *widest = NULL;

		for (size_t i = 0; i < writer->count; i++) {
			struct table_column *column = &table->columns[i];

			if (column->cuts && column->width > CUT_LEAST && (!widest || column->width > widest->width))
				widest = column;
		}
		if (!widest)
			return;
		widest->width--;
	}
}

/* Settles the widths and writes what was held. */
static void settle(struct writer *writer, struct table *table)
{
	size_t start = 0, owed = 0;

	if (writer->options.width > 0)
		fit(writer, table);
	put_header(writer, table);
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct held_cell *cell = &table->cells[i];
		const struct text text = { buf_view(&table->held).data + start, cell->end - start };

		put_cell(&writer->out, &table->columns[i % writer->count], text, cell->right, &owed);
		start = cell->end;
		if ((i + 1) % writer->count == 0) {
			buf_byte(&writer->out, '\n');
			owed = 0;
		}
	}
	buf_release(&table->held);
	free(table->cells);
	table->cells = NULL;
	table->cell_count = table->cell_capacity = 0;
	table->settled = true;
}

static bool make(struct writer *writer)
{
	struct table *table = calloc(1, sizeof(*table));

	writer->state = table;
	if (table)
		table->columns = calloc(writer->count, sizeof(*table->columns));
	return table && table->columns;
}

static void begin(struct writer *writer)
{
	struct table *table;
	struct buf name = { 0 };

	if (!make(writer)) {
		writer->out.failed = true;
		return;
	}
	table = writer->state;
	for (size_t i = 0; i < writer->count; i++) {
		const enum cell_type type = writer->columns[i].type;

		buf_clear(&name);
		buf_escape(&name, text_of(writer->columns[i].name), 0);
		table->columns[i].width = screen_width(buf_view(&name));
		table->columns[i].right = is_right(type);
		table->columns[i].cuts = writer->options.width > 0 && (type == CELL_TEXT || type == CELL_LIST);
		writer->out.failed = writer->out.failed || name.failed;
	}
	buf_release(&name);
}

/* Keeps a row back and widens the columns to it. */
static bool hold_row(struct writer *writer, struct table *table, const struct text *cells,
		     const enum cell_type *types)
{
	void *held = table->cells;

	if (!memory_room(&held, &table->cell_capacity, table->cell_count + writer->count, sizeof(*table->cells)))
		return false;
	table->cells = held;
	for (size_t i = 0; i < writer->count; i++) {
		const size_t start = table->held.len;
		struct text text;

		buf_escape(&table->held, cells[i], 0);
		text.data = buf_view(&table->held).data + start;
		text.len = table->held.len - start;
		if (screen_width(text) > table->columns[i].width)
			table->columns[i].width = screen_width(text);
		table->cells[table->cell_count].end = table->held.len;
		table->cells[table->cell_count++].right = is_right(types[i]);
	}
	return !table->held.failed;
}

/* Writes a row by the widths that stand. */
static bool put_row(struct writer *writer, struct table *table, const struct text *cells,
		    const enum cell_type *types)
{
	size_t owed = 0;

	for (size_t i = 0; i < writer->count; i++) {
		buf_clear(&table->held);
		buf_escape(&table->held, cells[i], 0);
		if (table->held.failed)
			return false;
		put_cell(&writer->out, &table->columns[i], buf_view(&table->held), is_right(types[i]), &owed);
	}
	buf_byte(&writer->out, '\n');
	return true;
}

static void row(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	struct table *table = writer->state;

	if (!(table->settled ? put_row : hold_row)(writer, table, cells, types))
		writer->out.failed = true;
	else if (!table->settled && (writer->rows + 1 >= HELD_ROWS || table->held.len >= HELD_BYTES))
		settle(writer, table);
}

static void end(struct writer *writer)
{
	struct table *table = writer->state;

	if (!table->settled)
		settle(writer, table);
}

static void release(struct writer *writer)
{
	struct table *table = writer->state;

	free(table->columns);
	free(table->cells);
	buf_release(&table->held);
	free(table);
	writer->state = NULL;
}

const struct writer_format writer_table = { "table", "aligned columns, for the eye", false, begin, row, end, release };
