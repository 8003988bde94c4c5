/* SPDX-License-Identifier: Apache-2.0 */
/* Long calls parted by number and read in order. */
#include "correlate/calls/long_calls.h"
#include "scratch.h"
#include "tap.h"

static struct tap tap;

/* ---- calls ---- */

enum { MANY = 60000 };

static int compare_long_calls(const void *a, const void *b)
{
	const struct long_call *x = a, *y = b;
	const uint64_t keys[5][2] = {
		{ x->number, y->number }, { x->person, y->person }, { x->presented_key, y->presented_key }, { x->slot, y->slot }, { x->row, y->row }
	};

	for (size_t i = 0; i < 5; i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return 0;
}

/* Few numbers have many, many have few, and the last is far away. */
static struct long_call make_long_calls(uint64_t *state, uint32_t row)
{
	const uint64_t r = scratch_random(state) >> 8;

	return (struct long_call){
		.number = r % 1000 == 0 ? 999999999999999 : r % 4 ? 447700900000 + r / 4 % 9000 : 447700900000 + r / 4 % 3,
		.presented_key = r % 7, .slot = (uint32_t)(r % 11), .row = row, .reading = (uint32_t)(r % 13),
	};
}

/* Of accounts 0 to 10: slots the other way round, and four persons. */
static uint32_t slots[] = { 0, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };
static uint32_t persons_of[] = { 0, 1, 2, 3, 4, 1, 2, 3, 4, 4, 4 };
static const struct persons persons = { .accounts = 10, .count = 4, .slots = slots, .persons_of = persons_of };

/* Adds all from two threads' rooms; numbers for the parts from the first of them. */
static bool add_long_calls(struct long_calls *calls, const struct long_call *all, size_t sample)
{
	struct long_calls_held held[2] = { { 0 } };
	uint64_t *numbers = calloc(sample + 1, sizeof(*numbers));
	bool good = numbers != NULL;

	for (size_t i = 0; good && i < sample; i++)
		numbers[i] = all[i].number;
	good = good && long_calls_bound(calls, numbers, sample);
	free(numbers);
	for (size_t i = 0; good && i < MANY; i++)
		good = long_calls_add(calls, &held[i % 2], &all[i]);
	return long_calls_flush(calls, &held[0]) && long_calls_flush(calls, &held[1]) && good;
}

static void test_long_calls(size_t memory, size_t reading, size_t sample)
{
	static struct long_call all[MANY];
	struct long_calls calls;
	struct long_calls_reader reader;
	struct spill spill;
	const struct long_call *next;
	uint64_t state = 3;
	size_t count = 0;
	bool good = spill_open(&spill, ".") && long_calls_open(&calls, &persons, &spill, memory, 2);

	for (uint32_t i = 0; i < MANY; i++)
		all[i] = make_long_calls(&state, MANY - i);
	good = good && add_long_calls(&calls, all, sample) && long_calls_count(&calls) == MANY;
	for (uint32_t i = 0; i < MANY; i++) {
		all[i].slot = slots[all[i].slot];
		all[i].person = persons_of[all[i].slot];
	}
	qsort(all, MANY, sizeof(*all), compare_long_calls);
	for (unsigned part = 0; part < LONG_CALLS_PARTS && good; part++) {
		good = long_calls_read(&calls, part, reading, &reader);
		while (good && (next = long_calls_next(&reader)))
			good = count < MANY && !memcmp(next, &all[count++], sizeof(*next));
		good = good && !long_calls_reader_broken(&reader);
		long_calls_reader_close(&reader);
	}
	OK(&tap, good && count == MANY, "calls in order: %zu bytes, %zu to read a part, %zu numbers to part by", memory, reading,
	   sample);
	long_calls_close(&calls);
	long_calls_close(&calls);
	spill_close(&spill);
}

static void test_no_folder(void)
{
	struct long_calls calls;
	struct long_calls_held held = { 0 };
	struct error error = { 0 };
	struct spill spill;
	bool good = spill_open(&spill, "nowhere") && long_calls_open(&calls, &persons, &spill, 1, 1);
	uint32_t row = 0;

	while (good && row < 1000)
		good = long_calls_add(&calls, &held, &(struct long_call){ .number = 5, .row = row++ });
	OK(&tap, !good && spill_failed(&spill, &error) == STATUS_FAILED, "no folder for them: %s", error.text);
	free(held.items);
	long_calls_close(&calls);
	spill_close(&spill);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_long_calls(1 << 24, 1 << 24, 5000);
	test_long_calls(1, 1 << 24, 100);
	test_long_calls(1 << 20, 20000, 5000);
	test_long_calls(1, 1, 0);
	test_no_folder();
	scratch_leave(folder);
	return tap_done(&tap);
}
