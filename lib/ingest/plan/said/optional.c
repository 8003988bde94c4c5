/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that may not be there, or not be named. */
#include "ingest/plan/said/optional.h"

static bool is_there(const struct profile_column *column, const struct sample_row *header)
{
	if (!column->name)
		return true;
	for (size_t i = 0; header && i < header->count; i++)
		if (text_is_fold(text_trim(header->fields[i]), column->name))
			return true;
	return false;
}

bool optional_there(const struct profile_role *role, const struct sample_row *header)
{
	return !role->optional || (is_there(&role->column, header) && is_there(&role->second, header) &&
	       (!role->when || is_there(&role->when_column, header)));
}

bool columns_named(const struct profile *profile, size_t width, struct sample_row *row)
{
	const struct text *named = profile->named;

	*row = (struct sample_row){ named, 0 };
	for (size_t i = 0; i < profile->named_lines; i++) {
		row->count = profile->named_counts[i];
		if (row->count == width)
			return true;
		row->fields += row->count;
	}
	return false;
}
