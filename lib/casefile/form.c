/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts as a form and digits. */
#include "casefile/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/word.h"

/*
 * A machine writes few forms, so nearly every text has one that was met before.
 * Texts of up to SHAPE_LENGTH bytes are looked at eight bytes at a time: which
 * bytes are digits, and what the others are, tell the form without its mask.
 */
#define SHAPE_WORDS 6
#define SHAPE_LENGTH (8 * SHAPE_WORDS)
#define CACHE_SLOTS 256     /* a power of two */

/* What two texts of one form have in common. */
struct shape {
	uint64_t others[SHAPE_WORDS];   /* the highest bit of bytes that are no digit */
	uint64_t kept[SHAPE_WORDS];     /* those bytes; digits are 0 */
	uint32_t words;
	uint32_t len;
};

/* A form and the shape of its texts; form 0: free. */
struct known_form {
	struct shape shape;
	int64_t form;
	uint8_t digits;
	uint8_t places[FORM_DIGITS];    /* of the digits in the text */
};

struct form_cache {
	struct known_form slots[CACHE_SLOTS];
	int64_t of_digits[17];          /* of digits alone, by how many; 0: not met */
};

void forms_release(struct forms *forms)
{
	free(forms->cache);
	dictionary_release(&forms->masks);
	memset(forms, 0, sizeof(*forms));
}

enum status forms_load(struct forms *forms, struct casefile *casefile)
{
	sqlite3_stmt *statement =
		casefile_prepare(casefile, "SELECT id, mask FROM form ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	dictionary_clear(&forms->masks);
	free(forms->cache);
	forms->cache = NULL;
	memset(forms->added, 0, sizeof(forms->added));
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		uint32_t number =
			dictionary_add(&forms->masks, column_text(statement, 1));

		if (number == DICTIONARY_NONE)
			status = error_memory(&casefile->error);
		else if (sqlite3_column_int64(statement, 0) !=
			 FORM_FIRST + (int64_t)number)
			status = error_set(&casefile->error, STATUS_INTEGRITY,
					   "table form: ids are not in sequence");
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	forms->stored = forms->masks.count;
	return status == STATUS_END ? STATUS_OK : status;
}

enum status forms_store(struct forms *forms, struct casefile *casefile)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "INSERT INTO form(id, mask) VALUES(?, ?)");
	enum status status = statement ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK && forms->stored < forms->masks.count) {
		bind_integer(statement, 1, FORM_FIRST + (int64_t)forms->stored);
		bind_blob(statement, 2,
			  dictionary_text(&forms->masks, (uint32_t)forms->stored));
		status = casefile_run(casefile, statement);
		forms->stored++;
	}
	sqlite3_finalize(statement);
	return status;
}

/* Splits a text into mask and digits; false when it has no form. */
static bool split(struct text text, char *mask, size_t *len, int64_t *value)
{
	unsigned digits = 0;
	size_t n = 0;

	*value = 0;
	if (text.len > FORM_LENGTH)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c >= '0' && c <= '9') {
			if (++digits > FORM_DIGITS)
				return false;
			*value = *value * 10 + (c - '0');
			c = '#';
		} else if (c == '#' || c == '\\') {
			mask[n++] = '\\';
		}
		mask[n++] = c;
	}
	*len = n;
	return true;
}

/* The form of a text by its mask, which may be new. */
static int64_t code_by_mask(struct forms *forms, unsigned role, struct text text,
			    int64_t *value)
{
	char mask[2 * FORM_LENGTH];
	struct text view = { mask, 0 };
	uint32_t number;

	if (!split(text, mask, &view.len, value))
		return FORM_HEAP;
	number = dictionary_find(&forms->masks, view);
	if (number == DICTIONARY_NONE) {
		if (forms->masks.count >= FORM_MOST ||
		    forms->added[role] >= FORM_ROLE_MOST)
			return FORM_HEAP;
		number = dictionary_add(&forms->masks, view);
		if (number == DICTIONARY_NONE)
			return FORM_HEAP;
		forms->added[role]++;
	}
	return FORM_FIRST + (int64_t)number;
}

