/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text: where its digits stand, and what the other bytes are. */
#include "casefile/formcache.h"

#include <stdlib.h>
#include <string.h>

#include "base/word.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define FORMCACHE_X86 1
#include <immintrin.h>
#else
#define FORMCACHE_X86 0
#endif

/* A machine writes few forms, so nearly every text has one that was met before,
 * and is looked at once: which bytes are digits, and what the others are, tell
 * the form without its mask. */

#define WORDS (FORMCACHE_TEXT / 8)
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

static inline size_t slot_of(uint64_t mixed)
{
	return (size_t)(mixed >> (64 - SLOT_BITS));
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

/* ---- 32 bytes at a time ---- */

#if FORMCACHE_X86

#define AVX2 __attribute__((target("avx2,bmi,bmi2")))

/* 32 bytes of a text. */
struct avx2_half {
	__m256i kept;
	__m256i numbers;        /* what the digits stand for; others have no meaning */
	uint32_t digits;
};

/* From place 32 less len on, it keeps len bytes of 32. */
static const int8_t own[64] = {
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};

static inline AVX2 __m256i load_avx2(const void *bytes)
{
	return _mm256_loadu_si256((const __m256i *)bytes);
}

/* Looks at 32 bytes of which the first len, 0 to 32, are of the text. */
static inline AVX2 struct avx2_half look_avx2(const char *data, size_t len)
{
	const __m256i nine = _mm256_set1_epi8(9);
	const __m256i bytes =
		_mm256_and_si256(load_avx2(data), load_avx2(own + 32 - len));
	struct avx2_half half;
	__m256i is_digit;

	half.numbers = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
	is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(half.numbers, nine),
				     half.numbers);
	half.kept = _mm256_andnot_si256(is_digit, bytes);
	half.digits = (uint32_t)_mm256_movemask_epi8(is_digit);
	return half;
}

/* As mix(). */
static inline AVX2 uint64_t mix_avx2(const struct avx2_half *half)
{
	/* The words 0 and 3, 1 and 2; then these two, the second turned round. */
	const __m128i sums = _mm_add_epi64(
		_mm256_castsi256_si128(half->kept),
		_mm_shuffle_epi32(_mm256_extracti128_si256(half->kept, 1), 0x4e));
	const __m128i sum = _mm_add_epi64(sums, _mm_shuffle_epi32(sums, 0x4b));

	return ((uint64_t)_mm_cvtsi128_si64(sum) + half->digits * MIX_1) * MIX_0;
}

static inline AVX2 bool same_avx2(__m256i kept, const struct half *half)
{
	return _mm256_movemask_epi8(
		       _mm256_cmpeq_epi8(kept, load_avx2(half->kept))) == -1;
}

/* Those of 32 bytes that are among the last 16 digits, each in its place. */
static inline AVX2 __m128i move_avx2(__m256i numbers, const struct half *half)
{
	const __m256i moved = _mm256_shuffle_epi8(numbers, load_avx2(half->from));

	return _mm_or_si128(_mm256_castsi256_si128(moved),
			    _mm256_extracti128_si256(moved, 1));
}

/* The number of 16 digits: of two, of four, of eight at a time. */
static inline AVX2 int64_t number_avx2(__m128i digits)
{
	const __m128i twos = _mm_maddubs_epi16(digits, _mm_set1_epi16(0x010a));
	const __m128i fours = _mm_madd_epi16(twos, _mm_set1_epi32(0x00010064));
	const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours),
					      _mm_set1_epi32(0x00012710));
	const uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);

	return (int64_t)((both & 0xffffffff) * 100000000 + (both >> 32));
}

/* The digits before the last 16. */
static int64_t first_digits(const struct known *known, const char *data)
{
	int64_t number = 0;

	for (unsigned i = 0; i + LAST_DIGITS < known->count; i++)
		number = number * 10 + (data[known->places[i]] - '0');
	return number * INT64_C(10000000000000000);
}

/* What a form that was found says of a text; last: its last digits. */
static inline AVX2 void settle_avx2(const struct known *known, const char *data,
				    __m128i last, int64_t *form, int64_t *value)
{
	*form = known->form;
	*value = number_avx2(last);
	if (known->count > LAST_DIGITS)
		*value += first_digits(known, data);
}

/* A text of up to 32 bytes. */
static inline AVX2 bool find_short(const struct formcache *cache, struct text text,
				   int64_t *form, int64_t *value)
{
	const struct avx2_half half = look_avx2(text.data, text.len);
	size_t slot = slot_of(mix_avx2(&half));

	for (; cache->slots[slot]; slot = (slot + 1) % SLOTS) {
		const struct known *known = &cache->known[cache->slots[slot] - 1];

		if (known->digits != half.digits || known->len != text.len ||
		    !same_avx2(half.kept, &known->halves[0]))
			continue;
		settle_avx2(known, text.data,
			    move_avx2(half.numbers, &known->halves[0]), form,
			    value);
		return true;
	}
	return false;
}

/* A text of 33 to 64 bytes. */
static AVX2 bool find_long(const struct formcache *cache, struct text text,
			   int64_t *form, int64_t *value)
{
	const struct avx2_half first = look_avx2(text.data, 32);
	const struct avx2_half second = look_avx2(text.data + 32, text.len - 32);
	const uint64_t digits = first.digits | (uint64_t)second.digits << 32;
	size_t slot = slot_of(mix_avx2(&first) + mix_avx2(&second));

	for (; cache->slots[slot]; slot = (slot + 1) % SLOTS) {
		const struct known *known = &cache->known[cache->slots[slot] - 1];

		if (known->digits != digits || known->len != text.len ||
		    !same_avx2(first.kept, &known->halves[0]) ||
		    !same_avx2(second.kept, &known->halves[1]))
			continue;
		settle_avx2(known, text.data,
			    _mm_or_si128(move_avx2(first.numbers,
						   &known->halves[0]),
					 move_avx2(second.numbers,
						   &known->halves[1])),
			    form, value);
		return true;
	}
	return false;
}

static AVX2 size_t find_all_avx2(const struct formcache *cache,
				 const struct text *texts, const size_t *which,
				 size_t count, int64_t *forms, int64_t *values)
{
	size_t missing = 0;

	for (size_t i = 0; i < count; i++) {
		const struct text text = texts[which[i]];

		if (text.len <= 32 && text.data) {
			if (find_short(cache, text, &forms[i], &values[i]))
				continue;
		} else if (text.len > 32 && text.len <= FORMCACHE_TEXT &&
			   find_long(cache, text, &forms[i], &values[i])) {
			continue;
		}
		forms[i] = 0;
		values[i] = 0;
		missing += text.data != NULL;
	}
	return missing;
}

#endif

formcache_find *formcache_choose(enum formcache_width width)
{
	if (width == FORMCACHE_PLAIN)
		return find_all_plain;
#if FORMCACHE_X86
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
	    __builtin_cpu_supports("bmi2"))
		return find_all_avx2;
#endif
	return NULL;
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
