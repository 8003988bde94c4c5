/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks of Excel: a stream a sheet, row by row. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/format/format.h"
#include "ingest/format/shape/header_again.h"
#include "ingest/format/shape/heading.h"
#include "ingest/source/packed.h"
#include "ingest/xlsx/sheet_rows.h"
#include "ingest/xlsx/workbook.h"

#define ROOM "/var/tmp"
#define BITS 100
/* Bytes of a value that a sample keeps. */
#define SAMPLE_VALUE_MOST 4096

struct sheet {
	struct stream stream;       /* first, so that it is found by it */
	size_t entry;               /* of the workbook */
	size_t width;               /* cells that a row has, empty ones at its end too */
	uint64_t head;              /* rows up to this line stand before the table */
	bool met;                   /* there is a row, good or bad */
};

struct xlsx {
	struct layout layout;       /* first, so that it is found by it */
	struct workbook workbook;
	struct sheet *sheets;       /* those with rows */
	size_t count;
	uint64_t hidden_sheets, no_cells;
	size_t heads, first_head;   /* sheets with rows before their table, found out; one of them */
	struct sheet_findings findings;
	/* The sheet that is read. */
	size_t sheet;
	bool open;
	bool header_due;
	uint64_t head_due;          /* lines that stand before the table */
	struct sheet_rows rows;
	struct text *fields;
	size_t field_capacity;
	uint64_t behind;            /* rows up to this line were read before */
};

static bool holds(struct text text, const char *what)
{
	const size_t len = strlen(what);

	for (size_t i = 0; i + len <= text.len; i++)
		if (text.data[i] == what[0] && !memcmp(text.data + i, what, len))
			return true;
	return false;
}

/* Names of entries are not compressed. */
static unsigned bid(const struct peek *peek)
{
	return packed_document(peek->bytes) && holds(peek->bytes, "xl/") && !holds(peek->bytes, "xl/workbook.bin")
		       ? BITS
		       : 0;
}

/* ---- streams ---- */

static bool fits_sample(const struct sheet_rows *rows, const struct sheet_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (sheet_rows_cell(rows, row, i).len > SAMPLE_VALUE_MOST)
			return false;
	return !row->reason && row->count > 0;
}

/* The cells of a row, as many as the sheet has columns, or as there are; NULL: no memory. */
static const struct text *cells_of(struct xlsx *x, const struct sheet_rows *rows, const struct sheet_row *row,
				   size_t width, size_t *count)
{
	void *fields = x->fields;

	*count = row->count > width ? row->count : width;
	if (!memory_room(&fields, &x->field_capacity, *count + 1, sizeof(*x->fields)))
		return NULL;
	x->fields = fields;
	for (size_t i = 0; i < *count; i++)
		x->fields[i] = i < row->count ? sheet_rows_cell(rows, row, i) : text_of("");
	return x->fields;
}

static void take_heading(struct xlsx *x, const struct sheet_row *row, const struct text *cells, struct heading *heading)
{
	const struct record record = { .line = row->line, .lines = 1, .fields = cells, .count = row->count,
				       .text = { x->rows.bytes.data + row->at, row->len } };

	heading_take(heading, &record);
}

/* The first rows are read twice: for how wide they are and what stands before the table, and for the sample. */
static enum status sample_pass(struct xlsx *x, struct sheet *sheet, struct heading *heading, struct error *error)
{
	struct sheet_row row;
	size_t count = 0;
	enum status status = sheet_rows_open(&x->rows, &x->workbook, sheet->entry, error);

	while (status == STATUS_OK && sheet->stream.sample.row_count < SAMPLE_ROWS && count < SAMPLE_ROWS) {
		const struct text *cells;
		size_t fields;

		status = sheet_rows_next(&x->rows, &row, error);
		if (status != STATUS_OK)
			break;
		sheet->met = sheet->met || row.reason || row.count > 0;
		if (row.line <= sheet->head || !fits_sample(&x->rows, &row))
			continue;
		count++;
		sheet->width = row.count > sheet->width ? row.count : sheet->width;
		cells = cells_of(x, &x->rows, &row, sheet->width, &fields);
		if (!cells)
			status = error_memory(error);
		else if (heading)
			take_heading(x, &row, cells, heading);
		else
			sample_add(&sheet->stream.sample, cells, fields);
	}
	sheet_rows_close(&x->rows);
	return status == STATUS_END ? STATUS_OK : status;
}

