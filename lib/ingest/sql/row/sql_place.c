/* SPDX-License-Identifier: Apache-2.0 */
/* From one row to the next, and from values to fields. */
#include "ingest/sql/row/sql_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"

/* ---- between rows ---- */

static const char *skip_blanks(const char *at, const char *to)
{
	while (at < to && sql_is_blank(*at))
		at++;
	return at;
}

/* Blanks and comments; NULL: they may go on. */
static const char *skip_between(const struct sql_manner *manner, const char *at, const char *to)
{
	struct sql_skim skim = { 0 };

	for (;;) {
		at = skip_blanks(at, to);
		if (at == to)
			return to;
		if (*at != '-' && *at != '/' && !(*at == '#' && manner->sharp))
			return at;
		if (*at != '#' && to - at < 2)
			return NULL;
		if (*at != '#' && at[1] != (*at == '-' ? '-' : '*'))
			return at;
		/* What the server runs is no comment. */
		if (*at == '/' && (to - at < 3 || at[2] == '!' || at[2] == 'M'))
			return to - at < 3 ? NULL : at;
		do
			(void)sql_skim_byte(&skim, manner, *at++);
		while (at < to && (skim.where != SQL_CODE || skim.last == '-' || skim.last == '/'));
		if (skim.where != SQL_CODE)
			return NULL;
	}
}

static enum sql_between at_prefix(struct text prefix, const char **at, const char *to)
{
	const char *from = skip_blanks(*at + 1, to);
	const size_t left = (size_t)(to - from);
	const size_t len = left < prefix.len ? left : prefix.len;

	if (prefix.len == 0 || memcmp(from, prefix.data, len) != 0)
		return SQL_BETWEEN_OTHER;
	if (left <= prefix.len)
		return SQL_BETWEEN_MORE;
	if (from[prefix.len] != '(')
		return SQL_BETWEEN_OTHER;
	*at = from + prefix.len;
	return SQL_BETWEEN_ROW;
}

enum sql_between sql_between(const struct sql_manner *manner, struct text prefix, const char **at,
			     const char *to)
{
	const char *from = *at;

	if (to - from > 2 && from[0] == ',') {
		const size_t blanks = from[1] == '\n';

		if (from[1 + blanks] == '(') {
			*at = from + 1 + blanks;
			return SQL_BETWEEN_ROW;
		}
	}
	from = skip_between(manner, from, to);
	if (from && from < to && *from == ',')
		from = skip_between(manner, from + 1, to);
	if (!from || from == to)
		return SQL_BETWEEN_MORE;
	*at = from;
	if (*from == '(')
		return SQL_BETWEEN_ROW;
	return *from == ';' ? at_prefix(prefix, at, to) : SQL_BETWEEN_OTHER;
}

/* ---- fields ---- */

static size_t place_at(struct text places, size_t i)
{
	return (unsigned char)places.data[2 * i] | (size_t)(unsigned char)places.data[2 * i + 1] << 8;
}

static bool make_room(struct sql_placed *placed, size_t width)
{
	void *own = placed->own;

	placed->failed = !memory_room(&own, &placed->capacity, width, sizeof(*placed->own));
	placed->own = own;
	return !placed->failed;
}

bool sql_place(struct sql_placed *placed, struct sql_row *row, struct text places, size_t width)
{
	const size_t count = places.len / 2;

	placed->fields = row->values;
	placed->count = row->count;
	placed->nulls = row->nulls;
	if (row->why[0] || places.len == 0)
		return true;
	if (row->count != count) {
		(void)snprintf(row->why, sizeof(row->why), "has %zu value%s for %zu column%s",
			       row->count, plural(row->count), count, plural(count));
		return true;
	}
	if (!make_room(placed, width))
		return false;
	for (size_t i = 0; i < width; i++)
		placed->own[i] = form_null();
	for (size_t i = 0; i < count; i++)
		if (place_at(places, i) < width)
			placed->own[place_at(places, i)] = row->values[i];
	placed->fields = placed->own;
	placed->count = width;
	placed->nulls = placed->nulls || width > count;
	return true;
}

void sql_placed_release(struct sql_placed *placed)
{
	free(placed->own);
	memset(placed, 0, sizeof(*placed));
}
