/* SPDX-License-Identifier: Apache-2.0 */
/* The words, names and marks of a statement. */
#ifndef UNSPOOF_INGEST_SQL_SQL_WORDS_H
#define UNSPOOF_INGEST_SQL_SQL_WORDS_H

#include <stdbool.h>

#include "base/text.h"

/* What stands next in a statement without comments. */
struct sql_word {
	enum sql_word_kind { SQL_WORD_END, SQL_WORD, SQL_NAME, SQL_STRING, SQL_MARK } kind;
	struct text text;       /* without the quotes; of a mark its one byte */
	char quote;             /* of a name or string */
};

/* Takes it; "..." is a SQL_NAME. */
struct sql_word sql_word_next(struct text *statement);
/* The same where a name may be: [name] is one, as SQLite has them too; elsewhere it is part of an array's type. */
struct sql_word sql_name_next(struct text *statement);
struct sql_word sql_word_peek(struct text statement);
/* Takes a word, in capitals here, if it is next. */
bool sql_word_take(struct text *statement, const char *word);
bool sql_word_is(const struct sql_word *word, const char *text);
/* Takes a mark, if it is next. */
bool sql_mark_take(struct text *statement, char mark);
/* Adds what is in quotes, with a quote for two. */
void sql_word_add(const struct sql_word *word, struct buf *out);

/* Takes `a`, `a`.`b` or `a`.`b`.`c`, with a dot between in *out; false: there is none. *parts:
 * how many. */
bool sql_name_take(struct text *statement, struct buf *out, unsigned *parts);
/* Goes over what is in brackets, the first of which is next. */
void sql_brackets_skip(struct text *statement);

#endif
