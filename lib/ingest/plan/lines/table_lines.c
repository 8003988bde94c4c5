/* SPDX-License-Identifier: Apache-2.0 */
/* Lines `table` of a profile: which of its sections holds. */
#include "ingest/plan/lines/lines.h"
#include "casefile/record/table_name.h"

static enum status match_pattern(struct profile_line *line, const struct pattern *pattern, bool *matches)
{
	struct matcher *matcher = matcher_new();
	enum match match;

	if (!matcher)
		return error_memory(line->error);
	match = pattern_match(pattern, matcher, line->table, NULL);
	matcher_free(matcher);
	if (match == MATCH_MEMORY)
		return error_memory(line->error);
	if (match == MATCH_FAILED)
		return profile_line_wrong(line, "the pattern takes too long");
	*matches = match == MATCH_YES;
	return STATUS_OK;
}

static enum status read_pattern(struct profile_line *line, bool *matches)
{
	struct pattern *pattern = NULL;
	enum status status = profile_line_pattern(line, &pattern);

	line->profile->table_patterns = true;
	if (status == STATUS_OK && line->table.data)
		status = match_pattern(line, pattern, matches);
	pattern_free(pattern);
	return status == STATUS_OK ? profile_line_end(line) : status;
}

static enum status read_names(struct profile_line *line, bool *matches)
{
	struct token token;
	enum status status = profile_line_next(line, &token);

	while (status == STATUS_OK && token.type != TOKEN_END) {
		if (token.type == TOKEN_PATTERN || token.text.len == 0)
			return profile_line_wrong(line, "names of tables, or one pattern, are wanted");
		if (line->table.data && table_name_is(line->table, token.text))
			*matches = true;
		status = profile_line_next(line, &token);
	}
	return status;
}

static void keep_common(struct profile_line *line)
{
	const struct profile *profile = line->profile;
	const char *const texts[PROFILE_COMMON] = { profile->zone,    profile->date_order,   profile->currency,
						    profile->region,  profile->bare,         profile->decimal,
						    profile->confirmed_by, profile->unconfirmed };

	for (size_t i = 0; i < PROFILE_COMMON; i++)
		line->common[i] = texts[i];
}

enum status profile_table_line(struct profile_line *line)
{
	struct profile *profile = line->profile;
	bool matches = false;
	struct text tables;
	enum status status;

	line->rest = tables = text_trim(line->rest);
	if (line->rest.len == 0)
		return profile_line_wrong(line, "names of tables, or one pattern, are wanted");
	if (profile->sections++ == PROFILE_SECTIONS)
		return profile_line_wrong(line, "more than %d lines `table`", PROFILE_SECTIONS);
	status = line->rest.data[0] == '/' ? read_pattern(line, &matches) : read_names(line, &matches);
	if (line->wanted)
		matches = profile->sections == line->wanted;
	line->out = !matches || profile->section > 0 || profile->sections <= line->behind;
	if (status != STATUS_OK || line->out)
		return status;
	profile->section = profile->sections;
	profile->section_line = line->number;
	buf_add(&profile->section_tables, tables.data, tables.len);
	if (profile->section_tables.failed)
		return error_memory(line->error);
	keep_common(line);
	return STATUS_OK;
}
