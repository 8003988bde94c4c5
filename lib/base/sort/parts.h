/* SPDX-License-Identifier: Apache-2.0 */
/* Records put into order by parts: the upper bits of what they are compared by first say which part a
 * record belongs to, and each part is sorted when its turn comes. */
#ifndef UNSPOOF_BASE_SORT_PARTS_H
#define UNSPOOF_BASE_SORT_PARTS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/merge.h"
#include "base/sort/sorter.h"
#include "base/sort/spill.h"

#define PARTS 256
#define PARTS_THREADS 16

/* Full, or handed in at the end. */
struct parts_block {
	char *records;             /* NULL: in the temporary file, at: */
	uint64_t at;
	uint32_t count;
	uint32_t next;             /* of the part, from 1; 0: none */
};

/* What one thread puts at the moment. */
struct parts_open {
	char *records;             /* NULL: none yet */
	uint32_t count;
};

/* Where a function says false, spill_failed() tells why. Zeroed is closed. */
struct parts {
	const struct record_kind *kind;
	struct spill *spill;       /* borrowed */
	uint64_t memory;           /* bytes */
	unsigned shift;            /* of a lead, to its part */
	uint32_t most;             /* records of a block */
	pthread_mutex_t lock;      /* of what follows, up to the parts */
	struct parts_block *blocks;
	size_t count, capacity;
	char **slabs;              /* memory that blocks are cut from */
	size_t slab_count, slab_capacity, slab_used;
	uint32_t first[PARTS];     /* block, from 1; 0: none */
	struct parts_open open[PARTS_THREADS][PARTS];
	/* while it is read */
	unsigned part;             /* the next */
	char *records;             /* of the part at hand, in order */
	size_t at, records_count;
	struct sorter large;       /* of a part that is too large to be sorted at once */
	bool reading_large, broken;
};

/*
 * The records of the kind lead; their leads are less than 2^bits (1 to 64). Those that compare equal are combined; where the kind does not say how, none do.
 * A quarter of the memory is for what is being put, a half for what was, a quarter for sorting; the file is used beyond it. False: no memory; parts_close() is
 * safe all the same.
 */
bool parts_open(struct parts *parts, const struct record_kind *kind, struct spill *spill, uint64_t memory, unsigned threads,
		unsigned bits);
void parts_close(struct parts *parts);
/* On the thread of this number, below PARTS_THREADS. */
bool parts_put(struct parts *parts, unsigned thread, const void *record);
/* After the last record, on one thread: begins to read. */
bool parts_begin(struct parts *parts);
/* The next record, in order; valid until the next call. NULL: the end, or parts_broken(). */
const void *parts_next(struct parts *parts);
bool parts_broken(const struct parts *parts);

#endif
