/* SPDX-License-Identifier: Apache-2.0 */
/* Understood values as deltas of what was found. */
#include "casefile/segment/delta.h"

#include "casefile/segment/delta_kernel.h"

bool delta_can(unsigned column)
{
	return column == READ_STARTED || column == READ_TALK ||
	       column == READ_PRESENTED || column == READ_DIALLED ||
	       column == READ_COST;
}

#define NEEDS(role) SEGMENT_COLUMN(FOUND_VALUE(role))

uint64_t delta_needs(unsigned column)
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

uint64_t delta_stored(uint64_t understood)
{
	uint64_t all = understood & (SEGMENT_COLUMN(READ_COLUMNS) - 1);

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if ((understood >> c & 1) && delta_can(c))
			all |= SEGMENT_COLUMN(READ_FACTOR(c));
	/* The flags tell which role a talk is from. */
	if (understood & SEGMENT_COLUMN(READ_TALK))
		all |= SEGMENT_COLUMN(READ_FLAGS);
	return all;
}

/* A column on its way, with the rows that are looked at together: their basis
 * is used before it leaves the nearest memory. */
struct work {
	const struct delta_kernel *basis;
	const struct segment *segment;
	const int64_t *flags;
	unsigned column;
	uint32_t first, rows;
};

#define BLOCK 1024

/* The next rows; false: there are no more. */
static bool next_block(struct work *work)
{
	const uint32_t all = work->segment->rows;

	work->first += work->rows;
	work->rows = all - work->first < BLOCK ? all - work->first : BLOCK;
	return work->rows > 0;
}

/* The found values of a role; NULL: there are none. */
static const int64_t *found(const struct work *work, enum call_role role)
{
	const int64_t *values = work->segment->found[FOUND_VALUE(role)];

	return values ? values + work->first : NULL;
}

static void talks(const struct work *work, int64_t *basis)
{
	const struct delta_talks talks = {
		.flags = work->flags + work->first,
		.found = { found(work, CALL_TALK), found(work, CALL_BILLED),
			   found(work, CALL_DURATION) },
		.from = { CALL_TALK_FROM_TALK, CALL_TALK_FROM_BILLED,
			  CALL_TALK_FROM_DURATION },
	};

	work->basis->talks(&talks, work->rows, basis);
}

static void basis_of(const struct work *work, int64_t *basis)
{
	switch (work->column) {
	case READ_STARTED:
		work->basis->clocks(found(work, CALL_STARTED), work->rows, basis);
		break;
	case READ_TALK:
		talks(work, basis);
		break;
	case READ_PRESENTED:
		work->basis->bounded(found(work, CALL_PRESENTED), work->rows,
				     basis);
		break;
	case READ_DIALLED:
		work->basis->bounded(found(work, CALL_DIALLED), work->rows, basis);
		break;
	default:
		work->basis->bounded(found(work, CALL_COST), work->rows, basis);
		break;
	}
}

/* A damaged case may hold factors that overflow: unsigned, that is no harm, and
 * who uses the values checks their range. */
void delta_restore(const struct segment *segment, const int64_t *flags,
		   unsigned column, const int64_t *factors, int64_t *values)
{
	struct work work = { delta_kernel_fastest(), segment, flags, column, 0, 0 };
	int64_t basis[BLOCK];

	while (next_block(&work)) {
		basis_of(&work, basis);
		work.basis->apply(values + work.first, factors + work.first, basis,
				  work.rows);
	}
}

void delta_restore_same(const struct segment *segment, const int64_t *flags,
			unsigned column, int64_t factor, int64_t *values)
{
	struct work work = { delta_kernel_fastest(), segment, flags, column, 0, 0 };
	int64_t basis[BLOCK];

	while (next_block(&work)) {
		basis_of(&work, basis);
		work.basis->more(values + work.first, factor, basis, work.rows);
	}
}

int64_t delta_split(const struct segment *segment, const int64_t *flags,
		    unsigned column, const int64_t *values, int64_t *rest)
{
	const int64_t factor = column == READ_TALK ? SECOND_MS : 1;
	struct work work = { delta_kernel_fastest(), segment, flags, column, 0, 0 };
	int64_t basis[BLOCK];

	while (next_block(&work)) {
		basis_of(&work, basis);
		work.basis->less(values + work.first, factor, basis, work.rows,
				 rest + work.first);
	}
	return factor;
}
