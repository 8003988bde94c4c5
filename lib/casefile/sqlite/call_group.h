/* SPDX-License-Identifier: Apache-2.0 */
/* Calls in the order of one of their columns, for GROUP BY: a part of its values at a time, so
 * that memory does not grow with the calls. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_GROUP_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/sqlite/call_ahead.h"

/* Words that rows held at a time may take: 256 MiB. */
#define CALL_GROUP_WORDS (UINT64_C(1) << 25)

/* Values of the key, in order, and how many rows have them. */
struct call_range {
	int64_t low, high;
	int64_t mask;                  /* of the key's bits, 0: all */
	uint64_t rows;
};

/* Zeroed is empty. */
struct call_group {
	struct call_ahead *ahead;      /* borrowed */
	struct call_ask ask;           /* without the key's condition */
	enum understood_column key;
	uint64_t most;                 /* rows that are held at a time */
	struct call_range *ranges;     /* still to be given, the next one last */
	size_t count, capacity;
	bool streaming;                /* the rows of a range come as they are read */
	struct call_rows rows;         /* others are held */
	int64_t *columns[READ_COLUMNS];
	int64_t *spare;
	uint64_t *order;               /* of rows: the key above the lowest, then the place */
	size_t held;
};

/* Begins to give the rows of an ask, which wants columns as understood alone, in order of a
 * column, the least values first; those that are equal in order of id. words: CALL_GROUP_WORDS,
 * fewer in tests. A failure is set on the casefile of ahead. */
enum status call_group_start(struct call_group *group, struct call_ahead *ahead, const struct call_ask *ask,
			     enum understood_column key, uint64_t words);
/* The same in order of whether calls are answered: first those that could not be understood,
 * then those that are not. */
enum status call_group_start_answered(struct call_group *group, struct call_ahead *ahead,
				      const struct call_ask *ask);
/* Some more rows, one or more, until the next call; STATUS_END: there are none. Only their
 * columns as understood are set. */
enum status call_group_next(struct call_group *group, const struct call_rows **rows);
/* Frees; releasing twice is safe. */
void call_group_release(struct call_group *group);

#endif
