/* SPDX-License-Identifier: Apache-2.0 */
/* The columns that a line of a profile names. */
#include "ingest/plan/profile_line.h"

enum status profile_line_number(struct profile_line *line, struct text text, size_t most,
			       size_t *value)
{
	uint64_t number;

	if (!text_to_u64(text, &number) || number < 1 || number > most)
		return profile_line_wrong_word(line, text, "no number from 1 up, or too large");
	*value = (size_t)number;
	return STATUS_OK;
}

/* A number is a position; a word or a "name" is a header name. */
enum status profile_line_column(struct profile_line *line, struct profile_column *column)
{
	struct token token;
	uint64_t number;
	enum status status = profile_line_next(line, &token);

	if (status != STATUS_OK)
		return status;
	if (token.type == TOKEN_END || token.type == TOKEN_PATTERN)
		return profile_line_wrong(line, "a column is missing: a position or a name");
	if (token.type == TOKEN_WORD && text_to_u64(token.text, &number))
		return profile_line_number(line, token.text, PROFILE_WIDTH_MOST,
				   &column->position);
	column->quoted = token.type == TOKEN_NAME;
	return profile_line_keep(line, &column->name, token.text);
}

/* Takes a byte that stands before a quote. */
static bool take_before_quote(struct profile_line *line, char byte)
{
	line->rest = text_trim(line->rest);
	if (line->rest.len < 2 || line->rest.data[0] != byte || line->rest.data[1] != '"')
		return false;
	line->rest.data++;
	line->rest.len--;
	return true;
}

/* One column, two in quotes with a plus sign between them, or a value in quotes. */
enum status profile_line_role_column(struct profile_line *line, struct profile_role *role)
{
	struct token token;
	enum status status;

	if (take_before_quote(line, '=')) {
		status = profile_line_next(line, &token);
		return status == STATUS_OK ? profile_line_keep(line, &role->constant, token.text)
					   : status;
	}
	status = profile_line_column(line, &role->column);
	if (status == STATUS_OK && role->column.quoted && take_before_quote(line, '+'))
		status = profile_line_column(line, &role->second);
	return status;
}
