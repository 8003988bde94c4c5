/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the values of a row look like what their roles ask for. */
#ifndef UNSPOOF_INGEST_CHECK_H
#define UNSPOOF_INGEST_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/mapping.h"

/* What a check came to. */
struct verdict {
	int role;               /* the first that is wrong; -1: none is */
	const char *reason;     /* static; follows role and value */
	bool local_time;        /* a time of the row tells no zone */
};

/* The roles of a mapping that there is something to check about. */
struct checker {
	const struct kind_info *info;
	int roles[ROLES_MOST];
	size_t count;
};

void checker_init(struct checker *checker, const struct mapping *mapping);

/* Checks the values of a row, one a role: filled roles are not empty, and what
 * is not empty reads as a time, a duration or an amount where the role is one.
 * Blanks alone are empty. */
struct verdict checker_row(const struct checker *checker,
			   const struct text *values);

/* Whether a text reads as a time or as a number. */
bool check_typed(struct text value);

#endif
