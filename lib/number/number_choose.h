/* SPDX-License-Identifier: Apache-2.0 */
/* Digits that can be read in several ways: which reading to take, and whether another is as good. */
#ifndef UNSPOOF_NUMBER_NUMBER_CHOOSE_H
#define UNSPOOF_NUMBER_NUMBER_CHOOSE_H

#include "number/read/number_read.h"

/* Takes a reading of digits, as number_read() says, and whether it is unsure. out is without a reading before. depth NULL:
 * not asked for. */
void number_choose(const struct numplan *plan, const struct number_text *text, struct number_manner manner,
	struct reading *out, struct number_depth *depth);

/* A way to read digits. */
struct number_way {
	enum number_rule rule;
	struct number number; /* valid */
};

#define NUMBER_WAYS_MOST 6

/* All ways in which digits make a valid number of a region (0: none) or of the world, in the order in which they are tried;
 * two may make the same number. Returns how many. */
size_t number_ways(const struct numplan *plan, const struct number_text *text, int region,
	struct number_way ways[static NUMBER_WAYS_MOST]);

/* The same of text[0..len), any bytes, without what stands around its number; 0 also where it holds no number. */
size_t number_ways_of(const struct numplan *plan, const char *text, size_t len, int region,
	struct number_way ways[static NUMBER_WAYS_MOST]);

#endif
