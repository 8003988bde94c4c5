/* SPDX-License-Identifier: Apache-2.0 */
/* A SQL dump that is being read: where in it reading stands, and what its statements have
 * said so far. */
#ifndef UNSPOOF_INGEST_SQL_SQL_DUMP_H
#define UNSPOOF_INGEST_SQL_SQL_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/format/format.h"
#include "ingest/sql/row/sql_many.h"
#include "ingest/sql/row/sql_row.h"
#include "ingest/sql/row/sql_skim.h"
#include "ingest/sql/sql_tables.h"

/* What is kept of a statement, its rows aside, and of what stands before its rows as it is
 * written. */
#define SQL_STATEMENT_MOST (4 << 20)
#define SQL_PREFIX_MOST (64 << 10)
#define SQL_DELIMITER_MOST 16
/* The longest row, in bytes. */
#define SQL_ROW_MOST BLOCK_UNREAD

/* What reading stands in. */
enum sql_phase {
	SQL_AT_START,           /* between statements */
	SQL_IN_STATEMENT,       /* up to its end, or the first of its rows */
	SQL_AT_ROW,             /* before a row, or what stands before it; or behind the last */
	SQL_IN_ROW,             /* within one, which begins before this window */
	SQL_IN_LINE,            /* of a command of the client */
	SQL_COPY_DUE,           /* behind COPY, on its line */
	SQL_AT_COPY, SQL_IN_COPY,           /* the same for lines of COPY */
	SQL_COPY_OVER           /* on the line that ends them */
};

enum sql_dialect { SQL_ANY, SQL_MYSQL, SQL_POSTGRES, SQL_SQLITE };

/* The rows that come: of which table, and where their values belong. */
struct sql_target {
	struct sql_table *table;
	bool copy;              /* lines of COPY */
	unsigned refused;       /* why none of them can be taken: see sql_refused() */
	size_t width;           /* of a row of the table; 0: as many as it has values */
	/* The place of each value in a row, little endian uint16_t; empty: they are in order. */
	struct buf places;
	struct buf prefix;      /* from INSERT up to the first bracket; empty: unknown */
};

/* What changes rows, or has some, in a way that only a database could follow. */
enum sql_unread {
	SQL_CHANGED,            /* UPDATE, DELETE, RENAME of what has rows */
	SQL_ELSEWHERE,          /* INSERT ... SELECT and its kin, LOAD DATA */
	SQL_DUPLICATES,         /* ON DUPLICATE KEY UPDATE, ON CONFLICT */
	SQL_FEWER,              /* statements whose rows have fewer columns */
	SQL_UNPLACED,           /* statements that name other columns */
	SQL_ANEW,               /* statements behind a CREATE TABLE of the table with other columns */
	SQL_LONG,               /* statements of which no more is kept */
	SQL_UNREAD
};

struct sql_dump {
	struct layout layout;   /* first, so that it is found by it */
	enum sql_dialect dialect;
	bool guessed;           /* whether a backslash escapes was not told by the dump */
	bool ends;              /* one that is whole says so at its end */
	struct buf tool, about; /* what wrote it, and what of, for people */
	struct sql_manner manner, usual;    /* now, and but for what SQL_MODE says of it */
	struct sql_tables tables;
	sql_marks_of *marks_of; /* the fastest */
	/* Where it stands. */
	enum sql_phase phase;
	struct sql_skim skim;
	unsigned depth;         /* of brackets, in a row or statement */
	struct buf statement;   /* without comments */
	struct buf written;     /* the same as it is written, of what may have rows */
	bool statement_cut;     /* there is more of it than was kept */
	size_t word;            /* where in the statement the word being read begins */
	bool in_word;
	struct sql_block {
		bool told;          /* what the statement makes is known */
		unsigned open;      /* blocks of a routine, + 1; 0: it is none */
		bool ended;         /* the word before was END, which closed one */
	} routine;
	bool values;            /* the word before was VALUES */
	bool tail;              /* the statement's rows are read */
	bool mark, over;        /* a line of COPY perhaps ends them; does */
	char delimiter[SQL_DELIMITER_MOST];
	size_t delimiter_len;
	struct sql_target target;
	bool due;               /* its rows begin behind the next byte */
	/* What was said. */
	struct buf database, schema;
	bool utc;
	const char *encoding;   /* static, or NULL */
	bool done;              /* the comment at the end of a whole dump came */
	bool ended;             /* all of it was read */
	bool cut;               /* it ended within a statement */
	uint64_t unread[SQL_UNREAD];
	struct buf comment;     /* the first bytes of the one that is open */
	size_t sampled;         /* bytes of all samples */
	/* Behind the rows of a block; see sql_state.h. */
	struct buf context;
	bool context_stale;
	struct sql_row row;     /* of samples */
	bool failed;            /* no memory */
};

/* ---- sql_head.c ---- */

/* Looks at the first bytes for what wrote them, and how. */
void sql_head_read(struct sql_dump *dump, struct text first);
/* The name of an encoding as it is known, of that in SET NAMES; NULL: it is not. */
const char *sql_encoding(struct text name);

/* ---- sql_statement.c ---- */

/* Takes a statement that has no rows, without its delimiter. */
void sql_statement_take(struct sql_dump *dump, struct text statement);
/* Sets the target where what was read of a statement is followed by rows in brackets, but
 * for its prefix; target.table NULL: it is not. STATUS_MEMORY: no memory, or too many tables. */
enum status sql_statement_rows(struct sql_dump *dump, struct text statement);
/* The same of a whole statement, that is followed by lines of COPY. */
bool sql_statement_copies(struct sql_dump *dump, struct text statement);
/* A command of the client, a line. */
void sql_statement_client(struct sql_dump *dump, struct text line);

/* ---- sql_create.c ---- */

/* CREATE TABLE from its name on. */
void sql_create_table(struct sql_dump *dump, struct text rest);
/* The name of a table with the database or schema it is in; false: there is none. */
bool sql_table_name(struct sql_dump *dump, struct text *rest, struct buf *name);
/* A list of columns in brackets as struct sql_table has them; false: it is none. */
bool sql_column_list(struct text *rest, struct buf *columns);

/* ---- sql_sample.c ---- */

/* The rows of the target follow, the first of which are in the window: announces its table
 * unless it has been. */
enum status sql_announce(struct sql_dump *dump, struct text window, struct error *error);

/* ---- sql_split.c ---- */

enum status sql_split(struct layout *layout, struct text window, bool last,
		      struct block *block, struct error *error);

/* ---- sql_parse.c ---- */

struct parser *sql_parser_new(const struct layout *layout);
void sql_parser_free(struct parser *parser);
bool sql_parse(struct parser *parser, const struct block *block, struct row_sink *sink,
	       struct buf *state);

/* ---- sql_notes.c ---- */

void sql_describe(const struct layout *layout, const struct stream *stream, struct buf *out);
size_t sql_notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES]);

#endif
