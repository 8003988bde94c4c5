/* SPDX-License-Identifier: Apache-2.0 */
/* Filters of values: nothing that is there is missed, and little else is found; rows between two values, on each kind of
 * machine; checksums. */
#include <stdlib.h>

#include "base/digest/checksum.h"
#include "base/word.h"
#include "casefile/column/between.h"
#include "casefile/filter/value_filter.h"
#include "scratch.h"
#include "tap.h"

#define ROWS 65536

static struct value_filter made, again;
static int64_t values[ROWS];

static int64_t number_at(uint64_t i)
{
	return INT64_C(447000000000) + (int64_t)(i * UINT64_C(48271) % 1000000000);
}

static enum value_found ask(int64_t value)
{
	return value_filter_find(made.bytes, made.len, value);
}

static bool all_found(uint32_t rows, enum value_found as)
{
	for (uint32_t i = 0; i < rows; i++)
		if (ask(values[i]) != as)
			return false;
	return value_filter_sound(made.bytes, made.len);
}

/* How many of 100,000 other numbers seem to be there. */
static unsigned strangers(void)
{
	unsigned found = 0;

	for (uint64_t i = 0; i < 100000; i++)
		found += ask(number_at(i + 70000)) != VALUE_ABSENT;
	return found;
}

static void test_maybe(struct tap *tap)
{
	static const struct {
		uint32_t rows, distinct;
		size_t most;           /* bytes */
	} cases[] = { { ROWS, ROWS, VALUE_FILTER_MOST }, { ROWS, 1000, 1100 }, { ROWS, 1, 100 }, { 1, 1, 100 }, { 5000, 5000, 4200 } };

	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		for (uint32_t i = 0; i < cases[k].rows; i++)
			values[i] = number_at(i % cases[k].distinct);
		value_filter_make(&made, values, cases[k].rows, false);
		OK(tap, all_found(cases[k].rows, VALUE_MAYBE) && made.len <= cases[k].most, "%u values of %u rows are found in %zu bytes",
		   (unsigned)cases[k].distinct, (unsigned)cases[k].rows, made.len);
		OK(tap, strangers() < 20000, "of others a fifth at most: %u in 100,000", strangers());
	}
}

static void test_exact(struct tap *tap)
{
	unsigned wrong = 0;

	for (uint32_t i = 0; i < ROWS; i++)
		values[i] = 7 + 3 * (int64_t)(i % 20000);
	value_filter_make(&made, values, ROWS, true);
	for (int64_t v = -100; v < 70000; v++)
		wrong += ask(v) != (v >= 7 && v < 60007 && (v - 7) % 3 == 0 ? VALUE_THERE : VALUE_ABSENT);
	OK(tap, wrong == 0 && ask(INT64_MIN) == VALUE_ABSENT && ask(INT64_MAX) == VALUE_ABSENT && made.len < 7600,
	   "ids near one another are found exactly, in %zu bytes", made.len);
	values[1] = INT64_MIN / 2;
	values[2] = INT64_MAX / 2;
	value_filter_make(&made, values, ROWS, true);
	OK(tap, all_found(ROWS, VALUE_MAYBE), "those far from one another are found all the same");
	value_filter_make(&made, values, 1, true);
	OK(tap, ask(values[0]) == VALUE_THERE && ask(values[0] + 1) == VALUE_ABSENT, "one value");
}

static void test_order(struct tap *tap)
{
	for (uint32_t i = 0; i < ROWS; i++)
		values[i] = number_at(i % 9000);
	value_filter_make(&made, values, ROWS, false);
	for (uint32_t i = 0; i < ROWS; i++)
		values[i] = number_at(8999 - i % 9000);
	value_filter_make(&again, values, ROWS, false);
	OK(tap, made.len == again.len && !memcmp(made.bytes, again.bytes, made.len), "the order of rows changes no byte");
}

