/* SPDX-License-Identifier: Apache-2.0 */
/* The digits of a date and a time of day. */
#include "base/time/clock.h"

#include "base/word.h"

bool clock_find_day(struct clock_day *day, int64_t date)
{
	const int64_t year = date / 10000;
	const unsigned month = (unsigned)(date / 100 % 100), number = (unsigned)(date % 100);

	if (year < 1 || year > 9999 || !calendar_has((int)year, month, number))
		return false;
	day->start = date * CLOCK_DAY_DIGITS;
	day->ms = calendar_days((int)year, month, number) * DAY_MS;
	return true;
}

/* Whether the digits and the marks of eight bytes are where `form` has them: `0` for a digit. */
static bool has_form(uint64_t word, const char form[static 8])
{
	const uint64_t wanted = word_load(form), others = word_others(wanted);

	return word_others(word) == others && ((word ^ wanted) & (others >> 7) * 0xff) == 0;
}

/* The numbers that two digits make, each in the byte of its first; those of a mark are of no use. */
static uint64_t pairs(uint64_t word)
{
	const uint64_t digits = (word ^ WORD_OF('0')) & WORD_OF(0x0f);

	return digits * 10 + (digits >> 8);
}

/* The number in byte `place`. */
static int64_t pair(uint64_t word, unsigned place)
{
	return (int64_t)(word >> (8 * place) & 0xff);
}

bool clock_digits(const char *text, size_t len, int64_t *digits)
{
	uint64_t date, day, clock;

	if (len != 19)
		return false;
	date = word_load(text);
	day = word_load(text + 8);
	clock = word_load(text + 11);
	if (!has_form(date, "0000-00-") || (!has_form(day, "00 00:00") && !has_form(day, "00T00:00")) ||
	    !has_form(clock, "00:00:00"))
		return false;
	date = pairs(date);
	clock = pairs(clock);
	*digits = ((pair(date, 0) * 100 + pair(date, 2)) * 100 + pair(date, 5)) * 100 + pair(pairs(day), 0);
	*digits = *digits * CLOCK_DAY_DIGITS + (pair(clock, 0) * 100 + pair(clock, 3)) * 100 + pair(clock, 6);
	return true;
}
