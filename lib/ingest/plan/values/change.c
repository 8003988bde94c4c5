/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are written otherwise than they are meant: URL-encoded, or in parts of a unit. */
#include "ingest/plan/values/change.h"

#include <string.h>

#include "casefile/form/form.h"

#define UNIT_MORE 16        /* bytes that a number gets more: `0.`, zeros, a point; or a blank and the unit */

static int hex_of(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	byte |= 0x20;
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

void change_url(struct text text, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		const bool whole = text.data[i] == '%' && text.len - i > 2;
		const int high = whole ? hex_of(text.data[i + 1]) : -1;
		const int low = whole ? hex_of(text.data[i + 2]) : -1;

		if (high < 0 || low < 0) {
			buf_byte(out, text.data[i]);
			continue;
		}
		buf_byte(out, (char)(high << 4 | low));
		i += 2;
	}
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Digits, and perhaps a point and digits. */
static bool is_decimal(struct text text, size_t *whole)
{
	size_t i = 0;

	while (i < text.len && is_digit(text.data[i]))
		i++;
	*whole = i;
	if (i == 0 || i == text.len)
		return i > 0;
	if (text.data[i++] != '.' || i == text.len)
		return false;
	while (i < text.len && is_digit(text.data[i]))
		i++;
	return i == text.len;
}

/* Takes zeros behind a point, and that, off what was added from a place on. */
static void trim_zeros(struct buf *out, size_t from)
{
	while (out->len > from && out->data[out->len - 1] == '0')
		out->len--;
	if (out->len > from && out->data[out->len - 1] == '.')
		out->len--;
	if (out->data)
		out->data[out->len] = '\0';
}

bool change_unit(enum profile_unit unit, struct text text, struct buf *out)
{
	static const size_t decimals[] = { [UNIT_MILLI] = 3, [UNIT_MICRO] = 6, [UNIT_NANO] = 9, [UNIT_CENTI] = 2 };
	const size_t places = decimals[unit];
	struct text number = text_trim(text);
	const bool sign = number.len > 0 && (number.data[0] == '-' || number.data[0] == '+');
	const size_t from = out->len;
	size_t whole, left;

	number.data += sign;
	number.len -= sign;
	if (unit == UNIT_AS_WRITTEN || !is_decimal(number, &whole)) {
		buf_add(out, text.data, text.len);
		return number.len == 0;
	}
	buf_add(out, number.data - 1, sign);
	left = whole > places ? whole - places : 0;
	buf_add(out, left ? number.data : "0", left ? left : 1);
	buf_byte(out, '.');
	for (size_t i = whole; i < places; i++)
		buf_byte(out, '0');
	buf_add(out, number.data + left, whole - left);
	buf_add(out, number.data + whole + 1, number.len > whole ? number.len - whole - 1 : 0);
	trim_zeros(out, from);
	return true;
}

/* An amount that is no plain number cannot be taken as it is, which would be another: it gets the unit behind it. */
static void change_by_unit(const struct mapping *mapping, size_t role, struct text value, struct buf *out)
{
	const enum role_type type = kind_info(mapping->kind)->roles[role].type;
	const enum profile_unit unit = mapping->units[role];

	if (!change_unit(unit, value, out) && type == ROLE_AMOUNT)
		buf_format(out, " %s", profile_unit_name(unit, type));
}

static bool is_changed(const struct mapping *mapping, size_t role, struct text value)
{
	return (mapping->url[role] || mapping->units[role] != UNIT_AS_WRITTEN) && value.data &&
	       !form_is_null(value);
}

/* Views stay valid, for there is room for all before the first is written. */
static bool make_room(const struct mapping *mapping, struct mapping_room *room, const struct text *values)
{
	size_t most = 0;

	buf_clear(&room->changed);
	for (size_t role = 0; role < ROLES_MOST; role++)
		if (is_changed(mapping, role, values[role]))
			most += values[role].len + UNIT_MORE + RECORD_READ;
	return buf_room(&room->changed, most);
}

bool change_values(const struct mapping *mapping, struct mapping_room *room,
		   struct text values[static ROLES_MOST])
{
	static const char behind[RECORD_READ];
	struct buf *out = &room->changed;

	if (!make_room(mapping, room, values))
		return false;
	for (size_t role = 0; role < ROLES_MOST; role++) {
		const size_t from = out->len;

		if (!is_changed(mapping, role, values[role]))
			continue;
		if (mapping->url[role])
			change_url(values[role], out);
		else
			change_by_unit(mapping, role, values[role], out);
		values[role] = (struct text){ out->data + from, out->len - from };
		buf_add(out, behind, sizeof(behind));
	}
	return !out->failed;
}
