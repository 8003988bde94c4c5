/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text, 32 bytes at a time. */
#include "casefile/form/formspan_known.h"

#if CPU_X86

#include "casefile/form/formcache_x86.h"

#define AVX2 CPU_TARGET_AVX2

/* 32 bytes of a text. */
struct avx2_half {
	__m256i looks;
	__m256i numbers;        /* what the digits stand for; others have no meaning */
};

/* From place 32 less len on: what keeps len bytes of 32, and what puts LOOK_BEHIND in
 * place of the others. */
static const struct {
	int8_t keeps[64];
	uint8_t fills[64];
} ends __attribute__((aligned(64))) = {
	{ -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	  -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1 },
	{ [32] = SIXTEEN(LOOK_BEHIND), SIXTEEN(LOOK_BEHIND) }
};

/* Looks at 32 bytes of which the first len, 0 to 32, are of the text. */
static inline AVX2 struct avx2_half look_avx2(const char *data, size_t len)
{
	const __m256i bytes = load_32(data);
	struct avx2_half half;
	__m256i is_digit, looks;

	half.numbers = _mm256_sub_epi8(bytes, load_32(formcache_every.zero));
	is_digit = _mm256_cmpeq_epi8(
		_mm256_min_epu8(half.numbers, load_32(formcache_every.nine)), half.numbers);
	looks = _mm256_blendv_epi8(bytes, load_32(formcache_every.digit), is_digit);
	half.looks = _mm256_or_si256(_mm256_and_si256(looks, load_32(ends.keeps + 32 - len)),
				     load_32(ends.fills + 32 - len));
	return half;
}

static inline AVX2 bool same_avx2(__m256i looks, const uint8_t *known)
{
	return _mm256_movemask_epi8(_mm256_cmpeq_epi8(looks, load_32(known))) == -1;
}

/* Those of 32 bytes, from byte `at` of a text on, that are among its last digits,
 * each in its place. A shuffle moves bytes within 16. */
static inline AVX2 __m128i move_avx2(__m256i numbers, const struct known *known,
				     char at)
{
	const __m256i begin = _mm256_inserti128_si256(
		_mm256_set1_epi8(at), _mm_set1_epi8((char)(at + 16)), 1);
	/* Where it is not one of the 16, that is 128 or more. */
	const __m256i from = _mm256_adds_epu8(
		_mm256_sub_epi8(_mm256_broadcastsi128_si256(last_from(known)), begin),
		_mm256_set1_epi8(0x70));
	const __m256i moved = _mm256_shuffle_epi8(numbers, from);

	return _mm_or_si128(_mm256_castsi256_si128(moved),
			    _mm256_extracti128_si256(moved, 1));
}

/* The same of a text that has no more bytes than these. */
static inline AVX2 __m128i move_all_avx2(__m256i numbers, const struct known *known)
{
	const __m256i moved = _mm256_shuffle_epi8(numbers, load_32(known->places));

	return _mm_or_si128(_mm256_castsi256_si128(moved),
			    _mm256_extracti128_si256(moved, 1));
}

/* Whether a form has looks, the second half of which may be of no text. */
static inline AVX2 bool has_looks(const struct known *known, __m256i first, __m256i second,
				  bool both)
{
	return same_avx2(first, known->looks) &&
	       (!both || same_avx2(second, known->looks + 32));
}

/* The form with these looks that is in a slot behind the one they belong to, or the first
 * of the cache. */
static __attribute__((noinline)) AVX2 const struct known *
find_behind(const struct formcache *cache, size_t slot, __m256i first, __m256i second,
	    bool both)
{
	for (unsigned probe = 1; probe < PROBES && cache->slots[slot]; probe++) {
		const struct known *known;

		slot = (slot + 1) % SLOTS;
		known = &cache->known[cache->slots[slot]];
		if (has_looks(known, first, second, both))
			return known;
	}
	return cache->known;
}

/* A text of up to 31 bytes. */
static inline AVX2 const struct known *find_short(const struct formcache *cache,
						  struct text text, __m128i *last)
{
	const struct avx2_half half = look_avx2(text.data, text.len);
	const size_t slot = slot_of(sum_of(half.looks));
	const struct known *known = &cache->known[cache->slots[slot]];

	if (!has_looks(known, half.looks, half.looks, false))
		known = find_behind(cache, slot, half.looks, half.looks, false);
	*last = move_all_avx2(half.numbers, known);
	return known;
}

/* One of 32 to 63. */
static AVX2 const struct known *find_long(const struct formcache *cache,
					  struct text text, __m128i *last)
{
	const struct avx2_half first = look_avx2(text.data, 32);
	const struct avx2_half second = look_avx2(text.data + 32, text.len - 32);
	const size_t slot = slot_of(sum_of(_mm256_add_epi64(first.looks, second.looks)));
	const struct known *known = &cache->known[cache->slots[slot]];

	if (!has_looks(known, first.looks, second.looks, true))
		known = find_behind(cache, slot, first.looks, second.looks, true);
	*last = _mm_or_si128(move_avx2(first.numbers, known, 0),
			     move_avx2(second.numbers, known, 32));
	return known;
}

