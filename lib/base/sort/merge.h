/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted runs of records, in memory or in the temporary file, read as one. */
#ifndef UNSPOOF_BASE_SORT_MERGE_H
#define UNSPOOF_BASE_SORT_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/spill.h"

/* Records of one kind. Those that compare equal are combined into one, whatever
 * their order. */
struct record_kind {
	size_t size;
	int (*compare)(const void *a, const void *b);
	void (*combine)(void *sum, const void *part);   /* NULL: one is kept */
	bool leads;                /* they begin with a uint64_t, their lead, by which they
				    * are compared first: many are sorted faster so */
};

/* A run: sorted, without equals. */
struct sorted {
	void *records;             /* NULL: in the file, at: */
	uint64_t at;
	uint64_t count;
};

/* Where the reading of a run stands. */
struct merge_cursor {
	const char *next, *end;    /* of the records at hand */
	char *buffer;              /* of a run in the file */
	uint64_t at;               /* of what is not yet in the buffer ... */
	uint64_t left;             /* ... and its records */
};

/* Zeroed is closed. */
struct merge {
	const struct record_kind *kind;
	struct spill *spill;
	struct merge_cursor *cursors;
	size_t count;
	struct merge_cursor **heap;    /* the least record first */
	size_t heaped;
	size_t buffered;           /* records of a buffer */
	char *current;
	bool failed;
};

/* How many runs in the file are read at a time within this memory (bytes). */
size_t merge_most(size_t memory);
/* Begins to read; runs and spill are borrowed. False: see spill_failed(). Call
 * merge_close() also then. */
bool merge_open(struct merge *merge, const struct record_kind *kind,
		struct spill *spill, const struct sorted *runs, size_t count,
		size_t memory);
/* The next record, in order, valid until the next call. NULL: there is none, or
 * failed is set: see spill_failed(). */
const void *merge_next(struct merge *merge);
void merge_close(struct merge *merge);

/* Sorts records and combines equals; gives how many are left. */
size_t records_settle(const struct record_kind *kind, void *records,
		      size_t count);

#endif
