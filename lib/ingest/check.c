/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the values of a row look like what their roles ask for. */
#include "ingest/check.h"

#include "base/decimal.h"
#include "base/duration.h"
#include "base/moment.h"
#include "base/word.h"

void checker_init(struct checker *checker, const struct mapping *mapping)
{
	checker->info = kind_info(mapping->kind);
	checker->count = 0;
	for (size_t i = 0; i < checker->info->role_count; i++) {
		const struct role *role = &checker->info->roles[i];
		bool typed = role->type != ROLE_TEXT && role->type != ROLE_NUMBER;

		if (mapping->pick_counts[i] && (typed || role->filled))
			checker->roles[checker->count++] = (int)i;
	}
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
	if (!moment.zoned)
		*local = true;
	return NULL;
}

/* Up to 15 digits, perhaps with a point among them: nearly every duration and
 * amount of a call log, and right as either. */
static bool is_plain_number(struct text value)
{
	const size_t len = value.len;
	const size_t half = len > 8 ? 8 : len;
	uint64_t word, others;

	if (len == 0 || len > 15)
		return false;
	word = word_load_part(value.data, half);
	others = word_others(word) & UINT64_MAX >> (64 - 8 * half);
	if (len > 8) {
		const uint64_t rest = word_load_part(value.data + 8, len - 8);
		const uint64_t more =
			word_others(rest) & UINT64_MAX >> (128 - 8 * len);

		if (others && more)
			return false;
		word = more ? rest : word;
		others |= more;
	}
	if (!others)
		return true;
	/* One mark, which is a point, neither first nor last. */
	return (others & (others - 1)) == 0 && value.data[0] != '.' &&
	       value.data[len - 1] != '.' &&
	       (word >> (__builtin_ctzll(others) - 7) & 0xff) == '.';
}

static const char *check_value(const struct role *role, struct text value,
			       bool *local)
{
	struct decimal amount;
	int64_t ms;

	if (is_empty(value))
		return role->filled ? "needed, and empty" : NULL;
	switch (role->type) {
	case ROLE_TIME:
		return check_time(role, value, local);
	case ROLE_SECONDS:
		return is_plain_number(value)
			       ? NULL
			       : seconds_parse(value.data, value.len, &ms);
	case ROLE_AMOUNT:
		return is_plain_number(value)
			       ? NULL
			       : decimal_parse(value.data, value.len, &amount);
	case ROLE_TEXT:
	case ROLE_NUMBER:
		break;
	}
	return NULL;
}

struct verdict checker_row(const struct checker *checker,
			   const struct text *values)
{
	struct verdict verdict = { -1, NULL, false };

	for (size_t i = 0; i < checker->count; i++) {
		int role = checker->roles[i];

		verdict.reason = check_value(&checker->info->roles[role],
					     values[role], &verdict.local_time);
		if (verdict.reason) {
			verdict.role = role;
			return verdict;
		}
	}
	return verdict;
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
