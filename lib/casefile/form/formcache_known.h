/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the form cache share, and nobody else needs. */
#ifndef UNSPOOF_CASEFILE_FORM_FORMCACHE_KNOWN_H
#define UNSPOOF_CASEFILE_FORM_FORMCACHE_KNOWN_H

#include "casefile/form/formcache.h"

/* A machine writes few forms, so nearly every text has one that was met before,
 * and is looked at once: where its digits stand, and what the other bytes are,
 * tell the form without its mask. */

#define SLOTS (2 * FORMCACHE_FORMS)     /* a power of two */
#define SLOT_BITS 14
/* Slots that are looked at for a text, which bounds the work where a log was made
 * so that many looks have one slot. A form that finds none of them free is not
 * remembered, as if one too many had been met. */
#define PROBES 64
#define LAST_DIGITS 16                  /* those that are taken together */

/* What a text looks like: its bytes, but for these. */
#define LOOK_BEHIND '0'                 /* all behind it */
#define LOOK_DIGIT '1'                  /* each of its digits */
#define LOOK_NEVER '2'

#define FOUR(byte) byte, byte, byte, byte
#define SIXTEEN(byte) FOUR(byte), FOUR(byte), FOUR(byte), FOUR(byte)

/* Each of these bytes for a whole text; in memory, since compilers make such
 * constants anew at every use where they can. */
struct every {
	uint8_t behind[FORMCACHE_READ], digit[FORMCACHE_READ], zero[FORMCACHE_READ],
		nine[FORMCACHE_READ];
};
extern const struct every formcache_every;

/* Told to take the last byte behind a text, a permutation takes what stands for
 * no digit, and a shuffle told to take a byte from 128 on gives 0. */
#define NOWHERE 0xff

/* A form and the looks of its texts: two cache lines. */
struct known {
	uint8_t looks[FORMCACHE_READ];
	uint8_t from[FORMCACHE_DIGITS]; /* ..., the last byte but one that is a
					 * digit, the last; before them NOWHERE */
	uint16_t form;
	uint8_t count;                  /* of digits */
	bool odd;                       /* it has no form, or more than LAST_DIGITS */
	uint8_t spare[10];
	/* The last digits, of those before the 17th byte and of those from there on: what
	 * a shuffle is told that moves bytes within 16; no others have a place. */
	uint8_t places[FORMCACHE_READ / 2];
};

_Static_assert(sizeof(struct known) == 128, "no form lies in three lines");

struct formcache {
	struct known *known;            /* the first has form 0: of no text */
	size_t count;                   /* of the others */
	uint16_t slots[SLOTS];          /* numbers in known; 0: free */
};

_Static_assert(SLOTS == 1 << SLOT_BITS, "a slot for each number of so many bits");

/* Where looks are, by their words 0, 2, 4 and 6 summed up, and the others' sum,
 * its halves exchanged, added; of a text that does not reach the upper half, by
 * the lower. The factor is the golden ratio. */
static inline size_t slot_of(uint64_t sum)
{
	return (size_t)(sum * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOT_BITS));
}

/* The looks of a text, and their slot. No more than the text is read. */
#define FORMCACHE_WORDS (FORMCACHE_READ / 8)
size_t formcache_look(struct text text, uint64_t looks[FORMCACHE_WORDS]);

/* The value of the digits before the last LAST_DIGITS, of which there are some. */
int64_t formcache_first(const struct known *known, const char *data);

/* For formcache_choose(), where CPU_X86. */
formcache_find formcache_find_avx2, formcache_find_avx512;

#endif
