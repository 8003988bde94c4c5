/* SPDX-License-Identifier: Apache-2.0 */
/* The first rows of a table, by which its plan is made: kept in the state, so that the plan
 * is the same where reading is gone on with. */
#ifndef UNSPOOF_INGEST_SQL_SQL_SAMPLE_H
#define UNSPOOF_INGEST_SQL_SQL_SAMPLE_H

#include "ingest/sql/sql_dump.h"

/* Announces a table with its columns and the sample that it has. STATUS_INTEGRITY: that is
 * none. */
enum status sql_sample_announce(struct sql_dump *dump, struct sql_table *table,
				struct error *error);

#endif
