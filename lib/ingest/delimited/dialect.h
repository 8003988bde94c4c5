/* SPDX-License-Identifier: Apache-2.0 */
/* How a delimited text is written: separator, quote, header, line ends. */
#ifndef UNSPOOF_INGEST_DELIMITED_DIALECT_H
#define UNSPOOF_INGEST_DELIMITED_DIALECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

/* Settings that are not known yet, or to be found out. */
#define DIALECT_UNKNOWN (-1)

/* How quotes stand inside a field in quotes: doubled; as they are, so that one ends
 * the field where a separator or the line's end follows it; or around a part of the
 * field only, as in `"Desk 1" <201>`, which goes with no backslash. */
enum dialect_inner { INNER_DOUBLED, INNER_BARE, INNER_PART };
/* What stands before bytes that mean something else: a backslash, as MySQL writes; or
 * a quote before N, as in `"N,`, where there is no value. */
#define ESCAPE_BACKSLASH '\\'
#define ESCAPE_QUOTE '"'

/* The most lines that a head may have, and bytes it is looked for in. */
#define DIALECT_HEAD_MOST 10000
#define DIALECT_HEAD_BYTES 65536

struct dialect {
	int separator;      /* a byte, or DIALECT_UNKNOWN */
	int quote;          /* a byte, 0 for none, or DIALECT_UNKNOWN */
	int header;         /* 1: the first row names the columns; 0; unknown */
	bool blanks;        /* blanks around quoted fields: `"a", "b"` */
	bool trim;          /* blanks around all fields are dropped */
	bool mark;          /* begins with a UTF-8 byte order mark */
	bool declared;      /* the first line is `sep=;` */
	int escape;         /* one of the above, 0 for none, or DIALECT_UNKNOWN */
	int inner;          /* enum dialect_inner, or DIALECT_UNKNOWN */
	int guard;          /* 1: `="0044"` is 0044; 0; unknown */
	long head;          /* lines before the table that are no rows; or unknown */
	long other;         /* a line behind those, the preamble aside, that could be its first; 0: none */
	bool feet;          /* lines like `(12 rows)` are no rows either */
	/* Rows of the sample that need what was found out of escape, inner and guard. */
	uint64_t shown_escape, shown_inner, shown_guard;
	/* Those whose backslashes may all be escapes, but are taken as they stand. */
	uint64_t kept_escape;
	const char *ends;   /* LF, CRLF, CR, mixed, none; static */
};

/* Finds out what is unknown but the header, from the first bytes of a dump;
 * whole: they are all of it. Settings that are known stay, but `blanks`. The
 * rules are those of formats in the wild: the separator that explains most of
 * the sample wins; a quote must open and close fields to be one. The sample begins
 * with the preamble and its last line may be cut off. */
enum status dialect_sniff(struct dialect *dialect, struct text sample, bool whole,
			  struct error *error);

/* Whether libcsv cannot read it: it has an escape, guards, or quotes that are not
 * doubled. */
bool dialect_mannered(const struct dialect *dialect);

/* The sample without its preamble and, unless it is whole, without its last
 * line, which may be cut off. */
struct text dialect_body(const struct dialect *dialect, struct text sample,
			 bool whole);

/* LF, CRLF, CR, mixed or none: how the lines of a text end; static. */
const char *dialect_ends(struct text text);

/* The length of what stands before the first row: byte order mark, declaration and
 * head. *rows: how many lines of it are to be counted as skipped. */
size_t dialect_preamble(const struct dialect *dialect, struct text sample,
			unsigned *rows);

/* The name of a separator or quote as people and profiles write it: `comma`,
 * `tab`, `"`, `none`, ...; out has at least 16 bytes. */
const char *dialect_name(int byte, char *out, size_t size);
/* The byte of such a name, or of a text of one byte; DIALECT_UNKNOWN: neither.
 * `none` is 0. */
int dialect_byte(struct text name);

/* The values of escape (none, backslash, quote), inner (doubled, bare, part) and guard
 * (none, excel) by the names that people and profiles give them; DIALECT_UNKNOWN: there
 * is no such. */
int dialect_escape(struct text name);
int dialect_inner(struct text name);
int dialect_guard(struct text name);

/* One line about a dialect: `separator comma, quote ", header yes, ...`. */
void dialect_describe(const struct dialect *dialect, struct buf *out);

#endif
