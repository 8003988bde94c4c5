/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of clocks out of a tally by days. */
#include "ingest/clock/clock_settle.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* No clocks are changed twice within so many seconds and are back where they were. */
#define SOON (20 * 86400)
/* Clocks are changed by multiples of this. */
#define CHANGE_UNIT 1800
#define PASSES 8

/* Spans of one offset, in order of time. */
struct spans {
	struct clock_period *items;
	size_t count, capacity;
};

static bool overlaps(const struct clock_entry *a, const struct clock_entry *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Whether another offset of the day has more rows at the same time. */
static bool outweighed(const struct clock_day_tally *day, size_t i)
{
	for (size_t k = 0; k < CLOCK_DAY_OFFSETS; k++) {
		const struct clock_entry *other = &day->entries[k];

		if (k != i && other->count > 0 && overlaps(other, &day->entries[i]) &&
		    (other->count > day->entries[i].count || (other->count == day->entries[i].count && k < i)))
			return true;
	}
	return false;
}

static void leave(struct clock_measured *measured, uint64_t rows, uint64_t line, uint64_t member)
{
	if (measured->line == 0) {
		measured->line = line;
		measured->member = member;
	}
	measured->apart += rows;
}

/* Adds a span, to the last where its offset is the same. */
static bool add_span(struct spans *spans, const struct clock_period *span)
{
	struct clock_period *last = spans->count ? &spans->items[spans->count - 1] : NULL;
	void *items = spans->items;

	if (last && last->offset == span->offset) {
		last->to = span->to > last->to ? span->to : last->to;
		last->rows += span->rows;
		return true;
	}
	if (!memory_room(&items, &spans->capacity, spans->count + 1, sizeof(*spans->items)))
		return false;
	spans->items = items;
	spans->items[spans->count++] = *span;
	return true;
}

/* The entry of a day that begins first, of those not taken yet. */
static size_t next_entry(const struct clock_day_tally *day, unsigned taken)
{
	size_t best = CLOCK_DAY_OFFSETS;

	for (size_t i = 0; i < CLOCK_DAY_OFFSETS; i++)
		if (day->entries[i].count > 0 && !(taken >> i & 1) &&
		    (best == CLOCK_DAY_OFFSETS || day->entries[i].first < day->entries[best].first))
			best = i;
	return best;
}

static bool add_day(const struct clock_day_tally *day, struct spans *spans, struct clock_measured *measured)
{
	unsigned taken = 0;
	size_t i;
	bool good = true;

	while (good && (i = next_entry(day, taken)) < CLOCK_DAY_OFFSETS) {
		const struct clock_entry *e = &day->entries[i];
		const struct clock_period span = { e->first, e->last, e->count, e->line, e->member, e->offset };

		taken |= 1u << i;
		if (outweighed(day, i))
			leave(measured, e->count, e->line, e->member);
		else
			good = add_span(spans, &span);
	}
	return good;
}

/* A span that no change of clocks explains: both sides are of one offset soon after, or it differs by no half hours and
 * has fewer rows than its neighbour. */
static bool is_weak(const struct spans *spans, size_t i)
{
	const struct clock_period *span = &spans->items[i];
	const struct clock_period *before = i > 0 ? span - 1 : NULL;
	const struct clock_period *after = i + 1 < spans->count ? span + 1 : NULL;

	if (before && after && before->offset == after->offset && after->from - before->to < SOON &&
	    span->rows <= before->rows + after->rows)
		return true;
	return (before && (span->offset - before->offset) % CHANGE_UNIT != 0 && span->rows < before->rows) ||
	       (after && (span->offset - after->offset) % CHANGE_UNIT != 0 && span->rows < after->rows);
}

/* Leaves out the weak; returns whether there were some. */
static bool drop_weak(struct spans *spans, struct clock_measured *measured)
{
	struct spans left = { 0 };
	const size_t count = spans->count;

	left.items = spans->items;
	left.capacity = spans->capacity;
	for (size_t i = 0; i < count; i++) {
		const struct clock_period span = spans->items[i];

		if (is_weak(spans, i)) {
			leave(measured, span.rows, span.line, span.member);
			spans->items[i].offset = i > 0 ? spans->items[i - 1].offset : spans->items[i + 1].offset;
			spans->items[i].rows = 0;
		}
	}
	/* There is room for each, so that none is refused. */
	for (size_t i = 0; i < count; i++)
		if (spans->items[i].rows > 0)
			(void)add_span(&left, &spans->items[i]);
	spans->count = left.count;
	return left.count < count;
}

static bool collect(const struct clock_tally *tally, struct spans *spans, struct clock_measured *measured)
{
	bool good = true;

	for (int64_t day = 0; day < CLOCK_DAYS && good; day++) {
		const struct clock_day_tally *tallied = clock_tally_day(tally, day);

		if (tallied)
			good = add_day(tallied, spans, measured);
	}
	return good;
}

bool clock_settle(const struct clock_tally *tally, struct clock_measured *measured)
{
	struct spans spans = { 0 };
	bool good;

	memset(measured, 0, sizeof(*measured));
	if (tally->apart.count > 0)
		leave(measured, tally->apart.count, tally->apart.line, tally->apart.member);
	good = collect(tally, &spans, measured);
	for (int pass = 0; good && pass < PASSES && drop_weak(&spans, measured); pass++)
		;
	for (size_t i = 0; i < spans.count; i++)
		measured->rows += spans.items[i].rows;
	measured->disbelieved = measured->apart >= measured->rows + (measured->apart == 0) ||
				spans.count > CLOCK_PERIODS;
	if (!measured->disbelieved && good && spans.count > 0) {
		measured->count = spans.count;
		memcpy(measured->periods, spans.items, spans.count * sizeof(*spans.items));
	}
	free(spans.items);
	return good;
}
