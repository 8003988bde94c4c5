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
struct contact {
	uint64_t number;           /* dialled, E.164; not 0 */
	uint64_t shows;            /* see shows_of() */
	uint32_t person;           /* once it is read */
	uint32_t slot;             /* the same; account_key.id when it is added */
	uint32_t row;              /* counted from that of the case */
	uint32_t reading;          /* reading.id of the number */
};

#define CONTACTS_PARTS 128

/* Contacts of a part, some of them together. */
struct contacts_piece {
	struct contact *items;     /* NULL: in the file, at: */
	uint64_t at;
	uint32_t count;
};

struct contacts_part {
	pthread_mutex_t lock;      /* of what follows, while they are added */
	struct contacts_piece *pieces;
	size_t piece_count, capacity;
	uint64_t count;            /* contacts */
};

/* Zeroed is closed. */
struct contacts {
	const struct people *people;   /* borrowed */
	struct spill *spill;       /* borrowed */
	size_t most;               /* that a thread may hold of a part */
	size_t kept_most;          /* pieces of a part that are kept in memory */
	uint64_t bounds[CONTACTS_PARTS - 1];   /* where parts 1, 2, ... begin */
	unsigned opened;           /* parts */
	struct contacts_part parts[CONTACTS_PARTS];
};

/* memory: bytes that may be held, by so many threads. False: no memory;
 * contacts_close() is safe all the same. */
bool contacts_open(struct contacts *contacts, const struct people *people,
		   struct spill *spill, size_t memory, unsigned threads);
void contacts_close(struct contacts *contacts);
/* Chooses the parts by some numbers, in any order, as they may come; before the
 * first contact. Nothing but time and memory depends on them. False: no memory. */
bool contacts_bound(struct contacts *contacts, uint64_t *numbers, size_t count);

/* What a thread holds. Zeroed is empty. */
struct contacts_held {
	struct contact *items;     /* contacts->most of each part */
	uint32_t counts[CONTACTS_PARTS];
};

/* Adds one; once all that is held was handed over. False: see spill_failed(). */
bool contacts_add(struct contacts *contacts, struct contacts_held *held,
		  const struct contact *contact);
/* Hands over what is held, and frees it. The same. */
bool contacts_flush(struct contacts *contacts, struct contacts_held *held);

/* How many there are. */
uint64_t contacts_count(const struct contacts *contacts);

/* The contacts of a part, by number, person, what is shown, slot and row. Zeroed
 * is closed. */
struct contacts_reader {
	struct contact *items;     /* NULL: they are in the sorter */
	size_t count, next;
	struct sorter sorter;
};

/* Takes a part out; memory: bytes for it, beyond which the file is used. False:
 * see spill_failed(). contacts_reader_close() is needed also then. */
bool contacts_read(struct contacts *contacts, unsigned part, size_t memory,
		   struct contacts_reader *reader);
/* The next, valid until the one after it is asked for; NULL: the end, or, see
 * contacts_reader_broken(), a failure. */
const struct contact *contacts_next(struct contacts_reader *reader);
bool contacts_reader_broken(const struct contacts_reader *reader);
void contacts_reader_close(struct contacts_reader *reader);

#endif
