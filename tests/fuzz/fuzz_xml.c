/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes XML: where the text is cut in two of the first byte, then the text. Its rows are the same in one piece and in two, in their
 * order, inside the text, and have a field a column. */
#include <string.h>

#include "casefile/form/form.h"
#include "fuzz/fuzz.h"
#include "ingest/json/json_scan.h"
#include "ingest/xml/xml_items.h"

/* What is read, and how far. */
struct reading {
	struct xml_place place;
	struct json_columns *columns;
	struct xml_row row;
	struct buf out;
	uint64_t line, offset;      /* of what is unread */
	size_t unread;
};

static void describe(struct reading *r, const struct record *record, enum xml_item item)
{
	buf_format(&r->out, "%llu %llu %llu %llu %s\n", (unsigned long long)(r->line + record->line), (unsigned long long)record->offset,
		   (unsigned long long)record->length, (unsigned long long)record->lines, record->reason ? record->reason : "");
	for (size_t i = 0; item == XML_ITEM_ROW && i < record->count; i++) {
		buf_format(&r->out, "%d%zu:", form_is_null(record->fields[i]), record->fields[i].len);
		buf_add(&r->out, record->fields[i].data, record->fields[i].len);
	}
}

/* A piece with what is unread before it, as blocks are parsed again. */
static void take_piece(struct reading *r, const char *from, size_t len, bool rows, bool last, size_t size)
{
	struct xml_items items = xml_items_of(&r->place, (struct text){ from - r->unread, len + r->unread });
	struct record record;
	uint64_t next = r->offset;
	enum xml_item item;

	if (!rows) {
		r->line += json_count_lines(from - r->unread, from + len);
		r->offset += r->unread + len;
		r->unread = 0;
		return;
	}
	items.offset = r->offset;
	items.last = last;
	while ((item = xml_items_next(&items, &r->row, &record)) < XML_ITEM_CUT) {
		FUZZ_MUST(record.offset >= next && record.length > 0 && record.offset + record.length <= size);
		FUZZ_MUST(item != XML_ITEM_ROW || record.count == r->columns->count);
		next = record.offset + record.length;
		describe(r, &record, item);
	}
	FUZZ_MUST(item != XML_ITEM_MEMORY);
	r->unread = (size_t)(items.end - items.at);
	r->offset += (uint64_t)(items.at - items.begin);
	r->line += items.lines;
}

static void read_all(struct reading *r, struct text text, size_t cut)
{
	struct xml_scan scan = { .base = r->place.depth };
	const size_t ends[] = { cut, text.len };
	size_t at = 0;

	r->line = r->offset = r->unread = 0;
	for (size_t i = 0; i < 2; i++)
		while (at < ends[i]) {
			bool rows, within;
			const bool last = ends[i] == text.len;
			const size_t len = xml_split(&r->place, &scan, (struct text){ text.data + at, ends[i] - at }, &rows, &within);

			FUZZ_MUST(len > 0 && len <= ends[i] - at);
			take_piece(r, text.data + at, len, rows, last && at + len == text.len, text.len);
			at += len;
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json_columns columns;
	struct reading r = { .columns = &columns };
	struct buf whole;
	struct text text = { (const char *)data + 1, size - 1 };

	if (size < 2 || size > 65536 || !xml_place_of(text, &r.place))
		return 0;
	FUZZ_MUST(json_columns_open(&columns) && xml_row_open(&r.row, &columns));
	r.row.learn = &columns;
	read_all(&r, text, 0);
	r.row.learn = NULL;
	json_columns_settle(&columns);
	buf_clear(&r.out);
	read_all(&r, text, 0);
	whole = r.out;
	memset(&r.out, 0, sizeof(r.out));
	read_all(&r, text, text.len * data[0] / 256);
	FUZZ_MUST(text_equal(buf_view(&whole), buf_view(&r.out)));
	xml_row_close(&r.row);
	json_columns_release(&columns);
	buf_release(&whole);
	buf_release(&r.out);
	return 0;
}
