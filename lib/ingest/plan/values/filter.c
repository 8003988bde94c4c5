/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are none of the kind: lines keep and drop of a profile. */
#include "ingest/plan/values/filter.h"

#define PATTERN_SHOWN 80

/* Where there is no such field it is empty. */
static struct text field_of(const struct filter *filter, const struct text *fields, size_t count)
{
	const struct text none = { "", 0 };
	struct text field = filter->column < count ? fields[filter->column] : none;

	return field.data ? field : none;
}

enum status filter_row(const struct mapping *mapping, struct matcher *matcher,
		       const struct text *fields, size_t count, size_t *number)
{
	for (size_t i = 0; i < mapping->filter_count; i++) {
		const struct filter *filter = &mapping->filters[i];
		const struct text field = field_of(filter, fields, count);
		enum match match = MATCH_FAILED;

		*number = i;
		if (field.len <= RECORD_VALUE_MOST)
			match = pattern_match(filter->pattern, matcher, field, NULL);
		if (match == MATCH_MEMORY)
			return STATUS_MEMORY;
		if (match == MATCH_FAILED)
			return STATUS_FAILED;
		if ((match == MATCH_YES) != filter->keep)
			return STATUS_SKIP;
	}
	return STATUS_OK;
}

enum status filter_resolve(struct mapping *mapping, const struct mapping_request *request,
			   struct error *error)
{
	const struct profile *profile = request->profile;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < profile->filter_count && status == STATUS_OK; i++) {
		struct filter *filter = &mapping->filters[mapping->filter_count++];

		filter->pattern = profile->filters[i].pattern;
		filter->keep = profile->filters[i].keep;
		status = mapping_locate(request, &profile->filters[i].column, &filter->column, error);
	}
	return status;
}

void filter_describe(const struct filter *filter, const struct sample_row *header, struct buf *out)
{
	buf_text(out, filter->keep ? "keep " : "drop ");
	mapping_column(filter->column, header, out);
	buf_text(out, " /");
	buf_escape(out, pattern_text(filter->pattern), PATTERN_SHOWN);
	buf_byte(out, '/');
}
