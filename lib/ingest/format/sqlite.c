/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite databases: a stream a table, row by row, from the very bytes that are hashed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/format/format.h"
#include "ingest/plan/sample.h"
#include "ingest/sqlite/catalogue.h"
#include "ingest/sqlite/database.h"
#include "ingest/sqlite/database_notes.h"
#include "ingest/sqlite/table_rows.h"

#define MAGIC "SQLite format 3"     /* and a NUL */
#define HEADER 100
#define BITS 128
#define ROOM "/var/tmp"
/* Bytes of a value that a sample keeps. */
#define SAMPLE_VALUE_MOST 4096
#define STATE_ROWS 4096

struct sqlite {
	struct layout layout;       /* first, so that it is found by it */
	struct database database;
	struct catalogue catalogue;
	struct rows_found found;
	struct rows rows;           /* of the table being read */
	size_t table;               /* which one that is */
	struct buf state;           /* the same as a text */
	bool open;                  /* its rows are */
};

static unsigned bid(const struct peek *peek)
{
	return peek->bytes.len >= HEADER && !memcmp(peek->bytes.data, MAGIC, sizeof(MAGIC)) ? BITS : 0;
}

/* ---- streams ---- */

static void add_sample(struct stream *stream, const struct record *record)
{
	struct sample *sample = &stream->sample;

	if (record->reason)
		return;
	for (size_t i = 0; i < record->count; i++)
		if (record->fields[i].len > SAMPLE_VALUE_MOST)
			return;
	sample_add(sample, record->fields, record->count);
}

/* The first rows stand behind the names of the columns. */
static enum status take_sample(struct sqlite *s, struct table *table, struct error *error)
{
	struct rows_found none = { 0 };
	struct rows rows;
	struct record record;
	enum status status = rows_open(&rows, &s->database, table, &none, error);

	for (int i = 0; i < SAMPLE_ROWS && status == STATUS_OK && none.gaps == 0; i++) {
		memset(&record, 0, sizeof(record));
		status = rows_next(&rows, &record, error);
		if (status == STATUS_OK)
			add_sample(&table->stream, &record);
	}
	rows_close(&rows);
	if ((status == STATUS_OK || status == STATUS_END) && !sample_end(&table->stream.sample))
		return error_memory(error);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status announce(struct sqlite *s, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < s->catalogue.count && status == STATUS_OK; i++) {
		status = take_sample(s, s->catalogue.tables[i], error);
		if (status == STATUS_OK)
			status = layout_announce(&s->layout, &s->catalogue.tables[i]->stream, error);
	}
	if (s->catalogue.count == 0)
		return error_set(error, STATUS_SKIP, "%s: an SQLite database without a table that can be read",
				 s->layout.input->shown);
	return status;
}

static enum status open_layout(struct layout **out, const struct format_input *input,
			       struct error *error)
{
	struct sqlite *s = calloc(1, sizeof(*s));
	const struct ingest_options *options = input->options;
	struct database_header header = { 0 };
	enum status status;

	*out = NULL;
	if (!s)
		return error_memory(error);
	*out = &s->layout;
	s->layout.format = &format_sqlite;
	s->layout.input = input;
	(void)database_header(&header, input->peek.bytes);
	status = dump_settle(input->dump, options->room ? options->room : ROOM, options->with_wal, error);
	if (status == STATUS_OK)
		status = database_open(&s->database, input->dump, input->shown, error);
	s->database.header = header;
	if (status == STATUS_OK)
		status = catalogue_read(&s->catalogue, &s->database, error);
	if (status == STATUS_OK)
		status = catalogue_find_deleted(&s->catalogue, &s->database, error);
	return status == STATUS_OK ? announce(s, error) : status;
}

static void close_layout(struct layout *layout)
{
	struct sqlite *s = (struct sqlite *)layout;

	if (!s)
		return;
	rows_close(&s->rows);
	buf_release(&s->state);
	catalogue_release(&s->catalogue);
	database_close(&s->database);
	free(s);
}

/* ---- what is said ---- */

static const struct table *table_of(const struct sqlite *s, const struct stream *stream)
{
	for (size_t i = 0; i < s->catalogue.count; i++)
		if (&s->catalogue.tables[i]->stream == stream)
			return s->catalogue.tables[i];
	return NULL;
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	static const char *const encodings[] = { "UTF-8", "UTF-8", "UTF-16le", "UTF-16be" };
	const struct sqlite *s = (const struct sqlite *)layout;
	const struct table *table = table_of(s, stream);
	const uint32_t encoding = s->database.header.encoding;

	buf_format(out, "SQLite database, %s, pages of %u bytes, table ", encodings[encoding < 4 ? encoding : 0],
		   (unsigned)s->database.header.page);
	buf_escape(out, buf_view(&stream->name), 60);
	buf_text(out, table && table->rowid ? " in the order of its rowid" : " in the order of its key");
	/* casefile/verify/verify_beside.c looks for these. */
	for (int kind = 0; kind < BESIDE_COUNT; kind++) {
		const struct beside *beside = dump_beside(layout->input->dump, (enum beside_kind)kind);

		if (beside)
			buf_format(out, "; with its %s of %llu bytes, SHA-256 %s",
				   beside_ending((enum beside_kind)kind), (unsigned long long)beside->size,
				   beside->sha256);
	}
}

