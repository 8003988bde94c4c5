/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up the calls to some victims, on several threads. */
#include "correlate/victims/victim_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/calls/call_check.h"
#include "correlate/calls/pass.h"

#define WANTED \
	(SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_TALK) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_FLAGS))

/* Rows that are taken together, so that what is known of them stays in the
 * processor's cache until the ranges have it. */
#define BLOCK 8192

/* A call to a victim. */
struct hit {
	uint32_t place;
	uint32_t row;
};

/* What a thread needs. */
struct sweeper {
	struct stretch *stretch;
	unsigned number;           /* of the thread, from 0 */
	struct segment_decoder decoder;
	struct segment segment;    /* at hand */
	uint32_t rows[BLOCK];      /* whose numbers are within the stretch */
	uint32_t places[BLOCK];    /* of their victims; 0: none */
	struct hit hits[BLOCK];    /* range by range */
	uint32_t ends[STRETCH_RANGES];   /* of a range in hits */
};

bool sweep_open(struct sweep *sweep, const struct calls *calls, unsigned passes)
{
	const unsigned threads = calls->given.threads;

	sweep->calls = calls;
	sweep->passes = passes;
	sweep->passed = 0;
	sweep->sweepers = calloc(threads, sizeof(*sweep->sweepers));
	for (unsigned i = 0; sweep->sweepers && i < threads; i++) {
		sweep->sweepers[i].number = i;
		sweep->sweepers[i].decoder.window = BLOCK;
	}
	return sweep->sweepers != NULL;
}

void sweep_close(struct sweep *sweep)
{
	for (unsigned i = 0; sweep->sweepers && i < sweep->calls->given.threads; i++)
		segment_decoder_release(&sweep->sweepers[i].decoder);
	free(sweep->sweepers);
	memset(sweep, 0, sizeof(*sweep));
}

static int64_t value(const struct sweeper *sweeper, unsigned column, uint32_t i)
{
	return sweeper->segment.understood[column][i];
}

/* The calls of a block whose numbers are within the stretch, without a branch,
 * for it could not be foretold. */
static uint32_t choose(struct sweeper *sweeper)
{
	const int64_t *numbers = sweeper->segment.understood[READ_DIALLED];
	const int64_t *flags = sweeper->segment.understood[READ_FLAGS];
	const uint64_t low = sweeper->stretch->low;
	const uint64_t width = sweeper->stretch->high - low;
	uint32_t chosen = 0;

	for (uint32_t i = 0; i < sweeper->segment.rows; i++) {
		sweeper->rows[chosen] = i;
		chosen += ((uint64_t)numbers[i] - low <= width) &
			  flags_count(flags[i]);
	}
	return chosen;
}

/* Puts calls to victims to those of their range. */
static void part(struct sweeper *sweeper, uint32_t count)
{
	const struct stretch *stretch = sweeper->stretch;
	const uint32_t *places = sweeper->places;
	uint32_t counts[STRETCH_RANGES] = { 0 };
	uint32_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		counts[stretch_range(stretch, places[i])] += places[i] != 0;
	for (unsigned range = 0; range < STRETCH_RANGES; range++) {
		sweeper->ends[range] = sum;
		sum += counts[range];
	}
	for (uint32_t i = 0; i < count; i++)
		if (places[i])
			sweeper->hits[sweeper->ends[stretch_range(
				stretch, places[i])]++] =
				(struct hit){ places[i], sweeper->rows[i] };
}

static void add(const struct sweeper *sweeper, const struct hit *hit)
{
	const uint32_t i = hit->row;
	const bool answered = value(sweeper, READ_FLAGS, i) & CALL_FLAG_ANSWERED;
	const int64_t talk = value(sweeper, READ_TALK, i);

	stretch_add(sweeper->stretch, hit->place,
		    seconds_of(value(sweeper, READ_STARTED, i)),
		    answered ? talk : 0);
}

static void add_range(const struct sweeper *sweeper, unsigned range)
{
	pthread_mutex_t *lock = &sweeper->stretch->locks[range];
	const uint32_t end = sweeper->ends[range];
	uint32_t i = range ? sweeper->ends[range - 1] : 0;

	(void)pthread_mutex_lock(lock);
	for (; i < end; i++)
		add(sweeper, &sweeper->hits[i]);
	(void)pthread_mutex_unlock(lock);
}

/* Each thread begins at another range, so that they seldom wait. */
static enum trouble take_block(struct sweeper *sweeper,
			       const struct raw_segment *raw, uint32_t first)
{
	struct segment *segment = &sweeper->segment;
	const enum status status = segment_decode_from(&sweeper->decoder, raw,
						       first, 0, WANTED, segment);
	uint32_t count;

	if (status == STATUS_FAILED)
		return TROUBLE_SPILL;
	if (status != STATUS_OK || !batch_sound(segment, 0, segment->rows))
		return TROUBLE_DAMAGED;
	count = choose(sweeper);
	stretch_find(sweeper->stretch, sweeper->segment.understood[READ_DIALLED],
		     sweeper->rows, count, sweeper->places);
	part(sweeper, count);
	for (unsigned i = 0; i < STRETCH_RANGES; i++)
		add_range(sweeper, (i + 29 * sweeper->number) % STRETCH_RANGES);
	return TROUBLE_NONE;
}

static void work(void *context, struct pass_item *item, unsigned worker)
{
	struct sweeper *sweeper = &((struct sweep *)context)->sweepers[worker];

	for (uint32_t first = 0;
	     first < item->raw.rows && item->trouble == TROUBLE_NONE;
	     first += sweeper->segment.rows)
		item->trouble = take_block(sweeper, &item->raw, first);
}

enum status sweep_run(struct sweep *sweep, struct stretch *stretch)
{
	const struct calls_given *given = &sweep->calls->given;
	const struct pass_given pass = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "add up victims",
		.wanted = WANTED,
		.passed = sweep->passed++,
		.passes = sweep->passes,
		.spill = given->spill,
		.threads = given->threads,
		.context = sweep,
		.work = work,
	};
	uint64_t calls;

	for (unsigned i = 0; i < given->threads; i++)
		sweep->sweepers[i].stretch = stretch;
	return pass_run(&pass, &calls);
}
