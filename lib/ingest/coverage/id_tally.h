/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of rows, and which are missing between them, in bounded memory. */
#ifndef UNSPOOF_INGEST_COVERAGE_ID_TALLY_H
#define UNSPOOF_INGEST_COVERAGE_ID_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Stretches without a gap that are kept of numbers in no order. */
#define ID_RUNS 8192
/* Numbers of which so many times more are missing are no count of rows. */
#define ID_SPARSE 100

/* From and to, both included; of a gap the numbers around it. */
struct id_run {
	int64_t first, last;
};

/* What numbers that rise or fall tell as they come. */
struct id_stream {
	bool rising, falling;
	int64_t last;
	uint64_t gaps, missing;
	struct id_run largest;
};

/* Zeroed is empty. */
struct id_tally {
	uint64_t count, others;     /* numbers; what is none */
	uint64_t twice;             /* numbers that were there before, as far as is known */
	int64_t least, most;
	struct id_stream stream;
	struct id_run *runs;        /* in order */
	size_t run_count, run_capacity;
	bool over;                  /* there were more runs than are kept */
};

/* What is missing between the least and the most. */
struct id_gaps {
	bool told;                  /* else their order was none, and gaps were too many */
	bool sparse;                /* they are no count of rows */
	uint64_t gaps, missing;
	struct id_run largest;      /* the numbers on its two sides */
};

void id_tally_release(struct id_tally *ids);
/* Adds a number from 0 up, or -1: what is none. False: no memory. */
bool id_tally_add(struct id_tally *ids, int64_t id);
struct id_gaps id_tally_gaps(const struct id_tally *ids);

/* As lines of a checkpoint, and a line of them back; false: it is none, or no memory, with *memory set. */
void id_tally_write(const struct id_tally *ids, struct buf *out);
bool id_tally_read(struct id_tally *ids, struct text line, bool *memory);

#endif
