/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions: rows of a table, of which the last on a setting holds. */
#include "casefile/record/decision.h"

#include <string.h>

#include "casefile/seal.h"
#include "casefile/sql.h"

#define NEXT_RUN "(SELECT coalesce(max(id), 0) + 1 FROM run)"
#define UNDO "UPDATE decision SET undone_by = " NEXT_RUN " WHERE undone_by IS NULL"
/* Those in force on the setting that bind_setting() binds. */
#define THAT_SETTING " WHERE undone_by IS NULL AND command = ?1 AND source IS ?2 AND key = ?3 AND item = ?4"

enum status decision_next_run(struct casefile *casefile, int64_t *run)
{
	return casefile_integer(casefile, "SELECT " NEXT_RUN, 1, run);
}

static enum status unlike(struct casefile *casefile)
{
	char path[300];

	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "%s: its decisions are not what their run left; `unspoof verify` says more",
			 text_escape(text_of(casefile->path), path, sizeof(path)));
}

enum status decision_intact(struct casefile *casefile)
{
	struct seal seal = { .layer = LAYER_DECIDED };
	struct buf tables = { 0 };
	int64_t count = 0;
	bool same = false;
	enum status status = casefile_integer(casefile, "SELECT count(*) FROM decision", 0, &count);

	if (status == STATUS_OK)
		status = seal_last(casefile, LAYER_DECIDED, &seal);
	if (status == STATUS_END)
		return count ? unlike(casefile) : STATUS_OK;
	if (status == STATUS_OK)
		status = seal_check(casefile, &seal, &same, &tables);
	buf_release(&tables);
	return status == STATUS_OK && !same ? unlike(casefile) : status;
}

static enum status bind_setting(struct casefile *casefile, sqlite3_stmt *statement, const struct decision *of)
{
	enum status status = bind_sought(casefile, statement, 1, of->command);

	bind_maybe(statement, 2, of->source, of->source == 0);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 3, of->key);
	return status == STATUS_OK ? bind_sought(casefile, statement, 4, of->item ? of->item : "") : status;
}

static enum status finish(sqlite3_stmt *statement, enum status status)
{
	sqlite3_finalize(statement);
	return status;
}

/* Runs a statement, which it finalises; what it changes is sealed with the next run. */
static enum status run_change(struct casefile *casefile, sqlite3_stmt *statement)
{
	const enum status status = casefile_run(casefile, statement);

	if (status == STATUS_OK && sqlite3_changes(casefile->db) > 0)
		casefile->decided = true;
	return finish(statement, status);
}

static enum status change(struct casefile *casefile, const char *sql, const struct decision *of)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status = statement ? bind_setting(casefile, statement, of) : casefile->error.status;

	return status == STATUS_OK ? run_change(casefile, statement) : finish(statement, status);
}

/* One that the same run took was never in force. */
enum status decision_undo(struct casefile *casefile, const struct decision *of)
{
	enum status status = change(casefile, "DELETE FROM decision" THAT_SETTING " AND run = " NEXT_RUN, of);

	return status == STATUS_OK
		       ? change(casefile, "UPDATE decision SET undone_by = " NEXT_RUN THAT_SETTING, of)
		       : status;
}

static enum status insert(struct casefile *casefile, const struct decision *decision)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "INSERT INTO decision(command, source, key, item, value, reason, run)"
			  " VALUES(?1, ?2, ?3, ?4, ?5, '', " NEXT_RUN ")");
	enum status status = statement ? bind_setting(casefile, statement, decision) : casefile->error.status;

	if (status == STATUS_OK) {
		bind_cstring(statement, 5, decision->value);
		return run_change(casefile, statement);
	}
	return finish(statement, status);
}

enum status decision_take(struct casefile *casefile, const struct decision *decision)
{
	struct buf now = { 0 };
	int64_t run;
	enum status status = decision_find(casefile, decision, &now, &run);
	const bool same = status == STATUS_OK && text_is(buf_view(&now), decision->value);

	buf_release(&now);
	if (same || (status != STATUS_OK && status != STATUS_END))
		return status;
	status = decision_undo(casefile, decision);
	return status == STATUS_OK ? insert(casefile, decision) : status;
}

enum status decision_undo_all(struct casefile *casefile, const char *command)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, UNDO " AND command = ?");
	enum status status = statement ? bind_sought(casefile, statement, 1, command) : casefile->error.status;

	return status == STATUS_OK ? run_change(casefile, statement) : finish(statement, status);
}

enum status decision_undo_source(struct casefile *casefile, int64_t source, int64_t *count)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, UNDO " AND source = ?");
	enum status status;

	*count = 0;
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source);
	status = run_change(casefile, statement);
	if (status == STATUS_OK)
		*count = sqlite3_changes(casefile->db);
	return status;
}

enum status decision_find(struct casefile *casefile, const struct decision *of, struct buf *value, int64_t *run)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT value, run FROM decision" THAT_SETTING);
	enum status status = statement ? bind_setting(casefile, statement, of) : casefile->error.status;

	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		const struct text found = column_text(statement, 0);

		buf_add(value, found.len ? found.data : "", found.len);
		*run = sqlite3_column_int64(statement, 1);
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_OK && value->failed ? error_memory(&casefile->error) : status;
}
