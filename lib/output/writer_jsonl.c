/* SPDX-License-Identifier: Apache-2.0 */
/* JSON lines: one object a line, to be read one by one. */
#include "output/writer_format.h"

static void row(struct writer *writer, const struct cell *cells)
{
	writer_object(writer, cells);
	buf_byte(&writer->sink.out, '\n');
}

const struct writer_format writer_jsonl = {
	.name = "jsonl",
	.about = "one object a line",
	.flags = WRITER_MANY,
	.row = row,
};
