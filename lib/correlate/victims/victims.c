/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, block by block: their calls are added up in a pass of its own,
 * and they are written. */
#include "correlate/victims/victims.h"

#include "correlate/correlation.h"
#include "correlate/victims/victim_find.h"
#include "correlate/victims/victim_scan.h"
#include "correlate/victims/victims_write.h"

/* What a block takes at most (bytes), and blocks at most, in whatever memory:
 * each costs a pass over the calls. */
#define VICTIM_BLOCK_MOST (32 << 20)
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
						NULL };

struct walk {
	struct correlation *c;
	struct sorter victims;         /* of struct victim */
	struct merge next;             /* of them */
	struct victim_block block;
	struct victim_scan scan;
	struct victims_writer writer;
};

/* How many blocks there are, of equally many victims. */
static unsigned plan(const struct correlation *c, uint32_t *each)
{
	const uint64_t memory = c->memory / 4 < VICTIM_BLOCK_MOST ? c->memory / 4
							     : VICTIM_BLOCK_MOST;
	const uint64_t victims = c->counts->victims;
	uint64_t blocks = victims / (memory / VICTIM_BLOCK_VICTIM) + 1;

	if (blocks > VICTIM_BLOCKS_MOST)
		blocks = VICTIM_BLOCKS_MOST;
	*each = (uint32_t)(victims / blocks + 1);
	return (unsigned)blocks;
}

static enum status take_all(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		if (!victim_block_fill(&walk->block, &walk->next))
			return spill_failed(&c->spill, &c->casefile->error);
		if (!walk->block.count)
			return victims_writer_end(&walk->writer);
		status = victim_scan_run(&walk->scan, &walk->block);
		if (status == STATUS_OK)
			status = victims_writer_put(&walk->writer, &walk->block);
	}
	return status;
}

static enum status walk_all(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status;
	unsigned blocks;
	uint32_t each;

	if (!sorter_open(&walk->victims, &victim_kind, &c->spill, READ))
		return error_memory(&c->casefile->error);
	status = victim_find_run(c, &walk->victims);
	if (status == STATUS_OK && !sorter_read(&walk->victims, &walk->next))
		status = spill_failed(&c->spill, &c->casefile->error);
	if (status != STATUS_OK)
		return status;
	blocks = plan(c, &each);
	if (!victim_block_open(&walk->block, each) ||
	    !victim_scan_open(&walk->scan, &c->usage_scan, blocks))
		return error_memory(&c->casefile->error);
	status = victims_writer_open(&walk->writer, c, &walk->victims);
	return status == STATUS_OK ? take_all(walk) : status;
}

enum status victims_conclude(struct correlation *c)
{
	struct walk walk = { .c = c };
	const enum status status = walk_all(&walk);

	victims_writer_close(&walk.writer);
	victim_scan_close(&walk.scan);
	victim_block_close(&walk.block);
	merge_close(&walk.next);
	sorter_close(&walk.victims);
	return status;
}
