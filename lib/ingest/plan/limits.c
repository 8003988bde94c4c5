/* SPDX-License-Identifier: Apache-2.0 */
/* What no value of a role may hold. */
#include "ingest/plan/limits.h"

#include <string.h>

#include "ingest/format/record.h"

/* Of the number in the text below. */
_Static_assert(RECORD_VALUE_MOST == 65536 && MAPPING_JOIN_MOST == 200, "reasons say what the limits are");
#define TOO_LONG "is longer than 65536 bytes"

static bool exceed(struct excess *excess, int role, const char *reason,
		   struct text value)
{
	excess->role = role;
	excess->reason = reason;
	excess->value = value;
	return true;
}

/* A field that a pattern looks at for a role. */
static bool is_long(const struct text *fields, size_t count, size_t column, int role,
		    struct excess *excess)
{
	return column < count && fields[column].len > RECORD_VALUE_MOST &&
	       exceed(excess, role, TOO_LONG, fields[column]);
}

/* The columns that tell where a role's value is. */
static bool long_pick(const struct mapping *mapping, int role,
		      const struct text *fields, size_t count, struct excess *excess)
{
	for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
		const struct pick *pick = &mapping->picks[role][i];

		if (pick->when && widths_have(&pick->width, count) &&
		    is_long(fields, count, pick->when_column, role, excess))
			return true;
	}
	return false;
}

/* The column that a fallback takes from, and the values that it may look at. */
static bool long_fallback(const struct mapping *mapping,
			  const struct fallback *fallback, const struct text *fields,
			  size_t count, struct excess *excess)
{
	const int role = fallback->role;

	for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
		const struct pick *pick = &mapping->picks[role][i];

		if (!pick->constant && widths_have(&pick->width, count) &&
		    is_long(fields, count, pick->column, role, excess))
			return true;
	}
	return is_long(fields, count, fallback->column, role, excess);
}

/* Two columns that are too much for a time. */
static bool long_join(const struct mapping *mapping, int role, const struct text *fields,
		      size_t count, struct excess *excess)
{
	for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
		const struct pick *pick = &mapping->picks[role][i];

		if (pick->joined && widths_have(&pick->width, count) && pick->column < count &&
		    pick->second < count &&
		    fields[pick->column].len + fields[pick->second].len >= MAPPING_JOIN_MOST)
			return exceed(excess, role, "is no time: two columns of over 199 bytes",
				      fields[pick->column]);
	}
	return false;
}

bool limits_patterns(const struct mapping *mapping, const struct text *fields,
		     size_t count, struct excess *excess)
{
	if (mapping->plain)
		return false;
	for (size_t i = 0; i < mapping->role_count; i++)
		if (long_pick(mapping, mapping->roles[i], fields, count, excess) ||
		    (mapping->joins &&
		     long_join(mapping, mapping->roles[i], fields, count, excess)))
			return true;
	for (size_t i = 0; i < mapping->fallback_count; i++)
		if (long_fallback(mapping, &mapping->fallbacks[i], fields, count,
				  excess))
			return true;
	return false;
}

bool limits_values(const struct mapping *mapping, const struct mapped *values,
		   struct excess *excess)
{
	for (size_t i = 0; i < mapping->role_count; i++) {
		const struct text value = mapped_value(values, i);
		const int role = mapping->roles[i];

		if (value.len > RECORD_VALUE_MOST)
			return exceed(excess, role, TOO_LONG, value);
		if (value.len > 0 && memchr(value.data, '\0', value.len))
			return exceed(excess, role, "holds a NUL byte", value);
	}
	return false;
}