static inline AVX2 const struct known *find_avx2(const struct formcache *cache,
						 struct text text, __m128i *last)
{
	return text.len < 32 ? find_short(cache, text, last)
			     : find_long(cache, text, last);
}

AVX2 size_t formcache_find_avx2(const struct formcache *cache, const struct text *texts,
				const size_t *which, size_t count, int64_t *forms,
				int64_t *values)
{
	return find_all_by(cache, texts, which, count, forms, values, find_avx2);
}

/* ---- several side by side ---- */

/* Where two fields are, from base on, unlike they are known to be: bits that differ. */
static inline AVX2 __m256i unlike_two(const struct text *fields, __m256i base,
				      const struct span_field *known)
{
	return _mm256_xor_si256(_mm256_sub_epi64(load_32(fields), base), load_32(known));
}

/* Whether two fields, or four, stand where they are in a span that is known. */
static inline AVX2 bool same_fields(const struct text *fields, bool four,
				    const struct known_span *known)
{
	const int64_t start = (int64_t)(uintptr_t)fields[0].data;
	const __m256i base = _mm256_setr_epi64x(start, 0, start, 0);
	__m256i unlike = unlike_two(fields, base, known->fields);

	if (four)
		unlike = _mm256_or_si256(unlike, unlike_two(fields + 2, base, known->fields + 2));
	return _mm256_testz_si256(unlike, unlike);
}

/* The span that fields are; NULL: none that is known. */
static inline AVX2 const struct known_span *find_span(const struct formspans *spans,
						      const struct text *fields, bool four,
						      struct avx2_half *half)
{
	const struct text *last = &fields[four ? 3 : 1];
	const size_t between = four ? 3 : 1;
	const size_t len = (size_t)((uintptr_t)last->data + last->len - (uintptr_t)fields[0].data);
	size_t slot;

	/* Where there are no texts, or they stand elsewhere, that is no length. */
	if (len - between >= SPAN_BYTES - between)
		return NULL;
	*half = look_avx2(fields[0].data, len);
	slot = span_slot(slot_of(sum_of(half->looks)));
	for (unsigned probe = 0; probe < SPAN_PROBES && spans->slots[slot]; probe++) {
		const struct known_span *known = &spans->known[spans->slots[slot]];

		if (same_avx2(half->looks, known->looks) && same_fields(fields, four, known))
			return known;
		slot = (slot + 1) % SPAN_SLOTS;
	}
	return NULL;
}

static inline AVX2 __m128i move_part(__m256i numbers, const uint8_t *places)
{
	const __m256i moved = _mm256_shuffle_epi8(numbers, load_32(places));

	return _mm_or_si128(_mm256_castsi256_si128(moved), _mm256_extracti128_si256(moved, 1));
}

static inline __attribute__((always_inline)) AVX2 bool
take_span(const struct formspans *spans, const struct text *fields, bool four, int64_t *forms,
	  __m128i *last)
{
	struct avx2_half half;
	const struct known_span *known = find_span(spans, fields, four, &half);

	if (!known)
		return false;
	last[0] = move_part(half.numbers, known->places[0]);
	last[1] = move_part(half.numbers, known->places[1]);
	forms[0] = known->forms[0];
	forms[1] = known->forms[1];
	if (four) {
		last[2] = move_part(half.numbers, known->places[2]);
		last[3] = move_part(half.numbers, known->places[3]);
		forms[2] = known->forms[2];
		forms[3] = known->forms[3];
	}
	return true;
}

/* Those of a part that was not found together. */
static __attribute__((noinline)) AVX2 void
find_apart(struct formspans *spans, const struct formcache *cache, struct span_part *part,
	   const struct text *fields, int64_t *forms, __m128i *last, struct findings *found)
{
	for (unsigned i = 0; i < part->count; i++)
		find_text(cache, fields[i], i, forms, last, part->first, found, find_avx2);
	formspans_miss(spans, part, fields, forms);
}

AVX2 size_t formspans_find_avx2(struct formspans *spans, const struct formcache *cache,
				const struct text *texts, const size_t *which, int64_t *forms,
				int64_t *values)
{
	const struct span_part *end = spans->parts + spans->part_count;
	__m128i last[FORMSPAN_TEXTS];   /* those that there is no text for are not used */
	struct findings found = { 0, 0 };

	spans->rows++;
	for (struct span_part *part = spans->parts; part < end; part++) {
		const size_t first = part->first;
		const struct text *fields = texts + which[first];

		if (part->count == 1)
			find_text(cache, *fields, 0, forms + first, last + first, first, &found, find_avx2);
		else if (part->count == 4 ? !take_span(spans, fields, true, forms + first, last + first)
					  : !take_span(spans, fields, false, forms + first, last + first))
			find_apart(spans, cache, part, fields, forms + first, last + first, &found);
	}
	for (size_t i = 0; i < spans->texts; i += 4)
		number_four(last + i, values + i);
	add_first(cache, texts, which, found.more, values, find_avx2);
	return found.missing;
}

#endif
