/* SPDX-License-Identifier: Apache-2.0 */
/* What the digits of each form mean, settled once a form: a time, a decimal or
 * a word is then had from the digits without building the text. */
#ifndef UNSPOOF_NORMALISE_CALLS_FORM_MEANING_H
#define UNSPOOF_NORMALISE_CALLS_FORM_MEANING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/time/clock.h"
#include "base/time/duration.h"
#include "casefile/form/form.h"
#include "casefile/segment/segment.h"

/* A form. */
struct form_meaning {
	const char *text;        /* borrowed from struct form_meanings: digits are 0 */
	int64_t limit;           /* digits below it have a fast reading */
	int64_t whole;           /* all that can be digits of it are below */
	uint8_t len;
	uint8_t digits;          /* how many; those of a damaged mask: 0 */
	bool sound;              /* the mask can be given back */
	bool decimal;            /* digits with at most one point between them, and
				  * at most FORM_MEANING_DECIMALS behind it */
	bool either;             /* that, with one to three digits before the point and three
				  * behind: read as amount_text_parse() says, unless the first is 0 */
	bool time;               /* ####-##-## ##:##:##, T for the blank, Z behind */
	bool utc;                /* with the Z */
	bool number;             /* its digits are those of a number: number_form.h */
	bool plus;               /* with a plus before them */
	bool alone;              /* with blanks between them at most */
	uint8_t decimals;        /* digits behind the point */
	uint8_t places[FORM_DIGITS];   /* of the digits in the text */
};

/* The forms of a case. Zeroed is empty. Never changes once made, so any number
 * of threads may use one. */
struct form_meanings {
	struct form_meaning *items;   /* by form less FORM_FIRST */
	size_t count;
	char *texts;
};

enum status form_meanings_open(struct form_meanings *meanings, const struct forms *forms,
			       struct error *error);
void form_meanings_release(struct form_meanings *meanings);
/* NULL: absent, NULL, in the heap, or of no form of this case. */
static inline const struct form_meaning *form_meaning_of(const struct form_meanings *meanings,
							 int64_t form)
{
	return form >= FORM_FIRST && (uint64_t)(form - FORM_FIRST) < meanings->count
		       ? &meanings->items[form - FORM_FIRST]
		       : NULL;
}

/* The found text of a role in row i, as segment_text() gives it: in room, or
 * borrowed from the heap of the segment. data NULL: there is none; that of SQL's
 * NULL is empty. */
struct text form_meanings_text(const struct form_meanings *meanings,
			       const struct segment *segment, enum call_role role,
			       uint32_t i, char room[static FORM_LENGTH]);

/* The text of a form of the case and digits, in room; data NULL: they do not
 * fit one another. */
struct text form_meanings_fill(const struct form_meanings *meanings, int64_t form,
			       int64_t value, char room[static FORM_LENGTH]);

/* The milliseconds since 1970-01-01 that the digits of a time say on its own
 * clock; false: the text has to be read by moment_parse(), which otherwise says
 * the same. */
static inline bool form_meaning_time(const struct form_meaning *meaning, struct clock_day *day,
				     int64_t value, int64_t *ms)
{
	return meaning->time && clock_read(day, value, ms) && clock_is_sure(*ms);
}

/* Decimals with more digits behind the point have no fast reading. */
#define FORM_MEANING_DECIMALS 6

/* 1, 10, 100 ... */
extern const int64_t form_meaning_powers[FORM_MEANING_DECIMALS + 1];

/* Whether the digits are those of a decimal of the fast reading. */
static inline bool form_meaning_decimal(const struct form_meaning *meaning, int64_t value)
{
	return meaning->decimal && value >= 0 && value < meaning->limit;
}

/* The thousandths of a decimal, rounded down, as seconds_parse() gives them;
 * false: the text has to be read. */
static inline bool form_meaning_thousandths(const struct form_meaning *meaning, int64_t value,
					    int64_t *out)
{
	const unsigned decimals = meaning->decimals;

	if (!form_meaning_decimal(meaning, value))
		return false;
	*out = decimals <= 3 ? value * form_meaning_powers[3 - decimals]
			     : value / form_meaning_powers[decimals - 3];
	return *out < SECONDS_MOST * 1000;
}

#endif
