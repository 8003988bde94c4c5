/* SPDX-License-Identifier: Apache-2.0 */
/* Integers sorted, as qsort() does it. */
#include "base/sort/radix.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

enum { MANY = 5000 };

static int compare(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void test_sort(unsigned bits, size_t count)
{
	static uint64_t values[MANY], sorted[MANY];
	uint64_t state = 9;

	for (size_t i = 0; i < count; i++)
		values[i] = sorted[i] = bits ? scratch_random(&state) * 0x9e3779b97f4a7c15 >> (64 - bits) : 7;
	qsort(sorted, count, sizeof(*sorted), compare);
	OK(&tap, radix_sort(values, count) && !memcmp(values, sorted, count * sizeof(*values)), "%zu integers of %u bits", count, bits);
}

/* By their upper bits alone: the lower ones tell in which order they were. */
static void test_from(unsigned first)
{
	uint64_t values[1000];
	bool good = true;

	for (uint64_t i = 0; i < 1000; i++)
		values[i] = (first == 63 ? i % 2 : i * 7919 % 97) << first | i;
	good = radix_sort_from(values, 1000, first);
	for (size_t i = 1; i < 1000 && good; i++)
		good = values[i - 1] < values[i];
	OK(&tap, good, "from bit %u on, equals as they were", first);
}

static void test_in(void)
{
	uint64_t values[1000], room[1000];
	bool good = true;

	for (uint64_t i = 0; i < 1000; i++)
		values[i] = i * 7919 % 1000 << 40 | 5;
	radix_sort_in(values, room, 1000, 3);
	for (size_t i = 0; i < 1000 && good; i++)
		good = values[i] == (i << 40 | 5);
	radix_sort_in(values, NULL, 1, 0);
	radix_sort_in(values, NULL, 0, 0);
	OK(&tap, good && values[0] == 5, "in memory of the caller's");
}

/* Refused memory leaves all of them there. */
static bool sort_all(void *context)
{
	uint64_t values[1000];
	uint64_t sum = 0;
	bool *lost = context;
	bool good;

	for (uint64_t i = 0; i < 1000; i++)
		values[i] = i * 7919 % 1000 << 40;
	good = radix_sort(values, 1000);
	for (size_t i = 0; i < 1000; i++)
		sum += values[i] >> 40;
	*lost |= sum != 499500;
	return good;
}

int main(void)
{
	static const unsigned bits[] = { 0, 1, 11, 12, 50, 63, 64 };
	static const size_t counts[] = { 0, 1, 2, 3, 255, 256, MANY };
	bool lost = false;
	int refused;

	for (size_t b = 0; b < sizeof(bits) / sizeof(bits[0]); b++)
		for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
			test_sort(bits[b], counts[i]);
	test_from(11);
	test_from(31);
	test_from(63);
	test_in();
	refused = starve(sort_all, &lost);
	OK(&tap, refused > 0 && !lost, "%d allocations refused, and no value lost", refused);
	return tap_done(&tap);
}