/* How wide the table is, and which row is its first. */
static enum status find_table(struct xlsx *x, struct sheet *sheet, struct error *error)
{
	const long said = x->layout.input->options->head;
	struct heading *heading = heading_new(true);
	struct heading_found found;
	enum status status;

	sheet->head = said > 0 ? (uint64_t)said : 0;
	if (!heading)
		return error_memory(error);
	status = sample_pass(x, sheet, heading, error);
	found = heading_find(heading);
	heading_free(heading);
	if (said >= 0)
		return status;
	sheet->head = found.first > 0 ? found.first - 1 : 0;
	sheet->stream.other_head = found.other > 0 ? found.other - 1 : 0;
	x->heads += sheet->head > 0;
	if (x->heads == 1 && sheet->head > 0)
		x->first_head = x->count;
	return status;
}

static enum status take_sheet(struct xlsx *x, size_t entry, struct error *error)
{
	const struct sheet_entry *of = &x->workbook.sheets[entry];
	const struct text name = buf_view(&of->name);
	struct sheet *sheet = &x->sheets[x->count];
	enum status status;

	if (of->part.len == 0) {
		x->no_cells++;
		return STATUS_OK;
	}
	sheet->entry = entry;
	status = find_table(x, sheet, error);
	if (status == STATUS_OK && !sheet->met)
		return STATUS_OK;
	if (status == STATUS_OK)
		status = sample_pass(x, sheet, NULL, error);
	buf_add(&sheet->stream.name, name.data, name.len);
	sheet->stream.header = x->layout.input->options->header >= 0 ? x->layout.input->options->header
								       : STREAM_HEADER_UNKNOWN;
	x->hidden_sheets += of->hidden;
	x->count++;
	if (status == STATUS_OK && (sheet->stream.name.failed || !sample_end(&sheet->stream.sample)))
		return error_memory(error);
	return status;
}

static enum status announce(struct xlsx *x, struct error *error)
{
	enum status status = STATUS_OK;

	x->sheets = calloc(x->workbook.count + 1, sizeof(*x->sheets));
	if (!x->sheets)
		return error_memory(error);
	for (size_t i = 0; i < x->workbook.count && status == STATUS_OK; i++)
		status = take_sheet(x, i, error);
	for (size_t i = 0; i < x->count && status == STATUS_OK; i++)
		status = layout_announce(&x->layout, &x->sheets[i].stream, error);
	if (status == STATUS_OK && x->count == 0)
		return error_set(error, STATUS_SKIP, "%s: a workbook without a row in any sheet",
				 x->layout.input->shown);
	return status;
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	struct xlsx *x = calloc(1, sizeof(*x));
	const struct ingest_options *options = input->options;
	enum status status;

	*out = NULL;
	if (!x)
		return error_memory(error);
	*out = &x->layout;
	x->layout.format = &format_xlsx;
	x->layout.input = input;
	xmlInitParser();
	status = dump_settle(input->dump, options->room ? options->room : ROOM, false, error);
	if (status == STATUS_OK)
		status = workbook_open(&x->workbook, input->dump, input->shown, error);
	return status == STATUS_OK ? announce(x, error) : status;
}

static void close_layout(struct layout *layout)
{
	struct xlsx *x = (struct xlsx *)layout;

	if (!x)
		return;
	sheet_rows_close(&x->rows);
	for (size_t i = 0; x->sheets && i <= x->workbook.count; i++)
		stream_release(&x->sheets[i].stream);
	free(x->sheets);
	free(x->fields);
	workbook_release(&x->workbook);
	free(x);
}

/* ---- what is said ---- */

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct xlsx *x = (const struct xlsx *)layout;
	const struct sheet *sheet = (const struct sheet *)stream;

	buf_format(out, "XLSX workbook, times since %d, sheet ", x->workbook.since_1904 ? 1904 : 1900);
	buf_escape(out, buf_view(&stream->name), 60);
	buf_text(out, stream->header == 1 ? ", header" : ", no header");
	if (sheet->head > 0)
		buf_format(out, ", head of %llu line%s", (unsigned long long)sheet->head, sheet->head == 1 ? "" : "s");
}

static void opening(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const long head = layout->input->options->head;

	(void)stream;
	if (head > 0)
		buf_format(out, "head %ld\n", head);
}

static void note(struct format_note *note, const char *topic, uint64_t count, uint64_t line, const char *remedy)
{
	*note = (struct format_note){ .topic = topic, .count = count, .line = line, .remedy = remedy };
}

#define N(number) ((unsigned long long)(number))

