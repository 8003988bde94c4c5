/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the values of a row look like what their roles ask for. */
#include "ingest/plan/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money/amount_text.h"
#include "base/time/clock.h"
#include "base/time/duration.h"
#include "base/time/moment.h"
#include "base/word.h"

/* What a form tells of its texts. */
#define LOOK_EMPTY 1
#define LOOK_FILLED 2
#define LOOK_NUMBER CHECKER_LOOK_NUMBER     /* plain_digits(), not too large for any role */
#define LOOK_CLOCK CHECKER_LOOK_CLOCK
#define LOOKS (UINT16_MAX + 1)

/* A call that costs more, of whatever currency, is a mistake or a trap, and would
 * outweigh all others. */
#define COST_MOST INT64_C(1000000000)
#define COST_DIGITS 9       /* so many digits are never more */
#define MILLIONTHS 6

static uint8_t enough_for(const struct role *role)
{
	uint8_t enough = role->filled ? 0 : LOOK_EMPTY;

	if (role->type == ROLE_SECONDS || role->type == ROLE_AMOUNT)
		enough |= LOOK_NUMBER;
	else if (role->type != ROLE_TIME)
		enough |= LOOK_FILLED;
	return enough;
}

bool checker_open(struct checker *checker, const struct mapping *mapping,
		  const struct absents *absents)
{
	memset(checker, 0, sizeof(*checker));
	checker->info = kind_info(mapping->kind);
	checker->kind = mapping->kind;
	checker->absents = absents;
	checker->first_time = SIZE_MAX;
	for (size_t i = 0; i < mapping->role_count; i++) {
		const struct role *role = &checker->info->roles[mapping->roles[i]];
		bool typed = role->type != ROLE_TEXT && role->type != ROLE_NUMBER;

		if (!typed && !role->filled)
			continue;
		if (role->type == ROLE_TIME && checker->first_time == SIZE_MAX)
			checker->first_time = checker->count;
		checker->roles[checker->count] = mapping->roles[i];
		checker->enough[checker->count] = enough_for(role);
		checker->clock[checker->count] = role->type == ROLE_TIME ? LOOK_CLOCK : 0;
		checker->days[checker->count] = CLOCK_DAY;
		checker->places[checker->count++] = i;
	}
	checker->looks = calloc(LOOKS, 1);
	return checker->looks != NULL;
}

void checker_release(struct checker *checker)
{
	free(checker->looks);
	memset(checker, 0, sizeof(*checker));
}

static bool is_empty(struct text value)
{
	return value.len == 0 ||
	       ((unsigned char)value.data[0] <= ' ' && text_trim(value).len == 0);
}

static const char *check_time(const struct role *role, struct text value,
			      bool *local)
{
	struct moment moment;
	const char *reason = moment_parse(value.data, value.len,
					  MOMENT_ORDER_UNKNOWN, &moment);

	if (reason)
		return reason;
	if (moment.null)
		return role->filled ? "is no time: it stands for none, and one is "
				      "needed"
				    : NULL;
	if (!moment.zoned && !moment.word)
		*local = true;
	return NULL;
}

/* Up to 15 digits, perhaps with a point among them: nearly every duration and
 * amount of a call log, and right as either unless it is too large. How many stand
 * before the point; 0: it is no such number. */
static unsigned plain_digits(struct text value)
{
	const size_t len = value.len;
	const size_t half = len > 8 ? 8 : len;
	uint64_t word, others;
	unsigned place = 0;

	if (len == 0 || len > 15)
		return 0;
	word = word_load_part(value.data, half);
	others = word_others(word) & UINT64_MAX >> (64 - 8 * half);
	if (len > 8) {
		const uint64_t rest = word_load_part(value.data + 8, len - 8);
		const uint64_t more =
			word_others(rest) & UINT64_MAX >> (128 - 8 * len);

		if (others && more)
			return 0;
		place = more ? 8 : 0;
		others |= more;
	}
	if (!others)
		return (unsigned)len;
	/* One mark, which is a point, neither first nor last. */
	place += (unsigned)__builtin_ctzll(others) / 8;
	return (others & (others - 1)) == 0 && place > 0 && place < len - 1 &&
			       value.data[place] == '.'
		       ? place
		       : 0;
}

/* A plain number that is right whatever the role. */
static bool is_small(struct text value)
{
	const unsigned digits = plain_digits(value);

	return digits > 0 && digits <= SECONDS_DIGITS && digits <= COST_DIGITS;
}

