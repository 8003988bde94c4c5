/* SPDX-License-Identifier: Apache-2.0 */
/* A set of numbers with marks against an array of marks. */
#include "base/table/number_set.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

enum { THREADS = 3, RANGE = 40000 };

/* Far apart, the least and the greatest that there can be among them. */
static uint64_t number_of(uint64_t i)
{
	return i == 0 ? 1 : i == 1 ? (UINT64_C(1) << 62) - 1 : 447700900000 + i * i;
}

static uint64_t expected(const uint8_t *marks, unsigned wanted)
{
	uint64_t count = 0;

	for (size_t i = 0; i < RANGE; i++)
		count += (marks[i] & wanted) != 0;
	return count;
}

/* Adds by turns from the rooms of some threads, numbers again and again and with other marks. */
static void test_random(size_t adds)
{
	static uint8_t marks[RANGE];
	struct number_set set;
	struct number_set_held *held = calloc(THREADS, sizeof(*held));
	uint64_t state = adds + 1;
	bool good = held && number_set_open(&set);

	memset(marks, 0, sizeof(marks));
	for (size_t i = 0; i < adds && good; i++) {
		const size_t at = (size_t)(scratch_random(&state) % RANGE) >> (scratch_random(&state) % 16);
		const unsigned mark = 1 + (unsigned)(scratch_random(&state) % 3);

		marks[at] |= (uint8_t)mark;
		good = number_set_add(&set, &held[scratch_random(&state) % THREADS], number_of(at), mark);
	}
	for (size_t i = 0; i < THREADS && good; i++)
		good = number_set_flush(&set, &held[i]);
	for (unsigned wanted = 0; wanted < 4 && good; wanted++)
		good = number_set_count(&set, wanted) == expected(marks, wanted);
	OK(&tap, good, "%zu adds: %llu numbers, %llu with the second mark", adds, (unsigned long long)expected(marks, 3),
	   (unsigned long long)expected(marks, 2));
	for (size_t i = 0; i < RANGE && good; i++)
		good = number_set_marks(&set, number_of(i)) == marks[i];
	OK(&tap, good && number_set_marks(&set, 3) == 0, "%zu adds: the marks of each, and none of another", adds);
	OK(&tap, good && number_set_flush(&set, &held[0]) && number_set_count(&set, 3) == expected(marks, 3),
	   "handing over nothing changes nothing");
	number_set_close(&set);
	number_set_close(&set);
	free(held);
}

static bool fill(void *context)
{
	struct number_set_held *held = context;
	struct number_set set;
	bool good = number_set_open(&set);

	memset(held, 0, sizeof(*held));
	for (uint64_t i = 0; i < 30000 && good; i++)
		good = number_set_add(&set, held, number_of(i), 1);
	good = good && number_set_flush(&set, held) && number_set_count(&set, 1) == 30000;
	number_set_close(&set);
	return good;
}

int main(void)
{
	static const size_t adds[] = { 0, 1, 63, 64, 65, 1000, 20000, 300000 };
	struct number_set_held *held = calloc(1, sizeof(*held));
	int refused;

	for (size_t i = 0; i < sizeof(adds) / sizeof(*adds); i++)
		test_random(adds[i]);
	refused = held ? starve(fill, held) : -1;
	OK(&tap, refused > (int)NUMBER_SET_PARTS, "%d allocations refused, each a failure", refused);
	free(held);
	return tap_done(&tap);
}
