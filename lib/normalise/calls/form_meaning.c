/* SPDX-License-Identifier: Apache-2.0 */
/* What the digits of each form mean, settled once a form. */
#include "normalise/calls/form_meaning.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "number/read/number_form.h"

/* Times 10^6, within 64 bits. */
#define DIGITS_MOST INT64_C(1000000000000)

const int64_t form_meaning_powers[FORM_MEANING_DECIMALS + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* Takes a mask apart into its text, with 0 for digits, and their places. */
static void take_apart(struct form_meaning *meaning, struct text mask, char *text)
{
	size_t len = 0;
	unsigned digits = 0;

	for (size_t i = 0; i < mask.len; i++) {
		char c = mask.data[i];

		/* No mask that this program made is so long. */
		if (len == FORM_LENGTH || (c == '#' && digits == FORM_DIGITS))
			return;
		if (c == '#') {
			meaning->places[digits++] = (uint8_t)len;
			c = '0';
		} else if (c == '\\' && i + 1 < mask.len) {
			c = mask.data[++i];
		}
		text[len++] = c;
	}
	meaning->text = text;
	meaning->len = (uint8_t)len;
	meaning->digits = (uint8_t)digits;
	meaning->whole = 1;
	while (digits--)
		meaning->whole *= 10;
	meaning->limit = meaning->whole < DIGITS_MOST ? meaning->whole : DIGITS_MOST;
	meaning->sound = true;
}

static void find_time(struct form_meaning *meaning)
{
	const bool utc = meaning->len == 20 && meaning->text[19] == 'Z';
	int64_t zeros;

	meaning->time = clock_digits(meaning->text, (size_t)(meaning->len - utc), &zeros);
	meaning->utc = meaning->time && utc;
}

/* Digits, or digits and a point between them: no sign, no exponent. */
static void find_decimal(struct form_meaning *meaning, struct text mask)
{
	const char *point = memchr(mask.data, '.', mask.len);
	const size_t behind =
		point ? mask.len - 1 - (size_t)(point - mask.data) : 0;

	if (meaning->digits == 0 || mask.data[0] != '#' ||
	    mask.data[mask.len - 1] != '#' ||
	    mask.len != meaning->digits + (size_t)(point != NULL))
		return;
	meaning->decimal = behind <= FORM_MEANING_DECIMALS;
	meaning->decimals = (uint8_t)behind;
	meaning->either = behind == 3 && meaning->digits <= 6;
}

enum status form_meanings_open(struct form_meanings *meanings, const struct forms *forms,
			       struct error *error)
{
	const size_t count = forms->masks.count;

	memset(meanings, 0, sizeof(*meanings));
	meanings->items = calloc(count ? count : 1, sizeof(*meanings->items));
	meanings->texts = memory_array(NULL, count, FORM_LENGTH);
	if (!meanings->items || !meanings->texts)
		return error_memory(error);
	for (size_t i = 0; i < count; i++) {
		struct form_meaning *meaning = &meanings->items[i];
		struct text mask = dictionary_text(&forms->masks, (uint32_t)i);

		take_apart(meaning, mask, meanings->texts + i * FORM_LENGTH);
		if (!meaning->sound)
			continue;
		find_time(meaning);
		find_decimal(meaning, mask);
		meaning->number = number_form(meaning->text, meaning->len,
					      meaning->digits, &meaning->plus,
					      &meaning->alone);
	}
	meanings->count = count;
	return STATUS_OK;
}

void form_meanings_release(struct form_meanings *meanings)
{
	free(meanings->items);
	free(meanings->texts);
	memset(meanings, 0, sizeof(*meanings));
}

static struct text fill(const struct form_meaning *meaning, int64_t value, char *room)
{
	const struct text none = { NULL, 0 };
	struct text text = { room, meaning->len };
	uint64_t rest = (uint64_t)value;

	if (!meaning->sound || value < 0)
		return none;
	if (meaning->digits == 0) {
		text.data = meaning->text;
		return rest ? none : text;
	}
	memcpy(room, meaning->text, meaning->len);
	for (unsigned k = meaning->digits; k > 0; k--, rest /= 10)
		room[meaning->places[k - 1]] = (char)('0' + rest % 10);
	return rest ? none : text;
}

struct text form_meanings_fill(const struct form_meanings *meanings, int64_t form,
			       int64_t value, char room[static FORM_LENGTH])
{
	const struct form_meaning *meaning = form_meaning_of(meanings, form);

	return meaning ? fill(meaning, value, room) : (struct text){ NULL, 0 };
}

struct text form_meanings_text(const struct form_meanings *meanings,
			       const struct segment *segment, enum call_role role,
			       uint32_t i, char room[static FORM_LENGTH])
{
	const int64_t form = segment_found(segment, FOUND_FORM(role), i);
	const int64_t value = segment_found(segment, FOUND_VALUE(role), i);
	const struct form_meaning *meaning = form_meaning_of(meanings, form);
	struct text text = { NULL, 0 };

	if (meaning)
		return fill(meaning, value, room);
	if (form == FORM_NULL && value == 0)
		return text_of("");
	if (form != FORM_HEAP || !segment_heap(segment, value, &text))
		text = (struct text){ NULL, 0 };
	return text;
}
