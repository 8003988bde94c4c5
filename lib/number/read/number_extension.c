/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions, found from the end: the digits there are the extension's, so what stands before them decides. */
#include "number/read/number_extension.h"

#include <string.h>

#include "number/read/number_symbols.h"

/* Every place from first to last begins an extension. */
struct starts {
	size_t first, last;
};

/* The end of a text, taken apart. */
struct tail {
	const uint8_t *at;
	size_t digits;    /* where the digits begin */
	size_t count;     /* how many there are */
	bool hash;        /* a '#' follows them */
	size_t blanks;    /* where the blanks, commas and dashes before the digits begin */
	size_t label_end; /* the same, before a colon or full stop if there is one */
	struct starts found[9]; /* forms 5 and 6 can begin in several ways */
	unsigned found_count;
};

static bool is_blank(uint8_t symbol)
{
	return symbol == ' ' || symbol == SYMBOL_NBSP || symbol == '\t';
}

static bool is_stop(uint8_t symbol)
{
	return symbol == ':' || symbol == '.' || symbol == SYMBOL_WIDE_STOP;
}

/* Where the run of blanks, and of commas if asked, that ends at place begins. */
static size_t run_start(const uint8_t *at, size_t place, bool commas)
{
	while (place > 0 && (is_blank(at[place - 1]) || (commas && at[place - 1] == ',')))
		place--;
	return place;
}

