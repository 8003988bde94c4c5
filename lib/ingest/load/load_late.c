/* SPDX-License-Identifier: Apache-2.0 */
/* Values whose name came too late to be a column. */
#include "ingest/load/load_late.h"

#include <string.h>

void load_note_late(struct load_stream *stream, const struct batch *batch,
		    const struct batch_row *row)
{
	struct load_late *late = &stream->late;

	if (late->count++ > 0)
		return;
	late->member = batch->member;
	late->line = row->line;
	(void)text_escape(batch_text(batch, row->value), late->name, sizeof(late->name));
}

void load_write_late(const struct load_stream *stream, struct buf *out)
{
	const struct load_late *late = &stream->late;

	if (late->count > 0)
		buf_format(out, " %llu %llu %llu %s", (unsigned long long)late->count,
			   (unsigned long long)late->member, (unsigned long long)late->line,
			   late->name);
}

static bool take_number(struct text *rest, uint64_t *number)
{
	const char *blank = rest->len ? memchr(rest->data, ' ', rest->len) : NULL;
	const struct text word = { rest->data, blank ? (size_t)(blank - rest->data) : 0 };

	if (!text_to_u64(word, number))
		return false;
	rest->data += word.len + 1;
	rest->len -= word.len + 1;
	return true;
}

bool load_read_late(struct load_stream *stream, struct text text)
{
	struct load_late *late = &stream->late;

	memset(late, 0, sizeof(*late));
	if (text.len == 0)
		return true;
	if (!take_number(&text, &late->count) || !take_number(&text, &late->member) ||
	    !take_number(&text, &late->line) || text.len >= sizeof(late->name))
		return false;
	memcpy(late->name, text.data, text.len);
	return late->count > 0;
}
