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
static inline uint64_t presented_key_of(uint64_t number, uint64_t shown)
{
	if (number)
		return number << 1;
	return shown ? shown << 1 | 1 : 0;
}

/* The number of what was presented; 0: it is none. */
static inline uint64_t presented_key_number(uint64_t presented_key)
{
	return presented_key & 1 ? 0 : presented_key >> 1;
}

/* The shown.id of what was presented; 0: it is none. */
static inline uint64_t presented_key_text(uint64_t presented_key)
{
	return presented_key & 1 ? presented_key >> 1 : 0;
}

/* A place in byte order of `+442079460000` and of the texts as found: by order,
 * then by rank. Unknown is first. */
struct presented_position {
	uint64_t order;
	uint32_t rank;         /* of texts between the same two numbers */
};

/* The texts of table shown that are no numbers, in order. */
struct presented_texts {
	struct map64 places;       /* of shown.id in orders */
	uint64_t *orders;
	size_t count, capacity;
};

/* Reads table shown. */
enum status presented_texts_load(struct presented_texts *texts, struct casefile *casefile);
void presented_texts_release(struct presented_texts *texts);
/* False: the case has no such text. */
bool presented_texts_position(const struct presented_texts *texts, uint64_t presented_key,
			      struct presented_position *position);
/* The order of a text as found: that of the last number not after it, and 1. */
uint64_t presented_text_order(struct text text);

#endif
