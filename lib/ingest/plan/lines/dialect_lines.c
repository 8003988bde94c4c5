/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that say how its dumps are written. */
#include "ingest/plan/lines/lines.h"

#include "ingest/delimited/dialect.h"
#include "ingest/plan/said/profile_record.h"

static enum status on_yes_no(struct profile_line *line, int *value)
{
	if (!text_is(line->rest, "yes") && !text_is(line->rest, "no"))
		return profile_line_wrong_word(line, line->rest, "neither yes nor no");
	*value = text_is(line->rest, "yes");
	return STATUS_OK;
}

static enum status on_header(struct profile_line *line)
{
	return on_yes_no(line, &line->profile->header);
}

static enum status on_blanks(struct profile_line *line)
{
	int value = 0;
	enum status status = on_yes_no(line, &value);

	line->profile->blanks = value == 1;
	return status;
}

static enum status on_separator(struct profile_line *line)
{
	line->profile->separator = dialect_byte(line->rest);
	if (line->profile->separator <= 0)
		return profile_line_wrong_word(line, line->rest, "no separator");
	return STATUS_OK;
}

static enum status on_quote(struct profile_line *line)
{
	line->profile->quote = dialect_byte(line->rest);
	if (line->profile->quote == DIALECT_UNKNOWN)
		return profile_line_wrong_word(line, line->rest, "no quote, and not `none`");
	return STATUS_OK;
}

static enum status on_escape(struct profile_line *line)
{
	line->profile->escape = dialect_escape(line->rest);
	return line->profile->escape != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
						 "not none, backslash or quote");
}

static enum status on_inner(struct profile_line *line)
{
	line->profile->inner = dialect_inner(line->rest);
	return line->profile->inner != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
						 "not doubled, bare or part");
}

static enum status on_guard(struct profile_line *line)
{
	line->profile->guard = dialect_guard(line->rest);
	return line->profile->guard != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest, "not none or excel");
}

static enum status on_skip_head(struct profile_line *line)
{
	uint64_t lines;

	if (!text_to_u64(line->rest, &lines) || lines > DIALECT_HEAD_MOST)
		return profile_line_wrong_word(line, line->rest, "no number of lines");
	line->profile->head = (long)lines;
	return STATUS_OK;
}

static enum status on_widths(struct profile_line *line)
{
	return profile_line_span(line, line->rest, &line->profile->width);
}

const struct profile_keyword profile_dialect_lines[] = {
	{ "header", on_header, true },
	{ "separator", on_separator, false },
	{ "quote", on_quote, false },
	{ "blanks", on_blanks, false },
	{ "widths", on_widths, true },
	{ "escape", on_escape, false },
	{ "inner-quotes", on_inner, false },
	{ "guard", on_guard, false },
	{ "skip-head", on_skip_head, false },
	{ "record", profile_record, false },
	{ "record-begin", profile_record_begin, false },
	{ NULL, NULL, false },
};
