/* SPDX-License-Identifier: Apache-2.0 */
/* What lets a question skip a segment, and read a column of it alone: filters of its
 * values, and a check a column. */
#ifndef UNSPOOF_CASEFILE_FILTER_SEGMENT_FILTER_H
#define UNSPOOF_CASEFILE_FILTER_SEGMENT_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/filter/value_filter.h"
#include "casefile/sql.h"

/* The check of column c as found is c, of column c as understood, factors and all, 64 + c. */
#define SEGMENT_CHECKS 128
#define SEGMENT_CHECK_READ 64
/* Bytes of them: words of 8, least significant byte first, and their checksum behind 0. */
#define SEGMENT_CHECKS_SIZE (8 * (SEGMENT_CHECKS + 1))

/* The check of a column: the checksum of its number, base, slope, unit, width, list and
 * rows, as words, and behind that the one of its data. Two values are no checks: */
#define SEGMENT_CHECK_UNKNOWN 0        /* nothing is known of the column */
#define SEGMENT_CHECK_ABSENT 1         /* the column is not stored */

/* The columns with a filter, in the order of the table's columns. */
enum segment_filtered { FILTERED_ACCOUNT, FILTERED_PRESENTED, FILTERED_DIALLED, FILTERED_COLUMNS };

/* Their column as understood. */
enum understood_column segment_filtered_column(enum segment_filtered filtered);

/* A row of table segment_filter. Zeroed is empty. */
struct segment_filter {
	int64_t id;
	uint8_t checks[SEGMENT_CHECKS_SIZE];
	struct buf filters[FILTERED_COLUMNS];
};

void segment_filter_release(struct segment_filter *filter);

/* Makes it of a segment: of found columns those of the mask `fetched` are in `found`; all as
 * understood are in `read`; values are those of the columns with a filter. scratch is the
 * thread's. False: no memory. */
bool segment_filter_make(struct segment_filter *filter, const struct raw_segment *found,
			 uint64_t fetched, const struct raw_segment *read,
			 const int64_t *const values[FILTERED_COLUMNS], struct value_filter *scratch);

/* Stores it; insert is from segment_filter_insert(). Inside a transaction. */
sqlite3_stmt *segment_filter_insert(struct casefile *casefile);
enum status segment_filter_put(struct casefile *casefile, sqlite3_stmt *insert,
			       const struct segment_filter *filter);
/* The columns as understood of a segment were packed anew; filters stay what they are. */
enum status segment_filter_renew(struct casefile *casefile, const struct raw_segment *read);

/* *there: whether the case has filters; one that was understood by an older program has none. */
enum status segment_filter_there(struct casefile *casefile, bool *there);

/* ---- checks that were read ---- */

/* Takes the checks out of bytes. False: they are none, or not as they were made; all of
 * them are unknown then. */
bool segment_checks_take(struct text bytes, uint64_t checks[static SEGMENT_CHECKS]);
/* Bit c: the check of column c as found or, from SEGMENT_CHECK_READ on, as understood, is
 * known. */
uint64_t segment_checks_known(const uint64_t *checks);
/* The columns as found that these as understood take. */
uint64_t segment_checks_needs(const uint64_t checks[static SEGMENT_CHECKS], uint64_t understood);
/* Whether these columns of a segment, which were fetched where they are stored, are as their
 * checks say. */
bool segment_checks_hold(const uint64_t checks[static SEGMENT_CHECKS], const struct raw_segment *raw,
			 uint64_t found, uint64_t understood);

#endif
