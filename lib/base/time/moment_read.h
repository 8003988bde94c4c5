/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a written time, shared by the files that read moments. */
#ifndef UNSPOOF_BASE_TIME_MOMENT_READ_H
#define UNSPOOF_BASE_TIME_MOMENT_READ_H

#include <stdbool.h>

#include "base/scan.h"
#include "base/time/moment.h"

/* Reasons that more than one part has. */
#define MOMENT_NO_FORM "is no time: not in a form that is read"
#define MOMENT_NO_DATE "is no time: no such day, month or year"
#define MOMENT_NO_OFFSET "is no time: its zone tells no offset from UTC"

/* What has been read so far. */
struct moment_parts {
	int year;
	unsigned month, day;
	unsigned hour, minute, second, ms;
	unsigned orders;
	int offset;
	bool zero_date; /* all its numbers are 0 */
	bool compact;   /* its date is eight digits, so its time may be digits too */
	bool dotted;    /* its date is `01.06.2022` */
	bool named;     /* its month has a name */
	bool has_time, has_seconds, zoned;
	uint8_t word;   /* of zone_word.h; 0: none */
};

/* Each reads its part at the place and goes over it; NULL, or a static reason. `parts` starts as zeros. */

/* The date, and the time when both are one run of digits. */
const char *moment_read_date(struct scan *scan, enum moment_order order, struct moment_parts *parts);

/* A date with a name in it, and the time when the year comes behind that; has_name: there is one at the place. */
bool moment_has_name(const struct scan *scan);
const char *moment_read_named(struct scan *scan, struct moment_parts *parts);

/* The year as four digits or, where allowed, two; false, without moving, when it is neither. */
bool moment_take_year(struct scan *scan, bool allow_short, struct moment_parts *parts);

/* A time of day alone. */
const char *moment_read_clock(struct scan *scan, struct moment_parts *parts);

/* A zone, behind blanks or none, when there is one. */
const char *moment_take_zone(struct scan *scan, struct moment_parts *parts);

/* What parts date and time, the time and AM or PM; nothing when there is no time. Checks its hours, minutes and seconds. */
const char *moment_read_time(struct scan *scan, struct moment_parts *parts);

/* The fraction of a second, cut to milliseconds; nothing when there is none. */
const char *moment_read_fraction(struct scan *scan, struct moment_parts *parts);

/* The zone, if any, and a comment; then the text must end. */
const char *moment_read_zone(struct scan *scan, struct moment_parts *parts);

#endif
