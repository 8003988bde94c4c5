/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the form cache share, and nobody else needs. */
#ifndef UNSPOOF_CASEFILE_FORMCACHE_KNOWN_H
#define UNSPOOF_CASEFILE_FORMCACHE_KNOWN_H

#include "casefile/formcache.h"

/* A machine writes few forms, so nearly every text has one that was met before,
 * and is looked at once: which bytes are digits, and what the others are, tell
 * the form without its mask. */

#define SLOTS (2 * FORMCACHE_FORMS)     /* a power of two */
#define SLOT_BITS 14
#define LAST_DIGITS 16                  /* those that are taken together */
#define NOWHERE 0x80                    /* no byte, for a shuffle */

/* A form and the looks of its texts, 32 bytes after 32. */
struct known {
	uint64_t digits;                /* bit i: byte i is one */
	uint32_t len;
	uint16_t form;
	uint8_t count;                  /* of digits */
	uint8_t spare;
	struct half {
		uint8_t kept[32];       /* the bytes that are no digits, and 0 */
		uint8_t from[32];       /* of each 16: which byte is the last
					 * digit but 15, ..., the last digit */
	} halves[2];
	uint8_t places[FORMCACHE_DIGITS];
};

struct formcache {
	struct known *known;
	size_t count;
	uint16_t slots[SLOTS];          /* number in known and 1; 0: free */
};

/* Odd numbers with bits at random: digits of the golden ratio and of pi. */
#define MIX_0 UINT64_C(0x9e3779b97f4a7c15)
#define MIX_1 UINT64_C(0x082efa98ec4e6c89)

/* Tells where to look for the four words of 32 bytes and their digits. */
static inline uint64_t mix(const uint64_t *words, uint64_t digits)
{
	const uint64_t inner = words[1] + words[2];

	return (words[0] + words[3] + (inner << 32 | inner >> 32) +
		digits * MIX_1) * MIX_0;
}

_Static_assert(SLOTS == 1 << SLOT_BITS, "a slot for each number of so many bits");

static inline size_t slot_of(uint64_t mixed)
{
	return (size_t)(mixed >> (64 - SLOT_BITS));
}

/* formcache_choose() of FORMCACHE_AVX2. */
formcache_find *formcache_avx2(void);

#endif
