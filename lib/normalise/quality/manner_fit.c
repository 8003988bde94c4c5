/* SPDX-License-Identifier: Apache-2.0 */
/* How well the numbers of a source fit a manner of writing. */
#include "normalise/quality/manner_fit.h"

#include <string.h>

#include "number/read/number_carrier.h"

#define CODE_MOST 999      /* calling codes have up to three digits */
/* Texts that a manner is judged by, and by which most regions are ruled out. */
#define JUDGED_MOST 400
#define FIRST_MOST 40
/* What a number that does not fit speaks against a manner: one in 64 is wrong. */
#define AGAINST (6 * 16)
/* Characters that a range has. */
#define RANGE_LENGTH 5

bool manner_fit_read(const struct numplan *plan, struct text text,
		     struct number_manner manner, struct reading *reading)
{
	number_read_prefixed(plan, text.data, text.len, manner, reading);
	return reading->class == NUMBER_CLASS_NUMBER;
}

struct number_manner manner_fit_own(const struct number_draw *draw, size_t i,
				    struct number_manner manner)
{
	manner.region = draw->items[i].region ? draw->items[i].region : manner.region;
	return manner;
}

/* How texts are read: each in its own region, or all in one. */
struct hypothesis {
	const struct numplan *plan;
	struct number_manner manner;
	bool own;
};

static bool is_valid(const struct hypothesis *hypothesis, const struct fit_texts *texts, size_t i,
		     struct text text)
{
	const struct number_manner manner = hypothesis->own
		? manner_fit_own(texts->draw, texts->places[i], hypothesis->manner)
		: hypothesis->manner;
	struct reading reading;

	return manner_fit_read(hypothesis->plan, text, manner, &reading);
}

static struct text text_at(const struct fit_texts *texts, size_t i)
{
	return number_draw_text(texts->draw, texts->places[i]);
}

/* Other digits in place of all but the first two: the same ones on every run. */
static struct text scramble(const struct fit_texts *texts, size_t i,
			    char room[static NUMBER_DRAW_TEXT])
{
	const struct text text = text_at(texts, i);
	uint64_t random = texts->draw->items[texts->places[i]].hash;
	unsigned digits = 0;

	memcpy(room, text.data, text.len);
	for (size_t c = 0; c < text.len; c++) {
		if (room[c] < '0' || room[c] > '9' || digits++ < 2)
			continue;
		/* The generator is Knuth's, of MMIX. */
		random = random * UINT64_C(6364136223846793005) +
			 UINT64_C(1442695040888963407);
		room[c] = (char)('0' + (random >> 33) % 10);
	}
	return (struct text){ room, text.len };
}

/* 16 times the binary logarithm of a / b, rounded down; a is b or more, both are
 * below 2^32 and b above 0. */
static int64_t log_ratio(uint64_t a, uint64_t b)
{
	/* Twice squared four times is 2^16: so many bits more say sixteenths. */
	uint64_t x = (a << 30) / b;
	int64_t log = 0;

	while (x >= UINT64_C(2) << 30) {
		x >>= 1;
		log += 16;
	}
	for (int64_t part = 8; part > 0; part /= 2) {
		x = (x >> 15) * (x >> 15);
		if (x >= UINT64_C(2) << 30) {
			x >>= 1;
			log += part;
		}
	}
	return log;
}

/* What the texts of a role speak for a manner, in 1/16 bit a text. */
static int64_t bits_of(const struct hypothesis *hypothesis, const struct fit_texts *texts)
{
	const size_t count = texts->count < JUDGED_MOST ? texts->count : JUDGED_MOST;
	uint64_t valid = 0, chance = 0;
	char room[NUMBER_DRAW_TEXT];

	if (count == 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		valid += is_valid(hypothesis, texts, i, text_at(texts, i));
		chance += is_valid(hypothesis, texts, i, scramble(texts, i, room));
	}
	return ((int64_t)valid * log_ratio(count + 1, chance + 1) -
		(int64_t)(count - valid) * AGAINST) / (int64_t)count;
}

