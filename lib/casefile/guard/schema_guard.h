/* SPDX-License-Identifier: Apache-2.0 */
/* What a case may contain: the tables and indexes that this program makes, by its very
 * text, and nothing else. */
#ifndef UNSPOOF_CASEFILE_GUARD_SCHEMA_GUARD_H
#define UNSPOOF_CASEFILE_GUARD_SCHEMA_GUARD_H

#include "base/status.h"

struct casefile;

/* Told of each thing that differs; the text is safe for a terminal, and gone after the
 * call. */
typedef void schema_differs(void *context, const char *what);

/* Compares sqlite_schema with the text of schema.h. It differs where a table or an index
 * has another text, belongs to another table, is there twice, is missing of a layer of
 * which another table is there, or is none of ours; among these virtual tables, triggers
 * and views. The indexes that SQLite makes by itself are ours as far as a table calls for
 * them; sqlite_stat1 and its like are not, for no command of ours makes statistics. Runs
 * nothing that the file holds, so that it is done before any other statement.
 * STATUS_INTEGRITY: SQLite cannot make out the schema, as the error says. */
enum status schema_guard_each(struct casefile *casefile, schema_differs *tell,
			      void *context);

/* STATUS_INTEGRITY where anything differs: the error names the first thing, the number
 * of the others, and what to do. */
enum status schema_guard(struct casefile *casefile);

#endif