/* Whether the ASCII word stands right before place, in any case. */
static bool word_before(const uint8_t *at, size_t place, const char *word)
{
	size_t len = strlen(word);

	if (place < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (symbol_fold(at[place - len + i]) != (uint8_t)word[i])
			return false;
	return true;
}

static bool three_before(const uint8_t *at, size_t place, uint8_t a, uint8_t b, uint8_t c)
{
	return place >= 3 && at[place - 3] == a && at[place - 2] == b && at[place - 1] == c;
}

static void found(struct tail *tail, size_t first, size_t last)
{
	tail->found[tail->found_count++] = (struct starts){ first, last };
}

/* "xt", "xtensio", "xtensió" before place: where it begins, or place. */
static size_t latin_word(const uint8_t *at, size_t place)
{
	size_t stem = place;

	if (word_before(at, place, "xt"))
		return place - 2;
	if (stem > 0 && at[stem - 1] == SYMBOL_ACUTE)
		stem--;
	if (stem > 0 && symbol_fold(at[stem - 1]) == 'o')
		stem--;
	else if (stem == place && stem > 0 && at[stem - 1] == SYMBOL_O_ACUTE)
		stem--;
	else
		return place;
	return word_before(at, stem, "xtensi") ? stem - 6 : place;
}

/* Form 2 in Latin letters: the label that ends at place, its first letter e and its last n left out or not. */
static bool latin_label(const uint8_t *at, size_t place, struct starts *label)
{
	size_t start = latin_word(at, place);

	if (start == place && place > 0 && symbol_fold(at[place - 1]) == 'n') {
		start = latin_word(at, place - 1);
		if (start == place - 1)
			return false;
	}
	if (start == place)
		return false;
	*label = (struct starts){ start, start };
	if (start > 0 && symbol_fold(at[start - 1]) == 'e')
		label->first--;
	return true;
}

static bool wide_label(const uint8_t *at, size_t place, struct starts *label)
{
	if (place > 0 && at[place - 1] == SYMBOL_WIDE_N)
		place--;
	if (place < 2 || at[place - 2] != SYMBOL_WIDE_X || at[place - 1] != SYMBOL_WIDE_T)
		return false;
	*label = (struct starts){ place - 2, place - 2 };
	if (place > 2 && at[place - 3] == SYMBOL_WIDE_E)
		label->first--;
	return true;
}

/* Form 2: words that say extension. */
static bool clear_label(const uint8_t *at, size_t place, struct starts *label)
{
	if (three_before(at, place, SYMBOL_DE, SYMBOL_O, SYMBOL_BE))
		*label = (struct starts){ place - 3, place - 3 };
	else if (word_before(at, place, "anexo"))
		*label = (struct starts){ place - 5, place - 5 };
	else
		return latin_label(at, place, label) || wide_label(at, place, label);
	return true;
}

/* Form 3: marks that may say extension. */
static bool vague_label(const uint8_t *at, size_t place, struct starts *label)
{
	uint8_t last = place > 0 ? symbol_fold(at[place - 1]) : 0;

	if (last == 'x' || last == '#' || last == '~' || last == SYMBOL_WIDE_X || last == SYMBOL_WIDE_HASH ||
		last == SYMBOL_WIDE_TILDE)
		*label = (struct starts){ place - 1, place - 1 };
	else if (word_before(at, place, "int") || three_before(at, place, SYMBOL_WIDE_I, SYMBOL_WIDE_N, SYMBOL_WIDE_T))
		*label = (struct starts){ place - 3, place - 3 };
	else
		return false;
	return true;
}

static void find_labels(struct tail *tail)
{
	struct starts label;

	if (tail->count <= 20 && clear_label(tail->at, tail->label_end, &label))
		found(tail, run_start(tail->at, label.first, true), label.last);
	if (tail->count <= 9 && vague_label(tail->at, tail->label_end, &label))
		found(tail, run_start(tail->at, label.first, true), label.last);
}

/* Form 4: blanks or dashes, digits, and a '#' that must be there. */
static void find_dashes(struct tail *tail)
{
	size_t start = tail->digits;

	if (!tail->hash || tail->count > 6)
		return;
	while (start > 0 && (tail->at[start - 1] == ' ' || tail->at[start - 1] == '-'))
		start--;
	if (start < tail->digits)
		found(tail, start, tail->digits - 1);
}

/* The first of count commas in a row between from and to, or to. */
static size_t commas(const uint8_t *at, size_t from, size_t to, size_t count)
{
	size_t run = 0;

	for (size_t i = from; i < to; i++) {
		run = at[i] == ',' ? run + 1 : 0;
		if (run == count)
			return i + 1 - count;
	}
	return to;
}

/* Forms 5 and 6 where a colon or full stop follows: the commas must touch it. */
static void find_commas_before_stop(struct tail *tail)
{
	const uint8_t *at = tail->at;
	size_t end = tail->label_end, start = end;

	while (start > 0 && at[start - 1] == ',')
		start--;
	if (tail->count <= 15 && end - start >= 2)
		found(tail, end - start == 2 ? run_start(at, start, false) : end - 2, end - 2);
	if (tail->count <= 9 && end - start >= 1)
		found(tail, run_start(at, start, false), end - 1);
}

/* Forms 5 and 6: two commas or a semicolon, and any commas. */
static void find_commas(struct tail *tail)
{
	const uint8_t *at = tail->at;
	size_t place;

	if (tail->count <= 15 && tail->label_end > 0 && at[tail->label_end - 1] == ';')
		found(tail, run_start(at, tail->label_end - 1, false), tail->label_end - 1);
	if (tail->label_end < tail->blanks)
		find_commas_before_stop(tail);
	for (size_t count = 1; count <= 2; count++) {
		place = commas(at, tail->blanks, tail->digits, count);
		if (place < tail->digits && tail->count <= (count == 2 ? 15 : 9))
			found(tail, run_start(at, place, false), place);
	}
}

static void tail_find(struct tail *tail, const uint8_t *at, size_t len)
{
	size_t end = len;

	*tail = (struct tail){ .at = at };
	if (end > 0 && at[end - 1] == '#') {
		tail->hash = true;
		end--;
	}
	tail->digits = end;
	while (tail->digits > 0 && symbol_digit(at[tail->digits - 1]) >= 0)
		tail->digits--;
	tail->count = end - tail->digits;
	if (tail->count == 0)
		return;
	tail->blanks = tail->digits;
	while (tail->blanks > 0 && (is_blank(at[tail->blanks - 1]) || at[tail->blanks - 1] == ',' || at[tail->blanks - 1] == '-'))
		tail->blanks--;
	tail->label_end = tail->blanks - (tail->blanks > 0 && is_stop(at[tail->blanks - 1]));
	if (!tail->hash && tail->count <= 20 && word_before(at, tail->digits, ";ext="))
		found(tail, tail->digits - 5, tail->digits - 5);
	find_labels(tail);
	find_dashes(tail);
	find_commas(tail);
}

size_t extension_first(const uint8_t *at, size_t len)
{
	struct tail tail;
	size_t first = len;

	tail_find(&tail, at, len);
	for (unsigned i = 0; i < tail.found_count; i++)
		if (tail.found[i].first < first)
			first = tail.found[i].first;
	return first;
}

bool extension_within(const uint8_t *at, size_t len, size_t from, size_t to)
{
	struct tail tail;

	tail_find(&tail, at, len);
	for (unsigned i = 0; i < tail.found_count; i++)
		if (tail.found[i].first <= to && tail.found[i].last >= from)
			return true;
	return false;
}
