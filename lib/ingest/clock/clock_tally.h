/* SPDX-License-Identifier: Apache-2.0 */
/* How far the local times of a source are from the epochs that stand beside them, counted as its rows are stored. */
#ifndef UNSPOOF_INGEST_CLOCK_CLOCK_TALLY_H
#define UNSPOOF_INGEST_CLOCK_CLOCK_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Offsets are rounded to this many seconds, which no zone of today divides. */
#define CLOCK_STEP 900
/* Seconds that a start may be from the epoch of its row and still be of it. */
#define CLOCK_SLACK 120
/* Offsets are no more than this many seconds east or west. */
#define CLOCK_OFFSET_MOST (16 * 3600)
/* Offsets that are told apart within a day. */
#define CLOCK_DAY_OFFSETS 3
/* Days since 1970 that an epoch of 10 digits may be of. */
#define CLOCK_DAYS 115742
#define CLOCK_CHUNK 64
/* Rows kept of days with two offsets. */
#define CLOCK_ROWS_MOST 65536

/* What a row tells of its clock. */
enum clock_sight {
	CLOCK_NOTHING,      /* its time tells its zone, or no time of day */
	CLOCK_BARE,         /* a local time, with no epoch */
	CLOCK_BOTH
};

/* Which order of day and month the epoch proves; 0: none. */
#define CLOCK_DMY 1
#define CLOCK_MDY 2

struct clock_sighting {
	int64_t local, epoch;   /* seconds since 1970-01-01; epoch with CLOCK_BOTH */
	uint64_t line;
	uint8_t sight, orders;
};

/* Of one offset on one day. */
struct clock_entry {
	uint64_t count;
	int64_t first, last;    /* epochs */
	uint64_t line, member;  /* of the row of the first that was met */
	int32_t offset;         /* seconds east of UTC */
};

/* Days begin at 12:30 UTC, for zones hardly change their clocks within an hour of that. */
struct clock_day_tally {
	struct clock_entry entries[CLOCK_DAY_OFFSETS];  /* in the order met; count 0: none */
	uint32_t bare[3];       /* quarters of this day of the local clock with a row that tells no offset */
};

/* A row of an offset that was not the first of its day. */
struct clock_row {
	uint64_t member, line;
	int64_t local;          /* seconds */
	int32_t offset;
};

/* Rows that show something, with the place of the first. */
struct clock_count {
	uint64_t count, line, member;
};

/* Zeroed is empty. */
struct clock_tally {
	struct clock_day_tally *chunks[CLOCK_DAYS / CLOCK_CHUNK + 1];
	uint64_t fitting;       /* rows with an offset */
	struct clock_count apart;       /* whose two times contradict each other */
	struct clock_count bare;        /* with no epoch */
	struct clock_count dmy, mdy;    /* that prove an order */
	struct clock_row *rows;
	size_t row_count, row_capacity;
	bool rows_over;         /* there were more */
};

void clock_tally_release(struct clock_tally *tally);
/* Adds a row of a member. False: no memory. */
bool clock_tally_add(struct clock_tally *tally, const struct clock_sighting *row, uint64_t line, uint64_t member);
/* The offset that a local time is from an epoch, rounded; false: it is none. */
bool clock_offset(int64_t local, int64_t epoch, int32_t *offset);

/* The day of an epoch, and that of a local time; negative or above CLOCK_DAYS: none that is counted. */
static inline int64_t clock_day_of(int64_t epoch)
{
	return (epoch + 86400 - 45000) / 86400;
}
/* NULL: nothing was met on it. */
const struct clock_day_tally *clock_tally_day(const struct clock_tally *tally, int64_t day);

/* The tally as a text of a checkpoint, empty where nothing was counted, and back, in whole or line by line; the tally is
 * empty before. False: it is no such text, or no memory, with *memory set. */
void clock_tally_write(const struct clock_tally *tally, struct buf *out);
bool clock_tally_restore(struct clock_tally *tally, struct text text, bool *memory);

#endif
