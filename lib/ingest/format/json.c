/* SPDX-License-Identifier: Apache-2.0 */
/* JSON: lines, documents, arrays and objects of rows, in blocks that end where a row does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/format/foreign.h"
#include "ingest/format/format.h"
#include "ingest/json/json_alike.h"
#include "ingest/json/json_parse.h"
#include "ingest/json/json_shape.h"
#include "ingest/json/json_split.h"
#include "ingest/json/json_table.h"
#include "ingest/plan/plan.h"
#include "ingest/reread/recipe/recipe.h"

#define BID 40

struct json {
	struct layout layout;       /* first, so that it is found by it */
	enum json_shape shape;
	struct json_split split;
	struct json_table *tables[JSON_TABLES_MOST];
	uint32_t at_open;           /* of them, that were met then */
	bool full;                  /* columns, of some table */
	struct json_sets alike;     /* columns of members that are read with those */
};

static const struct json *of(const struct layout *layout)
{
	return (const struct json *)layout;
}

static unsigned bid(const struct peek *peek)
{
	return foreign_json(foreign_start(peek->bytes)) ? BID : 0;
}

/* ---- tables ---- */

static struct json_table *find(const struct json *json, uint32_t count, struct text name)
{
	for (uint32_t i = 0; i < count; i++)
		if (text_equal(buf_view(&json->tables[i]->stream.name), name))
			return json->tables[i];
	return NULL;
}

/* The table of a path; *count: so many there are. */
static enum status add_table(struct json *json, struct text name, uint32_t *count,
			     struct json_table **table, struct error *error)
{
	*table = find(json, *count, name);
	if (*table)
		return STATUS_OK;
	if (*count == JSON_TABLES_MOST)
		return error_set(error, STATUS_FAILED, "%s: has more than %d arrays of rows",
				 json->layout.input->shown, JSON_TABLES_MOST);
	*table = json->tables[*count] = json_table_new(name);
	if (!*table)
		return error_memory(error);
	++*count;
	return STATUS_OK;
}

static struct json_items items_of(const struct json *json, struct text piece, bool whole, bool last)
{
	struct json_items items = json_items_of(json->shape, piece);

	items.whole = whole;
	items.last = last;
	return items;
}

/* Takes what was declared to the plan. */
static enum status announce(struct json *json, struct json_table *table, struct error *error)
{
	struct stream *stream = &table->stream;
	enum status status;

	json->full = json->full || table->columns.full;
	if (table->by_place && json->layout.input->options->header >= 0)
		stream->header = json->layout.input->options->header;
	status = layout_announce(&json->layout, stream, error);
	if (status == STATUS_OK && !json_table_widen(table))
		return error_memory(error);
	return status;
}

/* Learns columns, or samples rows, of all tables in the first bytes. */
static enum status look(struct json *json, struct text text, bool last, bool learn, uint32_t *count,
			struct error *error)
{
	struct json_split split = { .shape = json->shape };
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0) {
		const struct json_piece next = json_split_next(&split, text, last);
		const struct text piece = { text.data, next.len };
		struct json_table *table;

		text.data += next.len;
		text.len -= next.len;
		if (!next.rows)
			continue;
		status = add_table(json, buf_view(&split.path), count, &table, error);
		if (status == STATUS_OK &&
		    !(learn ? json_table_learn : json_table_sample)(table, items_of(json, piece, !next.within, last)))
			status = error_memory(error);
	}
	json_split_release(&split);
	return status;
}

static enum status declare_all(struct json *json, struct text text, bool last, struct error *error)
{
	uint32_t count = 0;
	enum status status = look(json, text, last, true, &count, error);

	if (status == STATUS_OK && count == 0)
		return error_set(error, STATUS_SKIP, "%s: is JSON without rows: %s", json->layout.input->shown,
				 last ? "it holds no object in a list" : "none begins in its first 64 KiB");
	for (uint32_t i = 0; status == STATUS_OK && i < count; i++)
		if (!json_table_declare(json->tables[i]))
			status = error_memory(error);
	json->at_open = count;
	if (status == STATUS_OK && !json_sets_add(&json->alike, &json->tables[0]->columns))
		status = error_memory(error);
	if (status == STATUS_OK)
		status = look(json, text, last, false, &count, error);
	for (uint32_t i = 0; status == STATUS_OK && i < count; i++)
		status = announce(json, json->tables[i], error);
	return status;
}

