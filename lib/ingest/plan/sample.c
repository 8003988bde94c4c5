/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a dump, kept so that they can be looked at again. */
#include "ingest/plan/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

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

struct input memory_input(struct memory *memory)
{
	struct input input = { memory_read, memory };

	return input;
}

enum status sample_each(const struct dialect *dialect, struct text body,
			void (*take)(void *context, const struct record *record),
			void *context, struct error *error)
{
	struct memory memory = { body };
	struct reader reader;
	struct record record;
	enum status status = reader_open(&reader, memory_input(&memory), error);

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
	bool failed;
};

static void add_field(struct collecting *collecting, struct text field)
{
	struct sample *sample = collecting->sample;
	void *fields = sample->fields;

	if (!memory_room(&fields, &sample->field_capacity, sample->field_count + 1,
			 sizeof(*sample->fields))) {
		collecting->failed = true;
		return;
	}
	sample->fields = fields;
	sample->fields[sample->field_count].data = NULL;
	sample->fields[sample->field_count++].len = field.len;
	buf_add(&sample->bytes, field.data, field.len);
}

/* Views are made at the end, when nothing moves any more. */
static void collect(void *context, const struct record *record)
{
	struct collecting *collecting = context;
	struct sample *sample = collecting->sample;
	struct text empty = { "", 0 };
	size_t count = record->count;

	if (sample->row_count == SAMPLE_ROWS || collecting->failed ||
	    collecting->broken != (record->reason != NULL))
		return;
	for (size_t i = 0; i < count; i++)
		add_field(collecting, record->fields[i]);
	if (collecting->broken) {
		/* The column with the fault counts, without its text. */
		add_field(collecting, empty);
		count++;
	}
	sample->rows[sample->row_count++].count = count;
}

static void set_views(struct sample *sample)
{
	const char *bytes = buf_view(&sample->bytes).data;
	size_t at = 0;
	size_t field = 0;

	for (size_t i = 0; i < sample->field_count; i++) {
		sample->fields[i].data = bytes + at;
		at += sample->fields[i].len;
	}
	for (size_t i = 0; i < sample->row_count; i++) {
		sample->rows[i].fields = sample->fields + field;
		field += sample->rows[i].count;
	}
}

/* The width most rows have; of equals the one seen first. */
static size_t common_width(const struct sample *sample)
{
	size_t best = 0;
	size_t most = 0;

	for (size_t i = 0; i < sample->row_count; i++) {
		size_t same = 0;

		for (size_t k = 0; k < sample->row_count; k++)
			same += sample->rows[k].count == sample->rows[i].count;
		if (same > most) {
			most = same;
			best = sample->rows[i].count;
		}
	}
	return best;
}

enum status sample_read(struct sample *sample, const struct dialect *dialect,
			struct text body, struct error *error)
{
	struct collecting collecting = { .sample = sample };
	enum status status = sample_each(dialect, body, collect, &collecting, error);

	if (status == STATUS_OK && sample->row_count == 0) {
		collecting.broken = true;
		status = sample_each(dialect, body, collect, &collecting, error);
	}
	if (status == STATUS_OK && (collecting.failed || sample->bytes.failed))
		status = error_memory(error);
	if (status != STATUS_OK)
		return status;
	set_views(sample);
	sample->width = common_width(sample);
	sample->broken = collecting.broken;
	return STATUS_OK;
}

void sample_release(struct sample *sample)
{
	free(sample->fields);
	buf_release(&sample->bytes);
	memset(sample, 0, sizeof(*sample));
}
