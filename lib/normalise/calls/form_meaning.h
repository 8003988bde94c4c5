/* SPDX-License-Identifier: Apache-2.0 */
/* What the digits of each form mean, settled once a form: a time, a decimal or
 * a word is then had from the digits without building the text. */
#ifndef UNSPOOF_NORMALISE_CALLS_FORM_MEANING_H
#define UNSPOOF_NORMALISE_CALLS_FORM_MEANING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/time/duration.h"
#include "casefile/form/form.h"
#include "casefile/segment/segment.h"

/* A form. */
struct meaning {
	const char *text;        /* borrowed from struct meanings: digits are 0 */
	int64_t limit;           /* digits below it have a fast reading */
	int64_t whole;           /* all that can be digits of it are below */
	uint8_t len;
	uint8_t digits;          /* how many; those of a damaged mask: 0 */
	bool sound;              /* the mask can be given back */
	bool decimal;            /* digits with at most one point between them, and
				  * at most MEANING_DECIMALS behind it */
	bool time;               /* ####-##-## ##:##:##, T for the blank, Z behind */
	bool utc;                /* with the Z */
	bool number;             /* its digits are those of a number: number_form.h */
	bool plus;               /* with a plus before them */
	uint8_t decimals;        /* digits behind the point */
	uint8_t places[FORM_DIGITS];   /* of the digits in the text */
};

/* The forms of a case. Zeroed is empty. Never changes once made, so any number
 * of threads may use one. */
struct meanings {
	struct meaning *items;   /* by form less FORM_FIRST */
	size_t count;
	char *texts;
};

/* The minute and the day looked up last. Zeroed is none. */
struct meaning_day {
	int64_t date;            /* as 20220327 */
	int64_t ms;              /* its beginning */
	int64_t minute;          /* as 202203271859, and 1 */
	int64_t minute_ms;
};

enum status meanings_open(struct meanings *meanings, const struct forms *forms,
			  struct error *error);
void meanings_release(struct meanings *meanings);
/* NULL: absent, NULL, in the heap, or of no form of this case. */
static inline const struct meaning *meaning_of(const struct meanings *meanings,
					       int64_t form)
{
	return form >= FORM_FIRST && (uint64_t)(form - FORM_FIRST) < meanings->count
		       ? &meanings->items[form - FORM_FIRST]
		       : NULL;
}

/* The found text of a role in row i, as segment_text() gives it: in room, or
 * borrowed from the heap of the segment. data NULL: there is none; that of SQL's
 * NULL is empty. */
struct text meanings_text(const struct meanings *meanings,
			  const struct segment *segment, enum call_role role,
			  uint32_t i, char room[static FORM_LENGTH]);

/* The text of a form of the case and digits, in room; data NULL: they do not
 * fit one another. */
struct text meanings_fill(const struct meanings *meanings, int64_t form,
			  int64_t value, char room[static FORM_LENGTH]);

/* Looks a minute up, as 202203271859; false: none of the fast reading. */
bool meaning_minute(struct meaning_day *day, int64_t minute);

/* The milliseconds since 1970-01-01 that the digits of a time say on its own
 * clock; false: the text has to be read by moment_parse(), which otherwise says
 * the same. */
static inline bool meaning_time(const struct meaning *meaning,
				struct meaning_day *day, int64_t value,
				int64_t *ms)
{
	const int64_t minute = value / 100;
	const int64_t second = value - minute * 100;

	if (!meaning->time || value < 0 || second > 59)
		return false;
	if (minute + 1 != day->minute && !meaning_minute(day, minute))
		return false;
	*ms = day->minute_ms + second * 1000;
	return true;
}

/* Decimals with more digits behind the point have no fast reading. */
#define MEANING_DECIMALS 6

/* 1, 10, 100 ... */
extern const int64_t meaning_powers[MEANING_DECIMALS + 1];

/* Whether the digits are those of a decimal of the fast reading. */
static inline bool meaning_decimal(const struct meaning *meaning, int64_t value)
{
	return meaning->decimal && value >= 0 && value < meaning->limit;
}

/* The thousandths of a decimal, rounded down, as seconds_parse() gives them;
 * false: the text has to be read. */
static inline bool meaning_thousandths(const struct meaning *meaning, int64_t value,
				       int64_t *out)
{
	const unsigned decimals = meaning->decimals;

	if (!meaning_decimal(meaning, value))
		return false;
	*out = decimals <= 3 ? value * meaning_powers[3 - decimals]
			     : value / meaning_powers[decimals - 3];
	return *out < SECONDS_MOST * 1000;
}

/* Its millionths, as decimal_to_minor() gives them. */
static inline bool meaning_millionths(const struct meaning *meaning, int64_t value,
				      int64_t *out)
{
	if (!meaning_decimal(meaning, value))
		return false;
	*out = value * meaning_powers[MEANING_DECIMALS - meaning->decimals];
	return true;
}

#endif
