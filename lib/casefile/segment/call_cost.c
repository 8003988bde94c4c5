/* SPDX-License-Identifier: Apache-2.0 */
/* What a call cost, exactly. */
#include "casefile/segment/call_cost.h"

#include <string.h>

#include "base/money/decimal.h"
#include "base/scan.h"

#define LETTERS 6
#define MICRO 6

/* In pairs of a cost above and below 0. */
#define PAIR(factor) INT64_C(factor), -INT64_C(factor)

const int64_t cost_factors[2 * (COST_DECIMALS_MOST + 1)] = {
	PAIR(1000000000000000000), PAIR(100000000000000000), PAIR(10000000000000000),
	PAIR(1000000000000000),	   PAIR(100000000000000),    PAIR(10000000000000),
	PAIR(1000000000000),	   PAIR(100000000000),	     PAIR(10000000000),
	PAIR(1000000000),	   PAIR(100000000),	     PAIR(10000000),
	PAIR(1000000),		   PAIR(100000),	     PAIR(10000),
	PAIR(1000),		   PAIR(100),		     PAIR(10),
	PAIR(1),
};

uint32_t cost_currency_of(struct text name)
{
	uint32_t currency = 0;

	name = text_trim(name);
	if (name.len > LETTERS)
		return COST_OTHER;
	for (size_t i = 0; i < name.len; i++) {
		const char letter = scan_lower(name.data[i]);

		if (letter < 'a' || letter > 'z')
			return COST_OTHER;
		currency = currency << 5 | (uint32_t)(letter - 'a' + 1);
	}
	return COST_SAID | currency;
}

size_t cost_currency_name(uint32_t currency, char name[static COST_NAME])
{
	size_t len = 0;

	if (currency & COST_ODD)
		currency = 0;
	for (unsigned i = LETTERS; i-- > 0;) {
		const uint32_t letter = currency >> 5 * i & 31;

		if (letter)
			name[len++] = (char)('A' + letter - 1);
	}
	name[len] = '\0';
	return len;
}

/* Digits of which some are decimals. */
static size_t format(int64_t digits, unsigned decimals, bool negative, char text[static COST_TEXT])
{
	return decimal_format(negative ? -digits : digits, decimals, text, COST_TEXT);
}

static bool has_text(int64_t digits, int64_t unit)
{
	return unit > 0 && unit <= COST_UNIT_MOST && cost_currency(unit) != COST_BEYOND &&
	       digits >= 0 && digits < COST_LIMIT;
}

size_t cost_text(int64_t digits, int64_t unit, char text[static COST_TEXT])
{
	text[0] = '\0';
	return has_text(digits, unit) ? format(digits, cost_decimals(unit), cost_negative(unit), text) : 0;
}

size_t cost_micro_text(int64_t digits, int64_t unit, char text[static COST_TEXT])
{
	unsigned decimals = cost_decimals(unit);
	size_t len;

	text[0] = '\0';
	if (!has_text(digits, unit))
		return 0;
	for (; decimals > MICRO && digits % 10 == 0; decimals--)
		digits /= 10;
	if (decimals > MICRO)
		return format(digits, decimals - MICRO, cost_negative(unit), text);
	len = format(digits, 0, cost_negative(unit), text);
	while (digits != 0 && decimals++ < MICRO)
		text[len++] = '0';
	text[len] = '\0';
	return len;
}
