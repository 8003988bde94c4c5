/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table by their keys, as joins of other tables want them. */
#include "normalise/joins/join_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

void join_map_release(struct join_map *map)
{
	dictionary_release(&map->keys);
	dictionary_release(&map->texts);
	free(map->values);
	memset(map, 0, sizeof(*map));
}

static bool is_none(const struct absents *absents, const char *role, struct text text)
{
	return text.len == 0 || absents_in(absents, role, text);
}

/* False: no memory. */
static bool add(struct join_map *map, struct text key, struct text value)
{
	const size_t before = map->keys.count;
	const uint32_t number = dictionary_add(&map->keys, key);
	const uint32_t text = dictionary_add(&map->texts, value);
	void *values = map->values;

	if (number == DICTIONARY_NONE || text == DICTIONARY_NONE ||
	    !memory_room(&values, &map->capacity, map->keys.count, sizeof(*map->values)))
		return false;
	map->values = values;
	if (map->keys.count > before)
		map->values[number] = text;
	else if (map->values[number] != text)
		map->values[number] = JOIN_SEVERAL;
	return true;
}

static enum status take(struct join_map *map, struct casefile *casefile, sqlite3_stmt *rows,
			const char *value_role, const struct absents *absents)
{
	const struct text key = text_trim(column_text(rows, 0));
	const struct text value = text_trim(column_text(rows, 1));

	if (!is_none(absents, "key", key) && !is_none(absents, value_role, value) &&
	    !add(map, key, value))
		return error_memory(&casefile->error);
	return columns_read(casefile, rows);
}

enum status join_map_load(struct join_map *map, struct casefile *casefile, int64_t source,
			  enum kind kind, const struct absents *absents)
{
	const bool lookup = kind == KIND_LOOKUP;
	sqlite3_stmt *rows = casefile_prepare(
		casefile, lookup ? "SELECT key, value FROM lookup WHERE source = ? ORDER BY id"
				 : "SELECT key, account FROM account WHERE source = ? ORDER BY id");
	enum status status = rows ? STATUS_OK : casefile->error.status;

	map->source = source;
	if (rows)
		bind_integer(rows, 1, source);
	while (status == STATUS_OK && (status = casefile_step(casefile, rows)) == STATUS_OK)
		status = take(map, casefile, rows, lookup ? "value" : "account", absents);
	sqlite3_finalize(rows);
	return status == STATUS_END ? STATUS_OK : status;
}

uint32_t join_map_find(const struct join_map *map, struct text key)
{
	const uint32_t number = dictionary_find(&map->keys, text_trim(key));

	return number == DICTIONARY_NONE ? JOIN_MISSING : map->values[number];
}
