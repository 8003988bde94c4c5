/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that end with a separator which their header has not. */
#include "ingest/format/shape/trailing.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool trailing_is(const struct sample *sample)
{
	const size_t count = sample->row_count > 0 ? sample->rows[0].count : 0;

	for (size_t i = 1; i < sample->row_count; i++)
		if (sample->rows[i].count != count + 1 || sample->rows[i].fields[count].len > 0)
			return false;
	return sample->row_count > 1 && !sample->broken && count > 1;
}

bool trailing_widen(struct sample *sample)
{
	const struct sample_row *first = &sample->rows[0];
	struct text *fields = memory_array(NULL, first->count + 1, sizeof(*fields));
	struct sample wide = { 0 };

	if (!fields)
		return false;
	memcpy(fields, first->fields, first->count * sizeof(*fields));
	fields[first->count] = text_of("");
	sample_add(&wide, fields, first->count + 1);
	free(fields);
	for (size_t i = 1; i < sample->row_count; i++)
		sample_add(&wide, sample->rows[i].fields, sample->rows[i].count);
	if (!sample_end(&wide)) {
		sample_release(&wide);
		return false;
	}
	sample_release(sample);
	*sample = wide;
	return true;
}

static size_t count(struct text line, char separator)
{
	size_t found = 0;

	for (size_t i = 0; i < line.len; i++)
		found += line.data[i] == separator;
	return found;
}

bool trailing_line(struct text text, char separator)
{
	const struct text first = text_take_line(&text);
	struct text line = text_take_line(&text);

	line.len -= line.len > 0 && line.data[line.len - 1] == '\r';
	return line.len > 0 && line.data[line.len - 1] == separator &&
	       count(line, separator) > count(first, separator);
}
