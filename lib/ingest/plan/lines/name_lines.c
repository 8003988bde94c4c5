/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that say what it is, and how its dumps are known. */
#include "ingest/plan/lines/lines.h"

#include <string.h>

static enum status on_name(struct profile_line *line)
{
	if (line->profile->sections > 0)
		return profile_line_wrong(line, "belongs before the first line `table`");
	return profile_line_keep(line, &line->profile->name, line->rest);
}

static enum status on_about(struct profile_line *line)
{
	return profile_line_keep(line, &line->profile->about, line->rest);
}

static enum status on_kind(struct profile_line *line)
{
	struct profile *profile = line->profile;
	char name[20] = "";

	if (profile->has_kind)
		return profile_line_wrong(line, "said twice");
	profile->has_kind = true;
	profile->any_kind = text_is(line->rest, "any");
	if (line->rest.len < sizeof(name))
		memcpy(name, line->rest.data, line->rest.len);
	if (!profile->any_kind && !kind_find(name, &profile->kind))
		return profile_line_wrong_word(line, line->rest, "no kind");
	return STATUS_OK;
}

/* What such dumps cannot say is told to whoever reads one. */
static enum status on_cannot_say(struct profile_line *line)
{
	struct buf *said = &line->profile->cannot_say;

	if (line->rest.len == 0)
		return profile_line_wrong(line, "nothing follows the keyword");
	buf_add(said, line->rest.data, line->rest.len);
	buf_byte(said, '\n');
	return said->failed ? error_memory(line->error) : STATUS_OK;
}

static enum status on_confirmed_by(struct profile_line *line)
{
	return profile_line_keep(line, &line->profile->confirmed_by, line->rest);
}

static enum status on_unconfirmed(struct profile_line *line)
{
	return profile_line_keep(line, &line->profile->unconfirmed, line->rest);
}

static enum status on_optional(struct profile_line *line)
{
	if (!line->profile->section)
		return profile_line_wrong(line, "a line `table` must come first");
	line->profile->optional = true;
	return profile_line_end(line);
}

/* ---- how its dumps are known ---- */

/* NAME... POINTS: the last word is the points. */
static enum status read_names(struct profile_line *line, struct buf *names, struct text *points)
{
	struct token token;
	enum status status = profile_line_next(line, &token);

	while (status == STATUS_OK && token.type != TOKEN_END) {
		if (token.type == TOKEN_PATTERN)
			return profile_line_wrong(line, "names of columns, and points, are wanted");
		if (text_trim(line->rest).len > 0) {
			buf_add(names, token.text.data, token.text.len);
			buf_byte(names, '\n');
		}
		*points = token.text;
		status = profile_line_next(line, &token);
	}
	return status == STATUS_OK && names->failed ? error_memory(line->error) : status;
}

static enum status sniff_columns(struct profile_line *line, struct profile_sniff *sniff, struct text *points)
{
	enum status status = read_names(line, &sniff->columns, points);

	sniff->of = SNIFF_OF_COLUMNS;
	return status == STATUS_OK && sniff->columns.len == 0
		       ? profile_line_wrong(line, "names of columns, and points, are wanted")
		       : status;
}

static enum status sniff_table(struct profile_line *line, struct profile_sniff *sniff, struct text *points)
{
	struct token token;
	enum status status = profile_line_next(line, &token);

	if (!line->profile->section)
		return profile_line_wrong(line, "a line `table` must come first");
	sniff->of = SNIFF_OF_TABLE;
	*points = token.text;
	return status == STATUS_OK ? profile_line_end(line) : status;
}

/* A test of values, whose pattern may be compiled later. */
static enum status sniff_values(struct profile_line *line, struct profile_sniff *sniff, struct text *points)
{
	struct profile_line before;
	struct token token;
	enum status status = profile_line_column(line, &sniff->column);

	before = *line;
	if (status == STATUS_OK)
		status = profile_line_next(line, &token);
	if (status != STATUS_OK)
		return status;
	if (!line->sniffs)
		status = profile_line_pattern(&before, &sniff->pattern);
	if (status == STATUS_OK)
		status = profile_line_keep(line, &sniff->expression, token.text);
	if (status == STATUS_OK)
		status = profile_line_next(line, &token);
	*points = token.text;
	return status == STATUS_OK ? profile_line_end(line) : status;
}

/* `sniff table 5` and `sniff columns a b 5`: a column of such a name has a pattern behind it. */
static bool is_values(const struct profile_line *line, const char *word)
{
	struct profile_line ahead = *line;
	struct token token, next;

	if (profile_line_next(&ahead, &token) != STATUS_OK || token.type != TOKEN_WORD || !text_is(token.text, word))
		return true;
	return profile_line_next(&ahead, &next) != STATUS_OK || next.type == TOKEN_PATTERN;
}

static enum status on_sniff(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_sniff *sniff = &profile->sniffs[profile->sniff_count];
	struct text word = { "", 0 };
	struct token token;
	size_t points = 0;
	enum status status;

	if (profile->sniff_count == PROFILE_SNIFFS)
		return profile_line_wrong(line, "more than %d lines `sniff`", PROFILE_SNIFFS);
	profile->sniff_count++;
	if (!is_values(line, "columns")) {
		(void)profile_line_next(line, &token);
		status = sniff_columns(line, sniff, &word);
	} else if (!is_values(line, "table")) {
		(void)profile_line_next(line, &token);
		status = sniff_table(line, sniff, &word);
	} else {
		status = sniff_values(line, sniff, &word);
	}
	if (status == STATUS_OK)
		status = profile_line_number(line, word, 1000, &points);
	sniff->points = (unsigned)points;
	return status;
}

const struct profile_keyword profile_name_lines[] = {
	{ "name", on_name, true },
	{ "about", on_about, true },
	{ "kind", on_kind, true },
	{ "sniff", on_sniff, true },
	{ "cannot-say", on_cannot_say, false },
	{ "confirmed-by", on_confirmed_by, false },
	{ "unconfirmed-layout", on_unconfirmed, true },
	{ "optional", on_optional, false },
	{ NULL, NULL, false },
};
