/* SPDX-License-Identifier: Apache-2.0 */
/* Records that several threads gather for one sorter, each in runs of its own. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_RUNS_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_RUNS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"

#define TWIN_WORKERS 16

/* What one thread gathers. */
struct twin_held {
	char *records;
	size_t count;
};

/* Zeroed is closed. */
struct twin_runs {
	struct sorter *sorter;         /* borrowed */
	uint64_t memory;               /* bytes that runs may take before the file is used */
	_Atomic uint64_t kept;
	size_t most;                   /* records of a thread */
	struct twin_held held[TWIN_WORKERS];
};

/* The records of the sorter begin with an integer of 64 bits, 0 or more, by which they are
 * compared first. Half of the memory is for what threads gather, half for runs. */
void twin_runs_open(struct twin_runs *runs, struct sorter *sorter, uint64_t memory,
		    unsigned threads);
/* On the thread of this number. False: see spill_failed(). */
bool twin_runs_put(struct twin_runs *runs, unsigned thread, const void *record);
/* Once all are there, on one thread. */
bool twin_runs_end(struct twin_runs *runs);
void twin_runs_close(struct twin_runs *runs);

#endif
