/* SPDX-License-Identifier: Apache-2.0 */
/* What calls presented, and the byte order of its text. */
#ifndef UNSPOOF_CORRELATE_PRESENTED_PRESENTED_KEY_H
#define UNSPOOF_CORRELATE_PRESENTED_PRESENTED_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* What was presented, in one integer: E.164 doubled, or shown.id doubled and 1;
 * 0: unknown. */
static inline uint64_t shows_of(uint64_t number, uint64_t shown)
{
	if (number)
		return number << 1;
	return shown ? shown << 1 | 1 : 0;
}

/* The number of what was presented; 0: it is none. */
static inline uint64_t shows_number(uint64_t shows)
{
	return shows & 1 ? 0 : shows >> 1;
}

/* The shown.id of what was presented; 0: it is none. */
static inline uint64_t shows_text(uint64_t shows)
{
	return shows & 1 ? shows >> 1 : 0;
}

/* A place in byte order of `+442079460000` and of the texts as found: by order,
 * then by rank. Unknown is first. */
struct showing {
	uint64_t order;
	uint32_t rank;         /* of texts between the same two numbers */
};

/* The texts of table shown that are no numbers, in order. */
struct showings {
	struct map64 places;       /* of shown.id in orders */
	uint64_t *orders;
	size_t count, capacity;
};

/* Reads table shown. */
enum status showings_load(struct showings *showings, struct casefile *casefile);
void showings_release(struct showings *showings);
/* False: the case has no such text. */
bool showing_of(const struct showings *showings, uint64_t shows,
		struct showing *showing);
/* The order of a text as found: that of the last number not after it, and 1. */
uint64_t showing_order(struct text text);

#endif
