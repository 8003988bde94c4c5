/* SPDX-License-Identifier: Apache-2.0 */
/* The source that a user names, by its id or its path. */
#include "casefile/mend/drop.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

#define SHOWN 300

#define COLUMNS \
	"SELECT id, path, member, kind, accepted, sha256, dropped_by FROM source WHERE "
#define BY_ID COLUMNS "id = ?"
/* Those that are there before those that were dropped. */
#define BY_PATH \
	COLUMNS "path = ?1 OR (member <> '' AND path || ':' || member = ?1)" \
		" ORDER BY dropped_by IS NOT NULL, id"

void drop_find_release(struct drop_find *found)
{
	free(found->path);
	free(found->member);
	memset(found, 0, sizeof(*found));
}

static char *copy(sqlite3_stmt *statement, int place)
{
	const struct text text = column_text(statement, place);

	return memory_text(text.data ? text.data : "", text.len);
}

static enum status keep(struct drop_find *found, struct casefile *casefile,
			sqlite3_stmt *statement)
{
	const struct text hash = column_text(statement, 5);

	found->row.id = sqlite3_column_int64(statement, 0);
	found->row.accepted = (uint64_t)sqlite3_column_int64(statement, 4);
	found->row.path = found->path = copy(statement, 1);
	found->row.member = found->member = copy(statement, 2);
	if (hash.len == DIGEST_HEX - 1)
		memcpy(found->row.sha256, hash.data, hash.len);
	return found->path && found->member ? columns_read(casefile, statement)
					    : error_memory(&casefile->error);
}

static void tell(sqlite3_stmt *statement, const struct observer *observer)
{
	const struct text member = column_text(statement, 2);
	char path[SHOWN], within[SHOWN], kind[40];

	observer_notice(observer, "source %lld: %s%s%s, %s, %lld rows",
			(long long)sqlite3_column_int64(statement, 0),
			text_escape(column_text(statement, 1), path, sizeof(path)),
			member.len ? ":" : "",
			text_escape(member, within, sizeof(within)),
			text_escape(column_text(statement, 3), kind, sizeof(kind)),
			(long long)sqlite3_column_int64(statement, 4));
}

/* What is there of it behind the first row, the statement's. */
static enum status take_others(struct drop_find *found, struct casefile *casefile,
			       sqlite3_stmt *statement, const char *shown,
			       const struct observer *observer)
{
	enum status status = keep(found, casefile, statement);
	bool several = false;

	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	while (status == STATUS_OK && sqlite3_column_type(statement, 6) == SQLITE_NULL) {
		several = true;
		tell(statement, observer);
		status = casefile_step(casefile, statement);
	}
	if (status != STATUS_OK && status != STATUS_END)
		return status;
	if (!several)
		return STATUS_OK;
	sqlite3_reset(statement);
	if (casefile_step(casefile, statement) == STATUS_OK)
		tell(statement, observer);
	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: several sources of the case have this path; give the id "
			 "of the one that is meant", shown);
}

static enum status take(struct drop_find *found, struct casefile *casefile,
			sqlite3_stmt *statement, const char *given,
			const struct observer *observer)
{
	char shown[SHOWN];
	enum status status = casefile_step(casefile, statement);

	(void)text_escape(text_of(given), shown, sizeof(shown));
	if (status == STATUS_END)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: no source of the case has this id or path; `unspoof "
				 "export CASE sources` lists them", shown);
	if (status == STATUS_OK && sqlite3_column_type(statement, 6) != SQLITE_NULL) {
		found->dropped_by = sqlite3_column_int64(statement, 6);
		return keep(found, casefile, statement);
	}
	return status == STATUS_OK ? take_others(found, casefile, statement, shown, observer)
				   : status;
}

enum status drop_find(struct drop_find *found, struct casefile *casefile,
		      const char *given, const struct observer *observer)
{
	uint64_t id = 0;
	const bool by_id = text_to_u64(text_of(given), &id) && id <= INT64_MAX;
	sqlite3_stmt *statement = casefile_prepare(casefile, by_id ? BY_ID : BY_PATH);
	enum status status = STATUS_OK;

	memset(found, 0, sizeof(*found));
	if (!statement)
		return casefile->error.status;
	if (by_id)
		bind_integer(statement, 1, (int64_t)id);
	else
		status = bind_sought(casefile, statement, 1, given);
	if (status == STATUS_OK)
		status = take(found, casefile, statement, given, observer);
	sqlite3_finalize(statement);
	return status;
}
