/* SPDX-License-Identifier: Apache-2.0 */
/* Ids of rows that were taken out. */
#include "casefile/mend/dropped.h"

#include "casefile/sql.h"

enum status dropped_next(struct casefile *casefile, const char *table, int64_t *next)
{
	char sql[200];
	int64_t last = 0;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "SELECT max(last) FROM (SELECT max(id) AS last FROM %s"
			       " UNION ALL SELECT max(last) FROM dropped"
			       " WHERE name = '%s')", table, table);
	status = casefile_integer(casefile, sql, 0, &last);
	*next = last == INT64_MAX ? last : last + 1;
	return status;
}

enum status dropped_keep(struct casefile *casefile, const char *table, int64_t source)
{
	sqlite3_stmt *statement;
	char sql[220];
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "INSERT INTO dropped(source, name, first, last, rows)"
			       " SELECT source, '%s', min(id), max(id), count(*) FROM %s"
			       " WHERE source = ? GROUP BY source", table, table);
	statement = casefile_prepare(casefile, sql);
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}
