/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a delimited text in memory, to look at. */
#include "ingest/delimited/records.h"

#include <string.h>

#include "base/memory.h"
#include "ingest/delimited/reader.h"

/* A text as the input of a reader. */
struct memory {
	struct text left;
};

static enum status memory_read(void *context, char *data, size_t size,
			       size_t *got, struct error *error)
{
	struct memory *memory = context;

	(void)error;
	*got = memory->left.len < size ? memory->left.len : size;
	if (*got)
		memcpy(data, memory->left.data, *got);
	memory->left.data += *got;
	memory->left.len -= *got;
	return STATUS_OK;
}

enum status records_each(const struct dialect *dialect, struct text body,
			 void (*take)(void *context, const struct record *record),
			 void *context, struct error *error)
{
	struct memory memory = { body };
	const struct input input = { memory_read, &memory };
	struct reader reader;
	struct record record;
	enum status status = reader_open(&reader, input, error);

	if (status == STATUS_OK)
		status = reader_start(&reader, dialect, 0, 0);
	while (status == STATUS_OK &&
	       (status = reader_next(&reader, &record)) == STATUS_OK)
		if (!record.blank)
			take(context, &record);
	reader_close(&reader);
	return status == STATUS_END ? STATUS_OK : status;
}

/* What is being collected; broken: rows that are none. */
struct collecting {
	struct sample *sample;
	bool broken;
};

static void collect(void *context, const struct record *record)
{
	const struct collecting *collecting = context;
	struct sample *sample = collecting->sample;
	const size_t rows = sample->row_count;

	if (rows == SAMPLE_ROWS || collecting->broken != (record->reason != NULL))
		return;
	sample_add(sample, record->fields, record->count);
	/* The column with the fault counts, without its text. */
	if (collecting->broken)
		sample_widen(sample);
}

enum status records_sample(const struct dialect *dialect, struct text body,
			   struct sample *sample, struct error *error)
{
	struct collecting collecting = { .sample = sample };
	enum status status =
		records_each(dialect, body, collect, &collecting, error);

	if (status == STATUS_OK && sample->row_count == 0) {
		collecting.broken = true;
		status = records_each(dialect, body, collect, &collecting, error);
	}
	sample->broken = collecting.broken;
	if (status == STATUS_OK && !sample_end(sample))
		status = error_memory(error);
	return status;
}
