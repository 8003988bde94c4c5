/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of a source that play no role, with what stands in them. */
#include "ingest/coverage/load_coverage.h"

#define SAMPLES 3
#define SAMPLE_SHOWN 16
#define NAME_SHOWN 40

static bool is_among(const struct text *values, size_t count, struct text value)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(values[i], value))
			return true;
	return false;
}

/* The first values that differ; how many. */
static size_t find_samples(const struct load_stream *stream, size_t column, struct text values[static SAMPLES])
{
	const struct sample *sample = &stream->stream->sample;
	size_t count = 0;

	for (size_t i = stream->plan.header ? 1 : 0; i < sample->row_count && count < SAMPLES; i++) {
		const struct sample_row *row = &sample->rows[i];
		const struct text value = column < row->count ? text_trim(row->fields[column]) : (struct text){ "", 0 };

		if (value.len > 0 && !is_among(values, count, value))
			values[count++] = value;
	}
	return count;
}

static void add_column(const struct load_stream *stream, size_t column, struct buf *out)
{
	const struct sample_row *header = stream->plan.header;
	struct text values[SAMPLES];
	const size_t count = find_samples(stream, column, values);

	buf_format(out, "%s%zu", out->len ? ", " : "", column + 1);
	if (header && column < header->count) {
		buf_byte(out, ' ');
		buf_escape(out, text_trim(header->fields[column]), NAME_SHOWN);
	}
	buf_text(out, count ? " (" : " (empty");
	for (size_t i = 0; i < count; i++) {
		buf_text(out, i ? ", " : "");
		buf_escape(out, values[i], SAMPLE_SHOWN);
	}
	buf_byte(out, ')');
}

size_t coverage_columns(const struct load_stream *stream, size_t most, struct buf *out)
{
	const struct sample *sample = &stream->stream->sample;
	size_t width = sample->width, count = 0;

	if (stream->plan.header && stream->plan.header->count > width)
		width = stream->plan.header->count;
	for (size_t column = 0; column < width; column++)
		if (!plan_looks_at(&stream->plan, column) && count++ < most)
			add_column(stream, column, out);
	return count;
}
