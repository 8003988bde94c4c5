/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts of a role in order of their bytes, and how many calls have each: what GROUP BY of a
 * text takes. Some of them at a time, so that memory does not grow with the calls. */
#ifndef UNSPOOF_CASEFILE_SQLITE_TEXT_TEXT_GROUP_H
#define UNSPOOF_CASEFILE_SQLITE_TEXT_TEXT_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/form/form.h"
#include "casefile/sqlite/call_ahead.h"

/* Codes that are held at a time, and bytes of texts that have none. */
#define TEXT_GROUP_CODES (UINT32_C(1) << 20)
#define TEXT_GROUP_BYTES ((size_t)64 << 20)

/* A code and how many calls have it; free where the form is 0. */
struct text_slot {
	int64_t value;         /* of FORM_HEAP: the number among texts without a form */
	int32_t form;
	uint32_t rank;         /* of its item, once there are items */
	uint64_t rows;
};

/* A text, and how many calls have it. data NULL: NULL. */
struct text_item {
	struct text text;
	uint64_t rows;
	uint32_t slot;         /* of a code that it has */
};

/* No item is that of a row. */
#define TEXT_GROUP_NONE UINT32_MAX

/* Zeroed is empty. */
struct text_group {
	struct call_ahead *ahead;      /* borrowed, as the masks are */
	const struct forms *forms;
	struct call_ask ask;
	enum call_role role;
	uint32_t most;                 /* codes that are held at a time */
	const struct secret *secret;   /* of the slots */
	struct text_slot *slots;       /* a power of two of them, */
	size_t slot_count, used;       /* and how many are not free */
	struct dictionary heap;        /* texts without a form */
	uint64_t absent;               /* calls without a text */
	struct buf from, below;        /* only texts between them are counted, where there are */
	bool has_from, has_below;
	struct buf bytes;              /* of the items: */
	struct text_item *items;       /* in order, each text once */
	size_t count, capacity, next;  /* next: that is given next */
	struct buf scratch;
};

/* Begins to give the texts of a role of the rows of an ask, whatever columns it wants. most:
 * TEXT_GROUP_CODES, fewer in tests. A failure is set on the casefile of ahead. */
enum status text_group_start(struct text_group *group, struct call_ahead *ahead, const struct forms *forms,
			     const struct call_ask *ask, enum call_role role, uint32_t most);
/* The next one, until the next call; NULL comes first. STATUS_END: there is none. STATUS_INTEGRITY: the
 * segment, or its masks, are damaged. */
enum status text_group_next(struct text_group *group, const struct text_item **item);
/* Makes items[next] the next one where there is one, for who gives the items by itself; else as above. */
enum status text_group_seek(struct text_group *group);
/* The rank among the items of each of `count` rows of a segment, from row first on, with the role's columns and its heap;
 * TEXT_GROUP_NONE: the text is none of them. False: it does not hang together. */
bool text_group_ranks(const struct text_group *group, const struct segment *segment, uint32_t first, uint32_t count,
		      uint32_t *ranks);
/* Frees; releasing twice is safe. */
void text_group_release(struct text_group *group);

#endif
