/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts as a form and digits. */
#include "casefile/form/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

const char form_null_bytes[FORMCACHE_READ] = { 0 };

void forms_release(struct forms *forms)
{
	formcache_free(forms->cache);
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
	if (forms->cache)
		formcache_clear(forms->cache);
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
		else
			status = columns_read(casefile, statement);
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
			return FORM_FAILED;
		forms->added[role]++;
	}
	return FORM_FIRST + (int64_t)number;
}

/* The form of a text that was met of late, or 0. */
static int64_t code_by_looks(const struct formcache *cache, struct text text,
			     int64_t *value)
{
	char room[FORMCACHE_READ] = { 0 };
	const struct text copy = { room, text.len };
	const size_t first = 0;
	int64_t form, values[FORMCACHE_GROUP];

	if (text.len > FORMCACHE_TEXT)
		return 0;
	if (text.len)
		memcpy(room, text.data, text.len);
	(void)formcache_fastest()(cache, &copy, &first, 1, &form, values);
	*value = values[0];
	return form;
}

int64_t forms_code_with(struct forms *forms, struct formcache *cache, unsigned role,
			struct text text, int64_t *value)
{
	int64_t form = code_by_looks(cache, text, value);

	if (form)
		return form;
	form = code_by_mask(forms, role, text, value);
	if (form >= FORM_FIRST)
		formcache_add(cache, text, form);
	return form;
}

int64_t forms_code(struct forms *forms, unsigned role, struct text text,
		   int64_t *value)
{
	if (!forms->cache)
		forms->cache = formcache_new();
	return forms->cache ? forms_code_with(forms, forms->cache, role, text, value)
			    : code_by_mask(forms, role, text, value);
}

/* ---- looking for texts ---- */

int64_t forms_find(const struct forms *forms, struct text text, int64_t *value)
{
	char mask[2 * FORM_LENGTH];
	struct text view = { mask, 0 };
	uint32_t number = DICTIONARY_NONE;

	if (split(text, mask, &view.len, value))
		number = dictionary_find(&forms->masks, view);
	return number == DICTIONARY_NONE ? FORM_HEAP : FORM_FIRST + (int64_t)number;
}

bool form_mask_is_plain(struct text mask)
{
	for (size_t i = 0; i < mask.len; i++) {
		if (mask.data[i] >= '0' && mask.data[i] <= '9')
			return false;
		if (mask.data[i] == '\\' &&
		    (++i == mask.len || (mask.data[i] != '\\' && mask.data[i] != '#')))
			return false;
	}
	return true;
}

bool form_mask_fits(struct text mask, struct text text, int64_t *value)
{
	unsigned digits = 0;
	size_t at = 0;

	*value = 0;
	for (size_t i = 0; i < mask.len; i++, at++) {
		if (at == text.len)
			return false;
		if (mask.data[i] == '#') {
			if (text.data[at] < '0' || text.data[at] > '9' || ++digits > FORM_DIGITS)
				return false;
			*value = *value * 10 + (text.data[at] - '0');
			continue;
		}
		i += mask.data[i] == '\\' && i + 1 < mask.len;
		if (text.data[at] != mask.data[i])
			return false;
	}
	return at == text.len;
}

/* ---- what others have to know ---- */

void forms_news(const struct forms *forms, size_t from, struct buf *out)
{
	buf_clear(out);
	for (size_t i = from; i < forms->masks.count; i++) {
		const struct text mask =
			dictionary_text(&forms->masks, (uint32_t)i);

		buf_add(out, &mask.len, sizeof(mask.len));
		buf_add(out, mask.data, mask.len);
	}
}

bool forms_adopt(struct forms *forms, struct text news, const uint32_t *added)
{
	struct text mask;

	while (news.len >= sizeof(mask.len)) {
		memcpy(&mask.len, news.data, sizeof(mask.len));
		mask.data = news.data + sizeof(mask.len);
		if (dictionary_add(&forms->masks, mask) == DICTIONARY_NONE)
			return false;
		news.data += sizeof(mask.len) + mask.len;
		news.len -= sizeof(mask.len) + mask.len;
	}
	memcpy(forms->added, added, sizeof(forms->added));
	return true;
}

bool forms_copy(struct forms *to, const struct forms *from)
{
	struct buf masks = { 0 };
	bool good;

	memset(to, 0, sizeof(*to));
	forms_news(from, 0, &masks);
	good = !masks.failed && forms_adopt(to, buf_view(&masks), from->added);
	to->stored = to->masks.count;
	buf_release(&masks);
	return good;
}

void forms_state(const struct forms *forms, struct buf *out)
{
	for (unsigned role = 0; role < FORM_ROLES; role++)
		buf_format(out, "%s%u", role ? " " : "",
			   (unsigned)forms->added[role]);
}

bool forms_restore(struct forms *forms, struct text state)
{
	for (unsigned role = 0; role < FORM_ROLES; role++) {
		const char *end = state.len ? memchr(state.data, ' ', state.len)
					    : NULL;
		struct text number = { state.data, state.len };
		uint64_t value;

		if ((end != NULL) != (role + 1 < FORM_ROLES))
			return false;
		if (end)
			number.len = (size_t)(end - state.data);
		if (!text_to_u64(number, &value) || value > FORM_ROLE_MOST)
			return false;
		forms->added[role] = (uint32_t)value;
		state.data += number.len + (end != NULL);
		state.len -= number.len + (end != NULL);
	}
	return true;
}

/* ---- texts again ---- */

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

	if (form == FORM_NULL)
		return value == 0;
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

/* ---- what can be given back ---- */

/* 10 to the power of the digits of a mask; of too many: 0. */
static uint64_t mask_limit(struct text mask)
{
	const unsigned count = count_digits(mask);
	uint64_t limit = 1;

	for (unsigned i = 0; i < count && count <= FORM_DIGITS; i++)
		limit *= 10;
	return count <= FORM_DIGITS ? limit : 0;
}

bool form_limits_open(struct form_limits *limits, const struct forms *forms)
{
	const size_t before = FORM_FIRST - FORM_NULL;

	limits->count = before + forms->masks.count;
	limits->below = memory_array(NULL, limits->count, sizeof(*limits->below));
	if (!limits->below)
		return false;
	limits->below[FORM_NULL - FORM_NULL] = 1;
	limits->below[FORM_ABSENT - FORM_NULL] = UINT64_MAX;
	limits->below[FORM_HEAP - FORM_NULL] = 0;
	for (size_t i = 0; i < forms->masks.count; i++)
		limits->below[before + i] = mask_limit(dictionary_text(&forms->masks, (uint32_t)i));
	return true;
}

void form_limits_release(struct form_limits *limits)
{
	free(limits->below);
	memset(limits, 0, sizeof(*limits));
}
