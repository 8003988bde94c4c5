/* SPDX-License-Identifier: Apache-2.0 */
/* Texts and integers to dense numbers, in order of first sight. */
#ifndef UNSPOOF_BASE_TABLE_DICTIONARY_H
#define UNSPOOF_BASE_TABLE_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/secret.h"
#include "base/text.h"

/* No entry, and: out of memory, or secret_get() gave none. */
#define DICTIONARY_NONE UINT32_MAX

/* Texts numbered from 0. Zeroed is empty. Where a text is found is a secret of the
 * run, so that no evidence can be made to be found slowly; its number is not. */
struct dictionary {
	const struct secret *secret;    /* once there are slots */
	struct buf bytes;      /* all texts, one after another */
	size_t *ends;          /* ends[i]: where text i ends in bytes */
	size_t count;
	size_t ends_capacity;
	uint32_t *slots;       /* number + 1, 0 is free */
	uint32_t *tags;        /* the hash beside it */
	size_t slot_count;     /* a power of two, or 0 */
};

void dictionary_release(struct dictionary *dictionary);
/* Forgets all texts and keeps the memory. */
void dictionary_clear(struct dictionary *dictionary);
/* The number of a text, added when new; DICTIONARY_NONE: out of memory. */
uint32_t dictionary_add(struct dictionary *dictionary, struct text text);
/* The same without adding; DICTIONARY_NONE when it is not there. */
uint32_t dictionary_find(const struct dictionary *dictionary, struct text text);
/* The text of a number; borrowed until the next add. */
struct text dictionary_text(const struct dictionary *dictionary, uint32_t number);

/*
 * Hashes for tables whose keys come from evidence. Keyed with a secret, so that
 * nobody can make evidence of which all falls into one place of a table; they
 * differ from run to run, and nothing that is stored, printed or put in order may
 * come from them.
 */

/* Of bytes: SipHash-1-3 (Aumasson, Bernstein 2012). */
uint64_t hash_bytes(const struct secret *secret, const void *data, size_t len);

/* Of one integer; a bijection: the finaliser of splitmix64 (Steele, Lea, Flood
 * 2014) over the integer and a secret, its first factor a secret. Two integers,
 * chosen by whoever does not know the factor, come into one place as seldom as
 * by chance: their difference times the factor is as good as random. */
static inline uint64_t hash_u64(const struct secret *secret, uint64_t value)
{
	value ^= secret->add;
	value ^= value >> 30;
	value *= secret->times;
	value ^= value >> 27;
	value *= UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

/* Of two: those with the same sum are others with another secret. */
static inline uint64_t hash_pair(const struct secret *secret, uint64_t a, uint64_t b)
{
	return hash_u64(secret, a + b * secret->second);
}

/* Integers to integers. Zeroed is empty. */
struct map64 {
	const struct secret *secret;    /* once there are slots */
	uint64_t *keys;
	uint64_t *values;
	uint8_t *used;
	size_t count;
	size_t slot_count;
};

void map64_release(struct map64 *map);
/* The place of the value of a key, added with value 0 when new (*added says
 * so, and may be NULL); valid until the next add. NULL: out of memory. */
uint64_t *map64_add(struct map64 *map, uint64_t key, bool *added);
/* The same without adding; NULL when it is not there. */
uint64_t *map64_find(const struct map64 *map, uint64_t key);

#endif
