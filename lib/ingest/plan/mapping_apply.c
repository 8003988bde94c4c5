/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a row by its mapping. */
#include "ingest/plan/mapping.h"

#include <string.h>

#include "ingest/plan/values/change.h"

/* A row whose values are being told. */
struct applying {
	const struct mapping *mapping;
	struct matcher *matcher;
	struct mapping_room *room;
	const struct text *fields;
	size_t count;
};

static bool is_none(const struct applying *a, const char *role, struct text text)
{
	return text_trim(text).len == 0 ||
	       (a->room->absents && absents_in(a->room->absents, role, text));
}

/* A date and a time of day, each as found. */
static struct text join(const struct applying *a, const char *role, const struct pick *pick)
{
	const struct text first = a->fields[pick->column];
	const struct text second =
		pick->second < a->count ? a->fields[pick->second] : (struct text){ "", 0 };
	struct text value = { NULL, first.len + 1 + second.len };
	char *to;

	if (is_none(a, role, first) || is_none(a, role, second) ||
	    value.len > MAPPING_JOIN_MOST || a->room->used == MAPPING_JOINS)
		return first;
	value.data = to = a->room->joined[a->room->used++];
	memcpy(to, first.data, first.len);
	to[first.len] = ' ';
	memcpy(to + first.len + 1, second.data, second.len);
	memset(to + value.len, 0, RECORD_READ);
	return value;
}

static struct text value_of(const struct applying *a, size_t role, const struct pick *pick)
{
	if (pick->constant)
		return mapping_said(a->mapping, role);
	return pick->joined ? join(a, kind_info(a->mapping->kind)->roles[role].name, pick)
			    : a->fields[pick->column];
}

static enum status apply_pick(const struct applying *a, size_t role, const struct pick *pick,
			      struct text *value)
{
	const struct text *fields = a->fields;
	const size_t count = a->count;
	enum match match = MATCH_YES;

	if (!widths_have(&pick->width, count) || (!pick->constant && pick->column >= count))
		return STATUS_SKIP;
	if (pick->when)
		match = pick->when_column < count
				? pattern_match(pick->when, a->matcher,
						fields[pick->when_column], NULL)
				: MATCH_NO;
	if (match == MATCH_YES)
		*value = value_of(a, role, pick);
	if (match == MATCH_MEMORY)
		return STATUS_MEMORY;
	if (match == MATCH_FAILED)
		return STATUS_FAILED;
	return match == MATCH_YES ? STATUS_OK : STATUS_SKIP;
}

static enum status apply_fallback(const struct fallback *fallback,
				  struct matcher *matcher,
				  const struct text *fields, size_t count,
				  struct text *value)
{
	struct text taken;
	enum match match;

	if (!value->data || fallback->column >= count)
		return STATUS_OK;
	match = pattern_match(fallback->when, matcher, *value, NULL);
	if (match == MATCH_YES)
		match = pattern_match(fallback->take, matcher,
				      fields[fallback->column], &taken);
	if (match == MATCH_YES)
		*value = taken;
	if (match == MATCH_MEMORY)
		return STATUS_MEMORY;
	return match == MATCH_FAILED ? STATUS_FAILED : STATUS_OK;
}

enum status mapping_apply(const struct mapping *mapping, struct matcher *matcher,
			  struct mapping_room *room, const struct text *fields, size_t count,
			  struct text *values)
{
	const struct applying applying = { mapping, matcher, room, fields, count };
	enum status status = STATUS_OK;

	room->used = 0;
	for (size_t role = 0; role < ROLES_MOST; role++) {
		values[role].data = NULL;
		values[role].len = 0;
		for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
			status = apply_pick(&applying, role, &mapping->picks[role][i],
					    &values[role]);
			if (status == STATUS_FAILED || status == STATUS_MEMORY)
				return status;
			if (status == STATUS_OK)
				break;
		}
	}
	for (size_t i = 0; i < mapping->fallback_count; i++) {
		const struct fallback *fallback = &mapping->fallbacks[i];

		status = apply_fallback(fallback, matcher, fields, count,
					&values[fallback->role]);
		if (status != STATUS_OK)
			return status;
	}
	return mapping->changes && !change_values(mapping, room, values) ? STATUS_MEMORY : STATUS_OK;
}

void mapping_settle(struct mapping *mapping)
{
	mapping->role_count = 0;
	mapping->width = 0;
	mapping->joins = mapping->changes = false;
	mapping->plain = mapping->fallback_count == 0;
	for (int role = 0; role < ROLES_MOST; role++) {
		const struct pick *pick = &mapping->picks[role][0];

		if (mapping->pick_counts[role] == 0)
			continue;
		if (mapping->pick_counts[role] > 1 || pick->when ||
		    pick->width.most > 0 || pick->constant || pick->joined)
			mapping->plain = false;
		for (size_t i = 0; i < mapping->pick_counts[role]; i++)
			mapping->joins = mapping->joins || mapping->picks[role][i].joined;
		if (mapping->url[role] || mapping->units[role] != UNIT_AS_WRITTEN)
			mapping->changes = true;
		if (pick->column >= mapping->width)
			mapping->width = pick->column + 1;
		mapping->columns[mapping->role_count] = pick->column;
		mapping->roles[mapping->role_count++] = role;
	}
	mapping->plain = mapping->plain && !mapping->changes;
}

bool mapping_say(struct mapping *mapping, int role, struct text value)
{
	const struct text said = mapping_said(mapping, (size_t)role);

	if (said.len > 0)
		return text_equal(said, value);
	if (value.len == 0 || value.len > MAPPING_CONSTANT_MOST)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.data[i] < ' ' || value.data[i] == 0x7f)
			return false;
	memcpy(mapping->constants[role], value.data, value.len);
	mapping->constant_lens[role] = value.len;
	return true;
}

enum status mapping_values(const struct mapping *mapping, struct matcher *matcher,
			   struct mapping_room *room, const struct text *fields, size_t count,
			   struct mapped *mapped)
{
	static const size_t in_order[ROLES_MOST] = { 0, 1, 2,  3,  4,  5,  6,  7,
						     8, 9, 10, 11, 12, 13, 14, 15 };
	struct text values[ROLES_MOST];
	enum status status;

	if (mapping_plain(mapping, fields, count, mapped))
		return STATUS_OK;
	status = mapping_apply(mapping, matcher, room, fields, count, values);
	for (size_t i = 0; i < mapping->role_count; i++)
		mapped->room[i] = values[mapping->roles[i]];
	mapped->texts = mapped->room;
	mapped->which = in_order;
	return status;
}
