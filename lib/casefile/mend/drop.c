/* SPDX-License-Identifier: Apache-2.0 */
/* Taking sources out of a case. */
#include "casefile/mend/drop.h"

#include "casefile/kinds.h"
#include "casefile/mend/dropped.h"
#include "casefile/mend/forms_used.h"
#include "casefile/mend/overwrite.h"
#include "casefile/record/decision.h"
#include "casefile/sql.h"
#include "casefile/table/table_digest.h"

static enum status with_source(struct casefile *casefile, const char *sql,
			       int64_t source)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

/* Rows of a table with ids. */
static enum status drop_rows(struct casefile *casefile, const char *table,
			     int64_t source)
{
	char sql[80];
	enum status status = dropped_keep(casefile, table, source);

	(void)sqlite3_snprintf(sizeof(sql), sql, "DELETE FROM %s WHERE source = ?",
			       table);
	return status == STATUS_OK ? with_source(casefile, sql, source) : status;
}

static enum status drop_kinds(struct casefile *casefile, int64_t source)
{
	enum status status = STATUS_OK;

	for (int kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++)
		if (kind != KIND_CALL)
			status = drop_rows(casefile, kind_info((enum kind)kind)->name,
					   source);
	return status;
}

/* Its columns are found by the ids of its segments. */
#define DROP_COLUMNS \
	"DELETE FROM found WHERE id IN (SELECT f.id FROM segment g JOIN found f" \
	" ON f.id BETWEEN g.id * 256 AND g.id * 256 + 255 WHERE g.source = ?)"

static enum status drop_source(struct casefile *casefile, int64_t source)
{
	enum status status = drop_kinds(casefile, source);

	if (status == STATUS_OK)
		status = with_source(casefile, DROP_COLUMNS, source);
	if (status == STATUS_OK)
		status = drop_rows(casefile, "segment", source);
	if (status == STATUS_OK)
		status = drop_rows(casefile, "reject", source);
	if (status == STATUS_OK)
		status = with_source(casefile, "DELETE FROM source_remark"
					       " WHERE source = ?", source);
	/* The run is not there yet, and is to be before the transaction ends. */
	return status == STATUS_OK
		       ? with_source(casefile,
				     "UPDATE source SET dropped_by ="
				     " (SELECT coalesce(max(id), 0) + 1 FROM run)"
				     " WHERE id = ?", source)
		       : status;
}

/* What was decided of it holds for no other source, not even for the same file. */
static enum status drop_decisions(struct casefile *casefile, int64_t source, const struct observer *observer)
{
	int64_t count = 0;
	const enum status status = decision_undo_source(casefile, source, &count);

	if (status == STATUS_OK && count > 0)
		observer_notice(observer, "source %lld: %lld %s no longer in force: see `unspoof export CASE decisions`",
				(long long)source, (long long)count, count == 1 ? "decision on it is" : "decisions on it are");
	return status;
}

enum status drop_sources(struct casefile *casefile, const int64_t *ids, size_t count,
			 unsigned threads, const struct observer *observer)
{
	enum status status = decision_intact(casefile);

	if (status == STATUS_OK)
		status = overwrite_begin(casefile);
	table_digest_forget(casefile->table_digests);
	if (status == STATUS_OK)
		status = casefile_drop_layers(casefile);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		status = drop_source(casefile, ids[i]);
		if (status == STATUS_OK)
			status = drop_decisions(casefile, ids[i], observer);
	}
	if (status == STATUS_OK)
		status = forms_empty_unused(casefile, threads, observer);
	return status == STATUS_OK ? overwrite_free(casefile) : status;
}
