/* SPDX-License-Identifier: Apache-2.0 */
/* What neither a file nor a statement may do to a connection of SQLite. */
#include "casefile/sqlite/disarm.h"

#include <stddef.h>

struct rule {
	int option;
	int value;
};

/* Triggers and views of ours there are none. A name in double quotes that is no column
 * would be taken for a text, and a figure would be of something else. */
static const struct rule rules[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
};

static const struct rule limits[] = {
	/* A segment's texts end at 64 MiB and a record of 16; the list of a suspect's
	 * logins may be of a million. */
	{ SQLITE_LIMIT_LENGTH, DISARM_LENGTH },
	/* Twice what Linux takes for an argument. */
	{ SQLITE_LIMIT_SQL_LENGTH, DISARM_STATEMENT },
	/* The widest table has some 40, and a query may join several. */
	{ SQLITE_LIMIT_COLUMN, 500 },
	/* A condition of so many ORs; what SQLite allows unless it is built otherwise. */
	{ SQLITE_LIMIT_EXPR_DEPTH, 1000 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 100 },
	/* 24 bytes each. */
	{ SQLITE_LIMIT_VDBE_OP, 1000000 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 100 },
	/* VACUUM attaches the file that it writes; a query may not (export/query.c). */
	{ SQLITE_LIMIT_ATTACHED, 1 },
	/* The time goes with its length by that of the text, and no signal is looked for. */
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 500 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 0 },
	/* Threads are ours alone: results are made in one order. */
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

bool disarm(sqlite3 *db)
{
	int now = 0;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (sqlite3_db_config(db, rules[i].option, rules[i].value, &now) != SQLITE_OK || now != rules[i].value)
			return false;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		(void)sqlite3_limit(db, limits[i].option, limits[i].value);
		/* One that SQLite was built with may be lower. */
		if (sqlite3_limit(db, limits[i].option, -1) > limits[i].value)
			return false;
	}
	return true;
}
