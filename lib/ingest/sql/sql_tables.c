/* SPDX-License-Identifier: Apache-2.0 */
/* Tables by name, and their columns. */
#include "ingest/sql/sql_tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void table_free(struct sql_table *table)
{
	if (table->stream)
		stream_release(table->stream);
	free(table->stream);
	buf_release(&table->name);
	buf_release(&table->columns);
	buf_release(&table->anew);
	buf_release(&table->sample);
	free(table);
}

void sql_tables_release(struct sql_tables *tables)
{
	for (size_t i = 0; i < tables->count; i++)
		table_free(tables->items[i]);
	free(tables->items);
	memset(tables, 0, sizeof(*tables));
}

struct sql_table *sql_tables_find(const struct sql_tables *tables, struct text name)
{
	for (size_t i = 0; i < tables->count; i++)
		if (text_equal(buf_view(&tables->items[i]->name), name))
			return tables->items[i];
	return NULL;
}

struct sql_table *sql_tables_add(struct sql_tables *tables, struct text name)
{
	struct sql_table *table = sql_tables_find(tables, name);
	void *items = tables->items;

	if (table || tables->count == SQL_TABLES_MOST ||
	    !memory_room(&items, &tables->capacity, tables->count + 1, sizeof(*tables->items)))
		return table;
	tables->items = items;
	table = calloc(1, sizeof(*table));
	if (!table)
		return NULL;
	buf_add(&table->name, name.data, name.len);
	if (table->name.failed) {
		table_free(table);
		return NULL;
	}
	tables->items[tables->count++] = table;
	return table;
}

/* The names alone: of what type a column is counts once. */
static bool same_names(struct text a, struct text b)
{
	struct text one, other;
	bool timestamp;

	while (sql_column_next(&a, &one, &timestamp))
		if (!sql_column_next(&b, &other, &timestamp) || !text_equal_fold(one, other))
			return false;
	return b.len == 0;
}

static void set_anew(struct sql_tables *tables, struct sql_table *table, struct text columns)
{
	tables->bytes -= table->anew.len;
	buf_clear(&table->anew);
	if (table->column_count == 0 || same_names(columns, buf_view(&table->columns)) ||
	    columns.len > SQL_NAMES_MOST - tables->bytes)
		return;
	buf_add(&table->anew, columns.data, columns.len);
	tables->bytes += table->anew.len;
}

void sql_table_columns(struct sql_tables *tables, struct sql_table *table, struct text columns)
{
	struct text name;
	bool timestamp;

	if (table->stream) {
		set_anew(tables, table, columns);
		return;
	}
	tables->bytes -= table->columns.len;
	buf_clear(&table->columns);
	table->column_count = 0;
	if (columns.len > SQL_NAMES_MOST - tables->bytes)
		return;
	buf_add(&table->columns, columns.data, columns.len);
	tables->bytes += table->columns.len;
	while (sql_column_next(&columns, &name, &timestamp))
		table->column_count++;
}

bool sql_column_next(struct text *columns, struct text *name, bool *timestamp)
{
	const char *end = columns->len > 1 ? memchr(columns->data, '\0', columns->len) : NULL;

	if (!end)
		return false;
	*timestamp = columns->data[0] == 'T';
	*name = (struct text){ columns->data + 1, (size_t)(end - columns->data) - 1 };
	columns->len -= (size_t)(end - columns->data) + 1;
	columns->data = end + 1;
	return true;
}

size_t sql_column_find(struct text columns, struct text wanted)
{
	struct text name;
	bool timestamp;

	for (size_t i = 0; sql_column_next(&columns, &name, &timestamp); i++)
		if (text_equal_fold(name, wanted))
			return i;
	return SIZE_MAX;
}
