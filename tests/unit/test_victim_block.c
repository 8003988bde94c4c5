/* SPDX-License-Identifier: Apache-2.0 */
/* Some victims whose calls are added up, against sums made one by one. */
#include "correlate/victims/victim_block.h"
#include "correlate/victims/victims.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

static int compare_victims(const void *a, const void *b)
{
	const struct victim *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static const struct record_kind kind = { sizeof(struct victim), compare_victims, NULL, true };

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
			victim_block_add(block, places[i], (k == 1 ? -62167219200 : 1600000000) - (int64_t)k, false, i == 9 ? INT64_MAX / 2 : 1000);
	}
	for (uint32_t i = 0; i < block->count && good; i++) {
		const struct victim_calls called = victim_block_calls(block, block->count - i);
		const uint32_t calls = i % 5 + 1;

		good = called.calls == calls && called.span.last == period_last(1600000000, false) &&
		       called.span.first == period_first(calls > 1 ? -62167219201 : 1600000000, false) &&
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
		victim_block_add(&block, 1, 1600000000 + i % 7, false, 1);
	good = good && victim_block_calls(&block, 1).calls == CALLS && victim_block_calls(&block, 1).span.first == period_first(1600000000, false) &&
	       victim_block_calls(&block, 1).span.last == period_last(1600000006, false) && victim_block_calls(&block, 1).talk == CALLS;
	OK(&tap, good, "%d calls to one number", (int)CALLS);
	merge_close(&merge);
	victim_block_close(&block);
}

/* Random calls to numbers of which some are victims. */
static void test_random(uint32_t victims)
{
	enum { CALLS = 50000, ROWS = 700 };
	static struct victim all[MOST];
	static struct victim_calls sums[MOST];
	static int64_t numbers[ROWS];
	static uint32_t rows[ROWS], places[ROWS];
	const struct sorted run = { all, 0, victims };
	struct merge merge;
	struct victim_block block;
	uint64_t state = victims;
	bool good = victim_block_open(&block, MOST);

	for (uint32_t i = 0; i < victims; i++) {
		all[i].number = number_of(2 * i + 1);
		sums[i] = (struct victim_calls){ PERIOD_NONE, 0, 0 };
	}
	good = good && merge_open(&merge, &kind, NULL, &run, 1, 0) && victim_block_fill(&block, &merge) && block.count == victims;
	for (uint32_t done = 0; done < CALLS && good; done += ROWS) {
		for (uint32_t i = 0; i < ROWS; i++) {
			numbers[i] = (int64_t)number_of((uint32_t)(scratch_random(&state) % (2 * MOST)));
			rows[i] = ROWS - 1 - i;
		}
		victim_block_find(&block, numbers, rows, ROWS, places);
		for (uint32_t i = 0; i < ROWS && good; i++) {
			const uint64_t number = (uint64_t)numbers[rows[i]];
			const int64_t at = (int64_t)(scratch_random(&state) % 400000000000) - 99999999999;
			const int64_t talk = (int64_t)(scratch_random(&state) % 100000);
			uint32_t v = 0;

			while (v < victims && all[v].number != number)
				v++;
			good = places[i] == (v < victims ? v + 1 : 0);
			if (!good || v == victims)
				continue;
			victim_block_add(&block, places[i], at, at % 3 == 0, talk);
			period_take(&sums[v].span, at, at % 3 == 0);
			sums[v].talk += talk;
			sums[v].calls++;
		}
	}
	for (uint32_t v = 0; v < victims && good; v++) {
		const struct victim_calls calls = victim_block_calls(&block, v + 1);

		good = calls.calls == sums[v].calls && calls.talk == sums[v].talk &&
		       (!calls.calls || (calls.span.first == sums[v].span.first && calls.span.last == sums[v].span.last));
	}
	OK(&tap, good, "calls to %u victims", victims);
	OK(&tap, victim_block_fill(&block, &merge) && block.count == 0, "and there are no more of them");
	merge_close(&merge);
	victim_block_close(&block);
}

static bool open_block(void *context)
{
	struct victim_block block;
	const bool good = victim_block_open(&block, 100);

	(void)context;
	victim_block_close(&block);
	return good;
}

int main(void)
{
	struct victim_block block;
	int refused;

	test_victim_block();
	test_calls();
	test_random(0);
	test_random(1);
	test_random(63);
	test_random(64);
	test_random(MOST);
	OK(&tap, !victim_block_open(&block, UINT32_MAX), "more than there can be");
	victim_block_close(&block);
	refused = starve(open_block, NULL);
	OK(&tap, refused == 2, "%d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
