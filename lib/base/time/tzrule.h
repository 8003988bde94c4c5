/* SPDX-License-Identifier: Apache-2.0 */
/* The rule by which a zone goes on changing its clocks: the TZ string of POSIX, as the footer of a TZif file holds it. */
#ifndef UNSPOOF_BASE_TIME_TZRULE_H
#define UNSPOOF_BASE_TIME_TZRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When in a year the clocks change. */
struct tzrule_day {
	char form;      /* 'M' month.week.day, 'J' day 1 to 365 without 29 February, 'N' day 0 to 365 */
	unsigned month; /* 1 to 12 */
	unsigned week;  /* 1 to 5, 5 the last */
	unsigned day;   /* of the week from Sunday, 0; or of the year */
	int seconds;    /* after midnight of that day; -167 to 167 hours */
};

/* Bytes of an abbreviation with its NUL; one of more counts as none. */
#define TZRULE_NAME 8

/* Offsets are seconds east of UTC, less than 26 hours either way. */
struct tzrule {
	int standard;
	int summer; /* these three only when it changes */
	struct tzrule_day start, end;
	bool changes;
	char standard_name[TZRULE_NAME], summer_name[TZRULE_NAME];
};

/*
 * Reads a whole TZ string (POSIX.1 section 8.3, with the times of RFC 8536 section 3.3.1): `GMT0BST,M3.5.0/1,M10.5.0`,
 * `<+08>-8`. False for anything else, also for summer time without its days and for the forms that name a file (`:`).
 */
bool tzrule_parse(const char *text, size_t len, struct tzrule *out);

/* The instants of a year at which summer time starts and ends, in seconds since the epoch. Year 1 to 9999. */
void tzrule_year(const struct tzrule *rule, int year, int64_t *start, int64_t *end);

#endif
