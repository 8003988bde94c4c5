/* SPDX-License-Identifier: Apache-2.0 */
/* A table inside a member. */
#include "ingest/format/stream.h"

#include <string.h>

bool stream_declare(struct stream *stream, const struct text *columns, size_t count)
{
	stream->header = 1;
	stream->declared = true;
	sample_add(&stream->sample, columns, count);
	return sample_end(&stream->sample);
}

void stream_release(struct stream *stream)
{
	sample_release(&stream->sample);
	buf_release(&stream->name);
	buf_release(&stream->file);
	buf_release(&stream->utc);
	memset(stream, 0, sizeof(*stream));
}
