/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text: where its digits stand, and what the other bytes are. */
#include "casefile/form/formcache_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/word.h"

#define WORDS FORMCACHE_WORDS

#define EVERY(byte) \
	{ SIXTEEN(byte), SIXTEEN(byte), SIXTEEN(byte), SIXTEEN(byte) }

const struct every formcache_every __attribute__((aligned(64))) = {
	EVERY(LOOK_BEHIND), EVERY(LOOK_DIGIT), EVERY('0'), EVERY(9)
};

struct formcache *formcache_new(void)
{
	struct formcache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return NULL;
	/* Only what is used of it is touched. */
	cache->known = aligned_alloc(FORMCACHE_READ, (FORMCACHE_FORMS + 1) *
							     sizeof(*cache->known));
	if (!cache->known) {
		free(cache);
		return NULL;
	}
	memset(cache->known, 0, sizeof(*cache->known));
	cache->known->odd = true;
	memset(cache->known->looks, LOOK_NEVER, sizeof(cache->known->looks));
	memset(cache->known->from, NOWHERE, sizeof(cache->known->from));
	memset(cache->known->places, NOWHERE, sizeof(cache->known->places));
	return cache;
}

void formcache_free(struct formcache *cache)
{
	if (cache)
		free(cache->known);
	free(cache);
}

void formcache_clear(struct formcache *cache)
{
	cache->count = 0;
	memset(cache->slots, 0, sizeof(cache->slots));
}

/* ---- eight bytes at a time ---- */

size_t formcache_look(struct text text, uint64_t looks[WORDS])
{
	uint64_t sums[2] = { 0, 0 };

	for (size_t i = 0; i < WORDS; i++) {
		const size_t at = i * 8 < text.len ? i * 8 : text.len;
		const size_t left = text.len - at < 8 ? text.len - at : 8;
		const uint64_t word = word_load_part(text.data + at, left);
		const uint64_t digits =
			((word_others(word) ^ WORD_OF(0x80)) >> 7) * 0xff;

		looks[i] = (word & ~digits) | (WORD_OF(LOOK_DIGIT) & digits);
		if (left < 8)
			looks[i] |= WORD_OF(LOOK_BEHIND) << 8 * left;
		if (i < WORDS / 2 || text.len >= FORMCACHE_READ / 2)
			sums[i % 2] += looks[i];
	}
	return slot_of(sums[0] + (sums[1] << 32 | sums[1] >> 32));
}

static bool is_known(const struct known *known, const uint64_t looks[WORDS])
{
	uint64_t unlike = 0;

	for (size_t i = 0; i < WORDS; i++)
		unlike |= looks[i] ^ word_load(known->looks + 8 * i);
	return unlike == 0;
}

/* The digits from one to another as a number, as two side by side, for that
 * takes half as long as one after another. */
static int64_t gather(const struct known *known, const char *data)
{
	static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
					  10000000, 100000000, 1000000000 };
	const unsigned half = known->count / 2;
	const uint8_t *place = known->from + FORMCACHE_DIGITS - known->count;
	int64_t first = 0, second = 0;

	for (unsigned i = 0; i < half; i++) {
		first = first * 10 + (data[place[i]] - '0');
		second = second * 10 + (data[place[half + i]] - '0');
	}
	if (known->count % 2)
		return (first * powers[half] + second) * 10 +
		       (data[place[known->count - 1]] - '0');
	return first * powers[half] + second;
}

int64_t formcache_first(const struct known *known, const char *data)
{
	int64_t number = 0;

	for (unsigned i = FORMCACHE_DIGITS - known->count;
	     i < FORMCACHE_DIGITS - LAST_DIGITS; i++)
		number = number * 10 + (data[known->from[i]] - '0');
	return number * INT64_C(10000000000000000);
}

/* The first of the cache where none is found. */
static const struct known *find_plain(const struct formcache *cache,
				      struct text text)
{
	uint64_t looks[WORDS];
	size_t slot = formcache_look(text, looks);

	for (unsigned probe = 0; probe < PROBES && cache->slots[slot];
	     probe++, slot = (slot + 1) % SLOTS)
		if (is_known(&cache->known[cache->slots[slot]], looks))
			return &cache->known[cache->slots[slot]];
	return cache->known;
}

static size_t find_all_plain(const struct formcache *cache,
			     const struct text *texts, const size_t *which,
			     size_t count, int64_t *forms, int64_t *values)
{
	size_t missing = 0;

	for (size_t i = 0; i < count; i++) {
		const struct text text = texts[which[i]];
		const struct known *known = cache->known;

		if (text.data && text.len <= FORMCACHE_TEXT)
			known = find_plain(cache, text);
		forms[i] = known->form;
		values[i] = gather(known, text.data);
		missing += known == cache->known && text.data;
	}
	return missing;
}

formcache_find *formcache_choose(enum cpu_level level)
{
	static formcache_find *const all[CPU_LEVELS] = {
		[CPU_PLAIN] = find_all_plain,
#if CPU_X86
		[CPU_SSE2] = find_all_plain,
		[CPU_AVX2] = formcache_find_avx2,
		[CPU_AVX512] = formcache_find_avx512,
#endif
	};

	return all[level];
}

formcache_find *formcache_fastest(void)
{
	return formcache_choose(cpu_level());
}

/* ---- remembering ---- */

/* Notes that a byte of the text is the last but `after` of the digits. */
static void place_digit(struct known *known, size_t at, unsigned after)
{
	if (after < LAST_DIGITS && at < sizeof(known->places))
		known->places[at / LAST_DIGITS * LAST_DIGITS + LAST_DIGITS - 1 - after] = (uint8_t)(at % LAST_DIGITS);
}

/* Says where the digits are; false: there are too many. */
static bool place_digits(struct known *known, struct text text)
{
	known->count = 0;
	memset(known->from, NOWHERE, sizeof(known->from));
	memset(known->places, NOWHERE, sizeof(known->places));
	for (size_t i = text.len; i-- > 0;) {
		if (text.data[i] < '0' || text.data[i] > '9')
			continue;
		if (known->count == FORMCACHE_DIGITS)
			return false;
		place_digit(known, i, known->count);
		known->from[FORMCACHE_DIGITS - ++known->count] = (uint8_t)i;
	}
	return true;
}

void formcache_add(struct formcache *cache, struct text text, int64_t form)
{
	uint64_t looks[WORDS];
	struct known *known;
	unsigned probe = 0;
	size_t slot;

	if (!text.data || text.len > FORMCACHE_TEXT || form < 1 ||
	    form > UINT16_MAX)
		return;
	if (cache->count == FORMCACHE_FORMS)
		formcache_clear(cache);
	known = &cache->known[cache->count + 1];
	if (!place_digits(known, text))
		return;
	slot = formcache_look(text, looks);
	for (size_t i = 0; i < WORDS; i++)
		word_store(known->looks + 8 * i, looks[i]);
	known->form = (uint16_t)form;
	known->odd = known->count > LAST_DIGITS;
	while (cache->slots[slot] && ++probe < PROBES)
		slot = (slot + 1) % SLOTS;
	if (!cache->slots[slot])
		cache->slots[slot] = (uint16_t)++cache->count;
}
