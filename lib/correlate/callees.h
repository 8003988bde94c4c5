/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by the number they dialled, and cells of all threads, in parts
 * that several threads fill and conclude. */
#ifndef UNSPOOF_CORRELATE_CALLEES_H
#define UNSPOOF_CORRELATE_CALLEES_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/dictionary.h"
#include "correlate/cells.h"
#include "correlate/party.h"
#include "correlate/people.h"
#include "correlate/places.h"
#include "correlate/showing.h"
#include "correlate/sorter.h"

/* A part has the numbers, and the cells, whose hash has these upper bits. */
#define CALLEES_BITS 6
#define CALLEES_PARTS (1u << CALLEES_BITS)

/* All calls to one number. */
struct callee {
	uint64_t number;           /* E.164; not 0 */
	int64_t talk;              /* milliseconds, of answered calls */
	struct span called;
	uint32_t calls;
	uint32_t long_calls;
	uint64_t first;            /* row of the first long call, counted from
				    * that of the case, and in the lower half
				    * its reading.id; UINT64_MAX: none */
};

/* Long calls of one account that showed one thing to one number. */
struct contact {
	uint64_t number;
	uint64_t shows;            /* see shows_of() */
	uint32_t person;
	uint32_t slot;
};

/* The same while its number has a place. */
struct placed {
	uint64_t shows;
	uint32_t place;
	uint32_t account;          /* account_key.id */
};

struct part {
	pthread_mutex_t lock;      /* of all, while the parts are filled */
	struct callee *items;      /* place 0 is not used */
	size_t count, capacity;
	struct places places;
	struct placed *contacts;
	size_t contact_count, contact_capacity;
	struct cells cells;
	struct sorter callees;     /* runs of struct callee */
	struct sorter reached;     /* runs of struct contact */
};

/* Zeroed is closed. */
struct callees {
	const struct people *people;       /* borrowed, as what follows */
	const struct showings *showings;
	struct sorter *cells;          /* runs of struct ordered_cell */
	size_t share;                  /* bytes that a part may take */
	unsigned opened;               /* parts */
	struct part parts[CALLEES_PARTS];
};

/* memory: bytes that all parts may take together while they are filled;
 * reading: that a part may take while it is read. What does not fit goes to the
 * file of cells. False: out of memory. */
bool callees_open(struct callees *callees, const struct people *people,
		  const struct showings *showings, struct sorter *cells,
		  size_t memory, size_t reading);
void callees_close(struct callees *callees);

/* The part of a number with this hash, hash_u64(). */
static inline unsigned callee_part(uint64_t hash)
{
	return (unsigned)(hash >> (64 - CALLEES_BITS));
}

/* A call, as its number takes it, in half a line of the cache. */
struct dialled {
	uint64_t number;
	int64_t start;             /* dialled_start() */
	int64_t talk;              /* milliseconds, 0: not answered; of a long
				    * call ~ of them, which is below 0 */
	uint32_t hash;             /* of the number, the lower half */
	uint32_t place;            /* that it most likely has; by part_fetch() */
};

/* Seconds since 1970-01-01 UTC, 47 bits, with what the caller knows a call by
 * below, 16 bits. */
static inline int64_t dialled_start(int64_t seconds, uint32_t mark)
{
	return seconds * 65536 + (int64_t)mark;
}

static inline uint32_t dialled_mark(const struct dialled *call)
{
	return (uint32_t)call->start & 65535;
}

static inline int64_t dialled_seconds(const struct dialled *call)
{
	return (call->start - (int64_t)dialled_mark(call)) / 65536;
}

static inline bool dialled_long(const struct dialled *call)
{
	return call->talk < 0;
}

/* Asks for the places of some calls of one part to come, with its lock. */
#define CALLEES_FETCHED 64
void part_fetch(const struct part *part, struct dialled *calls, size_t count);
/* Adds a call, with the lock of its part; first: see struct callee, of a long
 * one. The place of its number until the next is added; 0: see spill_failed(). */
uint32_t part_add(struct callees *callees, struct part *part,
		  const struct dialled *call, uint64_t first);
/* Adds a long call to the number at a place, right after part_add(). False: see
 * spill_failed(). */
bool part_reach(struct callees *callees, struct part *part, uint32_t place,
		uint32_t account, uint64_t shows);

/* Adds cells of a thread, whose texts the case has, and empties them there. False:
 * see spill_failed(). */
bool callees_add_cells(struct callees *callees, struct cells *cells);
/* After the last: all cells are in their sorter. The same. */
bool callees_end_cells(struct callees *callees);

/* All of a part is in its sorters, which are begun; its memory is freed when it
 * is closed. Only numbers with a long call matter any more. */
bool part_begin(const struct callees *callees, struct part *part);
/* Frees the memory of a part; callees_close() is needed all the same. */
void part_clear(struct part *part);

#endif
