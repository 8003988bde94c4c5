/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts of a role in order of their bytes, and how many calls have each: what GROUP BY of a
 * text alone takes. Some of them at a time, so that memory does not grow with the calls. */
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

/* A code and how many calls have it; free where it has none. */
struct text_slot {
	int64_t value;         /* of FORM_HEAP: the number among texts without a form */
	int64_t form;
	uint64_t rows;
};

/* A text, and how many calls have it. data NULL: NULL. */
struct text_item {
	struct text text;
	uint64_t rows;
};

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
	struct text_item absent;       /* calls without a text, */
	bool absent_due;               /* which are still to be given */
	struct buf from, below;        /* only texts between them are counted, where there are */
	bool has_from, has_below;
	struct buf bytes;              /* of the items: */
	struct text_item *items;       /* in order */
	size_t count, capacity, next;
	struct buf scratch;
};

/* Begins to give the texts of a role of the rows of an ask, which wants nothing itself. most:
 * TEXT_GROUP_CODES, fewer in tests. A failure is set on the casefile of ahead. */
enum status text_group_start(struct text_group *group, struct call_ahead *ahead, const struct forms *forms,
			     const struct call_ask *ask, enum call_role role, uint32_t most);
/* The next one, until the next call; NULL comes first. The same text may come twice, one after the
 * other. STATUS_END: there is none. STATUS_INTEGRITY: the segment, or its masks, are damaged. */
enum status text_group_next(struct text_group *group, const struct text_item **item);
/* Frees; releasing twice is safe. */
void text_group_release(struct text_group *group);

#endif
