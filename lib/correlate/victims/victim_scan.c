/* SPDX-License-Identifier: Apache-2.0 */
/* Adding up the calls to some victims, on several threads. */
#include "correlate/victims/victim_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/calls/call_check.h"
#include "correlate/calls/call_scan.h"

#define WANTED \
	(SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_TALK) | \
	 SEGMENT_COLUMN(READ_DIALLED) | SEGMENT_COLUMN(READ_FLAGS))

/* Rows that are taken together, so that what is known of them stays in the
 * processor's cache until the ranges have it. */
#define WINDOW 4096
/* Victims that are prefetched while calls are added. */
#define AHEAD 16

/* A call to a victim. */
struct hit {
	uint32_t place;
	uint32_t row;
};

/* What a thread needs. */
struct victim_scan_worker {
	struct victim_block *block;
	unsigned number;           /* of the thread, from 0 */
	int64_t no_call;           /* see flags_of_no_call() */
	struct segment_decoder decoder;
	struct segment segment;    /* at hand */
	uint32_t rows[WINDOW];     /* whose numbers are within the block */
	uint32_t places[WINDOW];   /* of their victims; 0: none */
	struct hit hits[WINDOW + AHEAD]; /* range by range */
	uint32_t ends[VICTIM_BLOCK_RANGES]; /* of a range in hits */
};

bool victim_scan_open(struct victim_scan *scan,
		      const struct victim_scan_given *given)
{
	memset(scan, 0, sizeof(*scan));
	scan->given = *given;
	scan->workers = calloc(given->threads, sizeof(*scan->workers));
	for (unsigned i = 0; scan->workers && i < given->threads; i++) {
		scan->workers[i].number = i;
		scan->workers[i].no_call = flags_of_no_call(given->keep_duplicates);
		scan->workers[i].decoder.window = WINDOW;
	}
	return scan->workers != NULL;
}

void victim_scan_close(struct victim_scan *scan)
{
	for (unsigned i = 0; scan->workers && i < scan->given.threads; i++)
		segment_decoder_release(&scan->workers[i].decoder);
	free(scan->workers);
	memset(scan, 0, sizeof(*scan));
}

/* The calls of a window whose numbers are within the block, without a branch,
 * for it could not be foretold. */
static uint32_t choose(struct victim_scan_worker *worker)
{
	const int64_t *numbers = worker->segment.understood[READ_DIALLED];
	const int64_t *flags = worker->segment.understood[READ_FLAGS];
	const uint64_t low = worker->block->low;
	const uint64_t width = worker->block->high - low;
	const int64_t no_call = worker->no_call;
	uint32_t chosen = 0;

	for (uint32_t i = 0; i < worker->segment.rows; i++) {
		worker->rows[chosen] = i;
		chosen += ((uint64_t)numbers[i] - low <= width) &
			  flags_are_call(flags[i], no_call);
	}
	return chosen;
}

/* Puts calls to victims to those of their range. */
static void part(struct victim_scan_worker *worker, uint32_t count)
{
	const struct victim_block *block = worker->block;
	const uint32_t *places = worker->places;
	uint32_t counts[VICTIM_BLOCK_RANGES] = { 0 };
	uint32_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		counts[victim_block_range(block, places[i])] += places[i] != 0;
	for (unsigned range = 0; range < VICTIM_BLOCK_RANGES; range++) {
		worker->ends[range] = sum;
		sum += counts[range];
	}
	for (uint32_t i = 0; i < count; i++)
		if (places[i])
			worker->hits[worker->ends[victim_block_range(
				block, places[i])]++] =
				(struct hit){ places[i], worker->rows[i] };
}

static void add_range(const struct victim_scan_worker *worker, unsigned range)
{
	const int64_t *flags = worker->segment.understood[READ_FLAGS];
	const int64_t *talks = worker->segment.understood[READ_TALK];
	const int64_t *starts = worker->segment.understood[READ_STARTED];
	struct victim_block *block = worker->block;
	pthread_mutex_t *lock = &block->locks[range];
	const uint32_t first = range ? worker->ends[range - 1] : 0;

	(void)pthread_mutex_lock(lock);
	for (uint32_t i = first; i < worker->ends[range]; i++) {
		const uint32_t row = worker->hits[i].row;
		const bool answered = flags[row] & CALL_FLAG_ANSWERED;

		victim_block_prefetch(block, worker->hits[i + AHEAD].place);
		victim_block_add(block, worker->hits[i].place, seconds_of(starts[row]),
				 flags[row] & CALL_FLAG_DAY, answered ? talks[row] : 0);
	}
	(void)pthread_mutex_unlock(lock);
}

/* Each thread begins at another range, so that they seldom wait. */
static enum trouble take_window(struct victim_scan_worker *worker,
				const struct raw_segment *raw, uint32_t first)
{
	struct segment *segment = &worker->segment;
	const enum status status = segment_decode_from(&worker->decoder, raw,
						       first, 0, WANTED, segment);
	uint32_t count;

	if (status == STATUS_FAILED)
		return TROUBLE_SPILL;
	if (status != STATUS_OK || !call_check(segment, 0, segment->rows))
		return TROUBLE_DAMAGED;
	count = choose(worker);
	victim_block_find(worker->block, worker->segment.understood[READ_DIALLED],
			  worker->rows, count, worker->places);
	part(worker, count);
	for (unsigned i = 0; i < VICTIM_BLOCK_RANGES; i++)
		add_range(worker, (i + 29 * worker->number) % VICTIM_BLOCK_RANGES);
	return TROUBLE_NONE;
}

static void work(void *context, struct call_scan_item *item, unsigned number)
{
	struct victim_scan_worker *worker = &((struct victim_scan *)context)->workers[number];

	for (uint32_t first = 0;
	     first < item->segment.raw.rows && item->trouble == TROUBLE_NONE;
	     first += worker->segment.rows)
		item->trouble = take_window(worker, &item->segment.raw, first);
}

enum status victim_scan_run(struct victim_scan *scan, struct victim_block *block)
{
	const struct victim_scan_given *given = &scan->given;
	const struct call_scan_given scanned = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "add up victims",
		.wanted = WANTED,
		.passed = scan->passed++,
		.passes = given->passes,
		.spill = given->spill,
		.threads = given->threads,
		.context = scan,
		.work = work,
	};
	uint64_t calls;

	for (unsigned i = 0; i < given->threads; i++)
		scan->workers[i].block = block;
	return call_scan_run(&scanned, &calls);
}
