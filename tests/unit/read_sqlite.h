/* SPDX-License-Identifier: Apache-2.0 */
/* Reads all rows of a database through the format, as an ingest does, and looks at every byte of them. */
#ifndef UNSPOOF_TESTS_UNIT_READ_SQLITE_H
#define UNSPOOF_TESTS_UNIT_READ_SQLITE_H

#include <stdint.h>
#include <string.h>

#include "casefile/form/form.h"
#include "ingest/format/format.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"
#include "ingest/source/dump.h"

struct read_sqlite {
	bool with_wal;
	unsigned streams;           /* that were announced */
	uint64_t rows, rejects;     /* read */
	uint64_t sum;               /* of all bytes */
	bool foreign;               /* it does not begin as a database, so that none was opened */
	bool broken;                /* something is not as the format says */
	struct error error;
};

static struct plan read_sqlite_plan;

static enum status read_sqlite_announce(void *context, struct stream *stream, struct error *error)
{
	struct read_sqlite *read = context;

	(void)error;
	read->broken = read->broken || stream->number != read->streams || stream->name.len == 0 || !stream->declared ||
		       stream->sample.row_count < 1;
	read->streams++;
	stream->plan = &read_sqlite_plan;
	return STATUS_OK;
}

/* Bytes behind the start of a field that may be looked at. */
static void read_sqlite_take(struct read_sqlite *read, const struct record *record, const struct stream *stream)
{
	read->rows++;
	read->rejects += record->reason != NULL;
	read->broken = read->broken || record->line == 0 || record->lines != 1 || record->length != 0;
	if (record->reason) {
		read->broken = read->broken || record->reason[0] == '\0' || record->count != 0;
		return;
	}
	read->broken = read->broken || record->count != stream->sample.rows[0].count;
	for (size_t i = 0; i < record->count; i++) {
		const struct text field = record->fields[i];
		const size_t len = field.len > RECORD_READ ? field.len : RECORD_READ;

		read->broken = read->broken || (form_is_null(field) && !record->nulls) || (field.len > RECORD_VALUE_MOST && !record->odd);
		for (size_t k = 0; k < len; k++)
			read->sum += (unsigned char)field.data[k];
	}
}

static enum status read_sqlite_rows(struct read_sqlite *read, struct layout *layout)
{
	struct buf state = { 0 };
	struct stream *stream = NULL;
	struct record record;
	enum status status = STATUS_OK;
	uint64_t line = 0;
	const struct stream *before = NULL;

	while (status == STATUS_OK) {
		buf_clear(&state);
		memset(&record, 0, sizeof record);
		status = layout->format->next(layout, &record, &stream, &state, &read->error);
		if (status != STATUS_OK)
			break;
		line = stream == before ? line + 1 : 1;
		before = stream;
		read->broken = read->broken || record.line != line || state.len == 0;
		read_sqlite_take(read, &record, stream);
	}
	buf_release(&state);
	return status;
}

static enum status read_sqlite_open(struct read_sqlite *read, struct dump *dump, const struct ingest_options *options)
{
	struct format_input input = { .shown = "database", .options = options, .dump = dump, .announce = read_sqlite_announce,
				      .context = read };
	struct layout *layout = NULL;
	enum status status = dump_peek(dump, &input.peek, &read->error);

	read->foreign = status == STATUS_OK && format_sqlite.bid(&input.peek) == 0;
	if (read->foreign)
		status = STATUS_SKIP;
	if (status == STATUS_OK)
		status = format_sqlite.open(&layout, &input, &read->error);
	if (status == STATUS_OK)
		status = read_sqlite_rows(read, layout);
	format_sqlite.close(layout);
	return status;
}

/* STATUS_END: all was read. */
static enum status read_sqlite(struct read_sqlite *read, const char *path)
{
	static const struct observer none;
	struct ingest_options options = ingest_options_none();
	struct dump *dump = NULL;
	enum status status = dump_open(&dump, path, false, &none, &read->error);

	options.room = ".";
	options.with_wal = read->with_wal;
	if (status == STATUS_OK)
		status = dump_next(dump, &read->error);
	if (status == STATUS_OK)
		status = read_sqlite_open(read, dump, &options);
	if (status == STATUS_END && dump_end(dump, &read->error) != STATUS_OK)
		status = STATUS_FAILED;
	dump_close(dump);
	return status;
}

#endif
