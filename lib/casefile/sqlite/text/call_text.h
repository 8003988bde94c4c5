/* SPDX-License-Identifier: Apache-2.0 */
/* Rows whose found text of a role is one of some, found by its code, without making a text. */
#ifndef UNSPOOF_CASEFILE_SQLITE_TEXT_CALL_TEXT_H
#define UNSPOOF_CASEFILE_SQLITE_TEXT_CALL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/form/form.h"
#include "casefile/kinds.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/sqlite/call_ask.h"

/* What a row has where it has a text with a form. */
struct call_code {
	int64_t value, form;
};

/* A condition. Zeroed, but for the role, it is without texts. It is not changed while it is asked. */
struct call_text {
	enum call_role role;
	struct dictionary texts;
	struct call_code *codes;       /* of these texts, rising; call_text_settle() makes them */
	size_t count, capacity;
	/* Of accounts, which call_account_settle() makes: */
	bool keyed;                    /* rows have one of these ids of account_key, */
	int64_t *keys;                 /* rising, */
	size_t key_count, key_capacity;
	int64_t *unsure;               /* but for those of these sources, rising */
	size_t unsure_count, unsure_capacity;
};

void call_text_release(struct call_text *text);
/* Adds a text; false: no memory. */
bool call_text_add(struct call_text *text, const char *data, size_t len);
/* Finds the codes of the texts in the masks of the case; false: no memory. */
bool call_text_settle(struct call_text *text, const struct forms *forms);

/* The found columns of the conditions of an ask. */
uint64_t call_text_columns(const struct call_ask *ask);

/* Keeps those of the rows of a window, from row first on, that have one of the texts; hits are their
 * numbers in it, *count of them, or, where *count is UINT32_MAX, all rows are asked and hits has room
 * for them. The columns of the condition are in raw. STATUS_INTEGRITY, STATUS_FAILED: as
 * segment_decode(); a heap that does not hang together is STATUS_INTEGRITY. */
enum status call_text_keep(const struct call_text *text, struct segment_decoder *decoder,
			   const struct raw_segment *raw, uint32_t first, uint32_t *hits, uint32_t *count);

#endif
