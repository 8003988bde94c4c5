/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a profile: its words, names and patterns, and what is wrong with it. */
#ifndef UNSPOOF_INGEST_PLAN_PROFILE_LINE_H
#define UNSPOOF_INGEST_PLAN_PROFILE_LINE_H

#include "base/status.h"
#include "base/text.h"
#include "ingest/plan/profile.h"

/* Texts that a section may say otherwise. */
#define PROFILE_COMMON 8

/* A line that is being read. */
struct profile_line {
	struct profile *profile;
	struct text rest;       /* of the line */
	const char *shown;      /* the profile, in errors */
	unsigned number;        /* from 1 */
	struct error *error;
	/* Which section is wanted: by its number, or, 0, the first of a table behind another. */
	unsigned wanted;
	struct text table;
	unsigned behind;
	bool sniffs;            /* only what it is known by is wanted */
	bool out;               /* the line is of a section that is not */
	/* What was said before the sections, which they may say otherwise. */
	const char *common[PROFILE_COMMON];
};

/* Set the error, which begins `shown:line: `; STATUS_USAGE. */
enum status profile_line_wrong(const struct profile_line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
enum status profile_line_wrong_word(const struct profile_line *line, struct text word,
				    const char *what);

/* Keeps a copy of a text in a place that is empty as yet, or has what was said before the
 * sections. */
enum status profile_line_keep(const struct profile_line *line, char **place,
			      struct text text);

enum token_type { TOKEN_END, TOKEN_WORD, TOKEN_NAME, TOKEN_PATTERN };

/* A word, a "name", a /pattern/; text is without the marks. */
struct token {
	enum token_type type;
	struct text text;
};

/* Takes the next off the rest of the line. */
enum status profile_line_next(struct profile_line *line, struct token *token);

/* N or N-M. */
enum status profile_line_span(struct profile_line *line, struct text text, struct widths *span);
/* A pattern between slashes, compiled. */
enum status profile_line_pattern(struct profile_line *line, struct pattern **pattern);
/* The name of a role of the profile's kind. */
enum status profile_line_role(struct profile_line *line, int *role);
/* Nothing may follow. */
enum status profile_line_end(struct profile_line *line);

/* A number from 1 up. */
enum status profile_line_number(struct profile_line *line, struct text text, size_t most,
				size_t *value);
/* A number is a position; a word or a "name" is a header name. */
enum status profile_line_column(struct profile_line *line, struct profile_column *column);
/* One column, two in quotes with a plus sign between them, or a value in quotes. */
enum status profile_line_role_column(struct profile_line *line, struct profile_role *role);

#endif
