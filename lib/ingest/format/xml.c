/* SPDX-License-Identifier: Apache-2.0 */
/* XML: elements of one name that are rows, in blocks that end where one does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/format/foreign.h"
#include "ingest/format/format.h"
#include "ingest/json/json_alike.h"
#include "ingest/json/json_scan.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/plan/plan.h"
#include "ingest/reread/recipe/recipe.h"
#include "ingest/xml/xml_items.h"
#include "ingest/xml/xml_probe.h"
#include "ingest/xml/xml_state.h"

_Static_assert(XML_RECORD_MOST <= BLOCK_UNREAD, "a row can be unread");

#define LONG_TEXT 4096      /* bytes of a row that is too long, at least what is kept of one */
#define BID 40

struct xml {
	struct layout layout;       /* first, so that it is found by it */
	struct xml_place place;
	struct xml_scan scan;       /* where split() stands */
	struct stream stream;
	struct json_columns columns;
	char encoding[40];          /* that it says; empty: none */
	bool cut;                   /* the member ended within something */
	/* Of the members before it. */
	uint64_t cuts;
	bool doctypes;
	struct json_sets alike;     /* columns of members that are read with those */
	struct xml_probe *probe;    /* members that are one row; join() alone changes it, and parse() of that member */
};

struct xml_parser {
	struct parser parser;       /* the same */
	const struct xml *xml;
	struct xml_row row;
	/* A row that is too long, of which no more than its first bytes is kept. */
	struct xml_scan scan;
	uint64_t long_offset, long_length, long_lines;
	struct buf long_text;
};

static const struct xml *of(const struct layout *layout)
{
	return (const struct xml *)layout;
}

static unsigned bid(const struct peek *peek)
{
	return foreign_is_xml(foreign_start(peek->bytes)) ? BID : 0;
}

/* ---- columns ---- */

/* What the first line says that the bytes are. */
static void find_encoding(struct xml *xml, struct text text)
{
	static const char word[] = "encoding=";
	const char *end = text.len > 5 && !memcmp(text.data, "<?xml", 5) ? memchr(text.data, '>', text.len) : NULL;

	for (const char *at = text.data; end && at + sizeof(word) < end; at++) {
		const char *close;
		size_t len;

		if (memcmp(at, word, sizeof(word) - 1) != 0)
			continue;
		at += sizeof(word) - 1;
		close = memchr(at + 1, *at, (size_t)(end - at - 1));
		len = close ? (size_t)(close - at - 1) : sizeof(xml->encoding);
		if (len < sizeof(xml->encoding))
			memcpy(xml->encoding, at + 1, len);
		return;
	}
}

static struct xml_items begin_items(const struct xml *xml, struct text piece, bool last)
{
	struct xml_items items = xml_items_of(&xml->place, piece);

	items.last = last;
	return items;
}

/* Learns the columns of the rows in a text, or samples those. */
static bool look(struct xml *xml, struct xml_row *row, struct text text, bool last)
{
	struct xml_scan scan = { .base = xml->place.depth };

	while (text.len > 0) {
		bool rows, within;
		const size_t len = xml_split(&xml->place, &scan, text, &rows, &within);
		struct xml_items items = begin_items(xml, (struct text){ text.data, len }, last);
		struct record record;
		enum xml_item item = rows ? XML_ITEM_ROW : XML_ITEM_END;

		while (item < XML_ITEM_CUT) {
			item = xml_items_next(&items, row, &record);
			if (item == XML_ITEM_ROW && !row->learn)
				sample_add(&xml->stream.sample, record.fields, record.count);
		}
		if (item == XML_ITEM_MEMORY)
			return false;
		text.data += len;
		text.len -= len;
	}
	return true;
}

static bool declare(struct xml *xml)
{
	struct text *names = memory_array(NULL, xml->columns.count, sizeof(*names));
	bool good;

	for (size_t i = 0; names && i < xml->columns.count; i++)
		names[i] = json_columns_name(&xml->columns, i);
	good = names && stream_declare(&xml->stream, names, xml->columns.count);
	free(names);
	return good;
}

