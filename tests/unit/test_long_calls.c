/* SPDX-License-Identifier: Apache-2.0 */
/* Long calls parted by number and read in order, and the table that calls to victims are added up in. */
#include "base/sort/radix.h"
#include "correlate/calls/long_calls.h"
#include "correlate/victims/victim_block.h"
#include "correlate/victims/victims.h"
#include "scratch.h"
#include "tap.h"

static struct tap tap;

/* ---- integers ---- */

static int compare_u64(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void test_radix(void)
{
	static const unsigned bits[] = { 0, 1, 11, 12, 50, 64 };
	enum { MANY = 5000 };
	static uint64_t values[MANY], sorted[MANY];
	uint64_t state = 9;

	for (size_t b = 0; b < sizeof(bits) / sizeof(bits[0]); b++)
		for (size_t count = 0; count <= MANY; count = count < 3 ? count + 1 : count == 3 ? MANY : MANY + 1) {
			for (size_t i = 0; i < count; i++)
				values[i] = sorted[i] = bits[b] ? scratch_random(&state) * 0x9e3779b97f4a7c15 >> (64 - bits[b]) : 7;
			qsort(sorted, count, sizeof(*sorted), compare_u64);
			OK(&tap, radix_sort(values, count) && !memcmp(values, sorted, count * sizeof(*values)),
			   "%zu integers of %u bits", count, bits[b]);
		}
}

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

/* ---- a block ---- */

static int compare_victims(const void *a, const void *b)
{
	return compare_u64(&((const struct victim *)a)->number, &((const struct victim *)b)->number);
}

static const struct record_kind kind = { sizeof(struct victim), compare_victims, NULL };

enum { VICTIMS = 2500, MOST = 1000 };

static uint64_t number_of(uint32_t i)
{
	return 447700900000 + (uint64_t)i * i;
}

/* Calls are added to each victim by its place: as many as it says, a second apart. */
static bool call_all(struct victim_block *block, uint32_t first)
{
	int64_t numbers[MOST + 2];
	uint32_t rows[MOST + 2], places[MOST + 2];
	bool good = true;

	for (uint32_t i = 0; i < block->count; i++) {
		numbers[i] = (int64_t)number_of(first + i);
		rows[block->count - 1 - i] = i;
	}
	numbers[block->count] = 3;
	rows[block->count] = block->count;
	victim_block_find(block, numbers, rows, block->count + 1, places);
	good = places[block->count] == 0;
	for (uint32_t i = 0; i < block->count && good; i++) {
		good = places[i] == block->count - i && victim_block_range(block, places[i]) < VICTIM_BLOCK_RANGES;
		for (uint32_t k = 0; k <= i % 5 && good; k++)
			victim_block_add(block, places[i], (k == 1 ? -62167219200 : 1600000000) - (int64_t)k, i == 9 ? INT64_MAX / 2 : 1000);
	}
	for (uint32_t i = 0; i < block->count && good; i++) {
		const struct victim_calls called = victim_block_calls(block, block->count - i);
		const uint32_t calls = i % 5 + 1;

		good = called.calls == calls && called.span.last == 1600000000 &&
		       called.span.first == (calls > 1 ? -62167219201 : 1600000000) &&
		       called.talk == (i == 9 ? INT64_MAX : 1000 * (int64_t)calls);
	}
	return good;
}

static void test_victim_block(void)
{
	struct victim *victims = calloc(VICTIMS, sizeof(*victims));
	const struct sorted run = { victims, 0, VICTIMS };
	struct merge merge;
	struct victim_block block;
	uint32_t done = 0;
	bool good = victims && victim_block_open(&block, MOST);

	for (uint32_t i = 0; good && i < VICTIMS; i++)
		victims[i].number = number_of(i);
	good = good && merge_open(&merge, &kind, NULL, &run, 1, 0);
	while (good && victim_block_fill(&block, &merge) && block.count) {
		good = block.low == number_of(done) && block.high == number_of(done + block.count - 1) && call_all(&block, done);
		done += block.count;
	}
	OK(&tap, good && done == VICTIMS, "victims of three blocks are found, and their calls added up");
	merge_close(&merge);
	victim_block_close(&block);
	victim_block_close(&block);
	free(victims);
}

/* More calls than the lower bits of their number hold. */
static void test_calls(void)
{
	enum { CALLS = (1 << VICTIM_BLOCK_CALLS) + 5 };
	struct victim victim = { .number = 447700900001 };
	const struct sorted run = { &victim, 0, 1 };
	struct merge merge;
	struct victim_block block;
	bool good = victim_block_open(&block, 1) && merge_open(&merge, &kind, NULL, &run, 1, 0) && victim_block_fill(&block, &merge);

	for (int64_t i = 0; i < CALLS && good; i++)
		victim_block_add(&block, 1, 1600000000 + i % 7, 1);
	good = good && victim_block_calls(&block, 1).calls == CALLS && victim_block_calls(&block, 1).span.first == 1600000000 &&
	       victim_block_calls(&block, 1).span.last == 1600000006 && victim_block_calls(&block, 1).talk == CALLS;
	OK(&tap, good, "%d calls to one number", (int)CALLS);
	merge_close(&merge);
	victim_block_close(&block);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_radix();
	test_long_calls(1 << 24, 1 << 24, 5000);
	test_long_calls(1, 1 << 24, 100);
	test_long_calls(1 << 20, 20000, 5000);
	test_long_calls(1, 1, 0);
	test_no_folder();
	test_victim_block();
	test_calls();
	scratch_leave(folder);
	return tap_done(&tap);
}
