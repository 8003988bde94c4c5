/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: that its database hangs together, by SQLite's own check. */
#include <string.h>

#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/verify/verify_segments.h"

#define SAYS 200
#define CHECK "PRAGMA integrity_check"
#define BY_TABLE 3033000       /* the SQLite that can check one table alone */

/* PRAGMA integrity_check tells want of memory as if it were damage. */
static enum status weigh(struct casefile *casefile, sqlite3_stmt *statement,
			 struct text what)
{
	static const char want[] = "unable to get the page. error code=7";
	const size_t len = sizeof(want) - 1;
	enum status status = columns_read(casefile, statement);

	if (status == STATUS_OK)
		status = casefile_intact(casefile);
	if (status == STATUS_OK && what.len >= len &&
	    !memcmp(what.data + what.len - len, want, len))
		status = error_memory(&casefile->error);
	return status;
}

/* Of several lines, the first of which names the database, each is a failure. */
static void tell(struct text what, const struct observer *observer,
		 struct verify_counts *counts)
{
	while (what.len) {
		const struct text line = text_take_line(&what);

		if (!text_is(line, "*** in database main ***"))
			verify_fail(observer, counts, line);
	}
}

/* Runs a check; *sound: it found nothing. observer NULL: what it finds is not told. */
static enum status check(struct casefile *casefile, const char *sql, bool *sound,
			 const struct observer *observer, struct verify_counts *counts)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	*sound = true;
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text what = column_text(statement, 0);

		status = weigh(casefile, statement, what);
		if (status != STATUS_OK)
			break;
		if (text_is(what, "ok"))
			continue;
		*sound = false;
		if (observer)
			tell(what, observer, counts);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status check_table(struct casefile *casefile, const char *name,
			       const struct observer *observer, struct verify_counts *counts)
{
	char sql[SAYS], says[SAYS];
	bool sound = true;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql, CHECK "(%s)", name);
	status = check(casefile, sql, &sound, NULL, counts);
	if (status == STATUS_INTEGRITY)
		sound = false;
	else if (status != STATUS_OK)
		return status;
	(void)sqlite3_snprintf(sizeof(says), says, "table %s, or an index of it, is damaged", name);
	if (!sound)
		verify_fail(observer, counts, text_of(says));
	return STATUS_OK;
}

/* Pages say nothing to who reads it. */
static enum status name_tables(struct casefile *casefile, const struct observer *observer,
			       struct verify_counts *counts)
{
	enum status status = STATUS_OK;

	if (sqlite3_libversion_number() < BY_TABLE)
		return STATUS_OK;
	for (const struct schema_table *table = schema_tables; table->name && status == STATUS_OK;
	     table++) {
		bool there = true;

		if (table->layer == LAYER_UNDERSTOOD || table->layer == LAYER_CONCLUDED)
			status = casefile_has_layer(casefile, table->layer, &there);
		if (status == STATUS_OK && there)
			status = check_table(casefile, table->name, observer, counts);
	}
	return status;
}

enum status verify_structure(struct casefile *casefile, const struct observer *observer,
			     struct verify_counts *counts)
{
	bool sound = false;
	const enum status status = check(casefile, CHECK "(20)", &sound, observer, counts);

	if (status != STATUS_OK && status != STATUS_INTEGRITY)
		return status;
	if (status == STATUS_INTEGRITY)
		verify_fail_error(observer, counts, &casefile->error);
	return status == STATUS_OK && sound ? STATUS_OK
					    : name_tables(casefile, observer, counts);
}
