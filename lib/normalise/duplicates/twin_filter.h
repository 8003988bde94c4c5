/* SPDX-License-Identifier: Apache-2.0 */
/* Which keys were met more than once, nearly: none of those is missed, and few others
 * are taken for one. A few bits a key, however many there are. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_FILTER_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_FILTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Bits of a key that is spread evenly, but for the last three, say which word, and which two bits of its lower
 * half: met; of its upper half: met again. Zeroed is closed. */
struct twin_filter {
	_Atomic uint64_t *words;
	unsigned shift;        /* of a key, to its word */
	uint64_t *full;        /* a bit a word: some key was met again; by
				* twin_filter_end() */
};

/* For so many keys, within so many bytes (at least 4 KiB). False: no memory. */
bool twin_filter_open(struct twin_filter *filter, uint64_t keys, uint64_t memory);
void twin_filter_close(struct twin_filter *filter);

static inline uint64_t twin_filter_bits(uint64_t key)
{
	return UINT64_C(1) << (key >> 3 & 31) | UINT64_C(1) << (key >> 8 & 31);
}

static inline void twin_filter_prefetch(const struct twin_filter *filter, uint64_t key)
{
	__builtin_prefetch(&filter->words[key >> filter->shift]);
}

/* Meets a key; on any thread. */
static inline void twin_filter_add(struct twin_filter *filter, uint64_t key)
{
	_Atomic uint64_t *word = &filter->words[key >> filter->shift];
	const uint64_t bits = twin_filter_bits(key);
	uint64_t before = atomic_load_explicit(word, memory_order_relaxed);

	if ((before & bits) != bits)
		before = atomic_fetch_or_explicit(word, bits, memory_order_relaxed);
	if ((before & bits) == bits)
		(void)atomic_fetch_or_explicit(word, bits << 32, memory_order_relaxed);
}

/* Once all were met, and before it is asked. False: no memory. */
bool twin_filter_end(struct twin_filter *filter);
/* Most words have no key that was met again, which little memory tells. */
static inline bool twin_filter_full(const struct twin_filter *filter, uint64_t key)
{
	const uint64_t word = key >> filter->shift;

	return filter->full[word / 64] >> (word % 64) & 1;
}

/* Whether a key may have been so more than once. */
static inline bool twin_filter_again(const struct twin_filter *filter, uint64_t key)
{
	const uint64_t bits = twin_filter_bits(key) << 32;
	_Atomic uint64_t *word = &filter->words[key >> filter->shift];

	return twin_filter_full(filter, key) &&
	       (atomic_load_explicit(word, memory_order_relaxed) & bits) == bits;
}

#endif
