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
struct local_ids {
	struct local_id *items;     /* by number */
	int64_t *ids;               /* by number; ids[0] is 0 */
	size_t count;               /* with number 0; 0: not opened */
	size_t items_capacity, ids_capacity;
	size_t named;               /* numbers below it have their ids */
	const struct secret *secret;    /* of the hash; once there are slots */
	struct local_ids_slot *slots;
	size_t slot_count;          /* a power of two above 1, or 0 */
	struct dictionary texts;    /* those without a form */
	uint32_t *heap;             /* by place in the heap of the segment; 0: not seen */
	size_t heap_count, heap_capacity;
};

/* A place of the table: free with number 0, and then of no form. */
struct local_ids_slot {
	int64_t value;
	uint32_t form;
	uint32_t number;
};

/* What local_ids_add() does not find. */
#define LOCAL_IDS_NONE UINT32_MAX

void local_ids_release(struct local_ids *local);
/* Forgets all and keeps the memory. False: out of memory. */
bool local_ids_clear(struct local_ids *local);
/* Before the first row of a segment: forgets the heap of the one before, and
 * all when that is very much. False: out of memory. */
bool local_ids_begin(struct local_ids *local);
/* The number of the text of a form of the case and digits, or of a place in the
 * heap of the segment; LOCAL_IDS_NONE: out of memory. */
uint32_t local_ids_add(struct local_ids *local, const struct segment *segment,
		       int64_t form, int64_t value);
/* The text of a number above 0: in room, or borrowed until the next text. */
struct text local_ids_text(const struct local_ids *local,
			   const struct form_meanings *meanings, size_t number,
			   char room[static FORM_LENGTH]);

/* The first of the two slots, in one cache line, where the text of a form is looked for. */
static inline size_t local_ids_home(const struct local_ids *local, int64_t form, int64_t value)
{
	return (size_t)hash_pair(local->secret, (uint64_t)value, (uint64_t)form) &
	       (local->slot_count - 2);
}

/* Prefetches them. */
static inline void local_ids_prefetch(const struct local_ids *local, size_t home)
{
	__builtin_prefetch(&local->slots[home]);
}

static inline bool local_ids_is(const struct local_ids_slot *slot, int64_t form, int64_t value)
{
	return (slot->value == value) & ((int64_t)slot->form == form);
}

/* The number of a text whose home was found, though texts have been added since. */
static inline uint32_t local_ids_at(struct local_ids *local, const struct segment *segment,
				    int64_t form, int64_t value, size_t home)
{
	const struct local_ids_slot *slot = &local->slots[home];

	/* Which of the two it is cannot be foretold. */
	slot += local_ids_is(slot + 1, form, value);
	if (form >= FORM_FIRST && local_ids_is(slot, form, value))
		return slot->number;
	return form == FORM_ABSENT ? 0 : local_ids_add(local, segment, form, value);
}

/* The number of a text of a form that is known; else it is added. */
static inline uint32_t local_ids_number(struct local_ids *local,
					const struct segment *segment,
					int64_t form, int64_t value)
{
	return local_ids_at(local, segment, form, value, local_ids_home(local, form, value));
}

#endif
