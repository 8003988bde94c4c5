/* SPDX-License-Identifier: Apache-2.0 */
/* Goes over the text of a SQL dump byte by byte, and knows of each whether it stands in a
 * string, in a comment, or is of a statement; nothing more than where it stands is needed
 * to go on. */
#ifndef UNSPOOF_INGEST_SQL_ROW_SQL_SKIM_H
#define UNSPOOF_INGEST_SQL_ROW_SQL_SKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* How strings, names and comments are written. */
struct sql_manner {
	bool escapes;           /* a backslash in a string gives what follows another meaning */
	bool double_strings;    /* "..." is a string, not a name */
	bool sharp;             /* # begins a comment */
	bool dollars;           /* $tag$...$tag$ is a string, as in PostgreSQL */
};

enum sql_where {
	SQL_CODE,               /* in a statement */
	SQL_QUOTED, SQL_ESCAPED,            /* in quotes; behind a backslash there */
	SQL_LINE,               /* in a comment up to the line's end */
	SQL_OPEN, SQL_OPEN_M, SQL_VERSION,  /* in the first bytes of another */
	SQL_BLOCK, SQL_STAR,    /* in it; behind a * there */
	SQL_TAG, SQL_DOLLARS    /* in $tag$, and behind it */
};

#define SQL_TAG_MOST 64

/* Zeroed is the beginning of a dump. */
struct sql_skim {
	unsigned char where;    /* enum sql_where */
	char quote;             /* that is open, or was last */
	bool escapes;           /* in it */
	char last, before;      /* the bytes of the statement read last; 0: none */
	bool versioned;         /* within what a comment has the server run */
	uint32_t version;
	char tag[SQL_TAG_MOST]; /* $tag$ */
	size_t tag_len, matched;
};

/* What a byte is. */
enum sql_byte {
	SQL_BYTE_CODE,
	SQL_BYTE_STRING,        /* of a string or a quoted name, quotes included */
	SQL_BYTE_NONE,          /* of a comment */
	SQL_BYTE_OPENED         /* the same, and so is the byte of a statement before it */
};

enum sql_byte sql_skim_byte(struct sql_skim *skim, const struct sql_manner *manner, char c);

/* The first quote, or backslash where those are escapes, from one place to another; that
 * where there is none. */
const char *sql_find_quote(const char *from, const char *to, char quote, bool escapes);

/* Where a row in brackets ends. */
enum sql_tuple_end {
	SQL_TUPLE_MORE,         /* not here */
	SQL_TUPLE_WHOLE,        /* behind its bracket */
	SQL_TUPLE_BROKEN        /* at a ; within it */
};

/* Goes on over a row, with *depth brackets open: 0 before its first. Gives where it ends,
 * or `to`. */
const char *sql_skim_tuple(struct sql_skim *skim, const struct sql_manner *manner,
			   unsigned *depth, const char *from, const char *to,
			   enum sql_tuple_end *end);

bool sql_is_blank(char c);
bool sql_is_word(char c);

#endif
