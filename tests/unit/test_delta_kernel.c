/* SPDX-License-Identifier: Apache-2.0 */
/* What rows have for a column that is told by what was found: each kind of machine gives what is said of it. */
#include <stdlib.h>

#include "base/time/calendar.h"
#include "casefile/segment/delta.h"
#include "casefile/segment/delta_kernel.h"
#include "scratch.h"
#include "tap.h"

#define ROWS 1003

struct bench {
	const struct delta_kernel *work;
	int64_t found[3][ROWS], flags[ROWS], out[ROWS];
	uint64_t state;
};

static uint64_t below(struct bench *bench, uint64_t limit)
{
	return scratch_random(&bench->state) % limit;
}

/* The time that digits say, read as the header has it. */
static int64_t clock_of(int64_t digits)
{
	const int64_t part[6] = { digits / 10000000000, digits / 100000000 % 100, digits / 1000000 % 100,
				  digits / 10000 % 100,      digits / 100 % 100,       digits % 100 };

	if (digits >= INT64_C(1000000000) && digits <= INT64_C(9999999999))
		return digits * 1000;
	if (digits >= INT64_C(1000000000000) && digits <= INT64_C(9999999999999))
		return digits;
	if (digits < INT64_C(10000000000000) || digits > INT64_C(99999999999999) ||
	    !calendar_has((int)part[0], (unsigned)part[1], (unsigned)part[2]) || part[3] > 23 || part[4] > 59 || part[5] > 59)
		return 0;
	return calendar_days((int)part[0], (unsigned)part[1], (unsigned)part[2]) * 86400000 +
	       ((part[3] * 60 + part[4]) * 60 + part[5]) * 1000;
}

static bool clocks_agree(struct bench *bench, uint32_t rows)
{
	bench->work->clocks(bench->found[0], rows, bench->out);
	for (uint32_t i = 0; i < rows; i++)
		if (bench->out[i] != clock_of(bench->found[0][i]))
			return false;
	return true;
}

static int64_t odd_digits(struct bench *bench)
{
	static const int64_t odd[] = { 0, 1, -1, INT64_MAX, INT64_MIN, 999999999, 1000000000, 9999999999, 10000000000, 999999999999,
				       1000000000000, 9999999999999, 10000000000000, 99999999999999, 100000000000000, 20220230000000,
				       20220329240000, 20220328236000, 20220328235960, 20000101000000, 20000100235959, 19991231235959,
				       -20220328000000 };

	return odd[below(bench, sizeof odd / sizeof *odd)];
}

static void test_clocks(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 400; turn++) {
		int64_t date = 20220100 + (int64_t)below(bench, 1300);

		for (uint32_t i = 0; i < ROWS; i++) {
			if (below(bench, 100) == 0)
				date = 20220100 + (int64_t)below(bench, 1300);
			bench->found[0][i] = date * 1000000 + (int64_t)(below(bench, 24 + turn % 2) * 10000 +
									below(bench, 60 + turn % 3 / 2) * 100 + below(bench, 60 + turn % 5 / 4));
			if (turn % 7 == 0 && below(bench, 20) == 0)
				bench->found[0][i] = odd_digits(bench);
		}
		wrong += !clocks_agree(bench, ROWS - turn % 8);
	}
	OK(tap, wrong == 0, "digits of dates and clocks");
	for (uint32_t second = 0; second < 86400; second += ROWS) {
		for (uint32_t i = 0; i < ROWS; i++)
			bench->found[0][i] = INT64_C(20240229000000) + (second + i) / 3600 % 24 * 10000 + (second + i) / 60 % 60 * 100 +
					     (second + i) % 60;
		wrong += !clocks_agree(bench, ROWS);
	}
	OK(tap, wrong == 0, "every second of a day");
	for (unsigned turn = 0; turn < 20; turn++) {
		for (uint32_t i = 0; i < ROWS; i++)
			bench->found[0][i] = odd_digits(bench);
		wrong += !clocks_agree(bench, ROWS);
	}
	OK(tap, wrong == 0, "other digits");
}

static int64_t bounded(int64_t value)
{
	return value >= 0 && value < DELTA_MOST ? value : 0;
}

