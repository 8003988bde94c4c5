/* SPDX-License-Identifier: Apache-2.0 */
/* Counts from the epoch. */
#include "ingest/clock/epoch.h"

#include <stddef.h>

#include "base/scan.h"
#include "base/word.h"

/* Digits of seconds, and of what is counted beside. */
#define LEAST_DIGITS 9
#define MOST_DIGITS 19
#define LEAST_SECONDS INT64_C(100000000)
#define NAME_MOST 128

bool epoch_unit_find(struct text name, enum epoch_unit *unit)
{
	static const char *const names[] = { "", "s", "ms", "us", "ns" };

	for (int i = EPOCH_S; i <= EPOCH_NS; i++) {
		if (!text_is(name, names[i]))
			continue;
		*unit = (enum epoch_unit)i;
		return true;
	}
	return false;
}

/* Leaves out what is before the last hyphen. */
static bool skip_name(struct text *text)
{
	size_t from = text->len;

	while (from > 0 && text->data[from - 1] != '-')
		from--;
	if (from > NAME_MOST)
		return false;
	for (size_t i = 0; i + 1 < from; i++) {
		const char c = text->data[i];

		if (!scan_is_letter(c) && !scan_is_digit(c) && c != '_' && c != '.' && c != '-')
			return false;
	}
	text->data += from;
	text->len -= from;
	return from != 1;
}

/* Whether nothing follows but a fraction. */
static bool only_fraction(struct text rest)
{
	if (rest.len == 0)
		return true;
	if (rest.data[0] != '.' || rest.len == 1)
		return false;
	for (size_t i = 1; i < rest.len; i++)
		if (!scan_is_digit(rest.data[i]))
			return false;
	return true;
}

/* Ten digits and a fraction, as nearly every uniqueid is; false: it may be another count. */
static bool read_ten(struct text text, int64_t *seconds)
{
	uint64_t word;

	if (text.len < 10 || !scan_is_digit(text.data[8]) || !scan_is_digit(text.data[9]) ||
	    !only_fraction((struct text){ text.data + 10, text.len - 10 }))
		return false;
	word = word_load_part(text.data, 8);
	if (word_others(word) || text.data[0] == '0')
		return false;
	*seconds = (int64_t)(word_number(word, 8) * 100 + (uint64_t)(text.data[8] - '0') * 10 + (uint64_t)(text.data[9] - '0'));
	return true;
}

bool epoch_read(struct text text, enum epoch_unit unit, int64_t *seconds)
{
	static const int64_t divisors[] = { 1, 1000, 1000000, 1000000000 };
	uint64_t count = 0;
	size_t digits = 0, scale;

	if (unit <= EPOCH_S && read_ten(text, seconds))
		return true;
	if (!skip_name(&text))
		return false;
	while (digits < text.len && digits < MOST_DIGITS && scan_is_digit(text.data[digits]))
		count = 10 * count + (uint64_t)(text.data[digits++] - '0');
	if (digits < LEAST_DIGITS || (digits - LEAST_DIGITS) % 3 == 2 ||
	    !only_fraction((struct text){ text.data + digits, text.len - digits }))
		return false;
	scale = (digits - LEAST_DIGITS) / 3;
	if ((unit != EPOCH_ANY && scale != (size_t)unit - EPOCH_S) || count > INT64_MAX ||
	    (int64_t)count / divisors[scale] < LEAST_SECONDS)
		return false;
	*seconds = (int64_t)count / divisors[scale];
	return true;
}