static size_t note_numbers(const struct sheet_findings *f, struct format_note *notes)
{
	size_t count = 0;

	if (f->exponents + f->long_numbers > 0) {
		note(&notes[count], "spoilt-numbers", f->exponents + f->long_numbers, f->spoilt_line,
		     "what was there before cannot be told from them: ask for the file that it was made from");
		(void)snprintf(notes[count++].text, sizeof(notes->text),
			       "%llu numbers of the workbook are ones that a spreadsheet has spoilt: %llu written as 4.42E+11 is, %llu of "
			       "more than the 15 digits that it keeps", N(f->exponents + f->long_numbers),
			       N(f->exponents), N(f->long_numbers));
	}
	if (f->whole > 0) {
		note(&notes[count], "numbers-as-numbers", f->whole, f->whole_line,
		     "a plus or zeros that stood before them are lost: give -r for what they are without");
		(void)snprintf(notes[count++].text, sizeof(notes->text),
			       "%llu values of the workbook, of 9 to 15 digits, are kept as numbers and not as text", N(f->whole));
	}
	return count;
}

static size_t note_times(const struct sheet_findings *f, struct format_note *notes)
{
	size_t count = 0;

	if (f->dates >= 20 && f->dates_with_seconds == 0) {
		note(&notes[count], "seconds-lost", f->dates, 0,
		     "whoever saved it may have lost them: ask for the file that it was made from");
		(void)snprintf(notes[count++].text, sizeof(notes->text), "none of %llu times of the workbook has seconds", N(f->dates));
	} else if (f->inexact + f->impossible > 0) {
		note(&notes[count], "times-rounded", f->inexact + f->impossible, f->impossible_line,
		     "the workbook has them as numbers of days");
		(void)snprintf(notes[count++].text, sizeof(notes->text),
			       "%llu times of the workbook were rounded to a second, %llu that are none are kept as numbers",
			       N(f->inexact), N(f->impossible));
	}
	return count;
}

static size_t note_heads(const struct xlsx *x, struct format_note *notes)
{
	const struct sheet *sheet = &x->sheets[x->first_head];
	char name[40];

	if (x->heads == 0)
		return 0;
	note(notes, "head", sheet->head, 1, "if not, say how many do with --skip-head N");
	text_escape(buf_view(&sheet->stream.name), name, sizeof(name));
	if (x->heads == 1)
		(void)snprintf(notes->text, sizeof(notes->text), "%llu line%s before the table of sheet %s %s no row%s; line %llu is its first",
			       N(sheet->head), sheet->head == 1 ? "" : "s", name, sheet->head == 1 ? "is" : "are",
			       sheet->head == 1 ? "" : "s", N(sheet->head + 1));
	else
		(void)snprintf(notes->text, sizeof(notes->text), "%zu sheets have lines before their table that are no rows, the first "
			       "of them %s, where line %llu is its first row", x->heads, name, N(sheet->head + 1));
	return 1;
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct xlsx *x = (const struct xlsx *)layout;
	const struct sheet_findings *f = &x->findings;
	size_t count = note_heads(x, notes);

	count += note_numbers(f, notes + count);
	count += note_times(f, notes + count);
	if (x->hidden_sheets + f->hidden_rows + f->hidden_columns > 0) {
		note(&notes[count], "hidden", x->hidden_sheets + f->hidden_rows + f->hidden_columns, 0,
		     "they are read as all others");
		(void)snprintf(notes[count++].text, sizeof(notes->text),
			       "%llu sheets, %llu rows and %llu columns of the workbook were hidden by whoever saved it",
			       N(x->hidden_sheets), N(f->hidden_rows), N(f->hidden_columns));
	}
	if (f->merged > 0) {
		note(&notes[count], "merged", f->merged, 0, "of each the value is in its first cell, the others are empty");
		(void)snprintf(notes[count++].text, sizeof(notes->text), "%llu cells of the workbook are several made one", N(f->merged));
	}
	if (f->formulas > 0) {
		note(&notes[count], "formulas", f->formulas, 0, "nothing was calculated: the values are those that were saved");
		(void)snprintf(notes[count++].text, sizeof(notes->text), "%llu values of the workbook are what formulas came to",
			       N(f->formulas));
	}
	return count;
}

/* ---- rows ---- */

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line,
			   struct error *error)
{
	struct xlsx *x = (struct xlsx *)layout;
	uint64_t sheet;

	(void)offset, (void)error;
	if (!text_to_u64(state, &sheet) || sheet >= x->count || line == 0)
		return STATUS_INTEGRITY;
	x->sheet = (size_t)sheet;
	x->behind = line - 1;
	return STATUS_OK;
}

