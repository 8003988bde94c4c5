/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts as a form and digits. */
#include "casefile/form.h"

#include <string.h>

void forms_release(struct forms *forms)
{
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

int64_t forms_code(struct forms *forms, unsigned role, struct text text,
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
