/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a statement that spare rows of `call`: chosen when it is planned, and
 * made an ask when it runs. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_PLAN_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/sql.h"
#include "casefile/sqlite/call_ask.h"
#include "casefile/sqlite/text/call_text.h"

/* xBestIndex: SQLite checks the conditions again itself, so that ours only save rows. */
int call_plan_choose(sqlite3_index_info *info);

/* What a plan comes to with values. Zeroed is empty; what the ask borrows is the plan's. */
struct call_plan {
	uint64_t used;                 /* bit c: column c of enum call_column */
	bool never;                    /* no row can meet them */
	bool by_id, needs_understood;
	int grouped;                   /* rows come in order of this column; 0: of id */
	int64_t id;                    /* by_id: the only one */
	struct call_ask ask;           /* without the columns that are wanted */
	int64_t *lists[CALL_CONDITIONS];
	size_t list_count;
	struct call_text texts[CALL_TEXTS];
};

/* xFilter: the text is that of call_plan_choose(). False: no memory. */
bool call_plan_take(struct call_plan *plan, const char *text, sqlite3_value **values);
/* Behind it: what found texts are in the case. */
enum status call_plan_settle(struct call_plan *plan, struct casefile *casefile, const struct forms *forms,
			     bool understood);
void call_plan_release(struct call_plan *plan);

#endif
