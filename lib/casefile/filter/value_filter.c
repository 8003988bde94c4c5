/* SPDX-License-Identifier: Apache-2.0 */
/* Which values a column of a segment may have. */
#include "casefile/filter/value_filter.h"

#include <string.h>

#include "base/digest/checksum.h"
#include "base/word.h"
#include "casefile/column/packing.h"

#define WORD_BYTES 8
#define HEAD_WORDS 2           /* kind and base */
/* The fewest words, and the bits set in one so that it may be laid over another. */
#define FOLD_WORDS 8
#define FOLD_BITS 35

/* ---- making ---- */

/* One product alone would put numbers in a row into few words. */
static uint64_t hash(int64_t value)
{
	const uint64_t product = (uint64_t)value * CHECKSUM_FACTOR;

	return (product ^ product >> 32) * CHECKSUM_FACTOR;
}

static uint64_t bits_of(uint64_t h)
{
	return UINT64_C(1) << (h >> 46 & 63) | UINT64_C(1) << (h >> 40 & 63) |
	       UINT64_C(1) << (h >> 34 & 63);
}

static bool can_fold(const uint64_t *words, size_t half)
{
	size_t set = 0;

	for (size_t i = 0; i < half; i++)
		set += (size_t)__builtin_popcountll(words[i] | words[i + half]);
	return set <= half * FOLD_BITS;
}

/* Gives how many words are left. */
static size_t fold(uint64_t *words)
{
	size_t count = VALUE_FILTER_WORDS;

	while (count > FOLD_WORDS && can_fold(words, count / 2)) {
		count /= 2;
		for (size_t i = 0; i < count; i++)
			words[i] |= words[i + count];
	}
	return count;
}

static void store(struct value_filter *filter, enum value_filter_kind kind, int64_t base,
		  size_t words)
{
	uint8_t *at = filter->bytes;

	word_store(at, kind);
	word_store(at + WORD_BYTES, (uint64_t)base);
	at += HEAD_WORDS * WORD_BYTES;
	for (size_t i = 0; i < words; i++, at += WORD_BYTES)
		word_store(at, filter->words[i]);
	filter->len = (size_t)(at - filter->bytes);
	word_store(at, checksum(0, filter->bytes, filter->len));
	filter->len += WORD_BYTES;
}

static void make_maybe(struct value_filter *filter, const int64_t *values, uint32_t rows)
{
	memset(filter->words, 0, sizeof(filter->words));
	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t h = hash(values[i]);

		filter->words[h >> 52] |= bits_of(h);
	}
	store(filter, VALUE_FILTER_MAYBE, 0, fold(filter->words));
}

static void make_exact(struct value_filter *filter, const int64_t *values, uint32_t rows,
		       int64_t base, size_t words)
{
	memset(filter->words, 0, words * sizeof(*filter->words));
	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t bit = (uint64_t)values[i] - (uint64_t)base;

		filter->words[bit / 64] |= UINT64_C(1) << bit % 64;
	}
	store(filter, VALUE_FILTER_EXACT, base, words);
}

/* Whether all values from the least to the greatest have a bit. */
static bool lies_near(const int64_t *values, uint32_t rows, int64_t ends[2])
{
	packing_fastest()->extent(values, rows, 0, ends);
	return (uint64_t)ends[1] - (uint64_t)ends[0] < UINT64_C(64) * VALUE_FILTER_WORDS;
}

void value_filter_make(struct value_filter *filter, const int64_t *values, uint32_t rows,
		       bool exact)
{
	int64_t ends[2];

	if (exact && lies_near(values, rows, ends))
		make_exact(filter, values, rows, ends[0], (size_t)((ends[1] - ends[0]) / 64 + 1));
	else
		make_maybe(filter, values, rows);
}

/* ---- asking ---- */

static size_t words_of(size_t len)
{
	return len / WORD_BYTES - HEAD_WORDS - 1;
}

bool value_filter_sound(const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	return len % WORD_BYTES == 0 && len > (HEAD_WORDS + 1) * WORD_BYTES && len <= VALUE_FILTER_MOST &&
	       word_load(at + len - WORD_BYTES) == checksum(0, at, len - WORD_BYTES);
}

static uint64_t word_at(const uint8_t *bytes, size_t i)
{
	return word_load(bytes + (HEAD_WORDS + i) * WORD_BYTES);
}

enum value_found value_filter_find(const void *bytes, size_t len, int64_t value)
{
	const uint64_t kind = word_load(bytes);
	const uint64_t bit = (uint64_t)value - word_load((const uint8_t *)bytes + WORD_BYTES);
	const uint64_t h = hash(value);

	if (kind == VALUE_FILTER_MAYBE)
		return bits_of(h) & ~word_at(bytes, (h >> 52) % words_of(len)) ? VALUE_ABSENT : VALUE_MAYBE;
	if (kind != VALUE_FILTER_EXACT)
		return VALUE_UNKNOWN;
	if (bit / 64 >= words_of(len))
		return VALUE_ABSENT;
	return word_at(bytes, bit / 64) >> bit % 64 & 1 ? VALUE_THERE : VALUE_ABSENT;
}