static const char *check_seconds(struct text value)
{
	int64_t ms;

	return is_small(value) ? NULL : seconds_parse(value.data, value.len, &ms);
}

/* Amounts that are counted up on the way to a conclusion are read by their
 * currency and by the decimal mark of their column later; the cost of a call weighs
 * as it is. */
static const char *check_amount(enum kind kind, struct text value)
{
	struct amount_text amount;
	const char *reason;
	int64_t millionths;

	if (is_small(value))
		return NULL;
	reason = amount_text_parse(value, DECIMAL_MARK_UNKNOWN, &amount);
	if (reason || kind != KIND_CALL)
		return reason;
	amount.value.negative = false;
	return decimal_to_narrow(&amount.value, MILLIONTHS, &millionths, NULL) ||
			       millionths > COST_MOST * 1000000
		       ? "is more than 1,000,000,000, and no cost of a call"
		       : NULL;
}

static const char *check_value(const struct checker *checker, const struct role *role,
			       struct text value, bool *local)
{
	unsigned absent;

	if (is_empty(value))
		return role->filled ? "needed, and empty" : NULL;
	absent = absents_in(checker->absents, role->name, value);
	if (absent)
		return role->filled ? absents_word(checker->absents, absent)->reason : NULL;
	switch (role->type) {
	case ROLE_TIME:
		return check_time(role, value, local);
	case ROLE_SECONDS:
		return check_seconds(value);
	case ROLE_AMOUNT:
		return check_amount(checker->kind, value);
	case ROLE_TEXT:
	case ROLE_NUMBER:
		break;
	}
	return NULL;
}

/* Whether what a text is all texts of its form are, in every role; absent: the number of
 * the word that it is. */
static bool decides(const struct absents *absents, struct text text, unsigned absent)
{
	return !(absent && *absents_word(absents, absent)->except) &&
	       !absents_may(absents, text);
}

void checker_learn(struct checker *checker, int64_t form, struct text text)
{
	unsigned absent;
	uint8_t looks = 0;
	int64_t digits;

	if (form < 1 || form >= LOOKS || checker->looks[form])
		return;
	absent = absents_find(checker->absents, text);
	if (!decides(checker->absents, text, absent))
		return;
	looks |= absent || is_empty(text) ? LOOK_EMPTY : LOOK_FILLED;
	if (is_small(text))
		looks |= LOOK_NUMBER;
	if (clock_digits(text.data, text.len, &digits))
		looks |= LOOK_CLOCK;
	checker->looks[form] = looks;
}

struct verdict checker_row(struct checker *checker, const struct mapped *values,
			   const int64_t *forms, const int64_t *numbers)
{
	struct verdict verdict = { -1, 0, NULL, false };
	int64_t ms;

	for (size_t i = 0; i < checker->count; i++) {
		const size_t place = checker->places[i];
		const uint8_t looks = checker->looks[forms[place]];

		if (looks & checker->enough[i])
			continue;
		if ((looks & checker->clock[i]) && checker_time(&checker->days[i], numbers[place], &ms)) {
			verdict.local_time = true;
			continue;
		}
		verdict.reason = check_value(checker, &checker->info->roles[checker->roles[i]],
					     mapped_value(values, place), &verdict.local_time);
		if (verdict.reason) {
			verdict.role = checker->roles[i];
			verdict.place = place;
			return verdict;
		}
	}
	return verdict;
}

void check_width(const struct widths *width, bool header, size_t count, char *out)
{
	const char *plural = count == 1 ? "" : "s";

	if (header)
		(void)snprintf(out, CHECK_REASON,
			       "has %zu field%s where the header has %zu", count,
			       plural, width->most);
	else if (width->least == width->most)
		(void)snprintf(out, CHECK_REASON,
			       "has %zu field%s where most rows have %zu", count,
			       plural, width->most);
	else
		(void)snprintf(out, CHECK_REASON,
			       "has %zu field%s where the profile knows %zu to %zu",
			       count, plural, width->least, width->most);
}

bool check_typed(struct text value)
{
	struct text trimmed = text_trim(value);
	struct decimal number;
	struct moment moment;

	if (trimmed.len == 0)
		return false;
	return !decimal_parse(trimmed.data, trimmed.len, &number) ||
	       !moment_parse(trimmed.data, trimmed.len, MOMENT_ORDER_UNKNOWN,
			     &moment);
}
