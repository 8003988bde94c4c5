/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of presented numbers: looking it up. */
#include "normalise/flags.h"

#include "casefile/segment/segment.h"
#include "normalise/flags_table.h"

/* Fewer digits make a pattern by chance, and are short codes. */
#define PATTERN_LEAST 7
/* All digits of a rule's place. */
#define ANY_DIGIT 0x3ffu
/* More digits may not fit an integer. */
#define INTEGER_DIGITS 18

const struct flag *flag_table_at(const struct flag_table *table, size_t i)
{
	return i < table->count ? &table->flags[i] : NULL;
}

/* The first range that does not end before the number. */
static size_t range_from(const struct flag_ranges *ranges, uint64_t number)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (ranges->items[middle].last < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t find_range(const struct flag_ranges *ranges, uint64_t number)
{
	const size_t place = range_from(ranges, number);

	return place < ranges->count && ranges->items[place].first <= number ? ranges->items[place].flags : 0;
}

/* Whether the numbers from first to last are all in one range, or in none. */
static bool one_range(const struct flag_ranges *ranges, uint64_t first, uint64_t last)
{
	const size_t place = range_from(ranges, first);

	if (place == ranges->count || last < ranges->items[place].first)
		return true;
	return ranges->items[place].first <= first && last <= ranges->items[place].last;
}

static uint64_t to_integer(const char *digits, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (unsigned)(digits[i] - '0');
	return value;
}

static uint64_t integer_of(const struct reading *reading)
{
	const struct number *number = &reading->number;

	return !reading->e164 && number->digits_len <= INTEGER_DIGITS ? to_integer(number->digits, number->digits_len)
								      : reading->e164;
}

static size_t code_length(unsigned code)
{
	return code < 10 ? 1 : code < 100 ? 2 : 3;
}

/* Whether each digit is the one before and step more, 0 and 9 being neighbours. */
static bool steps_by(const char *digits, size_t len, int step)
{
	for (size_t i = 1; i < len; i++)
		if ((digits[i] - digits[i - 1] - step) % 10 != 0)
			return false;
	return true;
}

static uint32_t patterns(const struct flag_table *table, const char *digits, size_t len)
{
	if (len < PATTERN_LEAST)
		return 0;
	if (digits[0] == digits[1])
		return steps_by(digits, len, 0) ? table->repeated : 0;
	return steps_by(digits, len, 1) || steps_by(digits, len, -1) ? table->sequence : 0;
}

static bool nanp_matches(const struct flag_nanp *rule, const char *digits)
{
	for (size_t i = 0; i < NANP_DIGITS; i++)
		if (!(rule->digits[i] >> (digits[i] - '0') & 1))
			return false;
	return true;
}

static uint32_t nanp(const struct flag_table *table, const struct number *number)
{
	uint32_t flags = 0;

	for (size_t i = 0; i < table->nanp_count; i++)
		if (!(table->nanp[i].but >> number->type & 1) && nanp_matches(&table->nanp[i], number->digits + 1))
			flags |= table->nanp[i].flags;
	return flags;
}

/* What the digits say; the status is NUMBER_OK. */
static uint32_t of_digits(const struct flag_table *table, const struct reading *reading)
{
	const struct number *number = &reading->number;
	const size_t code = code_length(number->country_code), len = number->digits_len;
	uint32_t flags = table->by_code[number->country_code];

	flags |= find_range(&table->ranges, integer_of(reading));
	if (reading->class == NUMBER_CLASS_SHORT_CODE)
		flags |= find_range(&table->shorts, to_integer(number->digits + code, len - code));
	if (number->country_code == 1 && len == 1 + NANP_DIGITS)
		flags |= nanp(table, number);
	return flags | patterns(table, number->digits + code, len - code);
}

/* Digits that are written like a number, but make none that is valid. */
static uint32_t of_invalid(const struct flag_table *table, const struct reading *reading)
{
	if (reading->unknown_code)
		return table->by_sign[SIGN_UNKNOWN_CODE];
	if (reading->number.status == NUMBER_INVALID_COUNTRY_CODE)
		return table->by_sign[SIGN_NO_REGION];
	return table->by_sign[reading->number.possible ? SIGN_NOT_IN_PLAN : SIGN_NOT_POSSIBLE];
}

uint32_t flag_table_number(const struct flag_table *table, const struct reading *reading)
{
	uint32_t flags = table->by_class[reading->class] | table->by_type[reading->number.type];

	if (reading->class == NUMBER_CLASS_INVALID)
		flags |= of_invalid(table, reading);
	if (reading->flags & NUMBER_FLAG_EXTENSION)
		flags |= table->by_sign[SIGN_EXTENSION];
	if (reading->unsure)
		flags |= table->by_sign[SIGN_UNSURE];
	if (reading->number.status == NUMBER_OK)
		flags |= of_digits(table, reading);
	return flags;
}

uint32_t flag_table_unsure(const struct flag_table *table)
{
	return table->by_sign[SIGN_UNSURE];
}

static bool patterns_steady(const char *digits, size_t len, size_t fixed)
{
	if (len < PATTERN_LEAST)
		return true;
	return fixed >= 2 && !steps_by(digits, fixed, 0) && !steps_by(digits, fixed, 1) && !steps_by(digits, fixed, -1);
}

static bool nanp_steady(const struct flag_nanp *rule, const char *digits, size_t fixed)
{
	for (size_t i = 0; i < fixed; i++)
		if (!(rule->digits[i] >> (digits[i] - '0') & 1))
			return true;
	for (size_t i = fixed; i < NANP_DIGITS; i++)
		if ((rule->digits[i] & ANY_DIGIT) != ANY_DIGIT)
			return false;
	return true;
}

bool flag_table_steady(const struct flag_table *table, const struct reading *reading, unsigned last)
{
	const struct number *number = &reading->number;
	const size_t code = code_length(number->country_code), len = number->digits_len;
	uint64_t unit = 1, value = integer_of(reading);

	if (number->status != NUMBER_OK)
		return true;
	if (reading->class == NUMBER_CLASS_SHORT_CODE || len < code + last || len > INTEGER_DIGITS)
		return false;
	for (unsigned i = 0; i < last; i++)
		unit *= 10;
	value -= value % unit;
	if (!one_range(&table->ranges, value, value + unit - 1))
		return false;
	for (size_t i = 0; i < table->nanp_count && number->country_code == 1 && len == 1 + NANP_DIGITS; i++)
		if (!nanp_steady(&table->nanp[i], number->digits + 1, NANP_DIGITS - last))
			return false;
	return patterns_steady(number->digits + code, len - code, len - code - last);
}

int64_t flag_table_call(const struct flag_table *table, uint64_t presented, uint64_t dialled)
{
	if (!presented || !dialled)
		return 0;
	if (presented == dialled)
		return table->equal ? CALL_FLAG_SAME : 0;
	if ((presented > dialled ? presented - dialled : dialled - presented) >= table->near_most)
		return 0;
	for (size_t i = 0; i < table->near_count; i++) {
		const struct flag_near *near = &table->near[i];

		if (presented > near->last)
			continue;
		if (presented < near->first || dialled < near->first || dialled > near->last)
			return 0;
		return presented / near->unit == dialled / near->unit ? CALL_FLAG_NEIGHBOUR : 0;
	}
	return 0;
}

void flag_table_calls(const struct flag_table *table, const int64_t *presented, const int64_t *dialled, uint32_t rows,
	int64_t *flags)
{
	const uint64_t most = table->near_most;

	for (uint32_t i = 0; i < rows; i++) {
		const int64_t a = presented[i], b = dialled[i];
		const uint64_t apart = (uint64_t)a > (uint64_t)b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;

		/* Nearly all are far from one another. */
		if (apart == 0 || apart < most)
			flags[i] |= flag_table_call(table, (uint64_t)a, (uint64_t)b);
	}
}

void flag_table_names(const struct flag_table *table, uint32_t flags, struct buf *out)
{
	bool some = false;

	for (size_t i = 0; i < table->count; i++) {
		if (!(flags >> i & 1))
			continue;
		if (some)
			buf_byte(out, ',');
		buf_text(out, table->flags[i].name);
		some = true;
	}
}

const char *flag_class_name(enum flag_class class)
{
	static const char *const names[] = { "note", "suspicious", "impossible" };

	return names[class];
}
