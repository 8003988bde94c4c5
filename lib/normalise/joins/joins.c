/* SPDX-License-Identifier: Apache-2.0 */
/* The joins of all sources: which key of which table stands in which role. */
#include "normalise/joins/joins.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/join.h"
#include "casefile/record/table_name.h"
#include "casefile/sql.h"
#include "normalise/source_sense.h"

#define NOT_LOADED "it is not loaded from the same dump"
#define NO_TABLE_OF_KEYS "it is neither of kind account nor of kind lookup"
#define NO_KEYS "it has no row with a key"
#define SEVERAL_TABLES "several tables of the dump are called so"

void source_joins_free(struct source_joins *joins)
{
	for (size_t i = 0; joins && i < joins->count; i++)
		free(joins->items[i].table);
	free(joins);
}

void joins_release(struct joins *joins)
{
	for (size_t i = 0; i < joins->map_count; i++) {
		join_map_release(joins->maps[i]);
		free(joins->maps[i]);
	}
	free(joins->maps);
	memset(joins, 0, sizeof(*joins));
}

struct join *joins_of_role(const struct source_sense *source, size_t role)
{
	for (size_t i = 0; source->joins && i < source->joins->count; i++)
		if (source->joins->items[i].role == (int)role && source->joins->items[i].map)
			return &source->joins->items[i];
	return NULL;
}

/* ---- which table it is ---- */

/* A source as a table. */
struct table {
	struct source_sense *source;
	char *dump;             /* path and hash of what it is of; a member too, where that is a database */
	char *folder;           /* of a file, or of files that are one source; else empty */
	char *name;             /* escaped; may be empty */
	char *joins;            /* as in table source */
};

struct tables {
	struct table *items;
	size_t count, capacity;
};

static void tables_release(struct tables *tables)
{
	for (size_t i = 0; i < tables->count; i++) {
		free(tables->items[i].dump);
		free(tables->items[i].folder);
		free(tables->items[i].name);
		free(tables->items[i].joins);
	}
	free(tables->items);
}

static char *copy(struct text text)
{
	return memory_text(text.data ? text.data : "", text.len);
}

/* Its own name, as the line `table` says it, or that of the table in the dump. */
static char *name_of(struct text joins, struct text stream)
{
	struct join_line line;
	struct buf name = { 0 };

	while (join_next(&joins, &line))
		if (!line.role.data)
			return copy(line.table);
	buf_escape(&name, stream, 0);
	if (name.failed || !name.data) {
		buf_release(&name);
		return name.failed ? NULL : copy(stream);
	}
	return name.data;
}

/* An archive is one dump, and so is each database in it. */
static char *dump_of(sqlite3_stmt *rows)
{
	struct buf dump = { 0 };

	buf_escape(&dump, column_text(rows, 1), 0);
	buf_byte(&dump, '\n');
	buf_escape(&dump, column_text(rows, 2), 0);
	buf_byte(&dump, '\n');
	if (sqlite3_column_int64(rows, 6) > 0)
		buf_escape(&dump, column_text(rows, 3), 0);
	if (dump.failed)
		buf_release(&dump);
	return dump.data;
}

/* Files of one folder are tables of one dump too. */
static char *folder_of(sqlite3_stmt *rows)
{
	struct text path = column_text(rows, 1);
	const bool shared = sqlite3_column_int(rows, 7) != 0;
	const bool whole = column_text(rows, 2).len == 0;

	if (sqlite3_column_int64(rows, 6) > 0 || column_text(rows, 3).len > 0 || (shared && !whole))
		return copy(text_of(""));
	while (!shared && path.len > 0 && path.data[path.len - 1] != '/')
		path.len--;
	while (path.len > 1 && path.data[path.len - 1] == '/')
		path.len--;
	return copy(path.len > 0 ? path : text_of("."));
}

static bool take_table(struct tables *tables, struct source_sense *source, sqlite3_stmt *rows)
{
	void *items = tables->items;
	struct table *table;

	if (!memory_room(&items, &tables->capacity, tables->count + 1, sizeof(*tables->items)))
		return false;
	tables->items = items;
	table = &tables->items[tables->count++];
	table->source = source;
	table->dump = dump_of(rows);
	table->folder = folder_of(rows);
	table->name = name_of(column_text(rows, 5), column_text(rows, 4));
	table->joins = copy(column_text(rows, 5));
	return table->dump && table->folder && table->name && table->joins;
}

