/* SPDX-License-Identifier: Apache-2.0 */
/* Forms by the looks of a text, 32 bytes at a time. */
#include "casefile/formcache_known.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

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

formcache_find *formcache_avx2(void)
{
	return __builtin_cpu_supports("avx2") ? find_all_avx2 : NULL;
}

#else

formcache_find *formcache_avx2(void)
{
	return NULL;
}

#endif
