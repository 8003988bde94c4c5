/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a line of a profile: spans, patterns, roles. */
#include "ingest/plan/profile_line.h"

#include <string.h>

/* N or N-M. */
enum status profile_line_span(struct profile_line *line, struct text text,
			     struct widths *span)
{
	const char *dash = text.len ? memchr(text.data, '-', text.len) : NULL;
	struct text first = text;
	struct text last = text;
	enum status status;

	if (dash) {
		first.len = (size_t)(dash - text.data);
		last.data = dash + 1;
		last.len = text.len - first.len - 1;
	}
	status = profile_line_number(line, first, PROFILE_WIDTH_MOST, &span->least);
	if (status == STATUS_OK)
		status = profile_line_number(line, last, PROFILE_WIDTH_MOST, &span->most);
	if (status == STATUS_OK && span->least > span->most)
		return profile_line_wrong_word(line, text, "the widths are the wrong way round");
	return status;
}

enum status profile_line_pattern(struct profile_line *line, struct pattern **pattern)
{
	struct token token;
	char why[160];
	enum status status = profile_line_next(line, &token);

	if (status != STATUS_OK)
		return status;
	if (token.type != TOKEN_PATTERN)
		return profile_line_wrong(line, "a pattern between slashes is missing");
	*pattern = pattern_new(token.text, why, sizeof(why));
	if (*pattern)
		return STATUS_OK;
	return *why ? profile_line_wrong(line, "the pattern is wrong: %s", why)
		    : error_memory(line->error);
}

enum status profile_line_role(struct profile_line *line, int *role)
{
	const struct profile *profile = line->profile;
	struct token token;
	enum status status = profile_line_next(line, &token);

	if (status != STATUS_OK)
		return status;
	if (!profile->has_kind || profile->any_kind)
		return profile_line_wrong(line, "a line `kind` that names one must come first");
	*role = kind_role(profile->kind, token.text);
	if (token.type != TOKEN_WORD || *role < 0)
		return profile_line_wrong_word(line, token.text, "no role of this kind");
	return STATUS_OK;
}

enum status profile_line_end(struct profile_line *line)
{
	struct text rest = text_trim(line->rest);

	return rest.len ? profile_line_wrong_word(line, rest, "nothing may follow here")
			: STATUS_OK;
}
