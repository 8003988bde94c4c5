/* SPDX-License-Identifier: Apache-2.0 */
/* Where rows in brackets end, many at once, 64 bytes at a time. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_MANY_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_MANY_H

#include <stdint.h>

#include "base/cpu.h"
#include "ingest/sql/row/sql_skim.h"

#define SQL_MARKED 64

/* Of SQL_MARKED bytes, a bit for each, the lowest of the first. */
struct sql_marks {
	uint64_t quotes, backslashes;   /* ' and \ */
	uint64_t opens, closes;         /* ( and ) */
	uint64_t odd;                   /* what is in no number, no NULL and not between values */
};

typedef void sql_marks_of(const char *bytes, struct sql_marks *marks);

sql_marks_of sql_marks_plain;
#if CPU_X86
sql_marks_of sql_marks_avx2;
#endif

/* Behind the last of the rows that begin at from and are as nearly all are: numbers, NULL and strings in single
 * quotes, the next row behind a comma. It is where sql_skim_tuple() and sql_between() have it; from: the first row is
 * not one of those, or does not end before `to`. */
const char *sql_many_rows(sql_marks_of *marks_of, const struct sql_manner *manner, const char *from, const char *to);

/* The fastest here. */
sql_marks_of *sql_marks_fastest(void);

#endif
