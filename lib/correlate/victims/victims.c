/* SPDX-License-Identifier: Apache-2.0 */
/* The victims, stretch by stretch: their calls are added up in a pass of its own,
 * and they are written. */
#include "correlate/victims/victims.h"

#include "correlate/correlation.h"
#include "correlate/victims/victim_find.h"
#include "correlate/victims/victim_scan.h"
#include "correlate/victims/victims_write.h"

/* What a stretch takes at most (bytes), and stretches at most, in whatever memory:
 * each costs a pass over the calls. */
#define STRETCH_MOST (32 << 20)
#define STRETCHES_MOST 256
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
	struct stretch stretch;
	struct sweep sweep;
	struct victims_writer writer;
};

/* How many stretches there are, of equally many victims. */
static unsigned plan(const struct correlation *c, uint32_t *each)
{
	const uint64_t memory = c->memory / 4 < STRETCH_MOST ? c->memory / 4
							     : STRETCH_MOST;
	const uint64_t victims = c->counts->victims;
	uint64_t stretches = victims / (memory / STRETCH_VICTIM) + 1;

	if (stretches > STRETCHES_MOST)
		stretches = STRETCHES_MOST;
	*each = (uint32_t)(victims / stretches + 1);
	return (unsigned)stretches;
}

static enum status take_all(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		if (!stretch_fill(&walk->stretch, &walk->next))
			return spill_failed(&c->spill, &c->casefile->error);
		if (!walk->stretch.count)
			return victims_writer_end(&walk->writer);
		status = sweep_run(&walk->sweep, &walk->stretch);
		if (status == STATUS_OK)
			status = victims_writer_put(&walk->writer, &walk->stretch);
	}
	return status;
}

static enum status walk_all(struct walk *walk)
{
	struct correlation *c = walk->c;
	enum status status;
	unsigned stretches;
	uint32_t each;

	if (!sorter_open(&walk->victims, &victim_kind, &c->spill, READ))
		return error_memory(&c->casefile->error);
	status = victims_find(c, &walk->victims);
	if (status == STATUS_OK && !sorter_read(&walk->victims, &walk->next))
		status = spill_failed(&c->spill, &c->casefile->error);
	if (status != STATUS_OK)
		return status;
	stretches = plan(c, &each);
	if (!stretch_open(&walk->stretch, each) ||
	    !sweep_open(&walk->sweep, &c->calls, stretches))
		return error_memory(&c->casefile->error);
	status = victims_writer_open(&walk->writer, c, &walk->victims);
	return status == STATUS_OK ? take_all(walk) : status;
}

enum status victims_conclude(struct correlation *c)
{
	struct walk walk = { .c = c };
	const enum status status = walk_all(&walk);

	victims_writer_close(&walk.writer);
	sweep_close(&walk.sweep);
	stretch_close(&walk.stretch);
	merge_close(&walk.next);
	sorter_close(&walk.victims);
	return status;
}
