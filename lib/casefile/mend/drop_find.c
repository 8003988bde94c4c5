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
	COLUMNS "path IN (?1, './' || ?1) OR (member <> ''" \
		" AND path || ':' || member IN (?1, './' || ?1))" \
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
	const long long rows = sqlite3_column_int64(statement, 4);
	char path[SHOWN], within[SHOWN], kind[40];

	observer_notice(observer, "source %lld: %s%s%s, %s, %lld row%s",
			(long long)sqlite3_column_int64(statement, 0),
			text_escape(column_text(statement, 1), path, sizeof(path)),
			member.len ? ":" : "",
			text_escape(member, within, sizeof(within)),
			text_escape(column_text(statement, 3), kind, sizeof(kind)), rows,
			rows == 1 ? "" : "s");
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

static enum status find_by_id(struct drop_find *found, struct casefile *casefile, int64_t id,
			      const char *given, const struct observer *observer)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, BY_ID);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, id);
	status = take(found, casefile, statement, given, observer);
	sqlite3_finalize(statement);
	return status;
}

/* A path is the same with and without "./" before it. */
static sqlite3_stmt *prepare_path(struct casefile *casefile, const char *given)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, BY_PATH);
	const size_t before = strncmp(given, "./", 2) ? 0 : 2;

	if (!statement || bind_sought(casefile, statement, 1, given + before) == STATUS_OK)
		return statement;
	sqlite3_finalize(statement);
	return NULL;
}

static enum status find_by_path(struct drop_find *found, struct casefile *casefile,
				const char *given, const struct observer *observer)
{
	sqlite3_stmt *statement = prepare_path(casefile, given);
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = take(found, casefile, statement, given, observer);
	sqlite3_finalize(statement);
	return status;
}

/* ---- digits alone ---- */

/* *path_of: the first source that is in the case with digits for a path; 0: none. */
static enum status find_digits(struct casefile *casefile, const char *digits,
			       int64_t *path_of)
{
	sqlite3_stmt *statement = prepare_path(casefile, digits);
	enum status status;

	*path_of = 0;
	if (!statement)
		return casefile->error.status;
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK && sqlite3_column_type(statement, 6) == SQLITE_NULL)
		*path_of = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status tell_id(struct casefile *casefile, int64_t id,
			   const struct observer *observer)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, BY_ID);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, id);
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		tell(statement, observer);
	sqlite3_finalize(statement);
	return status;
}

static enum status refuse_both(struct casefile *casefile, const char *given, int64_t id,
			       int64_t other, const struct observer *observer)
{
	enum status status = tell_id(casefile, id, observer);

	if (status == STATUS_OK)
		status = tell_id(casefile, other, observer);
	if (status != STATUS_OK)
		return status;
	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: is the id of source %lld and the path of source %lld: give "
			 "id:%lld or ./%s", given, (long long)id, (long long)other,
			 (long long)id, given);
}

/* What is taken out does not come back: what may be the id of one source and the path of another
 * is neither. */
static enum status find_by_digits(struct drop_find *found, struct casefile *casefile,
				  const char *given, int64_t id,
				  const struct observer *observer)
{
	int64_t other;
	enum status status = find_digits(casefile, given, &other);

	if (status != STATUS_OK)
		return status;
	status = find_by_id(found, casefile, id, given, observer);
	if (other == 0 || other == id || (status != STATUS_OK && status != STATUS_FAILED))
		return status;
	if (status == STATUS_OK && found->dropped_by == 0)
		return refuse_both(casefile, given, id, other, observer);
	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: no source has this id, but source %lld has this path: give "
			 "id:%lld or ./%s", given, (long long)other, (long long)other, given);
}

/* Whether an id follows what a name begins with. */
static bool read_id(const char *given, const char *start, int64_t *id)
{
	const size_t len = strlen(start);
	uint64_t read = 0;

	if (strncmp(given, start, len) != 0 || !text_to_u64(text_of(given + len), &read) ||
	    read > INT64_MAX)
		return false;
	*id = (int64_t)read;
	return true;
}

enum status drop_find(struct drop_find *found, struct casefile *casefile,
		      const char *given, const struct observer *observer)
{
	int64_t id = 0;

	memset(found, 0, sizeof(*found));
	if (read_id(given, "", &id))
		return find_by_digits(found, casefile, given, id, observer);
	if (read_id(given, "id:", &id))
		return find_by_id(found, casefile, id, given, observer);
	return find_by_path(found, casefile, given, observer);
}
