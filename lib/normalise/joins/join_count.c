/* SPDX-License-Identifier: Apache-2.0 */
/* What became of keys: counted, and said. */
#include "normalise/joins/joins.h"

#include <string.h>

#include "casefile/sql.h"
#include "normalise/notes.h"

static void note(char *example, struct text key)
{
	if (!*example)
		(void)text_escape(text_trim(key), example, JOIN_EXAMPLE);
}

struct text join_value(struct join_count *count, const struct join_map *map, struct text key)
{
	const uint32_t number = join_map_find(map, key);

	if (number == JOIN_MISSING) {
		count->missing++;
		note(count->missing_key, key);
		return key;
	}
	if (number == JOIN_SEVERAL) {
		count->several++;
		note(count->several_key, key);
		return key;
	}
	count->joined++;
	return dictionary_text(&map->texts, number);
}

void join_count_add(struct join_count *to, const struct join_count *more)
{
	to->joined += more->joined;
	to->missing += more->missing;
	to->several += more->several;
	if (!*to->missing_key)
		memcpy(to->missing_key, more->missing_key, sizeof(to->missing_key));
	if (!*to->several_key)
		memcpy(to->several_key, more->several_key, sizeof(to->several_key));
}

static enum status store(struct casefile *casefile, sqlite3_stmt *insert, const struct source_sense *source,
			 const struct join *join, int64_t id)
{
	bind_integer(insert, 1, id);
	bind_integer(insert, 2, source->id);
	bind_cstring(insert, 3, kind_info(source->kind)->roles[join->role].name);
	if (join->map)
		bind_integer(insert, 4, join->map->source);
	else
		(void)sqlite3_bind_null(insert, 4);
	bind_integer(insert, 5, (int64_t)join->count.joined);
	bind_integer(insert, 6, (int64_t)join->count.missing);
	bind_integer(insert, 7, (int64_t)join->count.several);
	return casefile_run(casefile, insert);
}

enum status joins_store(struct casefile *casefile, const struct source_senses *sources)
{
	sqlite3_stmt *insert = casefile_prepare(
		casefile, "INSERT INTO joined(id, source, role, by_source, rows, missing, several)"
			  " VALUES(?, ?, ?, ?, ?, ?, ?)");
	enum status status = insert ? STATUS_OK : casefile->error.status;
	int64_t id = 0;

	for (size_t i = 0; i < sources->count && status == STATUS_OK; i++) {
		const struct source_sense *source = &sources->items[i];

		for (size_t k = 0; source->joins && k < source->joins->count && status == STATUS_OK; k++)
			status = store(casefile, insert, source, &source->joins->items[k], ++id);
	}
	sqlite3_finalize(insert);
	return status;
}

static enum status tell_lost(struct notes *notes, const struct source_sense *source, const struct join *join,
			     const char *role)
{
	const struct remark remark = {
		.role = role, .topic = "join-table", .value = text_of(join->table),
		.remedy = "the keys stay as they are; load the whole dump with a profile that has a section for that table",
	};

	return notes_remark(notes, source, &remark, "role %s is a key of table %s, but %s", role, join->table, join->why);
}

static enum status tell_left(struct notes *notes, const struct source_sense *source, const struct join *join,
			     const char *role)
{
	const struct join_count *count = &join->count;
	struct remark remark = { .role = role, .topic = "join-missing", .value = text_of(count->missing_key),
				 .count = count->missing, .remedy = "the keys stay as they are" };
	enum status status = STATUS_OK;

	if (count->missing > 0)
		status = notes_remark(notes, source, &remark, "%llu row%s %s a key in role %s that table %s does not have; '%s' is the first",
				      (unsigned long long)count->missing, plural(count->missing),
				      count->missing == 1 ? "has" : "have", role, join->table, count->missing_key);
	remark.topic = "join-several";
	remark.value = text_of(count->several_key);
	remark.count = count->several;
	if (status == STATUS_OK && count->several > 0)
		status = notes_remark(notes, source, &remark, "%llu row%s %s a key in role %s for which table %s has different values; '%s' is the first",
				      (unsigned long long)count->several, plural(count->several),
				      count->several == 1 ? "has" : "have", role, join->table, count->several_key);
	return status;
}

static enum status tell_join(struct notes *notes, const struct source_sense *source, const struct join *join)
{
	const char *role = kind_info(source->kind)->roles[join->role].name;
	const struct remark remark = { .role = role, .topic = "join", .value = text_of(join->table),
				       .count = join->count.joined,
				       .remedy = "`unspoof show` has the found key and the row that says what it is" };
	enum status status;

	if (!join->map)
		return tell_lost(notes, source, join, role);
	status = notes_remark(notes, source, &remark, "role %s of %llu row%s is what table %s says of the key found there",
			      role, (unsigned long long)remark.count, plural(remark.count), join->table);
	return status == STATUS_OK ? tell_left(notes, source, join, role) : status;
}

enum status joins_tell(struct notes *notes, const struct source_sense *source)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; source->joins && i < source->joins->count && status == STATUS_OK; i++)
		status = tell_join(notes, source, &source->joins->items[i]);
	return status;
}