static void test_harm(struct tap *tap)
{
	unsigned missed = 0;

	value_filter_make(&made, values, 500, false);
	for (size_t i = 0; i < made.len; i++) {
		made.bytes[i] ^= 1u << i % 8;
		missed += value_filter_sound(made.bytes, made.len);
		made.bytes[i] ^= 1u << i % 8;
		missed += i > 0 && value_filter_sound(made.bytes, i);
	}
	OK(tap, missed == 0 && value_filter_sound(made.bytes, made.len), "a bit that is turned, or bytes that are gone, are told");
	OK(tap, !value_filter_sound("", 0) && !value_filter_sound(made.bytes, 24), "no bytes are no filter, nor is one without bits");
	word_store(made.bytes, 9);
	OK(tap, ask(1) == VALUE_UNKNOWN, "another kind says nothing");
}

/* By the header's words. */
static uint64_t checksum_said(uint64_t before, const unsigned char *bytes, size_t len)
{
	uint64_t lanes[4] = { before, before + 1, before + 2, before + 3 };

	for (size_t i = 0; i < (len + 7) / 8; i++) {
		uint64_t word = 0;

		for (size_t k = 0; k < 8 && 8 * i + k < len; k++)
			word |= (uint64_t)bytes[8 * i + k] << 8 * k;
		lanes[i % 4] = (lanes[i % 4] ^ word) * CHECKSUM_FACTOR;
		lanes[i % 4] = lanes[i % 4] << 32 | lanes[i % 4] >> 32;
	}
	for (unsigned k = 1; k < 5; k++) {
		lanes[0] = (lanes[0] ^ (k < 4 ? lanes[k] : len)) * CHECKSUM_FACTOR;
		lanes[0] = lanes[0] << 32 | lanes[0] >> 32;
	}
	return lanes[0];
}

static void test_checksum(struct tap *tap)
{
	unsigned char bytes[200];
	uint64_t state = 5;
	unsigned wrong = 0;

	for (size_t len = 0; len <= sizeof bytes; len++) {
		for (size_t i = 0; i < len; i++)
			bytes[i] = (unsigned char)scratch_random(&state);
		wrong += checksum(len, bytes, len) != checksum_said(len, bytes, len);
	}
	OK(tap, wrong == 0, "checksums are what is said of them");
}

static bool between_right(between_rows *work, uint32_t rows, int64_t low, uint64_t span)
{
	static uint32_t at[2000];
	const uint32_t count = work(values, rows, low, span, at);
	uint32_t k = 0;

	for (uint32_t i = 0; i < rows; i++)
		if ((uint64_t)values[i] - (uint64_t)low <= span && (k >= count || at[k++] != i))
			return false;
	return k == count;
}

static void test_between(struct tap *tap)
{
	static const int64_t odd[] = { 0, 1, -1, INT64_MIN, INT64_MAX, INT64_MIN + 1, 1000, 1001 };
	uint64_t state = 11;

	for (int level = 0; level < CPU_LEVELS; level++) {
		unsigned wrong = 0;

		if (!cpu_has((enum cpu_level)level)) {
			tap_skip(tap, cpu_name((enum cpu_level)level), "this machine has it not");
			continue;
		}
		for (unsigned turn = 0; turn < 3000; turn++) {
			const int64_t low = turn % 3 ? (int64_t)(scratch_random(&state) % 50) : odd[turn / 3 % 8];
			const uint64_t span = turn % 4 ? scratch_random(&state) % 9 : turn % 8 ? (uint64_t)odd[turn / 5 % 8] : UINT64_MAX;
			const uint32_t rows = (uint32_t)(scratch_random(&state) % 200);

			for (uint32_t i = 0; i < rows; i++)
				values[i] = scratch_random(&state) % 9 ? (int64_t)(scratch_random(&state) % (turn % 2 ? 60 : 5000))
								       : odd[scratch_random(&state) % 8];
			wrong += !between_right(between_choose((enum cpu_level)level), rows, low, span);
		}
		OK(tap, wrong == 0, "rows between two values: %s", cpu_name((enum cpu_level)level));
	}
}

int main(void)
{
	struct tap tap = { 0 };

	test_maybe(&tap);
	test_exact(&tap);
	test_order(&tap);
	test_harm(&tap);
	test_checksum(&tap);
	test_between(&tap);
	return tap_done(&tap);
}
