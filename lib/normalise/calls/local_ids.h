/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of a role that one thread has met, numbered as it first saw them, and
 * what they are in the case once that is known. */
#ifndef UNSPOOF_NORMALISE_CALLS_LOCAL_IDS_H
#define UNSPOOF_NORMALISE_CALLS_LOCAL_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"

/* Numbers run from 1; 0 is no text. */
struct locals {
	struct local *items;        /* by number */
	int64_t *ids;               /* by number; ids[0] is 0 */
	size_t count;               /* with number 0; 0: not opened */
	size_t items_capacity, ids_capacity;
	size_t named;               /* numbers below it have their ids */
	const struct secret *secret;    /* of the hash; once there are slots */
	struct local_slot *slots;
	size_t slot_count;          /* a power of two, or 0 */
	struct dictionary texts;    /* those without a form */
	uint32_t *heap;             /* by place in the heap of the segment; 0: not seen */
	size_t heap_count, heap_capacity;
};

/* A place of the table: free with number 0. */
struct local_slot {
	int64_t value;
	uint32_t form;
	uint32_t number;
};

/* What locals_add() does not find. */
#define LOCALS_NONE UINT32_MAX

void locals_release(struct locals *locals);
/* Forgets all and keeps the memory. False: out of memory. */
bool locals_clear(struct locals *locals);
/* Before the first row of a segment: forgets the heap of the one before, and
 * all when that is very much. False: out of memory. */
bool locals_begin(struct locals *locals);
/* The number of the text of a form of the case and digits, or of a place in the
 * heap of the segment; LOCALS_NONE: out of memory. */
uint32_t locals_add(struct locals *locals, const struct segment *segment,
		    int64_t form, int64_t value);
/* The text of a number above 0: in room, or borrowed until the next text. */
struct text locals_text(const struct locals *locals,
			const struct meanings *meanings, size_t number,
			char room[static FORM_LENGTH]);

static inline size_t locals_slot(const struct locals *locals, int64_t form,
				 int64_t value)
{
	return (size_t)hash_pair(locals->secret, (uint64_t)value, (uint64_t)form) &
	       (locals->slot_count - 1);
}

/* Asks the processor for the place of a text to come. */
static inline void locals_fetch(const struct locals *locals, int64_t form,
				int64_t value)
{
	__builtin_prefetch(&locals->slots[locals_slot(locals, form, value)]);
}

/* The number of a text of a form that is known; else it is added. */
static inline uint32_t locals_number(struct locals *locals,
				     const struct segment *segment,
				     int64_t form, int64_t value)
{
	const struct local_slot *slot =
		&locals->slots[locals_slot(locals, form, value)];

	if (form >= FORM_FIRST && slot->value == value &&
	    (int64_t)slot->form == form && slot->number)
		return slot->number;
	return form == FORM_ABSENT ? 0 : locals_add(locals, segment, form, value);
}

#endif
