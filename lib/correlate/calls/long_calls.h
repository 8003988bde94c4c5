/* SPDX-License-Identifier: Apache-2.0 */
/* The long calls to numbers, parted by number while threads find them, and then
 * read part by part, in order. Only little of them is held in memory. */
#ifndef UNSPOOF_CORRELATE_CALLS_LONG_CALLS_H
#define UNSPOOF_CORRELATE_CALLS_LONG_CALLS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"
#include "correlate/persons/persons.h"

/* A long call. */
struct long_call {
	uint64_t number;           /* dialled, E.164; not 0 */
	uint64_t presented_key;    /* see presented_key_of() */
	uint32_t person;           /* once it is read */
	uint32_t slot;             /* the same; account_key.id when it is added */
	uint32_t row;              /* counted from that of the case */
	uint32_t reading;          /* reading.id of the number */
};

#define LONG_CALLS_PARTS 128

/* Long calls of a part, some of them together. */
struct long_calls_piece {
	struct long_call *items;   /* NULL: in the file, at: */
	uint64_t at;
	uint32_t count;
};

struct long_calls_part {
	pthread_mutex_t lock;      /* of what follows, while they are added */
	struct long_calls_piece *pieces;
	size_t piece_count, capacity;
	uint64_t count;            /* calls */
};

/* Zeroed is closed. */
struct long_calls {
	const struct persons *persons; /* borrowed */
	struct spill *spill;       /* borrowed */
	size_t most;               /* that a thread may hold of a part */
	size_t kept_most;          /* pieces of a part that are kept in memory */
	uint64_t bounds[LONG_CALLS_PARTS - 1]; /* where parts 1, 2, ... begin */
	unsigned opened;           /* parts */
	struct long_calls_part parts[LONG_CALLS_PARTS];
};

/* memory: bytes that may be held, by so many threads. False: no memory;
 * long_calls_close() is safe all the same. */
bool long_calls_open(struct long_calls *calls, const struct persons *persons,
		     struct spill *spill, size_t memory, unsigned threads);
void long_calls_close(struct long_calls *calls);
/* Chooses the parts by some numbers, in any order, as they may come; before the
 * first call. Nothing but time and memory depends on them. False: no memory. */
bool long_calls_bound(struct long_calls *calls, uint64_t *numbers, size_t count);

/* What a thread holds. Zeroed is empty. */
struct long_calls_held {
	struct long_call *items;   /* calls->most of each part */
	uint32_t counts[LONG_CALLS_PARTS];
};

/* Adds one; once all that is held was handed over. False: see spill_failed(). */
bool long_calls_add(struct long_calls *calls, struct long_calls_held *held,
		    const struct long_call *call);
/* Hands over what is held, and frees it. The same. */
bool long_calls_flush(struct long_calls *calls, struct long_calls_held *held);

/* How many there are. */
uint64_t long_calls_count(const struct long_calls *calls);

/* The calls of a part, by number, person, presented key, slot and row. Zeroed
 * is closed. */
struct long_calls_reader {
	struct long_call *items;   /* NULL: they are in the sorter */
	size_t count, next;
	struct sorter sorter;
};

/* Takes a part out; memory: bytes for it, beyond which the file is used. False:
 * see spill_failed(). long_calls_reader_close() is needed also then. */
bool long_calls_read(struct long_calls *calls, unsigned part, size_t memory,
		     struct long_calls_reader *reader);
/* The next, valid until the one after it is asked for; NULL: the end, or, see
 * long_calls_reader_broken(), a failure. */
const struct long_call *long_calls_next(struct long_calls_reader *reader);
bool long_calls_reader_broken(const struct long_calls_reader *reader);
void long_calls_reader_close(struct long_calls_reader *reader);

#endif
