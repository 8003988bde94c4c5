/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a dump, kept so that they can be looked at again. */
#include "ingest/plan/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void add_field(struct sample *sample, struct text field)
{
	void *fields = sample->fields;

	if (!memory_room(&fields, &sample->field_capacity, sample->field_count + 1,
			 sizeof(*sample->fields))) {
		sample->failed = true;
		return;
	}
	sample->fields = fields;
	sample->fields[sample->field_count].data = NULL;
	sample->fields[sample->field_count++].len = field.len;
	buf_add(&sample->bytes, field.data, field.len);
}

/* Views are made at the end, when nothing moves any more. */
void sample_add(struct sample *sample, const struct text *fields, size_t count)
{
	if (sample->row_count == SAMPLE_ROWS)
		return;
	for (size_t i = 0; i < count && !sample->failed; i++)
		add_field(sample, fields[i]);
	sample->rows[sample->row_count++].count = count;
}

void sample_widen(struct sample *sample)
{
	const struct text empty = { "", 0 };

	add_field(sample, empty);
	sample->rows[sample->row_count - 1].count++;
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
		/* Rows of no fields alone have no room for them. */
		sample->rows[i].fields = sample->fields ? sample->fields + field : NULL;
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

bool sample_end(struct sample *sample)
{
	buf_pad(&sample->bytes);
	if (sample->failed || sample->bytes.failed)
		return false;
	set_views(sample);
	sample->width = common_width(sample);
	return true;
}

void sample_release(struct sample *sample)
{
	free(sample->fields);
	buf_release(&sample->bytes);
	memset(sample, 0, sizeof(*sample));
}
