/* SPDX-License-Identifier: Apache-2.0 */
/* Which sources new ones take the place of. */
#include "casefile/mend/replaced.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

/* The files of whole sources that are in the case, each with its own path. */
#define MEMBERS \
	"SELECT s.id, s.kind, s.path AS root, 0 AS alone, m.content AS content, m.accepted AS gave," \
	" CASE s.compression WHEN 'none' THEN rtrim(s.path, '/') || '/' || m.path" \
	" ELSE s.path || ':' || m.path END AS path" \
	" FROM source s JOIN member m ON m.source = s.id" \
	" WHERE s.dropped_by IS NULL AND s.member_sha256 <> '' AND s.stream = 0"
#define ALONE \
	"SELECT s.id, s.kind, '', 1, s.member_sha256, s.accepted," \
	" s.path || CASE s.member WHEN '' THEN '' ELSE ':' || s.member END FROM source s" \
	" WHERE s.dropped_by IS NULL AND s.member_sha256 <> '' AND s.stream = 0" \
	" AND NOT EXISTS(SELECT 1 FROM member WHERE source = s.id)"
#define FILES \
	"WITH file AS MATERIALIZED (" MEMBERS " UNION ALL " ALONE ")," \
	" now AS MATERIALIZED (SELECT * FROM file WHERE id >= ?1)," \
	" old AS MATERIALIZED (SELECT * FROM file WHERE id < ?2 AND (alone OR root = ?3)) "

/* Which new sources meet which old ones, with their kinds. */
#define MEETINGS \
	FILES "SELECT DISTINCT now.kind, now.id, old.kind, old.id FROM now JOIN old" \
	" ON old.content = now.content WHERE now.gave > 0" \
	" UNION SELECT now.kind, now.id, old.kind, old.id FROM now JOIN old" \
	" ON old.path = now.path WHERE now.gave > 0 ORDER BY 1, 2, 4"

#define MISSING \
	FILES "SELECT old.id, old.path FROM old WHERE old.gave > 0" \
	" AND old.path NOT IN (SELECT path FROM now)" \
	" AND old.content NOT IN (SELECT content FROM now) ORDER BY old.id, old.path"

struct meeting {
	char kind[24], old_kind[24];
	int64_t now, old;
};

struct meetings {
	struct meeting *items;
	size_t count, capacity;
};

static sqlite3_stmt *prepare(struct casefile *casefile, const char *sql, int64_t first,
			     int64_t below, const char *root)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);

	if (!statement)
		return NULL;
	bind_integer(statement, 1, first);
	bind_integer(statement, 2, below);
	if (bind_sought(casefile, statement, 3, root) == STATUS_OK)
		return statement;
	sqlite3_finalize(statement);
	return NULL;
}

static void copy(char out[24], struct text text)
{
	const size_t len = text.len < 23 ? text.len : 23;

	memset(out, 0, 24);
	if (len > 0)
		memcpy(out, text.data, len);
}

static bool add_meeting(struct meetings *meetings, sqlite3_stmt *s)
{
	void *items = meetings->items;
	struct meeting *meeting;

	if (!memory_room(&items, &meetings->capacity, meetings->count + 1,
			 sizeof(*meetings->items)))
		return false;
	meetings->items = items;
	meeting = &meetings->items[meetings->count++];
	copy(meeting->kind, column_text(s, 0));
	meeting->now = sqlite3_column_int64(s, 1);
	copy(meeting->old_kind, column_text(s, 2));
	meeting->old = sqlite3_column_int64(s, 3);
	return true;
}