/* Columns alone, or those and a sample. */
static bool learn(struct xml *xml, struct text text, bool last, bool sampled)
{
	struct xml_row *row = calloc(1, sizeof(*row));
	bool good = row && json_columns_open(&xml->columns) && xml_row_open(row, &xml->columns);

	if (good) {
		row->encoding = xml->encoding[0] ? xml->encoding : NULL;
		row->learn = &xml->columns;
		good = look(xml, row, text, last);
		row->learn = NULL;
	}
	json_columns_declared(&xml->columns);
	json_columns_settle(&xml->columns);
	if (good && sampled)
		good = declare(xml) && look(xml, row, text, last) && sample_end(&xml->stream.sample);
	if (row)
		xml_row_close(row);
	free(row);
	return good;
}

/* Takes the columns that the plan has beside them. */
static bool widen(struct xml *xml)
{
	const struct sample *sample = &xml->stream.sample;
	bool good = true;

	for (size_t i = xml->columns.count; good && sample->row_count > 0 && i < sample->rows[0].count; i++)
		good = json_columns_path(&xml->columns, sample->rows[0].fields[i]);
	json_columns_settle(&xml->columns);
	return good;
}

/* Finds out where rows stand; false: there is no element. */
static bool begin(struct xml *xml, const struct peek *peek, struct text *text)
{
	*text = foreign_unmarked(peek->bytes);
	xml->layout.begin = peek->bytes.len - text->len;
	find_encoding(xml, *text);
	return xml_place_of(*text, &xml->place);
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	struct xml *xml = calloc(1, sizeof(*xml));
	struct text text;
	enum status status;

	*out = NULL;
	if (!xml)
		return error_memory(error);
	*out = &xml->layout;
	xml->layout.format = &format_xml;
	xml->layout.input = input;
	if (!begin(xml, &input->peek, &text))
		return error_set(error, STATUS_SKIP, "%s: is XML without an element in its first 64 KiB", input->shown);
	xml->scan.base = xml->place.depth;
	buf_add(&xml->stream.name, xml->place.name, xml->place.len);
	xml->stream.open = xml->stream.alone = true;
	if (xml->stream.name.failed || !learn(xml, text, input->peek.whole, true) ||
	    !json_sets_add(&xml->alike, &xml->columns))
		return error_memory(error);
	if (xml->columns.count == 0)
		return error_set(error, STATUS_SKIP, "%s: is XML of whose rows none is whole in its first 64 KiB",
				 input->shown);
	status = layout_announce(&xml->layout, &xml->stream, error);
	if (status != STATUS_OK)
		return status;
	xml->probe = calloc(1, sizeof(*xml->probe));
	return widen(xml) && xml->probe &&
	       xml_probe_open(xml->probe, &xml->columns, xml->encoding[0] ? xml->encoding : NULL)
		       ? STATUS_OK
		       : error_memory(error);
}

/* ---- other members like it ---- */

static bool same_place(const struct xml *xml, const struct xml *other)
{
	return xml->layout.begin == other->layout.begin && strcmp(xml->encoding, other->encoding) == 0 &&
	       xml->place.depth == other->place.depth && xml->place.len == other->place.len &&
	       memcmp(xml->place.name, other->place.name, xml->place.len) == 0;
}

/* One whose rows have the columns of one that is known to be alike. */
static bool has_columns(const struct xml *xml, struct xml *other, const struct peek *peek, struct text text, bool *joins)
{
	if (xml->place.depth == 0 && peek->whole && !xml_probe_read(xml->probe, &xml->place, text, joins))
		return false;
	if (*joins)
		return true;
	if (!learn(other, text, peek->whole, false) || !json_sets_has(&xml->alike, &other->columns, joins))
		return false;
	return !*joins || xml_probe_take(xml->probe);
}

static enum status join(const struct layout *layout, const struct peek *peek, bool *joins, struct error *error)
{
	const struct xml *xml = of(layout);
	struct xml *other = calloc(1, sizeof(*other));
	struct text text;
	bool good = other != NULL;

	*joins = false;
	if (good && begin(other, peek, &text) && same_place(xml, other))
		good = has_columns(xml, other, peek, text, joins);
	if (other)
		json_columns_release(&other->columns);
	free(other);
	return good ? STATUS_OK : error_memory(error);
}

