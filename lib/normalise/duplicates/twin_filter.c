/* SPDX-License-Identifier: Apache-2.0 */
/* Keys met more than once, nearly. */
#include "normalise/duplicates/twin_filter.h"

#include <stdlib.h>

#include "base/memory.h"

#define WORDS_LEAST_BITS 9     /* 4 KiB */
#define WORDS_MOST_BITS 40

/* A word for two keys, so that few that were met once look as if they were again. */
bool twin_filter_open(struct twin_filter *filter, uint64_t keys, uint64_t memory)
{
	unsigned bits = WORDS_LEAST_BITS;

	while (bits < WORDS_MOST_BITS && UINT64_C(1) << bits < keys / 2 &&
	       (UINT64_C(2) << bits) * sizeof(*filter->words) <= memory)
		bits++;
	filter->shift = 64 - bits;
	filter->words = memory_large_zeroed((size_t)1 << bits, sizeof(*filter->words));
	return filter->words != NULL;
}

bool twin_filter_end(struct twin_filter *filter)
{
	const size_t count = (size_t)1 << (64 - filter->shift);

	filter->full = calloc(count / 64, sizeof(*filter->full));
	for (size_t i = 0; filter->full && i < count; i++) {
		const uint64_t word =
			atomic_load_explicit(&filter->words[i], memory_order_relaxed);

		filter->full[i / 64] |= (uint64_t)(word >> 32 != 0) << (i % 64);
	}
	return filter->full != NULL;
}

void twin_filter_close(struct twin_filter *filter)
{
	free(filter->full);
	filter->full = NULL;
	free(filter->words);
	filter->words = NULL;
}
