/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes JSON: where the text is cut in two of the first byte, then the text. Its rows are the same in one piece and in two, in
 * their order, inside the text, and have a field a column. */
#include <string.h>

#include "casefile/form/form.h"
#include "fuzz/fuzz.h"
#include "ingest/json/json_shape.h"
#include "ingest/json/json_split.h"
#include "ingest/json/json_table.h"

#define TABLES 16

/* What is read, and how far. */
struct reading {
	enum json_shape shape;
	struct json_table *tables[TABLES];
	size_t table_count;
	struct json_row rows[TABLES];
	struct buf out;
	uint64_t line, offset;      /* of what is unread */
	size_t unread;
};

static size_t table_of(struct reading *r, struct text name)
{
	size_t i = 0;

	while (i < r->table_count && !text_equal(buf_view(&r->tables[i]->stream.name), name))
		i++;
	if (i == r->table_count && i < TABLES) {
		r->tables[i] = json_table_new(name);
		FUZZ_MUST(r->tables[i]);
		r->table_count++;
	}
	return i;
}

static void describe(struct reading *r, const struct record *record, enum json_item item)
{
	buf_format(&r->out, "%llu %llu %llu %llu %s\n", (unsigned long long)(r->line + record->line), (unsigned long long)record->offset,
		   (unsigned long long)record->length, (unsigned long long)record->lines, record->reason ? record->reason : "");
	for (size_t i = 0; item == JSON_ITEM_ROW && i < record->count; i++) {
		buf_format(&r->out, "%d%zu:", form_is_null(record->fields[i]), record->fields[i].len);
		buf_add(&r->out, record->fields[i].data, record->fields[i].len);
	}
}

static void take(struct reading *r, struct json_items *items, size_t table, size_t size)
{
	struct json_row *row = &r->rows[table];
	struct record record;
	uint64_t next = items->offset;
	enum json_item item;

	while ((item = json_items_next(items, row, &record)) < JSON_ITEM_CUT) {
		FUZZ_MUST(record.offset >= next && record.length > 0 && record.offset + record.length <= size);
		FUZZ_MUST(item != JSON_ITEM_ROW || (r->tables[table]->by_place || record.count == r->tables[table]->columns.count));
		next = record.offset + record.length;
		describe(r, &record, item);
	}
	FUZZ_MUST(item != JSON_ITEM_MEMORY);
}

/* A piece with what is unread before it, as blocks are parsed again. */
static void take_piece(struct reading *r, const char *from, const struct json_piece *piece, bool last, size_t table, size_t size)
{
	struct json_items items = json_items_of(r->shape, (struct text){ from - r->unread, piece->len + r->unread });

	if (!piece->rows || table == TABLES) {
		r->line += json_count_lines(from - r->unread, from + piece->len);
		r->offset += r->unread + piece->len;
		r->unread = 0;
		return;
	}
	items.offset = r->offset;
	items.whole = !piece->within;
	items.last = last;
	take(r, &items, table, size);
	r->unread = (size_t)(items.end - items.at);
	r->offset += (uint64_t)(items.at - items.begin);
	r->line += items.lines;
}

static void learn(struct reading *r, struct text text)
{
	struct json_split split = { .shape = r->shape };

	while (text.len > 0) {
		const struct json_piece piece = json_split_next(&split, text, true);
		const size_t table = piece.rows ? table_of(r, buf_view(&split.path)) : TABLES;
		struct json_items items = json_items_of(r->shape, (struct text){ text.data, piece.len });

		FUZZ_MUST(piece.len > 0 && piece.len <= text.len);
		items.whole = items.last = true;
		FUZZ_MUST(table == TABLES || json_table_learn(r->tables[table], items));
		text.data += piece.len;
		text.len -= piece.len;
	}
	json_split_release(&split);
}

static void read_all(struct reading *r, struct text text, size_t cut)
{
	struct json_split split = { .shape = r->shape };
	const size_t ends[] = { cut, text.len };
	size_t at = 0;

	for (size_t i = 0; i < 2; i++)
		while (at < ends[i]) {
			const bool last = ends[i] == text.len;
			const struct json_piece piece = json_split_next(&split, (struct text){ text.data + at, ends[i] - at }, last);
			const size_t table = piece.rows ? table_of(r, buf_view(&split.path)) : TABLES;

			FUZZ_MUST(piece.len > 0 && piece.len <= ends[i] - at);
			take_piece(r, text.data + at, &piece, last && at + piece.len == text.len, table, text.len);
			at += piece.len;
		}
	json_split_release(&split);
}

static void open_all(struct reading *r)
{
	for (size_t i = 0; i < r->table_count; i++)
		FUZZ_MUST(json_row_open(&r->rows[i], &r->tables[i]->columns, r->tables[i]->by_place));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reading whole, cut;
	char *copy;

	if (size < 2 || size > 65536)
		return 0;
	memset(&whole, 0, sizeof(whole));
	copy = calloc(size - 1 + RECORD_READ, 1);
	FUZZ_MUST(copy);
	memcpy(copy, data + 1, size - 1);
	whole.shape = json_shape_of((struct text){ copy, size - 1 });
	learn(&whole, (struct text){ copy, size - 1 });
	cut = whole;
	open_all(&whole);
	open_all(&cut);
	read_all(&whole, (struct text){ copy, size - 1 }, 0);
	read_all(&cut, (struct text){ copy, size - 1 }, (size - 1) * data[0] / 256);
	FUZZ_MUST(text_equal(buf_view(&whole.out), buf_view(&cut.out)));
	for (size_t i = 0; i < whole.table_count; i++) {
		json_row_close(&whole.rows[i]);
		json_row_close(&cut.rows[i]);
		json_table_free(whole.tables[i]);
	}
	buf_release(&whole.out);
	buf_release(&cut.out);
	free(copy);
	return 0;
}
