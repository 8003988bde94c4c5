/* SPDX-License-Identifier: Apache-2.0 */
/* Content that the case has: sources with it. */
#include "casefile/record/source_find.h"

#include <string.h>

#include "casefile/sql.h"

/* Of this content, and a kind that is = or <> another. */
#define FIND(is) \
	"SELECT id, accepted > 0 AS gave, 1 FROM source" \
	" WHERE member_sha256 = ?1 AND stream = ?2 AND kind " is " ?3" \
	" AND dropped_by IS NULL AND id >= ?4 AND ?5 IS ?5 ORDER BY gave DESC, id LIMIT 2"

/* A member whose bytes as seized, or as parsed, are that. The plus keeps SQLite from
 * putting ?1 into the first term too, which the index has then no part in. */
#define FIND_BY(hash, is) \
	"SELECT s.id, m.accepted > 0 AS gave FROM member m CROSS JOIN source s" \
	" ON s.id = m.source" \
	" WHERE substr(m." hash ", 1, 8) = substr(?1, 1, 8) AND +m." hash " = ?1" \
	" AND s.stream = ?2 AND s.kind " is " ?3 AND s.dropped_by IS NULL" \
	" AND (m.accepted > 0 OR s.member_sha256 <> '') AND (s.id >= ?4 OR s.path <> ?5)"
#define FIND_MEMBER(is) \
	"SELECT id, gave, 0 FROM (" FIND_BY("sha256", is) " UNION ALL " \
	FIND_BY("content", is) ") ORDER BY gave DESC, id LIMIT 1"

static enum status find(struct casefile *casefile, const char *sql,
			const struct source_sought *sought, struct source_match *match)
{
	sqlite3_stmt *statement = casefile_prepare_kept(casefile, sql);
	enum status status;

	memset(match, 0, sizeof(*match));
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 2, (int64_t)sought->stream);
	bind_integer(statement, 4, sought->below);
	status = bind_sought(casefile, statement, 1, sought->sha256);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 3, sought->kind);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 5, sought->root ? sought->root : "");
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		match->id = sqlite3_column_int64(statement, 0);
		match->gave = sqlite3_column_int(statement, 1) != 0;
		match->alone = sqlite3_column_int(statement, 2) != 0;
		status = casefile_step(casefile, statement);
		match->alone = match->alone && status == STATUS_END;
	}
	casefile_put_back(casefile, statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* By the first statement, or where that finds none with a row by the second. */
static enum status find_either(struct casefile *casefile, const char *source,
			       const char *member, const struct source_sought *sought,
			       struct source_match *match)
{
	struct source_match other;
	enum status status = find(casefile, source, sought, match);

	if (status != STATUS_OK || match->gave)
		return status;
	status = find(casefile, member, sought, &other);
	if (status == STATUS_OK && (match->id == 0 || other.gave))
		*match = other;
	return status;
}

enum status source_find(struct casefile *casefile, const struct source_sought *sought,
			struct source_match *match)
{
	return find_either(casefile, FIND("="), FIND_MEMBER("="), sought, match);
}

enum status source_find_other(struct casefile *casefile, const struct source_sought *sought,
			      struct source_match *match)
{
	const enum status status = find_either(casefile, FIND("<>"), FIND_MEMBER("<>"), sought,
					       match);

	if (!match->gave)
		memset(match, 0, sizeof(*match));
	return status;
}

/* Contents of sources that gave rows, with the source: of itself or of its members. */
#define CONTENTS(which) \
	"SELECT s.id, s.kind, s.stream, m.content AS content FROM source s JOIN member m" \
	" ON m.source = s.id WHERE m.accepted > 0 AND " which \
	" UNION ALL SELECT s.id, s.kind, s.stream, s.member_sha256 FROM source s" \
	" WHERE s.accepted > 0 AND s.member_sha256 <> '' AND " which \
	" AND NOT EXISTS(SELECT 1 FROM member WHERE source = s.id)"

enum status source_each_other(struct casefile *casefile, int64_t source,
			      enum status (*take)(void *context, int64_t id, const char *kind,
						  uint64_t files),
			      void *context)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile,
		"SELECT o.id, o.kind, count(DISTINCT n.content) FROM (" CONTENTS("s.id = ?1") ") n"
		" JOIN (" CONTENTS("s.dropped_by IS NULL AND s.kind <>"
				   " (SELECT kind FROM source WHERE id = ?1)") ") o"
		" ON o.content = n.content AND o.stream = n.stream"
		" GROUP BY o.id ORDER BY o.id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const char *kind = (const char *)sqlite3_column_text(statement, 1);

		status = columns_read(casefile, statement);
		if (status == STATUS_OK)
			status = take(context, sqlite3_column_int64(statement, 0),
				      kind ? kind : "",
				      (uint64_t)sqlite3_column_int64(statement, 2));
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status source_each_path(struct casefile *casefile, const struct source_place *place,
			     enum status (*take)(void *context, int64_t id), void *context)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id FROM source WHERE path = ?1 AND member = ?2 AND stream = ?3"
			  " AND kind = ?4 AND id <> ?5 AND dropped_by IS NULL AND accepted > 0"
			  " AND NOT EXISTS(SELECT 1 FROM member WHERE source = source.id) ORDER BY id");
	enum status status = statement ? bind_sought(casefile, statement, 1, place->path)
				       : casefile->error.status;

	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 2, place->member);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 4, place->kind);
	if (status == STATUS_OK) {
		bind_integer(statement, 3, (int64_t)place->stream);
		bind_integer(statement, 5, place->id);
	}
	while (status == STATUS_OK && (status = casefile_step(casefile, statement)) == STATUS_OK)
		status = take(context, sqlite3_column_int64(statement, 0));
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
