/* SPDX-License-Identifier: Apache-2.0 */
/* Moments: what the text of a time says, without any knowledge of zones. */
#ifndef UNSPOOF_BASE_TIME_MOMENT_H
#define UNSPOOF_BASE_TIME_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time/duration.h"

/* How a source writes days and months where the text alone does not tell. */
enum moment_order {
	MOMENT_ORDER_UNKNOWN,
	MOMENT_ORDER_DMY, /* day first: 31/12/2022 */
	MOMENT_ORDER_MDY  /* month first: 12/31/2022 */
};

/* The bits of `struct moment`'s `orders`. */
enum moment_reading {
	MOMENT_READS_DMY = 1, /* the text is a time when read day first */
	MOMENT_READS_MDY = 2  /* the text is a time when read month first */
};

/* What a text says. When `null`, everything else is zero and false. */
struct moment {
	int64_t ms;      /* milliseconds since 1970-01-01T00:00:00, in UTC when zoned, else on the local clock */
	bool zoned;      /* the text tells its offset from UTC, or counts from the epoch */
	bool null;       /* the text means "no time" */
	bool day_only;   /* it has no time of day: ms is midnight */
	bool to_minute;  /* it has no seconds: ms is the whole minute */
	unsigned orders; /* MOMENT_READS_ bits; 0 when the order of day and month plays no part */
	bool dotted;     /* its day and month stand before dots: the day is first nearly everywhere */
	uint8_t word;    /* a zone by its abbreviation, as zone_word.h has it: ms is on its local clock; 0: none */
	int offset;      /* seconds east of UTC that the text tells, when zoned */
};

/*
 * Reads all of `text` (`len` bytes, need not end in NUL) as a time. Returns NULL and fills `*out`, or returns a static
 * reason that follows the name of the value ("is no time: ...") and leaves `*out` alone.
 *
 * Dates (Gregorian at all times, years 1 to 9999; the true lengths of months are checked):
 *   2022-06-01  2022/6/1  2022.06.01  20220601
 *   1/6/2022  01-06-2022  01/06/22   day or month first, see below; years 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to
 *                                    2068; two-digit years are not read between hyphens
 *   01.06.2022  01.06.22             the same
 *   1 Jun 2022  01-JUN-22  1/Jun/2022  2022-Jun-01  Jun 1, 2022  Jun-01-2022    the order of the words decides. English
 *                                    names, or three or more letters of them and a full stop, in any case; `1st` for 1;
 *                                    the name of a day of the week before, which is not checked (`Wed, 01 June 2022`, RFC
 *                                    5322 section 3.3). Two digits before the name are a day, two behind it a year.
 *   Wed Jun  1 09:05:07 2022         of the C library, and of date(1) with a zone before the year
 * Times, after `T`, blanks, or a comma and blanks (after 20220601 also `-` or `_`, after a name `:`):
 *   9:05  09:05:07  09:05:07.123456789  09:05:07,123  9:05 PM  9:05:07 pm  9.05.07; after 20220601 also 0905 and 090507,
 *   and straight behind it as 202206010905, its year from 1970 to 2099, and 20220601090507
 *   The fraction may have any number of digits and is cut to milliseconds. A leap second (:60, its fraction dropped) is
 *   read as the last millisecond of its minute, :59.999, since the count from the epoch has no place for it.
 *   24:00, 24:00:00 is the end of the day, 00:00 of the next (ISO 8601).
 * Zones: `Z`, `UTC`, `GMT`, `UT`, `+hh`, `+hhmm`, `+hh:mm` (also `-`) straight after the time or after blanks; letters
 *   behind a numeric offset (`+0100 BST`) and a comment in parentheses behind either are ignored. An abbreviation of
 *   the tz database behind a time (`BST`, zone_word.h) is told, for its offset hangs on the zone that is meant. Other zone
 *   names are refused. A date without a time takes no numeric offset.
 * Counts from the epoch: 10 digits are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds (the first not 0); a
 *   fraction may follow (`1654092131.123456`). Also .NET's `/Date(1654092131123+0100)/`, whose offset is of no account.
 *
 * The order of day and month: when `order` is UNKNOWN, a text that can be read both ways gets the day-first value and
 * both bits; one that can be read one way only gets that one, and its bit. With DMY or MDY, a text that cannot be read
 * that way is refused; the bits still tell both readings. `orders` is 0 where day and month are the same number.
 *
 * No time ("null"): a date of zeros; 0001-01-01, 1000-01-01, 1753-01-01, 1899-12-30 and 1900-01-01 at any time (the zero
 * of .NET and Go, MySQL, SQL Server, spreadsheets, OpenSIPS); the epoch itself, as 0, as a zoned time, or on a local clock
 * (a whole quarter of an hour of 1970-01-01 up to 14:00, or of 1969-12-31 from 12:00); 2000-01-01 00:00:00 and 00:00:01
 * (Kamailio).
 */
const char *moment_parse(const char *text, size_t len, enum moment_order order, struct moment *out);

/*
 * Writes `seconds` since the epoch as `2022-03-27T00:59:58Z` and returns its length, 20; or writes an empty text and
 * returns 0 outside the years 0000 to 9999.
 */
size_t moment_format_utc(int64_t seconds, char out[static 21]);

/*
 * Reads an offset from UTC, `+hh`, `+hhmm` or `+hh:mm` or the same with `-`, up to 15:59 either way, into seconds east
 * of UTC. False, with `*out` left alone, for any other text.
 */
bool moment_offset(const char *text, size_t len, int *out);

#endif
