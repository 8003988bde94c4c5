/* SPDX-License-Identifier: Apache-2.0 */
/* More than one number in one text. */
#include "number/read/number_several.h"

#include <string.h>

#include "base/text.h"

/* Two numbers have so many digits at least, one so many; and one that is not in the plan. */
#define DIGITS_BOTH 14
#define DIGITS_ONE 7
#define DIGITS_UNKNOWN 9

/* What was found so far. */
struct several {
	const struct numplan *plan;
	struct number_manner manner;
	uint64_t *e164;
	size_t count;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += is_digit(text.data[i]);
	return count;
}

static bool is_mark(char c)
{
	return c == '/' || c == ',' || c == ';' || c == '|' || c == '&' || c == '\n' || c == '\r';
}

/* The length of a word at the start that stands between numbers, with the blank behind it; 0: there is none. */
static size_t word_between(struct text text)
{
	static const char *const words[] = { "or ", "and ", "oder ", "und " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t len = strlen(words[i]);

		if (text.len > len && text_is_fold((struct text){ text.data, len }, words[i]))
			return len;
	}
	return 0;
}

/* Where the piece at the start ends; *skip: what stands between it and the next. */
static size_t piece_end(struct text text, size_t *skip)
{
	size_t at = 0;

	for (*skip = 0; at < text.len; at++) {
		const struct text rest = { text.data + at, text.len - at };

		if (is_mark(text.data[at]))
			*skip = 1;
		else if (at > 0 && text.data[at - 1] == ' ')
			*skip = word_between(rest);
		if (*skip || (at > 0 && text.data[at] == '+' && text.data[at - 1] != '+' && count_digits((struct text){ text.data, at }) > 0))
			break;
	}
	return at;
}

/* Adds the number that a text is; false: it is none. */
static bool add(struct several *several, struct text text)
{
	struct reading reading;
	size_t i = 0;

	number_read_in(several->plan, text.data, text.len, several->manner, &reading);
	if (!reading.e164 || (reading.class != NUMBER_CLASS_NUMBER && count_digits(text) < DIGITS_UNKNOWN))
		return false;
	while (i < several->count && several->e164[i] != reading.e164)
		i++;
	if (i == several->count && i < NUMBER_SEVERAL_MOST)
		several->e164[several->count++] = reading.e164;
	return true;
}

static struct text without_quotes(struct text text)
{
	while (text.len && memchr(" \t\"'", text.data[0], 4))
		text = (struct text){ text.data + 1, text.len - 1 };
	while (text.len && memchr(" \t\"'", text.data[text.len - 1], 4))
		text.len--;
	return text;
}

/* Pieces between marks, all of which look like numbers; short ones are extensions. */
static void by_marks(struct several *several, struct text text)
{
	while (text.len) {
		struct number_text plain;
		size_t skip, end = piece_end(text, &skip);
		const struct text piece = without_quotes((struct text){ text.data, end });

		if (piece.len && !number_text_plain(piece.data, piece.len, &plain)) {
			several->count = 0;
			return;
		}
		if (count_digits(piece) >= DIGITS_ONE)
			(void)add(several, piece);
		text = (struct text){ text.data + end + skip, text.len - end - skip };
	}
}

/* Two halves with a separator between them, both of which are numbers. */
static void by_blanks(struct several *several, struct text text)
{
	for (size_t at = DIGITS_ONE; at + DIGITS_ONE < text.len; at++) {
		const struct text first = { text.data, at }, second = { text.data + at, text.len - at };

		if (is_digit(text.data[at]) || !is_digit(text.data[at - 1]) || count_digits(first) < DIGITS_ONE ||
		    count_digits(second) < DIGITS_ONE)
			continue;
		several->count = 0;
		if (add(several, first) && add(several, second) && several->count == 2)
			return;
	}
	several->count = 0;
}

static bool has_mark(struct text text)
{
	size_t skip;

	return piece_end(text, &skip) < text.len;
}

size_t number_several(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	uint64_t e164[static NUMBER_SEVERAL_MOST])
{
	const struct text whole = text_trim((struct text){ text, len });
	const size_t digits = count_digits(whole);
	struct several several = { plan, manner, e164, 0 };
	struct number_text plain;

	if (digits < DIGITS_BOTH || len > NUMBER_TEXT_MAX)
		return 0;
	if (has_mark(whole))
		by_marks(&several, whole);
	else if (digits >= NUMBER_SEVERAL_DIGITS && digits <= 2 * NUMBER_SEVERAL_DIGITS &&
		 number_text_plain(whole.data, whole.len, &plain))
		by_blanks(&several, whole);
	return several.count > 1 ? several.count : 0;
}
