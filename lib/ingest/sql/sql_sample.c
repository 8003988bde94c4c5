/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a table, and its announcement. */
#include "ingest/sql/sql_sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/sql/row/sql_place.h"
#include "ingest/sql/sql_state.h"

/* Bytes of all samples, of which a table has half of what is left, but for the least. */
#define SAMPLES_MOST (64 << 10)
#define SAMPLE_LEAST 512
#define ROW_LOOKED 65536
#define STREAMS_MOST 2048

/* ---- rows at hand ---- */

static size_t room_of(const struct sql_dump *dump)
{
	const size_t left = dump->sampled < SAMPLES_MOST ? SAMPLES_MOST - dump->sampled : 0;

	return left / 2 > SAMPLE_LEAST ? left / 2 : SAMPLE_LEAST;
}

/* Adds a row unless there is no room for it. */
static bool add_row(struct sql_dump *dump, struct sql_table *table, const struct sql_placed *placed,
		    size_t most)
{
	struct buf *out = &table->sample;
	const size_t before = out->len;

	buf_format(out, "%zu:", placed->count);
	for (size_t i = 0; i < placed->count; i++)
		sql_state_put(out, placed->fields[i]);
	if (out->failed || out->len > most) {
		dump->failed = dump->failed || out->failed;
		out->len = before;
		return false;
	}
	return true;
}

/* Where the row that the window begins with ends; NULL: not here. */
static const char *row_end(const struct sql_dump *dump, struct text window)
{
	const char *to = window.data + window.len, *end;
	struct sql_skim skim = { 0 };
	enum sql_tuple_end how;
	unsigned depth = 0;

	if (dump->target.copy) {
		end = memchr(window.data, '\n', window.len);
		return end ? end + 1 : NULL;
	}
	end = sql_skim_tuple(&skim, &dump->manner, &depth, window.data, to, &how);
	return how == SQL_TUPLE_WHOLE ? end : NULL;
}

static bool is_last_copy(struct text line)
{
	return line.len >= 2 && line.data[0] == '\\' && line.data[1] == '.';
}

static void cut_row(struct sql_dump *dump, struct text text)
{
	if (!dump->target.copy) {
		sql_row_tuple(&dump->row, &dump->manner, text);
		return;
	}
	text.len -= text.data[text.len - 1] == '\n';
	text.len -= text.len > 0 && text.data[text.len - 1] == '\r';
	sql_row_copy(&dump->row, text);
}

/* What stands between rows; false: no other follows. */
static bool next_row(const struct sql_dump *dump, struct text *window)
{
	const char *to = window->data + window->len;
	const char *at = window->data;

	if (!dump->target.copy) {
		if (sql_between(&dump->manner, buf_view(&dump->target.prefix), &at, to) != SQL_BETWEEN_ROW)
			return false;
		*window = (struct text){ at, (size_t)(to - at) };
	}
	return window->len > 0 && !(dump->target.copy && is_last_copy(*window));
}

static void take_rows(struct sql_dump *dump, struct text window)
{
	struct sql_table *table = dump->target.table;
	const size_t most = room_of(dump);
	struct sql_placed placed = { 0 };
	const struct text places = buf_view(&dump->target.places);

	for (unsigned n = 0; n < SAMPLE_ROWS - 1 && next_row(dump, &window); n++) {
		const char *end = row_end(dump, window);
		const size_t len = end ? (size_t)(end - window.data) : 0;

		if (!end || len > ROW_LOOKED || !sql_row_begin(&dump->row, len))
			break;
		cut_row(dump, (struct text){ window.data, len });
		if (dump->row.failed || !sql_place(&placed, &dump->row, places, dump->target.width))
			break;
		if (dump->row.why[0] == '\0' && !add_row(dump, table, &placed, most))
			break;
		window.data += len;
		window.len -= len;
	}
	dump->failed = dump->failed || dump->row.failed || placed.failed;
	sql_placed_release(&placed);
	dump->sampled += table->sample.len;
}

/* ---- the stream ---- */

static bool add_columns(const struct sql_table *table, struct stream *stream)
{
	struct text columns = buf_view(&table->columns), name;
	struct text *names;
	size_t count = 0;
	bool timestamp;

	/* Without names of columns no row has them either. */
	stream->header = 0;
	stream->declared = true;
	if (table->column_count == 0)
		return true;
	names = memory_array(NULL, table->column_count, sizeof(*names));
	if (!names)
		return false;
	while (sql_column_next(&columns, &name, &timestamp))
		names[count++] = name;
	stream->header = 1;
	sample_add(&stream->sample, names, count);
	free(names);
	return true;
}

static void add_utc(const struct sql_table *table, struct stream *stream)
{
	struct text columns = buf_view(&table->columns), name;
	bool timestamp, any = false;

	while (sql_column_next(&columns, &name, &timestamp)) {
		buf_byte(&stream->utc, timestamp);
		any = any || timestamp;
	}
	if (!any)
		buf_clear(&stream->utc);
}

/* A row of the sample; false: there is none. */
static bool take_row(struct text *rows, struct stream *stream)
{
	struct text *fields;
	uint64_t count;
	bool good;

	if (!sql_state_number(rows, &count) || count > SQL_COLUMNS_MOST)
		return false;
	fields = memory_array(NULL, (size_t)count, sizeof(*fields));
	good = fields != NULL;
	for (size_t i = 0; i < count && good; i++)
		good = sql_state_take(rows, &fields[i]);
	if (good)
		sample_add(&stream->sample, fields, (size_t)count);
	free(fields);
	return good;
}

static bool make_stream(const struct sql_dump *dump, struct sql_table *table)
{
	struct text rows = buf_view(&table->sample);
	struct stream *stream = table->stream;

	buf_add(&stream->name, table->name.data, table->name.len);
	stream->encoding = dump->encoding;
	if (dump->utc)
		add_utc(table, stream);
	if (!add_columns(table, stream))
		return false;
	while (rows.len > 0)
		if (!take_row(&rows, stream))
			return false;
	return sample_end(&stream->sample) && !stream->name.failed && !stream->utc.failed;
}

enum status sql_sample_announce(struct sql_dump *dump, struct sql_table *table,
				struct error *error)
{
	if (dump->layout.streams == STREAMS_MOST)
		return error_set(error, STATUS_FAILED, "%s: has rows of more than %d tables",
				 dump->layout.input->shown, STREAMS_MOST);
	table->stream = calloc(1, sizeof(*table->stream));
	if (!table->stream || !make_stream(dump, table))
		return error_memory(error);
	dump->context_stale = true;
	return layout_announce(&dump->layout, table->stream, error);
}

enum status sql_announce(struct sql_dump *dump, struct text window, struct error *error)
{
	struct sql_table *table = dump->target.table;

	if (table->stream)
		return STATUS_OK;
	take_rows(dump, window);
	if (dump->failed)
		return error_memory(error);
	return sql_sample_announce(dump, table, error);
}