/* Without counts of what is valid. */
static struct manner_fit weigh(const struct fit_source *source,
			       const struct hypothesis *hypothesis)
{
	struct manner_fit fit = { .manner = hypothesis->manner };

	for (size_t role = 0; role < source->role_count; role++) {
		fit.role_bits[role] = bits_of(hypothesis, &source->roles[role]);
		fit.bits += fit.role_bits[role];
	}
	return fit;
}

static void count_valid(const struct fit_source *source, const struct hypothesis *hypothesis,
			struct manner_fit *fit)
{
	for (size_t role = 0; role < source->role_count; role++) {
		const struct fit_texts *texts = &source->roles[role];

		fit->valid[role] = 0;
		for (size_t i = 0; i < texts->count; i++)
			fit->valid[role] += is_valid(hypothesis, texts, i, text_at(texts, i));
	}
}

void manner_fit_count(const struct fit_source *source, struct manner_fit *fit)
{
	const struct hypothesis hypothesis = { source->plan, fit->manner, false };

	count_valid(source, &hypothesis, fit);
}

struct manner_fit manner_fit_of(const struct fit_source *source,
				struct number_manner manner)
{
	const struct hypothesis hypothesis = { source->plan, manner, true };
	struct manner_fit fit = weigh(source, &hypothesis);

	count_valid(source, &hypothesis, &fit);
	return fit;
}

/* The main region of a calling code that countries have; else 0. */
static int country_of(const struct numplan *plan, unsigned code)
{
	const int region = numplan_main_region(plan, code);

	return strcmp(numplan_region_name(plan, region), "001") != 0 ? region : 0;
}

/* Whether of the first texts no more are invalid than the least that half, or nearly
 * all, leave. */
static bool role_may_fit(const struct hypothesis *hypothesis, const struct fit_texts *texts,
			 bool all)
{
	const size_t count = texts->count < FIRST_MOST ? texts->count : FIRST_MOST;
	const size_t most = all ? count / 20 : count / 2;
	size_t invalid = 0;

	for (size_t i = 0; i < count && invalid <= most; i++)
		invalid += !is_valid(hypothesis, texts, i, text_at(texts, i));
	return invalid <= most;
}

static bool may_fit(const struct fit_source *source, const struct hypothesis *hypothesis, bool all)
{
	bool some = false;

	for (size_t role = 0; role < source->role_count; role++) {
		const bool fits = role_may_fit(hypothesis, &source->roles[role], all);

		if (all && !fits)
			return false;
		some |= fits && source->roles[role].count > 0;
	}
	return some;
}

void manner_fit_regions(const struct fit_source *source, struct number_manner manner,
			bool all, struct region_fits *fits)
{
	struct hypothesis hypothesis = { source->plan, manner, false };

	fits->count = 0;
	for (unsigned code = 1; code <= CODE_MOST && fits->count < FIT_REGIONS; code++) {
		hypothesis.manner.region = country_of(source->plan, code);
		if (hypothesis.manner.region != 0 && may_fit(source, &hypothesis, all))
			fits->items[fits->count++] = weigh(source, &hypothesis);
	}
}

size_t manner_fit_ranges(const struct fit_texts *texts, size_t most)
{
	char seen[FIT_RANGES][RANGE_LENGTH + 1];
	size_t count = 0;

	for (size_t i = 0; i < texts->count && count < most; i++) {
		const struct text text = text_at(texts, i);
		char range[RANGE_LENGTH + 1] = { 0 };
		size_t at = 0;

		memcpy(range, text.data, text.len < RANGE_LENGTH ? text.len : RANGE_LENGTH);
		while (at < count && memcmp(seen[at], range, sizeof(range)) != 0)
			at++;
		if (at == count)
			memcpy(seen[count++], range, sizeof(range));
	}
	return count;
}