/* Opens the next sheet with which something is done. STATUS_END: none is left. */
static enum status open_sheet(struct xlsx *x, struct error *error)
{
	const struct sheet *sheet;
	enum status status;

	while (x->sheet < x->count && !x->sheets[x->sheet].stream.plan)
		x->sheet++;
	if (x->sheet == x->count)
		return STATUS_END;
	sheet = &x->sheets[x->sheet];
	status = sheet_rows_open(&x->rows, &x->workbook, sheet->entry, error);
	x->open = status == STATUS_OK;
	x->header_due = sheet->stream.header == 1;
	x->head_due = sheet->head;
	return status;
}

static void end_sheet(struct xlsx *x)
{
	const struct sheet_findings *f = &x->rows.findings;
	struct sheet_findings *all = &x->findings;

	all->hidden_rows += f->hidden_rows;
	all->hidden_columns += f->hidden_columns;
	all->merged += f->merged;
	all->formulas += f->formulas;
	all->exponents += f->exponents;
	all->long_numbers += f->long_numbers;
	all->whole += f->whole;
	all->dates += f->dates;
	all->dates_with_seconds += f->dates_with_seconds;
	all->inexact += f->inexact;
	all->impossible += f->impossible;
	all->spoilt_line = all->spoilt_line ? all->spoilt_line : f->spoilt_line;
	all->whole_line = all->whole_line ? all->whole_line : f->whole_line;
	all->impossible_line = all->impossible_line ? all->impossible_line : f->impossible_line;
	sheet_rows_close(&x->rows);
	x->open = false;
	x->behind = 0;
	x->sheet++;
}

/* The header is the first row behind the head that has anything; rows up to the place that was
 * read to are gone over. */
static bool is_passed(struct xlsx *x, const struct sheet_row *row)
{
	if (row->line <= x->head_due)
		return row->line <= x->behind;
	if (x->header_due && row->count > 0 && !row->reason) {
		x->header_due = false;
		return true;
	}
	return row->line <= x->behind;
}

/* Tables that were put below one another have a header each. */
static void look_again(const struct sheet *sheet, struct record *record)
{
	struct header_again again = { .header = NULL };

	if (sheet->stream.header == 1 && sheet->stream.sample.row_count > 0)
		header_again_set(&again, &sheet->stream.sample.rows[0]);
	if (record->reason)
		return;
	record->blank = header_again_same(&again, record);
	if (!record->blank && header_again_other(&again, record))
		record->reason = HEADER_AGAIN;
}

static enum status fill(struct xlsx *x, const struct sheet_row *row, struct record *record, struct error *error)
{
	const struct sheet *sheet = &x->sheets[x->sheet];

	record->line = row->line;
	record->offset = row->offset;
	record->length = row->length;
	record->lines = 1;
	record->text = (struct text){ x->rows.bytes.data ? x->rows.bytes.data + row->at : "", row->len };
	record->reason = row->reason;
	record->blank = !row->reason && (row->count == 0 || row->line <= x->head_due);
	record->fields = cells_of(x, &x->rows, row, sheet->width, &record->count);
	if (record->fields && !record->blank)
		look_again(sheet, record);
	record->odd = row->len > RECORD_VALUE_MOST || memchr(record->text.data, '\0', row->len);
	if (!record->fields)
		return error_memory(error);
	/* As much can be read behind a field. */
	for (size_t i = row->count; i < record->count; i++)
		x->fields[i] = (struct text){ x->rows.bytes.data ? x->rows.bytes.data + row->at : "", 0 };
	return STATUS_OK;
}

static enum status next(struct layout *layout, struct record *record, struct stream **stream,
			struct buf *state, struct error *error)
{
	struct xlsx *x = (struct xlsx *)layout;
	struct sheet_row row;
	enum status status = STATUS_OK;

	for (;;) {
		if (!x->open)
			status = open_sheet(x, error);
		if (status != STATUS_OK)
			return status;
		status = sheet_rows_next(&x->rows, &row, error);
		if (status == STATUS_END) {
			end_sheet(x);
			status = STATUS_OK;
			continue;
		}
		if (status != STATUS_OK)
			return status;
		if (!is_passed(x, &row))
			break;
	}
	*stream = &x->sheets[x->sheet].stream;
	buf_format(state, "%zu", x->sheet);
	return fill(x, &row, record, error);
}

const struct format format_xlsx = {
	.name = "xlsx",
	.about = "workbooks of Excel (XLSX)",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.opening = opening,
	.restore = restore,
	.next = next,
};