static enum status note_alike(struct layout *layout, const struct layout *other, const struct plan *plan,
			      bool *alike, struct error *error)
{
	struct xml *xml = (struct xml *)layout;
	const struct json_columns *columns = &of(other)->columns;
	bool good = true;

	*alike = same_place(xml, of(other));
	if (*alike)
		good = json_columns_alike(&xml->columns, xml->stream.plan, columns, plan, alike);
	if (good && *alike)
		good = json_sets_add(&xml->alike, columns);
	return good ? STATUS_OK : error_memory(error);
}

static void begin_anew(struct layout *layout)
{
	struct xml *xml = (struct xml *)layout;

	xml->cuts += xml->cut;
	xml->cut = false;
	xml->doctypes = xml->doctypes || xml->scan.doctypes;
	xml->scan = (struct xml_scan){ .base = xml->place.depth };
}

static void close_layout(struct layout *layout)
{
	struct xml *xml = (struct xml *)layout;

	if (!xml)
		return;
	stream_release(&xml->stream);
	json_columns_release(&xml->columns);
	json_sets_release(&xml->alike);
	if (xml->probe)
		xml_probe_close(xml->probe);
	free(xml->probe);
	free(xml);
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct xml *xml = of(layout);

	buf_text(out, "XML, rows are the elements <");
	buf_escape(out, buf_view(&stream->name), 0);
	buf_byte(out, '>');
	if (xml->encoding[0]) {
		buf_text(out, ", says that it is ");
		buf_escape(out, text_of(xml->encoding), 0);
	}
	if (layout->begin > 0)
		buf_text(out, ", byte order mark");
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct xml *xml = of(layout);
	const uint64_t cuts = xml->cuts + xml->cut;
	size_t count = 0;

	memset(notes, 0, FORMAT_NOTES * sizeof(*notes));
	if (cuts > 0) {
		notes[count].topic = "cut off";
		notes[count].remedy = "ask for the whole file";
		notes[count].count = cuts;
		if (cuts == 1)
			(void)snprintf(notes[count++].text, sizeof(notes[0].text), "%s",
				       "the file ends before its XML does: what follows is missing");
		else
			(void)snprintf(notes[count++].text, sizeof(notes[0].text),
				       "%llu files end before their XML does: what follows is missing",
				       (unsigned long long)cuts);
	}
	if (xml->doctypes || xml->scan.doctypes) {
		notes[count].topic = "document type";
		notes[count].remedy = "a row that uses an entity of it is rejected";
		notes[count].count = 1;
		(void)snprintf(notes[count++].text, sizeof(notes[0].text), "%s",
			       "it has a document type, which is not read: no entity is ever expanded");
	}
	return count;
}

static void opening(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	recipe_write_widened(stream, of(layout)->columns.own_count, out);
}

/* ---- blocks ---- */

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line,
			   struct error *error)
{
	(void)offset;
	(void)line;
	(void)error;
	return xml_state_read(&((struct xml *)layout)->scan, state) ? STATUS_OK : STATUS_INTEGRITY;
}

static enum status split(struct layout *layout, struct text window, bool last, struct block *block,
			 struct error *error)
{
	struct xml *xml = (struct xml *)layout;
	struct xml_scan between = xml->scan;
	bool rows;

	(void)error;
	block->len = xml_split(&xml->place, &xml->scan, window, &rows, &block->within);
	block->within = block->within && !last;
	if (rows)
		block->stream = &xml->stream;
	between.depth = xml->place.depth;
	between.state = XML_TEXT;
	between.quote = '\0';
	between.len = between.marks = between.named = 0;
	xml_state_write(rows ? &between : &xml->scan, &block->state);
	if (last && block->len == window.len)
		xml->cut = xml->scan.depth > 0 || xml->scan.state != XML_TEXT;
	return STATUS_OK;
}

/* ---- rows ---- */

static void parser_free(struct parser *parser)
{
	struct xml_parser *p = (struct xml_parser *)parser;

	if (!p)
		return;
	xml_row_close(&p->row);
	buf_release(&p->long_text);
	free(p);
}

