/* SPDX-License-Identifier: Apache-2.0 */
/* Calls in the order of a found text, for GROUP BY of it with columns as understood: some texts at a time, so
 * that memory does not grow with the calls. */
#ifndef UNSPOOF_CASEFILE_SQLITE_TEXT_TEXT_ROWS_H
#define UNSPOOF_CASEFILE_SQLITE_TEXT_TEXT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/sqlite/call_ahead.h"
#include "casefile/sqlite/text/text_group.h"

/* Zeroed is empty. */
struct text_rows {
	struct text_group group;
	struct call_ask ask;
	uint64_t most;                 /* rows that are held at a time */
	uint32_t low, high;            /* ranks of the items whose rows are held: from low to below high */
	bool streaming;                /* those of low alone come as they are read */
	struct call_rows rows;         /* only its columns as understood are set */
	uint64_t *places;              /* by rank less low: where the next row goes, */
	size_t places_capacity;
	uint64_t held;                 /* of so many */
	int64_t *columns[READ_COLUMNS];
	uint64_t capacity;             /* of each of the columns */
	uint32_t at;                   /* the item that is given */
	uint64_t left;                 /* rows of it that were not given */
};

/* Begins to give the rows of an ask, which wants columns as understood, in order of the found text of a role; those
 * with the same one in order of id. words: CALL_GROUP_WORDS, codes: TEXT_GROUP_CODES, fewer in tests. A failure
 * is set on the casefile of ahead. */
enum status text_rows_start(struct text_rows *rows, struct call_ahead *ahead, const struct forms *forms,
			    const struct call_ask *ask, enum call_role role, uint64_t words, uint32_t codes);
/* Some more rows with the same text, one or more, until the next call: those of *given from *first on. STATUS_END:
 * there are none. */
enum status text_rows_next(struct text_rows *rows, const struct call_rows **given, uint32_t *first);
/* The text of the rows that were given last; data NULL: NULL. */
static inline struct text text_rows_text(const struct text_rows *rows)
{
	return rows->group.items[rows->at].text;
}
/* Frees; releasing twice is safe. */
void text_rows_release(struct text_rows *rows);

#endif
