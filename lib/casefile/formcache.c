/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text: where its digits stand, and what the other bytes are. */
#include "casefile/formcache_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/word.h"

#define WORDS (FORMCACHE_TEXT / 8)

struct formcache *formcache_new(void)
{
	struct formcache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return NULL;
	cache->known = calloc(FORMCACHE_FORMS, sizeof(*cache->known));
	if (cache->known)
		return cache;
	free(cache);
	return NULL;
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

/* What a text looks like. */
struct looks {
	uint64_t kept[WORDS];
	uint64_t digits;
};

static size_t look(struct text text, struct looks *looks)
{
	size_t at = 0;

	memset(looks, 0, sizeof(*looks));
	for (size_t i = 0; at < text.len; i++, at += 8) {
		const size_t left = text.len - at < 8 ? text.len - at : 8;
		const uint64_t word = word_load_part(text.data + at, left);
		const uint64_t others = word_others(word);

		looks->kept[i] = word & (others >> 7) * 0xff;
		/* The highest bits of the bytes, side by side. */
		looks->digits |= ((others ^ WORD_OF(0x80)) >> 7) *
				 UINT64_C(0x0102040810204080) >> 56 << at;
	}
	return slot_of(mix(looks->kept, looks->digits & UINT32_MAX) +
		       mix(looks->kept + 4, looks->digits >> 32));
}

static bool is_known(const struct known *known, struct text text,
		     const struct looks *looks)
{
	uint64_t unlike = known->digits ^ looks->digits;

	if (known->len != text.len)
		return false;
	for (size_t i = 0; i < WORDS; i++)
		unlike |= looks->kept[i] ^
			  word_load(known->halves[i / 4].kept + 8 * (i % 4));
	return unlike == 0;
}

/* The digits from one to another as a number, as two side by side, for that
 * takes half as long as one after another. */
static int64_t gather(const struct known *known, const char *data)
{
	static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
					  10000000, 100000000, 1000000000 };
	const unsigned half = known->count / 2;
	const uint8_t *place = known->places;
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

static const struct known *find_plain(const struct formcache *cache,
				      struct text text)
{
	struct looks looks;
	size_t slot = look(text, &looks);

	for (; cache->slots[slot]; slot = (slot + 1) % SLOTS) {
		const struct known *known = &cache->known[cache->slots[slot] - 1];

		if (is_known(known, text, &looks))
			return known;
	}
	return NULL;
}

static size_t find_all_plain(const struct formcache *cache,
			     const struct text *texts, const size_t *which,
			     size_t count, int64_t *forms, int64_t *values)
{
	size_t missing = 0;

	for (size_t i = 0; i < count; i++) {
		const struct text text = texts[which[i]];
		const struct known *known = NULL;

		if (text.data && text.len <= FORMCACHE_TEXT)
			known = find_plain(cache, text);
		forms[i] = known ? known->form : 0;
		values[i] = known ? gather(known, text.data) : 0;
		missing += !known && text.data;
	}
	return missing;
}

formcache_find *formcache_choose(enum formcache_width width)
{
	return width == FORMCACHE_AVX2 ? formcache_avx2() : find_all_plain;
}

formcache_find *formcache_fastest(void)
{
	formcache_find *found = formcache_choose(FORMCACHE_AVX2);

	return found ? found : find_all_plain;
}

/* ---- remembering ---- */

/* Says for each digit where it is, and for the last 16 where they go. */
static bool place_digits(struct known *known, struct text text)
{
	memset(known->halves[0].from, NOWHERE, sizeof(known->halves[0].from));
	memset(known->halves[1].from, NOWHERE, sizeof(known->halves[1].from));
	known->count = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			continue;
		if (known->count == FORMCACHE_DIGITS)
			return false;
		known->places[known->count++] = (uint8_t)i;
	}
	for (unsigned i = 0; i < known->count && i < LAST_DIGITS; i++) {
		const uint8_t place = known->places[known->count - 1 - i];

		/* A shuffle moves bytes within 16 of them. */
		known->halves[place / 32].from[place / 16 % 2 * 16U +
					       LAST_DIGITS - 1 - i] = place % 16;
	}
	return true;
}

void formcache_add(struct formcache *cache, struct text text, int64_t form)
{
	struct looks looks;
	struct known *known;
	size_t slot;

	if (text.len > FORMCACHE_TEXT || form < 1 || form > UINT16_MAX)
		return;
	if (cache->count == FORMCACHE_FORMS)
		formcache_clear(cache);
	known = &cache->known[cache->count];
	if (!place_digits(known, text))
		return;
	slot = look(text, &looks);
	known->digits = looks.digits;
	known->len = (uint32_t)text.len;
	known->form = (uint16_t)form;
	for (size_t i = 0; i < FORMCACHE_TEXT; i++)
		known->halves[i / 32].kept[i % 32] =
			(uint8_t)(looks.kept[i / 8] >> 8 * (i % 8));
	while (cache->slots[slot])
		slot = (slot + 1) % SLOTS;
	cache->slots[slot] = (uint16_t)++cache->count;
}
