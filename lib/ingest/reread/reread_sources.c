/* SPDX-License-Identifier: Apache-2.0 */
/* The sources that one file may be, and how each was read. */
#include "ingest/reread/reread_sources.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

/* ---- candidates ---- */

void candidates_release(struct candidates *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].member);
	free(list->items);
	memset(list, 0, sizeof(*list));
}

static void copy_hex(char out[static DIGEST_HEX], struct text text)
{
	memset(out, 0, DIGEST_HEX);
	if (text.len == DIGEST_HEX - 1)
		memcpy(out, text.data, text.len);
}

static bool add(struct candidates *list, sqlite3_stmt *statement)
{
	const struct text member = column_text(statement, 1);
	void *items = list->items;
	struct candidate *candidate;

	if (!memory_room(&items, &list->capacity, list->count + 1,
			 sizeof(*list->items)))
		return false;
	list->items = items;
	candidate = &list->items[list->count];
	memset(candidate, 0, sizeof(*candidate));
	candidate->id = sqlite3_column_int64(statement, 0);
	candidate->member = memory_text(member.len ? member.data : "", member.len);
	copy_hex(candidate->sha256, column_text(statement, 2));
	copy_hex(candidate->member_sha256, column_text(statement, 3));
	candidate->has_recipe = sqlite3_column_int(statement, 4) != 0;
	candidate->database = sqlite3_column_int(statement, 5) != 0;
	return candidate->member && ++list->count;
}

static enum status add_all(struct candidates *list, struct casefile *casefile,
			   sqlite3_stmt *statement)
{
	enum status status;

	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = add(list, statement) ? columns_read(casefile, statement)
					      : error_memory(&casefile->error);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

#define CANDIDATES(which) \
	"SELECT id, member, sha256, member_sha256, recipe <> '', format = 'sqlite'" \
	" FROM source WHERE " which " = ? AND dropped_by IS NULL AND NOT EXISTS(SELECT 1 FROM member" \
	" WHERE source = source.id) ORDER BY id"

enum status candidates_of_path(struct candidates *list, struct casefile *casefile,
			       const char *path)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, CANDIDATES("path"));

	if (!statement)
		return casefile->error.status;
	bind_cstring(statement, 1, path);
	return add_all(list, casefile, statement);
}

enum status candidates_of_size(struct candidates *list, struct casefile *casefile,
			       uint64_t size)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, CANDIDATES("size"));

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, (int64_t)size);
	return add_all(list, casefile, statement);
}

bool candidate_readable(const struct candidate *candidate)
{
	return candidate->has_recipe && candidate->member_sha256[0];
}

bool candidates_differ(const struct candidates *list)
{
	const struct candidate *first = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct candidate *candidate = &list->items[i];

		if (!candidate_readable(candidate))
			continue;
		if (!first)
			first = candidate;
		if (strcmp(first->sha256, candidate->sha256) != 0)
			return true;
	}
	return false;
}

/* Members come in the order of their sources, so that the search begins behind the
 * one found last. */
struct candidate *candidates_find(struct candidates *list, const char *sha256,
				  const char *member)
{
	for (size_t i = 0; i < list->count; i++) {
		const size_t at = (list->at + i) % list->count;
		struct candidate *candidate = &list->items[at];

		if (candidate->done || !candidate_readable(candidate) ||
		    (sha256[0] && strcmp(candidate->sha256, sha256) != 0) ||
		    strcmp(candidate->member, member) != 0)
			continue;
		list->at = at + 1;
		return candidate;
	}
	return NULL;
}

/* ---- a source ---- */

void reread_source_release(struct reread_source *source)
{
	recipe_release(&source->recipe);
	buf_release(&source->dialect);
	buf_release(&source->mapping);
	buf_release(&source->legs);
	buf_release(&source->name);
	buf_release(&source->profile);
	memset(source, 0, sizeof(*source));
}

static enum status no_kind(int64_t id, struct error *error)
{
	return error_set(error, STATUS_INTEGRITY, "source %lld: is of no kind",
			 (long long)id);
}

static void take_text(struct buf *buf, sqlite3_stmt *s, int place)
{
	const struct text text = column_text(s, place);

	buf_add(buf, text.data ? text.data : "", text.len);
}

static bool take_texts(struct reread_source *source, sqlite3_stmt *s)
{
	take_text(&source->mapping, s, 1);
	take_text(&source->legs, s, 2);
	take_text(&source->dialect, s, 8);
	take_text(&source->name, s, 11);
	take_text(&source->profile, s, 12);
	return !source->dialect.failed && !source->mapping.failed && !source->legs.failed &&
	       !source->name.failed && !source->profile.failed;
}

/* Takes the row that the statement stands on. */
static enum status take(struct reread_source *source, struct casefile *casefile,
			sqlite3_stmt *s)
{
	const struct text recipe = column_text(s, 3), absent = column_text(s, 9);
	const unsigned char *kind = sqlite3_column_text(s, 0);
	struct error why = { 0 };
	enum status status = columns_read(casefile, s);

	if (status != STATUS_OK)
		return status;
	if (!kind || !kind_find((const char *)kind, &source->kind))
		return no_kind(source->id, &casefile->error);
	if (!take_texts(source, s))
		return error_memory(&casefile->error);
	source->stream = (uint64_t)sqlite3_column_int64(s, 10);
	source->member_size = (uint64_t)sqlite3_column_int64(s, 4);
	source->accepted = (uint64_t)sqlite3_column_int64(s, 5);
	source->rejected = (uint64_t)sqlite3_column_int64(s, 6);
	source->skipped = (uint64_t)sqlite3_column_int64(s, 7);
	status = recipe_parse(&source->recipe, source->kind, recipe, &why);
	if (why.fault || !absents_read(&source->recipe.absents, absent))
		return error_memory(&casefile->error);
	return status == STATUS_OK
		       ? STATUS_OK
		       : error_set(&casefile->error, status, "source %lld: %s",
				   (long long)source->id, why.text);
}

enum status reread_source_load(struct reread_source *source,
			       struct casefile *casefile, int64_t id)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT kind, mapping, legs, recipe, member_size,"
			  " accepted, rejected, skipped, dialect, absent, stream, stream_name,"
			  " profile FROM source"
			  " WHERE id = ?");
	enum status status;

	memset(source, 0, sizeof(*source));
	source->id = id;
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, id);
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		status = take(source, casefile, statement);
	else if (status == STATUS_END)
		status = no_kind(id, &casefile->error);
	sqlite3_finalize(statement);
	return status;
}