static enum status open_layout(struct layout **out, const struct format_input *input,
			       struct error *error)
{
	const struct text text = foreign_unmarked(input->peek.bytes);
	struct json *json = calloc(1, sizeof(*json));

	*out = NULL;
	if (!json)
		return error_memory(error);
	*out = &json->layout;
	json->layout.format = &format_json;
	json->layout.input = input;
	json->layout.begin = input->peek.bytes.len - text.len;
	json->shape = json->split.shape = json_shape_of(text);
	return declare_all(json, text, input->peek.whole, error);
}

static void close_layout(struct layout *layout)
{
	struct json *json = (struct json *)layout;

	if (!json)
		return;
	for (size_t i = 0; i < JSON_TABLES_MOST; i++)
		json_table_free(json->tables[i]);
	json_split_release(&json->split);
	json_sets_release(&json->alike);
	free(json);
}

/* ---- other members like it ---- */

/* Whether rows of one table, which are objects, stand where those of a layout do. */
static bool same_place(const struct json *json, const struct json *other)
{
	return json->at_open == 1 && other->at_open == 1 && json->shape != JSON_TABLES &&
	       !json->tables[0]->by_place && !other->tables[0]->by_place &&
	       json->layout.begin == other->layout.begin &&
	       (other->shape == json->shape || (other->shape == JSON_LINES && json->shape == JSON_DOCUMENTS));
}

/* Learns the columns of a member; no others where it has tables. */
static enum status learn(struct json *json, const struct layout *like, const struct peek *peek,
			 struct error *error)
{
	const struct text text = foreign_unmarked(peek->bytes);
	enum status status = STATUS_OK;

	json->layout.input = like->input;
	json->layout.begin = peek->bytes.len - text.len;
	json->shape = json_shape_of(text);
	if (json->shape != JSON_TABLES)
		status = look(json, text, peek->whole, true, &json->at_open, error);
	if (json->at_open > 0)
		json_columns_declared(&json->tables[0]->columns);
	return status;
}

/* One whose rows have the columns of one that is known to be alike. */
static enum status join(const struct layout *layout, const struct peek *peek, bool *joins,
			struct error *error)
{
	const struct json *json = of(layout);
	struct json *other = calloc(1, sizeof(*other));
	enum status status = other ? STATUS_OK : error_memory(error);

	*joins = other && bid(peek) > 0 && json->shape != JSON_TABLES;
	if (*joins)
		status = learn(other, layout, peek, error);
	*joins = *joins && status == STATUS_OK && same_place(json, other);
	if (*joins && !json_sets_has(&json->alike, &other->tables[0]->columns, joins))
		status = error_memory(error);
	close_layout(other ? &other->layout : NULL);
	return status;
}

static enum status note_alike(struct layout *layout, const struct layout *other, const struct plan *plan,
			      bool *alike, struct error *error)
{
	struct json *json = (struct json *)layout;
	const struct json_columns *columns;
	bool good = true;

	*alike = same_place(json, of(other));
	if (!*alike)
		return STATUS_OK;
	columns = &of(other)->tables[0]->columns;
	good = json_columns_alike(&json->tables[0]->columns, json->tables[0]->stream.plan, columns, plan, alike);
	if (good && *alike)
		good = json_sets_add(&json->alike, columns);
	return good ? STATUS_OK : error_memory(error);
}

static void begin_anew(struct layout *layout)
{
	struct json *json = (struct json *)layout;
	const struct json_split before = json->split;

	json_split_release(&json->split);
	json->split.shape = json->shape;
	/* These are of the source. */
	json->split.cut = before.cut;
	json->split.beside = before.beside;
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct json_table *table = (const struct json_table *)stream;

	buf_text(out, json_shape_about(of(layout)->shape));
	if (table->by_place)
		buf_format(out, ", rows are arrays, header %s", stream->header == 1 ? "yes" : "no");
	if (layout->begin > 0)
		buf_text(out, ", byte order mark");
}