static enum status find_meetings(struct meetings *meetings, struct casefile *casefile,
				 sqlite3_stmt *statement)
{
	enum status status = statement ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = columns_read(casefile, statement);
		if (status == STATUS_OK && !add_meeting(meetings, statement))
			status = error_memory(&casefile->error);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Whether the new kind of a meeting takes the place of its old source. */
static bool is_place(const struct meetings *meetings, const struct meeting *meeting)
{
	bool same = false, several = false;

	for (size_t i = 0; i < meetings->count; i++) {
		const struct meeting *other = &meetings->items[i];

		if (strcmp(other->kind, meeting->kind) != 0)
			continue;
		same = same || !strcmp(other->old_kind, meeting->kind);
		several = several || strcmp(other->old_kind, meeting->old_kind) != 0;
	}
	return same ? !strcmp(meeting->old_kind, meeting->kind) : !several;
}

bool replaced_has(const struct replaced *replaced, int64_t id)
{
	for (size_t i = 0; i < replaced->count; i++)
		if (replaced->pairs[i].old == id)
			return true;
	return false;
}

static bool add_pair(struct replaced *replaced, const struct meeting *meeting)
{
	void *pairs = replaced->pairs;
	size_t at = replaced->count;

	if (!memory_room(&pairs, &replaced->capacity, replaced->count + 1,
			 sizeof(*replaced->pairs)))
		return false;
	replaced->pairs = pairs;
	for (; at > 0 && replaced->pairs[at - 1].old > meeting->old; at--)
		replaced->pairs[at] = replaced->pairs[at - 1];
	replaced->pairs[at] = (struct replaced_pair){ meeting->old, meeting->now };
	replaced->count++;
	return true;
}

static enum status note_missing(struct replaced *replaced, struct casefile *casefile,
				sqlite3_stmt *s)
{
	const int64_t source = sqlite3_column_int64(s, 0);
	const struct text path = column_text(s, 1);
	enum status status = columns_read(casefile, s);

	if (status != STATUS_OK || !replaced_has(replaced, source))
		return status;
	if (replaced->missing++ > 0)
		return STATUS_OK;
	replaced->missing_source = source;
	replaced->missing_path = memory_text(path.len ? path.data : "", path.len);
	return replaced->missing_path ? STATUS_OK : error_memory(&casefile->error);
}

static enum status find_missing(struct replaced *replaced, struct casefile *casefile,
				sqlite3_stmt *statement)
{
	enum status status = statement ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, statement)) == STATUS_OK)
		status = note_missing(replaced, casefile, statement);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status replaced_find(struct replaced *replaced, struct casefile *casefile, int64_t first,
			  int64_t below, const char *root)
{
	struct meetings meetings = { 0 };
	enum status status;

	replaced_release(replaced);
	status = find_meetings(&meetings, casefile,
			       prepare(casefile, MEETINGS, first, below, root));
	for (size_t i = 0; i < meetings.count && status == STATUS_OK; i++)
		if (is_place(&meetings, &meetings.items[i]) &&
		    !replaced_has(replaced, meetings.items[i].old) &&
		    !add_pair(replaced, &meetings.items[i]))
			status = error_memory(&casefile->error);
	free(meetings.items);
	return status == STATUS_OK && replaced->count > 0
		       ? find_missing(replaced, casefile,
				      prepare(casefile, MISSING, first, below, root))
		       : status;
}

enum status replaced_changed(struct casefile *casefile, const char *root, const char *path,
			     const char *content, bool *has)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT 1 FROM (SELECT content, path FROM (" MEMBERS
			  " AND s.path = ?1) UNION ALL SELECT member_sha256, path ||"
			  " CASE member WHEN '' THEN '' ELSE ':' || member END FROM source s"
			  " WHERE dropped_by IS NULL AND member_sha256 <> '' AND stream = 0"
			  " AND NOT EXISTS(SELECT 1 FROM member WHERE source = s.id))"
			  " WHERE path = ?2 AND content <> ?3 LIMIT 1");
	enum status status;

	*has = false;
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, root);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 2, path);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 3, content);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	*has = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status replaced_shared(struct casefile *casefile, int64_t id, const char *root,
			    enum replaced_of *of)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT path = ?2 FROM source WHERE id = ?1"
			  " AND EXISTS(SELECT 1 FROM member WHERE source = source.id)");
	enum status status;

	*of = REPLACED_OF_NONE;
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, id);
	status = bind_sought(casefile, statement, 2, root);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		*of = sqlite3_column_int(statement, 0) ? REPLACED_OF_ROOT : REPLACED_OF_OTHER;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status replaced_files(struct casefile *casefile, const char *root, uint64_t *count)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT count(*) FROM (" MEMBERS " AND s.path = ?1 AND m.accepted > 0)");
	enum status status;

	*count = 0;
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, root);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		*count = (uint64_t)sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void replaced_release(struct replaced *replaced)
{
	free(replaced->pairs);
	free(replaced->missing_path);
	memset(replaced, 0, sizeof(*replaced));
}
