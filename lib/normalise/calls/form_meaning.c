/* SPDX-License-Identifier: Apache-2.0 */
/* What the digits of each form mean, settled once a form. */
#include "normalise/calls/form_meaning.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time/calendar.h"
#include "number/read/number_form.h"

#define DAY_MS INT64_C(86400000)
/* Times 10^6, within 64 bits. */
#define DIGITS_MOST INT64_C(1000000000000)

const int64_t meaning_powers[MEANING_DECIMALS + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* Takes a mask apart into its text, with 0 for digits, and their places. */
static void take_apart(struct meaning *meaning, struct text mask, char *text)
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

static void find_time(struct meaning *meaning, struct text mask)
{
	static const char time[] = "####-##-## ##:##:##";
	const size_t len = sizeof(time) - 1;

	meaning->utc = mask.len == len + 1 && mask.data[len] == 'Z';
	if (mask.len != len && !meaning->utc)
		return;
	meaning->time = !memcmp(mask.data, time, 10) &&
			(mask.data[10] == ' ' || mask.data[10] == 'T') &&
			!memcmp(mask.data + 11, time + 11, 8);
}

/* Digits, or digits and a point between them: no sign, no exponent. */
static void find_decimal(struct meaning *meaning, struct text mask)
{
	const char *point = memchr(mask.data, '.', mask.len);
	const size_t behind =
		point ? mask.len - 1 - (size_t)(point - mask.data) : 0;

	if (meaning->digits == 0 || mask.data[0] != '#' ||
	    mask.data[mask.len - 1] != '#' ||
	    mask.len != meaning->digits + (size_t)(point != NULL))
		return;
	meaning->decimal = behind <= MEANING_DECIMALS;
	meaning->decimals = (uint8_t)behind;
}

enum status meanings_open(struct meanings *meanings, const struct forms *forms,
			  struct error *error)
{
	const size_t count = forms->masks.count;

	memset(meanings, 0, sizeof(*meanings));
	meanings->items = calloc(count ? count : 1, sizeof(*meanings->items));
	meanings->texts = memory_array(NULL, count, FORM_LENGTH);
	if (!meanings->items || !meanings->texts)
		return error_memory(error);
	for (size_t i = 0; i < count; i++) {
		struct meaning *meaning = &meanings->items[i];
		struct text mask = dictionary_text(&forms->masks, (uint32_t)i);

		take_apart(meaning, mask, meanings->texts + i * FORM_LENGTH);
		if (!meaning->sound)
			continue;
		find_time(meaning, mask);
		find_decimal(meaning, mask);
		meaning->number = number_form(meaning->text, meaning->len,
					      meaning->digits, &meaning->plus);
	}
	meanings->count = count;
	return STATUS_OK;
}

void meanings_release(struct meanings *meanings)
{
	free(meanings->items);
	free(meanings->texts);
	memset(meanings, 0, sizeof(*meanings));
}

static struct text fill(const struct meaning *meaning, int64_t value, char *room)
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

struct text meanings_fill(const struct meanings *meanings, int64_t form,
			  int64_t value, char room[static FORM_LENGTH])
{
	const struct meaning *meaning = meaning_of(meanings, form);

	return meaning ? fill(meaning, value, room) : (struct text){ NULL, 0 };
}

struct text meanings_text(const struct meanings *meanings,
			  const struct segment *segment, enum call_role role,
			  uint32_t i, char room[static FORM_LENGTH])
{
	const int64_t form = segment_found(segment, FOUND_FORM(role), i);
	const int64_t value = segment_found(segment, FOUND_VALUE(role), i);
	const struct meaning *meaning = meaning_of(meanings, form);
	struct text text = { NULL, 0 };

	if (meaning)
		return fill(meaning, value, room);
	if (form == FORM_NULL && value == 0)
		return text_of("");
	if (form != FORM_HEAP || !segment_heap(segment, value, &text))
		text = (struct text){ NULL, 0 };
	return text;
}

/* Years before 1971, and 2000, have times that mean no
 * time. */
static bool find_day(struct meaning_day *day, int64_t date)
{
	const int64_t year = date / 10000;
	const unsigned month = (unsigned)(date / 100 % 100);
	const unsigned number = (unsigned)(date % 100);

	if (year < 1971 || year > 9999 || year == 2000 ||
	    !calendar_has((int)year, month, number))
		return false;
	day->date = date;
	day->ms = calendar_days((int)year, month, number) * DAY_MS;
	return true;
}

bool meaning_minute(struct meaning_day *day, int64_t minute)
{
	const int64_t date = minute / 10000;
	const int64_t hours = minute / 100 % 100, minutes = minute % 100;

	if (hours > 23 || minutes > 59 || date == 0 ||
	    (date != day->date && !find_day(day, date)))
		return false;
	day->minute = minute + 1;
	day->minute_ms = day->ms + (hours * 60 + minutes) * 60000;
	return true;
}