static enum status list_tables(struct tables *tables, struct casefile *casefile,
			       const struct source_senses *sources)
{
	sqlite3_stmt *rows = casefile_prepare(
		casefile, "SELECT id, path, sha256, member, stream_name, joins, stream,"
			  " EXISTS(SELECT 1 FROM member m WHERE m.source = s.id) FROM source s"
			  " WHERE dropped_by IS NULL ORDER BY id");
	enum status status = rows ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, rows)) == STATUS_OK) {
		struct source_sense *source = source_sense_of(sources, sqlite3_column_int64(rows, 0));

		if (source && !take_table(tables, source, rows))
			status = error_memory(&casefile->error);
		if (status == STATUS_OK)
			status = columns_read(casefile, rows);
	}
	sqlite3_finalize(rows);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Up to the last dot. */
static struct text schema_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	return (struct text){ name, dot ? (size_t)(dot - name) : 0 };
}

static bool are_together(const struct table *a, const struct table *b)
{
	return !strcmp(a->dump, b->dump) || (*a->folder && !strcmp(a->folder, b->folder));
}

/* The table that another one names; of several that of the same schema. */
static const struct table *find_table(const struct tables *tables, const struct table *from,
				      struct join *join)
{
	const struct table *found = NULL, *near = NULL;
	unsigned count = 0, nearer = 0;

	for (size_t i = 0; i < tables->count; i++) {
		const struct table *table = &tables->items[i];

		if (!are_together(table, from) ||
		    !table_name_is(text_of(table->name), text_of(join->table)))
			continue;
		found = table;
		count++;
		if (!text_equal_fold(schema_of(table->name), schema_of(from->name)))
			continue;
		near = table;
		nearer++;
	}
	if (count > 1)
		found = nearer == 1 ? near : NULL;
	if (!found)
		join->why = count > 1 ? SEVERAL_TABLES : NOT_LOADED;
	return found;
}

/* ---- what it has ---- */

static enum status add_map(struct joins *joins, struct casefile *casefile,
			   const struct source_sense *source, const struct join_map **out)
{
	void *maps = joins->maps;
	struct join_map *map;

	for (size_t i = 0; i < joins->map_count; i++) {
		*out = joins->maps[i];
		if (joins->maps[i]->source == source->id)
			return STATUS_OK;
	}
	if (!memory_room(&maps, &joins->map_capacity, joins->map_count + 1, sizeof(struct join_map *)))
		return error_memory(&casefile->error);
	joins->maps = maps;
	map = calloc(1, sizeof(*map));
	if (!map)
		return error_memory(&casefile->error);
	joins->maps[joins->map_count++] = map;
	*out = map;
	return join_map_load(map, casefile, source->id, source->kind, source->absents);
}

static enum status find_map(struct joins *joins, struct casefile *casefile, const struct tables *tables,
			    const struct table *from, struct join *join)
{
	const struct table *table = find_table(tables, from, join);
	enum status status;

	if (!table)
		return STATUS_OK;
	if (table->source->kind != KIND_ACCOUNT && table->source->kind != KIND_LOOKUP) {
		join->why = NO_TABLE_OF_KEYS;
		return STATUS_OK;
	}
	status = add_map(joins, casefile, table->source, &join->map);
	if (status == STATUS_OK && join->map->keys.count == 0) {
		join->map = NULL;
		join->why = NO_KEYS;
	}
	return status;
}

static enum status find_joins(struct joins *joins, struct casefile *casefile, const struct tables *tables,
			      const struct table *from)
{
	struct source_sense *source = from->source;
	struct text rest = text_of(from->joins);
	enum status status = STATUS_OK;
	struct join_line line;

	while (status == STATUS_OK && join_next(&rest, &line)) {
		const int role = line.role.data ? kind_role(source->kind, line.role) : -1;
		struct join *join;

		if (role < 0 || !join_can(source->kind, role))
			continue;
		if (!source->joins)
			source->joins = calloc(1, sizeof(*source->joins));
		if (!source->joins)
			return error_memory(&casefile->error);
		if (source->joins->count == ROLES_MOST)
			break;
		join = &source->joins->items[source->joins->count++];
		join->role = role;
		join->table = copy(line.table);
		status = join->table ? find_map(joins, casefile, tables, from, join)
				     : error_memory(&casefile->error);
	}
	return status;
}

enum status joins_load(struct joins *joins, struct casefile *casefile, struct source_senses *sources)
{
	struct tables tables = { 0 };
	enum status status = list_tables(&tables, casefile, sources);

	for (size_t i = 0; i < tables.count && status == STATUS_OK; i++)
		status = find_joins(joins, casefile, &tables, &tables.items[i]);
	tables_release(&tables);
	return status;
}
