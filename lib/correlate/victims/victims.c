/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, block by block: their calls are added up in a pass of its own,
 * and they are written. */
#include "correlate/victims/victims.h"

#include "correlate/victims/own_numbers.h"
#include "correlate/victims/victim_find.h"
#include "correlate/victims/victim_scan.h"
#include "correlate/victims/victims_write.h"

/* What a block takes at most (bytes), and blocks at most, in whatever memory:
 * each costs a pass over the calls, and some three million victims are one. */
#define VICTIM_BLOCK_MOST (128 << 20)
#define VICTIM_BLOCKS_MOST 256
/* Victims are read so many bytes at a time. */
#define READ 262144

static int compare(const void *a, const void *b)
{
	const struct victim *x = a;
	const struct victim *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static const struct record_kind victim_kind = { sizeof(struct victim), compare,
						NULL, true };

struct walk {
	const struct victims_given *given;
	struct sorter victims;         /* of struct victim */
	uint64_t count;                /* of them */
	struct merge next;             /* of them */
	struct victim_block block;
	struct victim_scan scan;
	struct victims_writer writer;
};

static enum status find(struct walk *walk)
{
	const struct victims_given *given = walk->given;
	const struct victim_find_given find = {
		.casefile = given->casefile,
		.observer = given->observer,
		.persons = given->persons,
		.directory = given->directory,
		.texts = given->texts,
		.spill = given->spill,
		.unsure = given->unsure,
		.long_calls = given->long_calls,
		.account_figures = given->account_figures,
		.person_counts = given->person_counts,
		.presentations = given->presentations,
		.memory = given->memory,
		.threads = given->threads,
	};
	enum status status;

	if (!sorter_open(&walk->victims, &victim_kind, given->spill, READ))
		return error_memory(&given->casefile->error);
	status = victim_find_run(&find, &walk->victims, &walk->count);
	if (status == STATUS_OK && !sorter_read(&walk->victims, &walk->next))
		status = spill_failed(given->spill, &given->casefile->error);
	return status;
}

/* How many blocks there are, of equally many victims. */
static unsigned plan(const struct walk *walk, uint32_t *each)
{
	const uint64_t share = walk->given->memory / 4;
	const uint64_t memory = share < VICTIM_BLOCK_MOST ? share : VICTIM_BLOCK_MOST;
	uint64_t blocks = walk->count / (memory / VICTIM_BLOCK_VICTIM) + 1;

	if (blocks > VICTIM_BLOCKS_MOST)
		blocks = VICTIM_BLOCKS_MOST;
	*each = (uint32_t)(walk->count / blocks + 1);
	return (unsigned)blocks;
}

/* Room for a block, and what scans the calls for it. */
static enum status open_scan(struct walk *walk)
{
	const struct victims_given *given = walk->given;
	uint32_t each;
	const struct victim_scan_given scan = {
		.casefile = given->casefile,
		.observer = given->observer,
		.spill = given->spill,
		.keep_duplicates = given->keep_duplicates,
		.passes = plan(walk, &each),
		.threads = given->threads,
	};

	return victim_block_open(&walk->block, each) &&
			       victim_scan_open(&walk->scan, &scan)
		       ? STATUS_OK
		       : error_memory(&given->casefile->error);
}

static enum status open_writer(struct walk *walk)
{
	const struct victims_given *given = walk->given;
	const struct victims_writer_given writer = {
		.casefile = given->casefile,
		.observer = given->observer,
		.reports = given->reports,
		.spill = given->spill,
		.victims = &walk->victims,
		.threads = given->threads,
	};

	return victims_writer_open(&walk->writer, &writer);
}

static enum status take_all(struct walk *walk)
{
	const struct victims_given *given = walk->given;
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		if (!victim_block_fill(&walk->block, &walk->next))
			return spill_failed(given->spill, &given->casefile->error);
		if (!walk->block.count)
			return victims_writer_end(&walk->writer);
		status = victim_scan_run(&walk->scan, &walk->block);
		if (status == STATUS_OK)
			status = victims_writer_put(&walk->writer, &walk->block);
	}
	return status;
}

enum status victims_conclude(const struct victims_given *given, uint64_t *count)
{
	struct walk walk = { .given = given };
	enum status status = find(&walk);

	if (status == STATUS_OK)
		status = open_scan(&walk);
	if (status == STATUS_OK)
		status = open_writer(&walk);
	if (status == STATUS_OK)
		status = take_all(&walk);
	victims_writer_close(&walk.writer);
	victim_scan_close(&walk.scan);
	victim_block_close(&walk.block);
	merge_close(&walk.next);
	sorter_close(&walk.victims);
	*count = walk.count;
	return status == STATUS_OK ? own_numbers_say(given->casefile, walk.count, given->remarks) : status;
}
