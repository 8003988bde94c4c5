/* SPDX-License-Identifier: Apache-2.0 */
/* More than one number in one text. */
#include "number/read/number_several.h"

#include <string.h>

#include "number/read/number_unwrap.h"

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
	size_t numbers;     /* parts that are numbers, with repetitions */
	size_t others;      /* parts with as many digits that are none */
	size_t extensions;  /* parts of dial strings with fewer */
	struct text first;  /* of the former */
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

static void forget(struct several *several)
{
	several->count = several->numbers = several->others = several->extensions = 0;
}

/* Adds the number that a text is; false: it is none. */
static bool add(struct several *several, struct text text)
{
	struct reading reading;
	size_t i = 0;

	number_read_in(several->plan, text.data, text.len, several->manner, &reading);
	if (!reading.e164 || (reading.class != NUMBER_CLASS_NUMBER && count_digits(text) < DIGITS_UNKNOWN)) {
		several->others++;
		return false;
	}
	if (several->numbers++ == 0)
		several->first = text;
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
			forget(several);
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
		forget(several);
		if (add(several, first) && add(several, second))
			return;
	}
	forget(several);
}

/* Letters and a colon, as of a URI. */
static bool begins_with_colon_word(struct text text)
{
	size_t at = 0;

	while (at < text.len && ((text.data[at] | 0x20) >= 'a' && (text.data[at] | 0x20) <= 'z'))
		at++;
	return at > 0 && at < text.len && text.data[at] == ':';
}

/* Whether the next part of a text of dial strings and URIs begins behind this mark. */
static bool ends_wrapped(struct text text, size_t at)
{
	const char c = text.data[at];
	size_t next = at + 1;

	if (!is_mark(c) && (c != ' ' || text.data[at - 1] == ' '))
		return false;
	while (next < text.len && text.data[next] == ' ')
		next++;
	text = (struct text){ text.data + next, text.len - next };
	/* A blank stands between a name and its bracket, and a slash before what a channel goes through: Local/SIP/... */
	if ((c == ' ' && text.len && (text.data[0] == '<' || text.data[0] == '"')) || (c == '/' && !begins_with_colon_word(text)))
		return false;
	return number_unwrap_begins(text);
}

static size_t wrapped_end(struct text text)
{
	size_t at = 1;

	while (at < text.len && !ends_wrapped(text, at))
		at++;
	return at < text.len ? at : text.len;
}

/* Parts of dial strings, URIs and names with brackets; what has fewer digits is an extension. */
static void by_wraps(struct several *several, struct text text)
{
	while (text.len) {
		const size_t end = wrapped_end(text);
		const struct text part = text_trim((struct text){ text.data, end });

		if (count_digits(part) >= DIGITS_ONE)
			(void)add(several, part);
		else
			several->extensions += count_digits(part) > 0;
		text = text_trim((struct text){ text.data + end, text.len - end });
		while (text.len && is_mark(text.data[0]))
			text = text_trim((struct text){ text.data + 1, text.len - 1 });
	}
}

static bool has_mark(struct text text)
{
	size_t skip;

	return piece_end(text, &skip) < text.len;
}

/* What is behind a pause is sent once the call is answered. */
static struct text before_pause(struct text text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.data[i] == ',' && text.data[i + 1] == ',')
			return (struct text){ text.data, i };
	return text;
}

static void find(struct several *several, struct text whole)
{
	const size_t digits = count_digits(whole);
	struct number_text plain;

	if (wrapped_end(whole) < whole.len)
		by_wraps(several, whole);
	else if (has_mark(whole))
		by_marks(several, whole);
	else if (digits >= NUMBER_SEVERAL_DIGITS && digits <= 2 * NUMBER_SEVERAL_DIGITS &&
		 number_text_plain(whole.data, whole.len, &plain))
		by_blanks(several, whole);
}

size_t number_several(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	uint64_t e164[static NUMBER_SEVERAL_MOST], struct text *once)
{
	struct text whole = text_trim((struct text){ text, len });
	struct several several = { plan, manner, e164, 0, 0, 0, 0, { NULL, 0 } };

	*once = (struct text){ NULL, 0 };
	if (len > NUMBER_TEXT_MAX || count_digits(whole) < DIGITS_BOTH)
		return 0;
	whole = before_pause(whole);
	if (count_digits(whole) < DIGITS_BOTH)
		return 0;
	find(&several, whole);
	if (several.count == 1 && several.numbers + several.extensions > 1 && several.others == 0)
		*once = several.first;
	return several.count > 1 ? several.count : 0;
}
