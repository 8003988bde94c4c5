/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a profile: its words, names and patterns, and what is wrong with it. */
#include "ingest/plan/profile_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum status profile_line_wrong(const struct profile_line *line, const char *format, ...)
{
	char text[400];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	/* Of an empty text no line was read. */
	return error_set(line->error, STATUS_USAGE, "%s:%u: %s", line->shown,
			 line->number ? line->number : 1, text);
}

enum status profile_line_wrong_word(const struct profile_line *line, struct text word,
				    const char *what)
{
	char shown[80];

	return profile_line_wrong(line, "'%s': %s", text_escape(word, shown, sizeof(shown)),
		     what);
}

static bool is_common(const struct profile_line *line, const char *text)
{
	for (size_t i = 0; i < PROFILE_COMMON; i++)
		if (line->common[i] == text)
			return true;
	return false;
}

enum status profile_line_keep(const struct profile_line *line, char **place,
			      struct text text)
{
	if (*place && !is_common(line, *place))
		return profile_line_wrong(line, "said twice");
	if (text.len == 0)
		return profile_line_wrong(line, "nothing follows the keyword");
	free(*place);
	*place = memory_text(text.data, text.len);
	return *place ? STATUS_OK : error_memory(line->error);
}

/* Up to the closing mark; a backslash guards what follows it in a pattern. */
static enum status marked(struct profile_line *line, char mark, struct token *token)
{
	size_t i = 1;

	while (i < line->rest.len && line->rest.data[i] != mark)
		i += mark == '/' && line->rest.data[i] == '\\' ? 2 : 1;
	if (i >= line->rest.len)
		return profile_line_wrong(line, "a %c is not closed", mark);
	token->type = mark == '/' ? TOKEN_PATTERN : TOKEN_NAME;
	token->text.data = line->rest.data + 1;
	token->text.len = i - 1;
	line->rest.data += i + 1;
	line->rest.len -= i + 1;
	return STATUS_OK;
}

enum status profile_line_next(struct profile_line *line, struct token *token)
{
	size_t i = 0;

	line->rest = text_trim(line->rest);
	token->type = TOKEN_END;
	token->text = line->rest;
	if (line->rest.len == 0)
		return STATUS_OK;
	if (line->rest.data[0] == '/' || line->rest.data[0] == '"')
		return marked(line, line->rest.data[0], token);
	while (i < line->rest.len && line->rest.data[i] != ' ' &&
	       line->rest.data[i] != '\t')
		i++;
	token->type = TOKEN_WORD;
	token->text.len = i;
	line->rest.data += i;
	line->rest.len -= i;
	return STATUS_OK;
}