static void add_note(struct format_note *note, const char *topic, uint64_t count, const char *remedy)
{
	memset(note, 0, sizeof(*note));
	note->topic = topic;
	note->count = count;
	note->remedy = remedy;
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct json *json = of(layout);
	size_t count = 0;

	if (json->split.cut) {
		add_note(&notes[count], "cut off", 1, "ask for the whole file");
		(void)snprintf(notes[count].text, sizeof(notes[count].text),
			       "the file ends before its JSON does: what follows is missing");
		count++;
	}
	if (json->split.beside > 0) {
		add_note(&notes[count], "beside rows", json->split.beside, "`unspoof rows` shows what is read");
		(void)snprintf(notes[count].text, sizeof(notes[count].text),
			       "%llu value%s beside the rows %s no row", (unsigned long long)json->split.beside,
			       plural(json->split.beside), json->split.beside == 1 ? "is" : "are");
		count++;
	}
	if (json->full) {
		add_note(&notes[count], "many keys", 1, "keys behind those are no columns");
		(void)snprintf(notes[count].text, sizeof(notes[count].text),
			       "the first rows have more than %d keys", JSON_COLUMNS_MOST);
		count++;
	}
	return count;
}

/* ---- blocks ---- */

/* Where it stands, and the tables that open() does not meet. */
static void write_state(const struct json *json, bool rows, struct buf *state)
{
	json_split_write(&json->split, rows, state);
	for (uint32_t i = json->at_open; i < json->layout.streams; i++)
		json_table_write(json->tables[i], state);
}

static void opening(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct json_table *table = (const struct json_table *)stream;

	(void)layout;
	if (!table->by_place)
		recipe_write_widened(stream, table->columns.own_count, out);
}

static enum status restore_tables(struct json *json, struct text text, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0) {
		struct json_table *table = json->layout.streams < JSON_TABLES_MOST ? json_table_parse(&text) : NULL;

		if (!table)
			return STATUS_INTEGRITY;
		json->tables[json->layout.streams] = table;
		status = announce(json, table, error);
	}
	return status;
}

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line,
			   struct error *error)
{
	struct json *json = (struct json *)layout;

	(void)offset;
	(void)line;
	if (!json_split_restore(&json->split, &state))
		return STATUS_INTEGRITY;
	return restore_tables(json, state, error);
}

/* The table of rows that begin here, which is announced where it is new. */
static enum status meet(struct json *json, struct text piece, bool whole, bool last,
			struct json_table **table, struct error *error)
{
	const uint32_t before = json->layout.streams;
	uint32_t count = before;
	enum status status = add_table(json, buf_view(&json->split.path), &count, table, error);

	if (status != STATUS_OK || count == before)
		return status;
	if (!json_table_learn(*table, items_of(json, piece, whole, last)) || !json_table_declare(*table) ||
	    !json_table_sample(*table, items_of(json, piece, whole, last)))
		return error_memory(error);
	return announce(json, *table, error);
}

static enum status split(struct layout *layout, struct text window, bool last, struct block *block,
			 struct error *error)
{
	struct json *json = (struct json *)layout;
	const struct json_piece piece = json_split_next(&json->split, window, last);
	struct json_table *table = NULL;
	enum status status;

	block->len = piece.len;
	block->within = piece.within;
	if (json->split.path.failed)
		return error_memory(error);
	if (!piece.rows) {
		write_state(json, false, &block->state);
		return STATUS_OK;
	}
	status = meet(json, (struct text){ window.data, block->len }, !block->within, last, &table, error);
	if (status != STATUS_OK)
		return status;
	block->stream = &table->stream;
	write_state(json, true, &block->state);
	return STATUS_OK;
}

static struct parser *parser_new(const struct layout *layout)
{
	return json_parser_new(of(layout)->shape);
}

const struct format format_json = {
	.name = "json",
	.about = "JSON (lines, arrays and objects of rows)",
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
	.parser_free = json_parser_free,
	.parse = json_parse,
};
