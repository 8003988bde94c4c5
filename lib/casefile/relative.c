/* SPDX-License-Identifier: Apache-2.0 */
/* Understood values told by what was found. */
#include "casefile/relative.h"

#include "casefile/basis.h"

#define SECOND_MS 1000

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

static void talks(const struct segment *segment, const int64_t *flags,
		  int64_t *basis)
{
	const struct basis_talks talks = {
		.flags = flags,
		.found = { segment->found[FOUND_VALUE(CALL_TALK)],
			   segment->found[FOUND_VALUE(CALL_BILLED)],
			   segment->found[FOUND_VALUE(CALL_DURATION)] },
		.from = { CALL_TALK_FROM_TALK, CALL_TALK_FROM_BILLED,
			  CALL_TALK_FROM_DURATION },
	};

	basis_fastest()->talks(&talks, segment->rows, basis);
}

static void values_of(const struct segment *segment, enum call_role role,
		      int64_t *basis)
{
	basis_fastest()->bounded(segment->found[FOUND_VALUE(role)], segment->rows,
				 basis);
}

void relative_basis(const struct segment *segment, const int64_t *flags,
		    unsigned column, int64_t *basis)
{
	switch (column) {
	case READ_STARTED:
		basis_fastest()->clocks(segment->found[FOUND_VALUE(CALL_STARTED)],
					segment->rows, basis);
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
	basis_fastest()->apply(values, factors, basis, rows);
}

void relative_split(unsigned column, const int64_t *values,
		    const int64_t *basis, uint32_t rows, int64_t *factors,
		    int64_t *rest)
{
	const struct basis_work *work = basis_fastest();

	if (column == READ_COST)
		work->powers(values, basis, rows, factors);
	else
		for (uint32_t i = 0; i < rows; i++)
			factors[i] = column == READ_TALK ? SECOND_MS : 1;
	work->less(values, factors, basis, rows, rest);
}
