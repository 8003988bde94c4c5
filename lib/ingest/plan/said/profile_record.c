/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a profile that say how free text is a table. */
#include "ingest/plan/said/profile_record.h"

#include "ingest/pattern/groups.h"

static enum status wrong_pattern(const struct profile_line *line, const char *why)
{
	return *why ? profile_line_wrong(line, "the pattern is wrong: %s", why)
		    : error_memory(line->error);
}

/* All that follows is one pattern. */
static enum status read_pattern(struct profile_line *line, struct pattern **pattern)
{
	struct token token;
	char why[200];
	enum status status = STATUS_OK;

	if (*pattern)
		return profile_line_wrong(line, "said twice");
	status = profile_line_next(line, &token);
	if (status != STATUS_OK)
		return status;
	if (token.type != TOKEN_PATTERN)
		return profile_line_wrong(line, "a pattern between slashes is missing");
	if (text_trim(line->rest).len > 0)
		return profile_line_wrong_word(line, text_trim(line->rest), "nothing may follow here");
	*pattern = pattern_new(token.text, why, sizeof(why));
	return *pattern ? STATUS_OK : wrong_pattern(line, why);
}

enum status profile_record(struct profile_line *line)
{
	struct groups *groups;
	char why[200];
	enum status status = read_pattern(line, &line->profile->record);

	if (status != STATUS_OK)
		return status;
	line->profile->record_line = line->number;
	groups = groups_new(pattern_text(line->profile->record), why, sizeof(why));
	if (!groups)
		return wrong_pattern(line, why);
	groups_free(groups);
	return STATUS_OK;
}

enum status profile_record_begin(struct profile_line *line)
{
	line->profile->record_begin_line = line->number;
	return read_pattern(line, &line->profile->record_begin);
}
