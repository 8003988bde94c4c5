/* SPDX-License-Identifier: Apache-2.0 */
/* JSON lines: one object a line, to be read one by one. */
#include "output/writer_format.h"

static void begin(struct writer *writer)
{
	(void)writer;
}

static void row(struct writer *writer, const struct text *cells, const enum cell_type *types)
{
	writer_object(writer, cells, types);
	buf_byte(&writer->out, '\n');
}

static void end(struct writer *writer)
{
	(void)writer;
}

const struct writer_format writer_jsonl = { "jsonl", "one object a line", false, begin, row, end, NULL };