/* Without what stood beside it its rows are others. */
static void opening(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	bool beside = false;

	(void)stream;
	for (int kind = 0; kind < BESIDE_COUNT; kind++)
		beside = beside || dump_beside(layout->input->dump, (enum beside_kind)kind);
	if (beside)
		buf_text(out, "beside 1\n");
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct sqlite *s = (const struct sqlite *)layout;

	return sqlite_notes(&s->database, &s->catalogue, &s->found, notes);
}

/* ---- rows ---- */

/*
 * A state says how reading stood at the last of every STATE_ROWS rows of a table: the number of
 * the table and of the row, and what was found by then. What goes on behind a row reads those
 * between again, so that what is found is counted as if it had never stopped.
 */
static enum status keep_state(struct sqlite *s, struct error *error)
{
	const struct rows_found *found = &s->found;

	buf_clear(&s->state);
	buf_format(&s->state, "%zu %llu %llu %llu %llu", s->table, (unsigned long long)s->rows.last,
		   (unsigned long long)found->texts, (unsigned long long)found->blobs,
		   (unsigned long long)found->gaps);
	return s->state.failed ? error_memory(error) : STATUS_OK;
}

static bool take_number(struct text *state, uint64_t *number)
{
	const char *blank = state->len ? memchr(state->data, ' ', state->len) : NULL;
	const size_t len = blank ? (size_t)(blank - state->data) : state->len;
	const struct text digits = { state->data, len };

	state->data += len + (blank != NULL);
	state->len -= len + (blank != NULL);
	return text_to_u64(digits, number);
}

static bool take_state(struct sqlite *s, struct text state, uint64_t *last)
{
	uint64_t table;

	if (!take_number(&state, &table) || !take_number(&state, last) ||
	    !take_number(&state, &s->found.texts) || !take_number(&state, &s->found.blobs) ||
	    !take_number(&state, &s->found.gaps) || state.len > 0 || table >= s->catalogue.count)
		return false;
	s->table = (size_t)table;
	return true;
}

static unsigned threads_of(const struct sqlite *s)
{
	const uint64_t threads = s->layout.input->options->threads;

	return threads < 64 ? (unsigned)threads : 64;
}

static enum status restore(struct layout *layout, struct text state, uint64_t offset,
			   uint64_t line, struct error *error)
{
	struct sqlite *s = (struct sqlite *)layout;
	const uint64_t rows = line - 1, behind = line < 2 ? 0 : (rows - 1) / STATE_ROWS * STATE_ROWS;
	const struct table *table;
	struct record record;
	uint64_t last;
	enum status status;

	if (line < 2 || !take_state(s, state, &last))
		return STATUS_INTEGRITY;
	table = s->catalogue.tables[s->table];
	status = behind == 0 ? rows_open(&s->rows, &s->database, table, &s->found, error)
			     : rows_open_behind(&s->rows, &s->database, table, &s->found,
						(sqlite3_int64)last, behind, error);
	s->open = status == STATUS_OK;
	if (status == STATUS_OK)
		status = keep_state(s, error);
	while (status == STATUS_OK && s->rows.line < rows) {
		memset(&record, 0, sizeof(record));
		status = rows_next(&s->rows, &record, error);
	}
	s->rows.threads = threads_of(s);
	return status == STATUS_END || (status == STATUS_OK && (uint64_t)s->rows.last != offset)
		       ? STATUS_INTEGRITY
		       : status;
}

/* Opens the rows of the next table with which something is done. STATUS_END: none is left. */
static enum status open_table(struct sqlite *s, struct error *error)
{
	enum status status;

	while (s->table < s->catalogue.count && !s->catalogue.tables[s->table]->stream.plan)
		s->table++;
	if (s->table == s->catalogue.count)
		return STATUS_END;
	status = rows_open(&s->rows, &s->database, s->catalogue.tables[s->table], &s->found, error);
	s->rows.threads = threads_of(s);
	s->open = status == STATUS_OK;
	return status;
}

static void end_table(struct sqlite *s)
{
	rows_close(&s->rows);
	s->open = false;
	s->table++;
}

static enum status next(struct layout *layout, struct record *record, struct stream **stream,
			struct buf *state, struct error *error)
{
	struct sqlite *s = (struct sqlite *)layout;
	enum status status = STATUS_END;

	while (status == STATUS_END) {
		status = s->open ? STATUS_OK : open_table(s, error);
		if (status == STATUS_OK && s->rows.line % STATE_ROWS == 0)
			status = keep_state(s, error);
		if (status != STATUS_OK)
			return status;
		status = rows_next(&s->rows, record, error);
		if (status == STATUS_END)
			end_table(s);
	}
	if (status != STATUS_OK)
		return status;
	*stream = &s->catalogue.tables[s->table]->stream;
	buf_add(state, s->state.data, s->state.len);
	return STATUS_OK;
}

const struct format format_sqlite = {
	.name = "sqlite",
	.about = "SQLite databases",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.opening = opening,
	.restore = restore,
	.next = next,
};
