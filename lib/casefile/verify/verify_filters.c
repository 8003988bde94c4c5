/* SPDX-License-Identifier: Apache-2.0 */
/* Checking the filters of segments: made again, and held against those there are. */
#include "casefile/verify/verify_filters.h"

#include <string.h>

sqlite3_stmt *filter_said_prepare(struct casefile *casefile)
{
	return casefile_prepare(casefile, "SELECT checks, account, presented, dialled FROM segment_filter WHERE id = ?");
}

static void take_part(struct filter_said *said, unsigned part, struct text text)
{
	said->lens[part] = text.len;
	if (text.data && text.len <= sizeof(said->bytes[part]))
		memcpy(said->bytes[part], text.data, text.len);
}

enum status filter_said_take(struct casefile *casefile, sqlite3_stmt *statement, int64_t id,
			     struct filter_said *said)
{
	enum status status;

	bind_integer(statement, 1, id);
	status = casefile_step(casefile, statement);
	said->there = status == STATUS_OK;
	for (unsigned part = 0; part < FILTER_PARTS && said->there; part++)
		take_part(said, part, column_text(statement, (int)part));
	if (status == STATUS_OK)
		status = columns_read(casefile, statement);
	sqlite3_reset(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static bool part_same(const struct filter_said *said, unsigned part, struct text made)
{
	return said->lens[part] == made.len && memcmp(said->bytes[part], made.data, made.len) == 0;
}

bool filter_said_same(const struct filter_said *said, const struct raw_segment *raw,
		      const struct segment *segment, struct filter_maker *maker, bool *good)
{
	const struct text checks = { (const char *)said->bytes[0], said->lens[0] };
	const int64_t *values[FILTERED_COLUMNS];
	uint64_t words[SEGMENT_CHECKS];
	bool same;

	*good = true;
	if (!said->there || !segment_checks_take(checks, words))
		return false;
	for (unsigned i = 0; i < FILTERED_COLUMNS; i++)
		values[i] = segment->understood[segment_filtered_column((enum segment_filtered)i)];
	*good = segment_filter_make(&maker->filter, raw, segment_checks_known(words), raw, values, &maker->scratch);
	if (!*good)
		return false;
	same = part_same(said, 0, (struct text){ (const char *)maker->filter.checks, SEGMENT_CHECKS_SIZE });
	for (unsigned i = 0; i < FILTERED_COLUMNS && same; i++)
		same = part_same(said, 1 + i, buf_view(&maker->filter.filters[i]));
	return same;
}

enum status filter_strays(struct casefile *casefile, int64_t *count)
{
	return casefile_integer(casefile, "SELECT count(*) FROM segment_filter WHERE id NOT IN (SELECT id FROM segment)", 0,
				count);
}

void filter_maker_release(struct filter_maker *maker)
{
	segment_filter_release(&maker->filter);
}