/* Takes the shape of a text of 1 to SHAPE_LENGTH bytes, and where to look for it. */
static size_t take_shape(struct text text, struct shape *shape)
{
	uint64_t hash = text.len;
	size_t left = text.len;
	const char *at = text.data;

	shape->len = (uint32_t)text.len;
	shape->words = (uint32_t)((text.len + 7) / 8);
	for (uint32_t i = 0; i < shape->words; i++, at += 8, left -= 8) {
		const uint64_t word = left >= 8 ? word_load(at)
						: word_load_part(at, left);
		const uint64_t others = word_others(word);

		shape->others[i] = others;
		shape->kept[i] = word & (others >> 7) * 0xff;
		hash = (hash ^ others ^ shape->kept[i]) *
		       UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return hash & (CACHE_SLOTS - 1);
}

static bool same_shape(const struct shape *a, const struct shape *b)
{
	uint64_t unlike = 0;

	if (a->len != b->len)
		return false;
	for (uint32_t i = 0; i < a->words; i++)
		unlike |= (a->others[i] ^ b->others[i]) |
			  (a->kept[i] ^ b->kept[i]);
	return unlike == 0;
}

/* The digits of a text of a known form, as two numbers side by side, for that
 * takes half as long as one after another. */
static int64_t gather(const struct known_form *known, const char *data)
{
	static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
					  10000000, 100000000, 1000000000 };
	const unsigned half = known->digits / 2;
	const uint8_t *place = known->places;
	int64_t first = 0, second = 0;

	for (unsigned i = 0; i < half; i++) {
		first = first * 10 + (data[place[i]] - '0');
		second = second * 10 + (data[place[half + i]] - '0');
	}
	if (known->digits % 2)
		return (first * powers[half] + second) * 10 +
		       (data[place[known->digits - 1]] - '0');
	return first * powers[half] + second;
}

static void remember(struct known_form *known, const struct shape *shape,
		     int64_t form, struct text text)
{
	known->shape = *shape;
	known->form = form;
	known->digits = 0;
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			known->places[known->digits++] = (uint8_t)i;
}

/* The value of up to 16 digits; false: there is another byte. */
static bool read_digits(struct text text, int64_t *value)
{
	const size_t half = text.len > 8 ? 8 : text.len;
	const uint64_t word = word_load_part(text.data, half);
	uint64_t rest, number;

	if (word_others(word) & UINT64_MAX >> (64 - 8 * half))
		return false;
	number = word_number(word, half);
	if (text.len > 8) {
		static const uint64_t powers[] = { 1, 10, 100, 1000, 10000, 100000,
						   1000000, 10000000, 100000000 };

		rest = word_load_part(text.data + 8, text.len - 8);
		if (word_others(rest) & UINT64_MAX >> (128 - 8 * text.len))
			return false;
		number = number * powers[text.len - 8] +
			 word_number(rest, text.len - 8);
	}
	*value = (int64_t)number;
	return true;
}

/* Codes a text by what was met before, or remembers it. */
static int64_t code_by_shape(struct forms *forms, unsigned role, struct text text,
			     int64_t *value)
{
	struct shape shape;
	struct known_form *known = &forms->cache->slots[take_shape(text, &shape)];
	int64_t form;

	if (known->form && same_shape(&shape, &known->shape)) {
		*value = gather(known, text.data);
		return known->form;
	}
	form = code_by_mask(forms, role, text, value);
	if (form != FORM_HEAP)
		remember(known, &shape, form, text);
	return form;
}

int64_t forms_code(struct forms *forms, unsigned role, struct text text,
		   int64_t *value)
{
	int64_t *form;

	if (!forms->cache)
		forms->cache = calloc(1, sizeof(*forms->cache));
	if (!forms->cache || text.len == 0 || text.len > SHAPE_LENGTH)
		return code_by_mask(forms, role, text, value);
	if (text.len > 16 || !read_digits(text, value))
		return code_by_shape(forms, role, text, value);
	form = &forms->cache->of_digits[text.len];
	if (*form)
		return *form;
	*form = code_by_mask(forms, role, text, value);
	if (*form != FORM_HEAP)
		return *form;
	*form = 0;
	return FORM_HEAP;
}

static unsigned count_digits(struct text mask)
{
	unsigned count = 0;

	for (size_t i = 0; i < mask.len; i++) {
		if (mask.data[i] == '\\')
			i++;
		else if (mask.data[i] == '#')
			count++;
	}
	return count;
}

bool forms_text(const struct forms *forms, int64_t form, int64_t value,
		struct buf *out)
{
	char digits[FORM_DIGITS + 1];
	struct text mask;
	unsigned count, next = 0;

	if (form < FORM_FIRST || value < 0 ||
	    form - FORM_FIRST >= (int64_t)forms->masks.count)
		return false;
	mask = dictionary_text(&forms->masks, (uint32_t)(form - FORM_FIRST));
	count = count_digits(mask);
	if (count > FORM_DIGITS)
		return false;
	for (unsigned i = count; i > 0; i--, value /= 10)
		digits[i - 1] = (char)('0' + value % 10);
	for (size_t i = 0; i < mask.len; i++) {
		if (mask.data[i] == '#')
			buf_byte(out, digits[next++]);
		else if (mask.data[i] == '\\' && i + 1 < mask.len)
			buf_byte(out, mask.data[++i]);
		else
			buf_byte(out, mask.data[i]);
	}
	return value == 0;
}
