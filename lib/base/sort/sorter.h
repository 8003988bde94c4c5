/* SPDX-License-Identifier: Apache-2.0 */
/* Records put into order within a given memory: what is too much goes to the
 * temporary file. What comes out does not depend on the memory. */
#ifndef UNSPOOF_BASE_SORT_SORTER_H
#define UNSPOOF_BASE_SORT_SORTER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/merge.h"
#include "base/sort/spill.h"

/* Where a function says false, spill_failed() tells why. Zeroed is closed. */
struct sorter {
	const struct record_kind *kind;
	struct spill *spill;       /* borrowed */
	size_t memory;             /* bytes, for records put and for reading */
	pthread_mutex_t lock;      /* of the runs */
	struct sorted *runs;
	size_t count, capacity;
	char *room;                /* records put, in no order */
	size_t held;
	struct merge merge;
};

bool sorter_open(struct sorter *sorter, const struct record_kind *kind,
		 struct spill *spill, size_t memory);
void sorter_close(struct sorter *sorter);

/* Any number of threads may add runs: sorted, without equals. */
/* Takes over records in memory, from malloc(), also when it fails. */
bool sorter_keep(struct sorter *sorter, void *records, size_t count);
/* Writes them to the file. */
bool sorter_spill(struct sorter *sorter, const void *records, size_t count);

/* Adds one record, in no order. One thread at a time. */
bool sorter_put(struct sorter *sorter, const void *record);

/* After the last record: begins to read. */
bool sorter_begin(struct sorter *sorter);
/* The next record, in order, equals combined; valid until the next call. NULL:
 * the end, or sorter_broken(). */
const void *sorter_next(struct sorter *sorter);
bool sorter_broken(const struct sorter *sorter);

/* Another reader of runs, once all are there, as many at a time as one likes;
 * merge_close() is needed also after a failure. */
bool sorter_read(const struct sorter *sorter, struct merge *merge);

/* Writes one run, record after record in order. Zeroed is closed. */
struct sorter_writer {
	struct sorter *sorter;
	char *room;
	size_t held;               /* records, in the room */
	size_t most;               /* of the room */
	uint64_t limit;            /* records that may come */
	uint64_t at, written;      /* of the file */
	bool keeps;                /* what the room has is enough */
};

/* limit: no more records than that will come; memory: bytes that are kept
 * before the file is used; 0: all goes to the file. */
void sorter_writer_open(struct sorter_writer *writer, struct sorter *sorter,
			uint64_t limit, size_t memory);
/* Allocates the room now, on this thread; else the first put does. */
bool sorter_writer_prepare(struct sorter_writer *writer);
bool sorter_writer_put(struct sorter_writer *writer, const void *record);
/* The run is one of the sorter's. */
bool sorter_writer_end(struct sorter_writer *writer);
/* Forgets what was not ended. */
void sorter_writer_close(struct sorter_writer *writer);

#endif
