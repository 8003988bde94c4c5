/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the values of a row look like what their roles ask for. */
#ifndef UNSPOOF_INGEST_PLAN_CHECK_H
#define UNSPOOF_INGEST_PLAN_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/absent.h"
#include "base/text.h"
#include "base/time/clock.h"
#include "casefile/kinds.h"
#include "ingest/plan/mapping.h"

/* What a check came to. */
struct verdict {
	int role;               /* the first that is wrong; -1: none is */
	size_t place;           /* of its value among those given */
	const char *reason;     /* follows role and value; static, or of a list of words */
	bool local_time;        /* a time of the row tells no zone */
};

/* What a check by codes alone came to. */
struct glance {
	bool right;             /* nothing is wrong; else the values are to be looked at */
	bool local_time;        /* as above */
	bool timed;             /* the first role that is a time has one, which tells no zone: */
	int64_t ms;             /* since 1970-01-01 on its own clock */
};

/* What a form may tell: its texts are numbers of a few digits, perhaps with a point; they
 * are clock_digits(). */
#define CHECKER_LOOK_NUMBER 4
#define CHECKER_LOOK_CLOCK 8

/* The roles of a mapping that there is something to check about. */
struct checker {
	const struct kind_info *info;
	const struct absents *absents;  /* borrowed */
	enum kind kind;
	size_t count;
	int roles[ROLES_MOST];
	size_t places[ROLES_MOST];      /* of their values */
	uint8_t enough[ROLES_MOST];     /* what of a form suffices, */
	uint8_t clock[ROLES_MOST];      /* or does where it is a time */
	struct clock_day days[ROLES_MOST];  /* of the last time */
	size_t first_time;              /* among these roles; SIZE_MAX: none is a time */
	uint8_t *looks;                 /* by form; 0: nothing is known of it */
};

/* Prepares to check the values that mapping_values() gives; the words that are no value
 * must outlive it. False: no memory. Release it all the same. */
bool checker_open(struct checker *checker, const struct mapping *mapping,
		  const struct absents *absents);
void checker_release(struct checker *checker);

/* Notes what a text tells of all texts of its form; see casefile/form/form.h. */
void checker_learn(struct checker *checker, int64_t form, struct text text);

/* Checks the values of a row: filled roles are not empty, and what is not empty
 * reads as a time, a duration or an amount where the role is one. Blanks alone
 * are empty, and so is what the list has. forms and numbers: what the values were coded as, forms of up to
 * 65,535, 0 where that is not known; they save a second look. */
struct verdict checker_row(struct checker *checker, const struct mapped *values,
			   const int64_t *forms, const int64_t *numbers);

/* Whether a number is that of a time which is right, with its milliseconds. */
static inline bool checker_time(struct clock_day *day, int64_t number, int64_t *ms)
{
	return clock_read(day, number, ms) && clock_is_sure(*ms);
}

/* The same check by forms and numbers alone, as nearly all rows can be told. */
static inline struct glance checker_glance(struct checker *checker, const int64_t *forms,
					   const int64_t *numbers)
{
	const uint8_t *all = checker->looks;
	const size_t count = checker->count;
	struct glance glance = { .right = false };
	int64_t ms;

	for (size_t i = 0; i < count; i++) {
		const size_t place = checker->places[i];
		const uint8_t looks = all[forms[place]];

		if (looks & checker->enough[i])
			continue;
		if (!(looks & checker->clock[i]) || !checker_time(&checker->days[i], numbers[place], &ms))
			return glance;
		glance.local_time = true;
		if (i == checker->first_time) {
			glance.timed = true;
			glance.ms = ms;
		}
	}
	glance.right = true;
	return glance;
}

/* Why a row of so many fields cannot be taken; out has CHECK_REASON bytes. */
#define CHECK_REASON 120
void check_width(const struct widths *width, bool header, size_t count, char *out);
/* Why a row cannot be taken whose values mapping_apply() cannot tell. */
#define CHECK_ENDLESS "a pattern of the profile does not come to an end"

/* Whether a text reads as a time or as a number. */
bool check_typed(struct text value);

#endif