static struct parser *parser_new(const struct layout *layout)
{
	struct xml_parser *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->xml = of(layout);
	if (!xml_row_open(&p->row, &p->xml->columns)) {
		parser_free(&p->parser);
		return NULL;
	}
	p->row.encoding = p->xml->encoding[0] ? p->xml->encoding : NULL;
	return &p->parser;
}

static void give(struct row_sink *sink, const struct xml_row *row, const struct record *record)
{
	if (record->reason) {
		row_sink_reject(sink, record, record->reason);
		return;
	}
	if (row->late)
		row_sink_late(sink, record, buf_view(&row->late_name));
	if (!row_sink_put(sink, record))
		row_sink_refuse(sink, record);
}

/* Begins to go over a row that is too long to be held. */
static void begin_long(struct xml_parser *p, const struct xml_items *items)
{
	const size_t len = (size_t)(items->end - items->at);

	p->parser.held = true;
	p->long_offset = items->offset + (uint64_t)(items->at - items->begin);
	p->long_length = p->long_lines = 0;
	memset(&p->scan, 0, sizeof(p->scan));
	p->scan.depth = p->scan.base = p->xml->place.depth;
	buf_clear(&p->long_text);
	buf_add(&p->long_text, items->at, len < LONG_TEXT ? len : LONG_TEXT);
}

/* Goes on in it, and rejects it at its end. */
static bool leave_long(struct xml_parser *p, struct xml_items *items, struct row_sink *sink)
{
	const char *from = items->at;
	const uint64_t lines = items->lines;
	const bool ends = xml_items_leave(items, &p->scan) || items->last;
	struct record record = { .offset = p->long_offset, .text = buf_view(&p->long_text) };

	p->long_length += (uint64_t)(items->at - from);
	p->long_lines += items->lines - lines;
	items->lines = lines;
	if (!ends || p->long_text.failed)
		return !p->long_text.failed;
	p->parser.held = false;
	record.line = lines;
	record.length = p->long_length;
	record.lines = p->long_lines;
	items->lines = lines + p->long_lines;
	if (sink)
		row_sink_reject(sink, &record, XML_TOO_LONG);
	return true;
}

static bool give_all(struct xml_parser *p, struct xml_row *row, struct xml_items *items, struct row_sink *sink)
{
	struct record record;
	enum xml_item item = XML_ITEM_ROW;

	while (!(sink && sink->failed)) {
		item = xml_items_next(items, row, &record);
		if (item >= XML_ITEM_CUT)
			break;
		if (sink)
			give(sink, row, &record);
	}
	if (item == XML_ITEM_CUT && items->end - items->at > XML_RECORD_MOST) {
		begin_long(p, items);
		return leave_long(p, items, sink);
	}
	return item != XML_ITEM_MEMORY;
}

static bool parse(struct parser *parser, const struct block *block, struct row_sink *sink, struct buf *state)
{
	struct xml_parser *p = (struct xml_parser *)parser;
	struct xml_items items =
		begin_items(p->xml, (struct text){ block->bytes, block->len }, block->last);
	/* Of a member that was read to see what it is like. */
	struct xml_row *read = block->first ? xml_probe_row(p->xml->probe) : NULL;
	bool good = true;

	(void)state;
	if (!block->goes_on)
		parser->held = false;
	items.offset = block->offset;
	if (parser->held) {
		items.offset = p->long_offset + p->long_length;
		good = leave_long(p, &items, sink);
	}
	if (good && !parser->held)
		good = give_all(p, read ? read : &p->row, &items, sink);
	parser->unread = (size_t)(items.end - items.at);
	parser->offset = parser->held ? p->long_offset : items.offset + (uint64_t)(items.at - items.begin);
	parser->lines = items.lines;
	return good;
}

const struct format format_xml = {
	.name = "xml",
	.about = "XML (elements that are rows)",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.opening = opening,
	.restore = restore,
	.join = join,
	.alike = note_alike,
	.rewind = begin_anew,
	.split = split,
	.parser_new = parser_new,
	.parser_free = parser_free,
	.parse = parse,
};
