/* SPDX-License-Identifier: Apache-2.0 */
/* Table victim, by number. */
#include <stdlib.h>

#include "correlate/correlation.h"

static int compare(const void *a, const void *b)
{
	const struct victim *x = a;
	const struct victim *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static enum status write_one(struct correlation *c, const struct victim *victim,
			     sqlite3_stmt *insert)
{
	bind_integer(insert, 1, (int64_t)victim->number);
	bind_integer(insert, 2, victim->reading);
	bind_integer(insert, 3, victim->calls);
	bind_integer(insert, 4, victim->long_calls);
	bind_integer(insert, 5, victim->talk / 1000);
	bind_integer(insert, 6, victim->suspects);
	bind_integer(insert, 7, victim->organisations);
	bind_integer(insert, 8, victim->reports);
	bind_integer(insert, 9, victim->loss);
	bind_span(insert, 10, &victim->called);
	return casefile_run(c->casefile, insert);
}

enum status victims_write(struct correlation *c)
{
	struct calls *calls = &c->calls;
	sqlite3_stmt *insert = casefile_prepare(
		c->casefile,
		"INSERT INTO victim(number, country, calls, long_calls, seconds,"
		" suspects, organisations, reports, loss, first_call, last_call)"
		" VALUES(?1, coalesce((SELECT country FROM reading WHERE id = ?2),"
		" ''), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
	enum status status = insert ? STATUS_OK : c->casefile->error.status;

	/* The places of victims are of no use any more. */
	places_release(&calls->victim_places);
	qsort(calls->victims + 1, calls->victim_count - 1,
	      sizeof(*calls->victims), compare);
	for (size_t i = 1; i < calls->victim_count && status == STATUS_OK; i++)
		status = write_one(c, &calls->victims[i], insert);
	sqlite3_finalize(insert);
	return status;
}
