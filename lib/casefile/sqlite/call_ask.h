/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of the calls: columns, and conditions that rows must meet. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_ASK_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/segment/segment.h"

/* Conditions of an ask at most; and those of found texts. */
#define CALL_CONDITIONS 16
#define CALL_TEXTS 4

struct call_text;

/* A column as understood whose value is low or more and high or less, and, where there are
 * any, among some. */
struct call_condition {
	enum understood_column column;
	int64_t low, high;
	int64_t mask;                  /* of the bits that are compared; 0: all */
	const int64_t *among;          /* rising; NULL: all */
	size_t count;
};

struct call_ask {
	uint64_t found, understood;    /* the columns that are wanted of rows: bit c: column c */
	struct call_condition conditions[CALL_CONDITIONS];
	size_t count;
	const struct call_text *texts; /* rows have one of each; see text/call_text.h */
	size_t text_count;
	int64_t first, last;           /* segments, by id */
	bool by_start;                 /* of calls that begin so, in seconds since 1970 UTC: */
	int64_t since, until;
	const int64_t *sources;        /* those of which segments are; rising; NULL: all */
	size_t source_count;
};

/* The columns of its conditions. */
static inline uint64_t call_ask_conditions(const struct call_ask *ask)
{
	uint64_t columns = 0;

	for (size_t i = 0; i < ask->count; i++)
		columns |= SEGMENT_COLUMN(ask->conditions[i].column);
	return columns;
}

/* Whether a value is among values that rise. */
static inline bool call_among(const int64_t *values, size_t count, int64_t value)
{
	size_t from = 0;

	while (count > 0) {
		const size_t half = count / 2;

		if (values[from + half] == value)
			return true;
		if (values[from + half] < value) {
			from += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return false;
}

#endif
