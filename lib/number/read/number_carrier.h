/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers behind the prefixes that a carrier or a switch puts in front: a list that the analyst gives. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_CARRIER_H
#define UNSPOOF_NUMBER_READ_NUMBER_CARRIER_H

#include <stddef.h>

#include "base/text.h"
#include "number/read/number_read.h"

/* The longest list, and the longest prefix in it, in bytes. */
#define NUMBER_PREFIXES_MOST 200
#define NUMBER_PREFIX_MOST 20

/* What is wrong with a list, as "has an empty prefix"; NULL: it is one. A list is prefixes of digits, '*' and '#', with
 * commas between: "9#,77788". Static. */
const char *number_prefixes_problem(const char *list);

/* number_read_in, and where the text is no valid number by itself and begins, without what stands around it, with a prefix
 * of manner.prefixes: what is behind the prefix, the first that is valid, else the first that is possible. A valid one goes
 * also before a number that is valid as it stands, for who names a prefix means it; then it is unsure, unless both are one
 * number. Only one with a plus stays, and one that is international by manner.bare. The rule is NUMBER_RULE_TECH_PREFIX.
 * Prefixes NULL or empty: none; any other bytes in them do no harm. */
void number_read_prefixed(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out);

/* Whether, of digits that were read so by number_read_in, number_read_prefixed may make something else. first: so many of
 * the digits as are known, from the first on. */
bool number_may_have_prefix(const struct reading *reading, struct number_manner manner, struct text first);

#endif
