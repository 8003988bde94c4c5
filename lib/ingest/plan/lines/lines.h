/* SPDX-License-Identifier: Apache-2.0 */
/* The keywords of a profile. */
#ifndef UNSPOOF_INGEST_PLAN_LINES_LINES_H
#define UNSPOOF_INGEST_PLAN_LINES_LINES_H

#include "ingest/plan/profile_line.h"

/* A keyword, and what reads the rest of its line. */
struct profile_keyword {
	const char *name;
	enum status (*read)(struct profile_line *line);
	bool sniffs;            /* the profile is known by it */
};

/* Each ends with a row without a name. */
extern const struct profile_keyword profile_name_lines[];
extern const struct profile_keyword profile_dialect_lines[];
extern const struct profile_keyword profile_role_lines[];
extern const struct profile_keyword profile_row_lines[];
extern const struct profile_keyword profile_value_lines[];

/* table NAME... or table /regex/: a section begins. */
enum status profile_table_line(struct profile_line *line);

/* A word of a status, whose keyword that is. */
enum status profile_word_line(struct profile_line *line, const char *keyword);

#endif
