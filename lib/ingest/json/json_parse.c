/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a block of JSON, given to a sink. */
#include "ingest/json/json_parse.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/format/shape/header_again.h"
#include "ingest/json/json_table.h"
#include "ingest/parse/row/row_sink.h"

_Static_assert(JSON_RECORD_MOST <= BLOCK_UNREAD, "a row can be unread");

#define LONG_TEXT 4096      /* bytes of a row that is too long, at least what is kept of one */

struct json_parser {
	struct parser parser;       /* the same */
	enum json_shape shape;
	struct json_row *rows[JSON_TABLES_MOST];
	/* A row that is too long, of which no more than its first bytes is kept. */
	struct json_scan scan;
	uint64_t long_offset, long_length, long_lines;
	struct buf long_text;
};

struct parser *json_parser_new(enum json_shape shape)
{
	struct json_parser *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->shape = shape;
	return &p->parser;
}

void json_parser_free(struct parser *parser)
{
	struct json_parser *p = (struct json_parser *)parser;

	if (!p)
		return;
	for (size_t i = 0; i < JSON_TABLES_MOST; i++) {
		if (p->rows[i])
			json_row_close(p->rows[i]);
		free(p->rows[i]);
	}
	buf_release(&p->long_text);
	free(p);
}

/* NULL: no memory. */
static struct json_row *row_of(struct json_parser *p, const struct stream *stream)
{
	const struct json_table *table = (const struct json_table *)stream;
	struct json_row **row = &p->rows[stream->number];

	if (!*row) {
		*row = calloc(1, sizeof(**row));
		if (*row && !json_row_open(*row, &table->columns, table->by_place)) {
			json_row_close(*row);
			free(*row);
			*row = NULL;
		}
	}
	return *row;
}

/* The names of columns that are arrays, as a row of their own, again and again. */
static struct header_again header_of(const struct stream *stream)
{
	struct header_again again = { .header = NULL };

	if (!stream->declared && stream->header == 1)
		header_again_set(&again, &stream->sample.rows[0]);
	return again;
}

static void give(struct row_sink *sink, const struct stream *stream, const struct json_row *row,
		 const struct record *record)
{
	const struct header_again header = header_of(stream);

	if (record->blank || (!record->reason && header_again_same(&header, record))) {
		row_sink_skip(sink);
		return;
	}
	if (record->reason || header_again_other(&header, record)) {
		row_sink_reject(sink, record, record->reason ? record->reason : HEADER_AGAIN);
		return;
	}
	if (row->late)
		row_sink_late(sink, record, buf_view(&row->late_name));
	if (!row_sink_put(sink, record))
		row_sink_refuse(sink, record);
}

/* Begins to go over a row that is too long to be held. */
static void begin_long(struct json_parser *p, const struct json_items *items)
{
	const size_t len = (size_t)(items->end - items->at);

	p->parser.held = true;
	p->long_offset = items->offset + (uint64_t)(items->at - items->begin);
	p->long_length = p->long_lines = 0;
	memset(&p->scan, 0, sizeof(p->scan));
	buf_clear(&p->long_text);
	buf_add(&p->long_text, items->at, len < LONG_TEXT ? len : LONG_TEXT);
}

/* Goes on in it, and rejects it at its end. */
static bool leave_long(struct json_parser *p, struct json_items *items, struct row_sink *sink)
{
	const char *from = items->at;
	const uint64_t lines = items->lines;
	const bool ends = json_items_leave(items, &p->scan) || items->last;
	struct record record = { .offset = p->long_offset, .text = buf_view(&p->long_text) };

	p->long_length += (uint64_t)(items->at - from);
	p->long_lines += items->lines - lines;
	items->lines = lines;
	if (!ends || p->long_text.failed)
		return !p->long_text.failed;
	p->parser.held = false;
	/* All its lines are counted with the piece that it ends in. */
	record.line = lines;
	record.length = p->long_length;
	record.lines = p->long_lines;
	items->lines = lines + p->long_lines;
	if (sink)
		row_sink_reject(sink, &record, JSON_TOO_LONG);
	return true;
}

/* The records of a piece, as far as they are whole. */
static bool give_all(struct json_parser *p, struct json_items *items, struct json_row *row,
		     const struct stream *stream, struct row_sink *sink)
{
	struct record record;
	enum json_item item = JSON_ITEM_ROW;

	while (!(sink && sink->failed)) {
		item = json_items_next(items, row, &record);
		if (item >= JSON_ITEM_CUT)
			break;
		if (sink)
			give(sink, stream, row, &record);
	}
	if (item == JSON_ITEM_CUT && items->end - items->at > JSON_RECORD_MOST) {
		begin_long(p, items);
		return leave_long(p, items, sink);
	}
	return item != JSON_ITEM_MEMORY;
}

bool json_parse(struct parser *parser, const struct block *block, struct row_sink *sink,
		  struct buf *state)
{
	struct json_parser *p = (struct json_parser *)parser;
	struct json_items items = json_items_of(p->shape, (struct text){ block->bytes, block->len });
	struct json_row *row = row_of(p, block->stream);
	bool good = row != NULL;

	(void)state;
	memset(block->bytes + block->len, 0, BLOCK_BEHIND);
	if (!block->goes_on)
		parser->held = false;
	items.offset = block->offset;
	items.whole = !block->within;
	items.last = block->last;
	if (good && parser->held) {
		items.offset = p->long_offset + p->long_length;
		good = leave_long(p, &items, sink);
	}
	if (good && !parser->held)
		good = give_all(p, &items, row, block->stream, sink);
	parser->unread = (size_t)(items.end - items.at);
	parser->offset = parser->held ? p->long_offset : items.offset + (uint64_t)(items.at - items.begin);
	parser->lines = items.lines;
	return good;
}