static void fill(struct bench *bench, int64_t *values)
{
	static const int64_t odd[] = { -1, 0, 1, DELTA_MOST - 1, DELTA_MOST, DELTA_MOST + 1, INT64_MAX, INT64_MIN, -DELTA_MOST };

	for (uint32_t i = 0; i < ROWS; i++)
		values[i] = below(bench, 4) ? (int64_t)(scratch_random(&bench->state) >> below(bench, 64))
					    : odd[below(bench, sizeof odd / sizeof *odd)];
}

static void test_bounded(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (uint32_t turn = 0; turn < 50; turn++) {
		const uint32_t rows = turn < 9 ? turn : ROWS - turn;

		fill(bench, bench->found[0]);
		bench->work->bounded(bench->found[0], rows, bench->out);
		for (uint32_t i = 0; i < rows; i++)
			wrong += bench->out[i] != bounded(bench->found[0][i]);
	}
	OK(tap, wrong == 0, "found values, bounded");
}

static void test_talks(struct tap *tap, struct bench *bench)
{
	static const int64_t from[3] = { CALL_TALK_FROM_TALK, CALL_TALK_FROM_BILLED, CALL_TALK_FROM_DURATION };
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 64; turn++) {
		struct delta_talks talks = { .flags = bench->flags };

		for (unsigned k = 0; k < 3; k++) {
			fill(bench, bench->found[k]);
			talks.found[k] = turn >> k & 1 ? bench->found[k] : NULL;
			talks.from[k] = from[k];
		}
		for (uint32_t i = 0; i < ROWS; i++)
			bench->flags[i] = (int64_t)(scratch_random(&bench->state) >> below(bench, 64));
		bench->work->talks(&talks, ROWS - turn % 5, bench->out);
		for (uint32_t i = 0; i < ROWS - turn % 5; i++) {
			int64_t expected = 0;

			for (unsigned k = 0; k < 3; k++)
				if ((bench->flags[i] & CALL_TALK_MASK) == from[k] && talks.found[k])
					expected = bounded(talks.found[k][i]);
			wrong += bench->out[i] != expected;
		}
	}
	OK(tap, wrong == 0, "talk from the role that flags name");
}

static void test_products(struct tap *tap, struct bench *bench)
{
	unsigned wrong = 0;

	for (unsigned turn = 0; turn < 40; turn++) {
		const uint32_t rows = ROWS - turn % 5;

		for (unsigned k = 0; k < 3; k++)
			fill(bench, bench->found[k]);
		memcpy(bench->out, bench->found[0], sizeof bench->out);
		bench->work->apply(bench->out, bench->found[1], bench->found[2], rows);
		for (uint32_t i = 0; i < ROWS; i++) {
			const uint64_t more = i < rows ? (uint64_t)bench->found[1][i] * (uint64_t)bench->found[2][i] : 0;

			wrong += (uint64_t)bench->out[i] != (uint64_t)bench->found[0][i] + more;
		}
		for (unsigned k = 0; k < 3; k++) {
			const int64_t factor = k == 2 ? INT32_MAX : k == 1 ? 1000 : 1;

			const int64_t any = turn % 3 ? factor : bench->found[1][turn];

			memcpy(bench->out, bench->found[0], sizeof bench->out);
			bench->work->more(bench->out, any, bench->found[2], rows);
			for (uint32_t i = 0; i < ROWS; i++) {
				const uint64_t more = i < rows ? (uint64_t)any * (uint64_t)bench->found[2][i] : 0;

				wrong += (uint64_t)bench->out[i] != (uint64_t)bench->found[0][i] + more;
			}
			bench->work->less(bench->found[0], factor, bench->found[2], rows, bench->out);
			for (uint32_t i = 0; i < rows; i++)
				wrong += (uint64_t)bench->out[i] !=
					 (uint64_t)bench->found[0][i] - (uint64_t)factor * (uint64_t)bench->found[2][i];
		}
	}
	OK(tap, wrong == 0, "products added and taken off, modulo 2^64");
}

int main(void)
{
	struct tap tap = { 0 };

	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		static struct bench bench;

		bench.work = delta_kernel_choose(level);
		bench.state = 9;
		if (!cpu_has(level)) {
			tap_skip(&tap, cpu_name(level), "not on this machine");
			continue;
		}
		test_clocks(&tap, &bench);
		test_bounded(&tap, &bench);
		test_talks(&tap, &bench);
		test_products(&tap, &bench);
	}
	return tap_done(&tap);
}
