/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every row of a column that is a delta, a row at a time. */
#include "casefile/segment/delta_kernel.h"

#include <stddef.h>

#include "base/time/calendar.h"
#include "casefile/segment/delta.h"

#define SECOND_MS 1000
#define DAY_MS INT64_C(86400000)
#define PRODUCT_MOST (INT64_C(1) << 52)
#define CLOCK 1000000               /* what the six digits of a clock are below */

int64_t delta_bounded(int64_t value)
{
	return (uint64_t)value < (uint64_t)DELTA_MOST ? value : 0;
}

static bool find_day(struct delta_day *day, int64_t date)
{
	const int year = (int)(date / 10000);
	const unsigned month = (unsigned)(date / 100 % 100);

	if (!calendar_has(year, month, (unsigned)(date % 100)))
		return false;
	day->start = date * CLOCK;
	day->ms = calendar_days(year, month, (unsigned)(date % 100)) * DAY_MS;
	return true;
}

/* Digits that are no date and clock. */
static int64_t instant(int64_t digits)
{
	if (digits >= INT64_C(1000000000) && digits < INT64_C(10000000000))
		return digits * SECOND_MS;
	return digits >= INT64_C(1000000000000) && digits < INT64_C(10000000000000)
		       ? digits
		       : 0;
}

int64_t delta_clock(struct delta_day *day, int64_t digits)
{
	uint32_t clock, hour, minute, second;

	if (digits < INT64_C(10000000000000) || digits >= INT64_C(100000000000000))
		return instant(digits);
	if ((uint64_t)(digits - day->start) < CLOCK)
		clock = (uint32_t)(digits - day->start);
	else
		clock = (uint32_t)(digits % CLOCK);
	hour = clock / 10000;
	minute = clock / 100 % 100;
	second = clock % 100;
	if (hour > 23 || minute > 59 || second > 59)
		return 0;
	if (digits - clock != day->start && !find_day(day, digits / CLOCK))
		return 0;
	return day->ms + (int64_t)(hour * 3600 + minute * 60 + second) * SECOND_MS;
}

static void bounded_plain(const int64_t *found, uint32_t rows, int64_t *basis)
{
	for (uint32_t i = 0; i < rows; i++)
		basis[i] = delta_bounded(found[i]);
}

static void clocks_plain(const int64_t *found, uint32_t rows, int64_t *basis)
{
	struct delta_day day = DELTA_DAY;

	for (uint32_t i = 0; i < rows; i++)
		basis[i] = delta_clock(&day, found[i]);
}

static void talks_plain(const struct delta_talks *talks, uint32_t rows,
			int64_t *basis)
{
	for (uint32_t i = 0; i < rows; i++) {
		const int64_t from = talks->flags[i] & CALL_TALK_MASK;

		basis[i] = 0;
		for (unsigned k = 0; k < 3; k++)
			if (from == talks->from[k] && talks->found[k])
				basis[i] = delta_bounded(talks->found[k][i]);
	}
}

static void apply_plain(int64_t *values, const int64_t *factors,
			const int64_t *basis, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] +
				      (uint64_t)factors[i] * (uint64_t)basis[i]);
}

static void less_plain(const int64_t *values, const int64_t *factors,
		       const int64_t *basis, uint32_t rows, int64_t *rest)
{
	for (uint32_t i = 0; i < rows; i++)
		rest[i] = (int64_t)((uint64_t)values[i] -
				    (uint64_t)factors[i] * (uint64_t)basis[i]);
}

static inline bool makes(int64_t value, int64_t basis, int64_t factor)
{
	int64_t product;

	return !__builtin_mul_overflow(basis, factor, &product) &&
	       product == value && product <= PRODUCT_MOST;
}

int64_t delta_power(int64_t value, int64_t basis, int64_t last)
{
	if (last && makes(value, basis, last))
		return last;
	for (int64_t factor = 1; factor <= DELTA_FACTOR_MOST; factor *= 10)
		if (makes(value, basis, factor))
			return factor;
	return 0;
}

static void powers_plain(const int64_t *values, const int64_t *basis,
			 uint32_t rows, int64_t last, int64_t *factors)
{
	for (uint32_t i = 0; i < rows; i++) {
		if (basis[i])
			last = delta_power(values[i], basis[i], last);
		factors[i] = last;
	}
}

const struct delta_kernel *delta_kernel_choose(enum delta_width width)
{
	static const struct delta_kernel plain = { bounded_plain, clocks_plain,
						 talks_plain, apply_plain,
						 less_plain, powers_plain };

	return width == DELTA_PLAIN ? &plain : delta_kernel_avx2();
}

const struct delta_kernel *delta_kernel_fastest(void)
{
	const struct delta_kernel *found = delta_kernel_choose(DELTA_AVX2);

	return found ? found : delta_kernel_choose(DELTA_PLAIN);
}
