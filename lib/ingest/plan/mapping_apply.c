/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a row by its mapping. */
#include "ingest/plan/mapping.h"

static enum status apply_pick(const struct pick *pick, struct matcher *matcher,
			      const struct text *fields, size_t count,
			      struct text *value)
{
	enum match match = MATCH_YES;

	if (!widths_have(&pick->width, count) || pick->column >= count)
		return STATUS_SKIP;
	if (pick->when)
		match = pick->when_column < count
				? pattern_match(pick->when, matcher,
						fields[pick->when_column], NULL)
				: MATCH_NO;
	if (match == MATCH_YES) {
		value->data = fields[pick->column].data;
		value->len = fields[pick->column].len;
	}
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
	return match == MATCH_FAILED ? STATUS_FAILED : STATUS_OK;
}

enum status mapping_apply(const struct mapping *mapping, struct matcher *matcher,
			  const struct text *fields, size_t count,
			  struct text *values)
{
	enum status status = STATUS_OK;

	for (size_t role = 0; role < ROLES_MOST; role++) {
		values[role].data = NULL;
		values[role].len = 0;
		for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
			status = apply_pick(&mapping->picks[role][i], matcher,
					    fields, count, &values[role]);
			if (status == STATUS_FAILED)
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
	return STATUS_OK;
}

void mapping_settle(struct mapping *mapping)
{
	mapping->role_count = 0;
	mapping->width = 0;
	mapping->plain = mapping->fallback_count == 0;
	for (int role = 0; role < ROLES_MOST; role++) {
		const struct pick *pick = &mapping->picks[role][0];

		if (mapping->pick_counts[role] == 0)
			continue;
		if (mapping->pick_counts[role] > 1 || pick->when ||
		    pick->width.most > 0)
			mapping->plain = false;
		if (pick->column >= mapping->width)
			mapping->width = pick->column + 1;
		mapping->columns[mapping->role_count] = pick->column;
		mapping->roles[mapping->role_count++] = role;
	}
}

enum status mapping_values(const struct mapping *mapping, struct matcher *matcher,
			   const struct text *fields, size_t count,
			   struct mapped *mapped)
{
	static const size_t in_order[ROLES_MOST] = { 0, 1, 2,  3,  4,  5,  6,  7,
						     8, 9, 10, 11, 12, 13, 14, 15 };
	struct text values[ROLES_MOST];
	enum status status;

	if (mapping->plain && count >= mapping->width) {
		mapped->texts = fields;
		mapped->which = mapping->columns;
		return STATUS_OK;
	}
	status = mapping_apply(mapping, matcher, fields, count, values);
	for (size_t i = 0; i < mapping->role_count; i++)
		mapped->room[i] = values[mapping->roles[i]];
	mapped->texts = mapped->room;
	mapped->which = in_order;
	return status;
}
