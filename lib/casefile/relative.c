/* SPDX-License-Identifier: Apache-2.0 */
/* Understood values told by what was found. */
#include "casefile/relative.h"

#include <string.h>

#include "base/calendar.h"

#define SECOND_MS 1000
#define DAY_MS INT64_C(86400000)
/* Costs are in 1/1,000,000. */
#define FACTOR_MOST 1000000

bool relative_can(unsigned column)
{
	return column == READ_STARTED || column == READ_TALK ||
	       column == READ_PRESENTED || column == READ_DIALLED ||
	       column == READ_COST;
}

#define NEEDS(role) SEGMENT_COLUMN(FOUND_VALUE(role))

uint64_t relative_needs(unsigned column)
{
	switch (column) {
	case READ_STARTED:
		return NEEDS(CALL_STARTED);
	case READ_TALK:
		return NEEDS(CALL_TALK) | NEEDS(CALL_BILLED) |
		       NEEDS(CALL_DURATION);
	case READ_PRESENTED:
		return NEEDS(CALL_PRESENTED);
	case READ_DIALLED:
		return NEEDS(CALL_DIALLED);
	case READ_COST:
		return NEEDS(CALL_COST);
	default:
		return 0;
	}
}

uint64_t relative_stored(uint64_t understood)
{
	uint64_t all = understood & (SEGMENT_COLUMN(READ_COLUMNS) - 1);

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if ((understood >> c & 1) && relative_can(c))
			all |= SEGMENT_COLUMN(READ_FACTOR(c));
	/* The flags tell which role a talk is from. */
	if (understood & SEGMENT_COLUMN(READ_TALK))
		all |= SEGMENT_COLUMN(READ_FLAGS);
	return all;
}

static int64_t bounded(int64_t value)
{
	return value >= 0 && value < RELATIVE_MOST ? value : 0;
}

/* A day remembered, for rows are nearly in the order of time. */
struct day {
	int64_t date;      /* as 20220327 */
	int64_t ms;
};

static bool find_day(struct day *day, int64_t date)
{
	const int year = (int)(date / 10000);
	const unsigned month = (unsigned)(date / 100 % 100);

	if (!calendar_has(year, month, (unsigned)(date % 100)))
		return false;
	day->date = date;
	day->ms = calendar_days(year, month, (unsigned)(date % 100)) * DAY_MS;
	return true;
}

static int64_t clock_of(struct day *day, int64_t value)
{
	const int64_t date = value / 1000000;
	const int64_t hour = value / 10000 % 100;
	const int64_t minute = value / 100 % 100;
	const int64_t second = value % 100;

	if (value >= INT64_C(10000000000000) && value < INT64_C(100000000000000)) {
		if (hour > 23 || minute > 59 || second > 59 ||
		    (date != day->date && !find_day(day, date)))
			return 0;
		return day->ms + (hour * 3600 + minute * 60 + second) * SECOND_MS;
	}
	if (value >= INT64_C(1000000000) && value < INT64_C(10000000000))
		return value * SECOND_MS;
	return value >= INT64_C(1000000000000) && value < INT64_C(10000000000000)
		       ? value
		       : 0;
}

static void clocks(const int64_t *found, uint32_t rows, int64_t *basis)
{
	struct day day = { -1, 0 };

	for (uint32_t i = 0; i < rows; i++)
		basis[i] = clock_of(&day, found[i]);
}

static void talks(const struct segment *segment, const int64_t *flags,
		  int64_t *basis)
{
	for (uint32_t i = 0; i < segment->rows; i++) {
		int64_t value = 0;

		switch (flags[i] & CALL_TALK_MASK) {
		case CALL_TALK_FROM_TALK:
			value = segment_found(segment, FOUND_VALUE(CALL_TALK), i);
			break;
		case CALL_TALK_FROM_BILLED:
			value = segment_found(segment, FOUND_VALUE(CALL_BILLED), i);
			break;
		case CALL_TALK_FROM_DURATION:
			value = segment_found(segment, FOUND_VALUE(CALL_DURATION),
					      i);
			break;
		default:
			break;
		}
		basis[i] = bounded(value);
	}
}

static void values_of(const struct segment *segment, enum call_role role,
		      int64_t *basis)
{
	const int64_t *values = segment->found[FOUND_VALUE(role)];

	for (uint32_t i = 0; i < segment->rows; i++)
		basis[i] = bounded(values[i]);
}

void relative_basis(const struct segment *segment, const int64_t *flags,
		    unsigned column, int64_t *basis)
{
	switch (column) {
	case READ_STARTED:
		clocks(segment->found[FOUND_VALUE(CALL_STARTED)], segment->rows,
		       basis);
		break;
	case READ_TALK:
		talks(segment, flags, basis);
		break;
	case READ_PRESENTED:
		values_of(segment, CALL_PRESENTED, basis);
		break;
	case READ_DIALLED:
		values_of(segment, CALL_DIALLED, basis);
		break;
	default:
		values_of(segment, CALL_COST, basis);
		break;
	}
}

/* A damaged case may hold factors that overflow: unsigned, that is no harm, and
 * who uses the values checks their range. */
void relative_apply(int64_t *values, const int64_t *factors,
		    const int64_t *basis, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		values[i] = (int64_t)((uint64_t)values[i] +
				      (uint64_t)factors[i] * (uint64_t)basis[i]);
}

/* The power of ten that makes a cost of the digits; 0: none does. */
static int64_t factor_of(int64_t value, int64_t basis)
{
	for (int64_t factor = 1; factor <= FACTOR_MOST; factor *= 10)
		if (factor <= (INT64_C(1) << 52) / basis && basis * factor == value)
			return factor;
	return 0;
}

static void split_costs(const int64_t *values, const int64_t *basis,
			uint32_t rows, int64_t *factors, int64_t *rest)
{
	int64_t last = 0;

	for (uint32_t i = 0; i < rows; i++) {
		int64_t factor = last;

		if (basis[i])
			factor = factor_of(values[i], basis[i]);
		factors[i] = factor;
		rest[i] = values[i] - factor * basis[i];
		last = factor;
	}
}

void relative_split(unsigned column, const int64_t *values,
		    const int64_t *basis, uint32_t rows, int64_t *factors,
		    int64_t *rest)
{
	const int64_t factor = column == READ_TALK ? SECOND_MS : 1;

	if (column == READ_COST) {
		split_costs(values, basis, rows, factors, rest);
		return;
	}
	for (uint32_t i = 0; i < rows; i++) {
		factors[i] = factor;
		rest[i] = values[i] - factor * basis[i];
	}
}
