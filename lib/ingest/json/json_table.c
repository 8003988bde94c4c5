/* SPDX-License-Identifier: Apache-2.0 */
/* A table of JSON. */
#include "ingest/json/json_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct json_table *json_table_new(struct text name)
{
	struct json_table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->stream.header = STREAM_HEADER_UNKNOWN;
	table->stream.open = true;
	buf_add(&table->stream.name, name.data, name.len);
	if (!json_columns_open(&table->columns) || table->stream.name.failed) {
		json_table_free(table);
		return NULL;
	}
	return table;
}

void json_table_free(struct json_table *table)
{
	if (!table)
		return;
	stream_release(&table->stream);
	json_columns_release(&table->columns);
	free(table);
}

/* Whether the first row is an array. */
static bool begins_with_array(struct json_items items)
{
	const char *at = items.at;
	bool escapes = false, zeros = false;

	while (at < items.end && (json_is_blank(*at) || *at == ','))
		at++;
	if (items.shape == JSON_KEYED && at < items.end && *at == '"') {
		at = json_string_end(at + 1, items.end, &escapes, &zeros);
		while (at && at < items.end && (json_is_blank(*at) || *at == ':' || *at == '"'))
			at++;
	}
	return at && at < items.end && *at == '[';
}

bool json_table_learn(struct json_table *table, struct json_items items)
{
	struct json_row *row = calloc(1, sizeof(*row));
	struct record record;
	enum json_item item = JSON_ITEM_ROW;
	bool good = row != NULL;

	/* What is cut has columns too. */
	items.last = true;
	if (!table->met)
		table->by_place = begins_with_array(items);
	table->met = true;
	if (good && items.shape == JSON_KEYED && !table->by_place)
		good = json_columns_path(&table->columns, text_of(JSON_KEY_COLUMN));
	if (row) {
		row->learn = &table->columns;
		good = good && json_row_open(row, &table->columns, table->by_place);
	}
	while (good && item < JSON_ITEM_CUT) {
		item = json_items_next(&items, row, &record);
		good = item != JSON_ITEM_MEMORY;
	}
	if (row)
		json_row_close(row);
	free(row);
	json_columns_settle(&table->columns);
	return good;
}

bool json_table_declare(struct json_table *table)
{
	const struct json_columns *columns = &table->columns;
	struct text *names;
	bool good;

	if (table->by_place)
		return true;
	json_columns_declared(&table->columns);
	names = memory_array(NULL, columns->count, sizeof(*names));
	for (size_t i = 0; names && i < columns->count; i++)
		names[i] = json_columns_name(columns, i);
	good = names && stream_declare(&table->stream, names, columns->count);
	free(names);
	return good;
}

bool json_table_sample(struct json_table *table, struct json_items items)
{
	struct json_row *row = calloc(1, sizeof(*row));
	struct record record;
	enum json_item item = JSON_ITEM_ROW;
	bool good = row && json_row_open(row, &table->columns, table->by_place);

	for (unsigned i = 0; good && i < SAMPLE_ROWS && item < JSON_ITEM_CUT; i++) {
		item = json_items_next(&items, row, &record);
		good = item != JSON_ITEM_MEMORY;
		if (item == JSON_ITEM_ROW)
			sample_add(&table->stream.sample, record.fields, record.count);
	}
	if (row)
		json_row_close(row);
	free(row);
	return good && sample_end(&table->stream.sample);
}

bool json_table_widen(struct json_table *table)
{
	const struct sample *sample = &table->stream.sample;
	bool good = true;

	if (table->by_place || sample->row_count == 0)
		return true;
	for (size_t i = table->columns.count; good && i < sample->rows[0].count; i++)
		good = json_columns_path(&table->columns, sample->rows[0].fields[i]);
	json_columns_settle(&table->columns);
	return good;
}

/* ---- kept ---- */

static void write_text(struct text text, struct buf *out)
{
	buf_format(out, "%zu:", text.len);
	buf_add(out, text.data, text.len);
}

void json_table_write(const struct json_table *table, struct buf *out)
{
	write_text(buf_view(&table->stream.name), out);
	buf_format(out, "%d%zu:", table->by_place, table->columns.count);
	for (size_t i = 0; i < table->columns.count; i++)
		write_text(json_columns_name(&table->columns, i), out);
}

static bool take_number(struct text *text, uint64_t most, size_t *number)
{
	const char *colon = text->len ? memchr(text->data, ':', text->len) : NULL;
	uint64_t value = 0;

	if (!colon || !text_to_u64((struct text){ text->data, (size_t)(colon - text->data) }, &value) || value > most)
		return false;
	text->len -= (size_t)(colon + 1 - text->data);
	text->data = colon + 1;
	*number = (size_t)value;
	return true;
}

static bool take_text(struct text *text, struct text *taken)
{
	size_t len = 0;

	if (!take_number(text, text->len, &len) || len > text->len)
		return false;
	*taken = (struct text){ text->data, len };
	text->data += len;
	text->len -= len;
	return true;
}

static bool take_columns(struct json_table *table, struct text *text)
{
	struct text name;
	size_t count = 0;

	if (text->len == 0)
		return false;
	table->by_place = text->data[0] == '1';
	text->data++;
	text->len--;
	if (!take_number(text, JSON_COLUMNS_MOST, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!take_text(text, &name) || !json_columns_path(&table->columns, name))
			return false;
	json_columns_settle(&table->columns);
	return json_table_declare(table);
}

struct json_table *json_table_parse(struct text *text)
{
	struct text name;
	struct json_table *table = take_text(text, &name) ? json_table_new(name) : NULL;

	if (table && !take_columns(table, text)) {
		json_table_free(table);
		table = NULL;
	}
	return table;
}
