/* SPDX-License-Identifier: Apache-2.0 */
/* How a delimited text is written: separator, quote, header, line ends. */
#ifndef UNSPOOF_INGEST_DELIMITED_DIALECT_H
#define UNSPOOF_INGEST_DELIMITED_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* Settings that are not known yet, or to be found out. */
#define DIALECT_UNKNOWN (-1)

struct dialect {
	int separator;      /* a byte, or DIALECT_UNKNOWN */
	int quote;          /* a byte, 0 for none, or DIALECT_UNKNOWN */
	int header;         /* 1: the first row names the columns; 0; unknown */
	bool blanks;        /* blanks around quoted fields: `"a", "b"` */
	bool trim;          /* blanks around all fields are dropped */
	bool mark;          /* begins with a UTF-8 byte order mark */
	bool declared;      /* the first line is `sep=;` */
	const char *ends;   /* LF, CRLF, CR, mixed, none; static */
};

/* Finds out what is unknown but the header, from the first bytes of a dump;
 * whole: they are all of it. Settings that are known stay, but `blanks`. The
 * rules are those of formats in the wild: the separator that explains most of
 * the sample wins; a quote must open and close fields to be one. The sample begins
 * with the preamble and its last line may be cut off. */
enum status dialect_sniff(struct dialect *dialect, struct text sample, bool whole,
			  struct error *error);

/* The sample without its preamble and, unless it is whole, without its last
 * line, which may be cut off. */
struct text dialect_body(const struct dialect *dialect, struct text sample,
			 bool whole);

/* LF, CRLF, CR, mixed or none: how the lines of a text end; static. */
const char *dialect_ends(struct text text);

/* The length of what stands before the first row: byte order mark and
 * declaration. *rows: how many lines of it are to be counted as skipped. */
size_t dialect_preamble(const struct dialect *dialect, struct text sample,
			unsigned *rows);

/* The name of a separator or quote as people and profiles write it: `comma`,
 * `tab`, `"`, `none`, ...; out has at least 16 bytes. */
const char *dialect_name(int byte, char *out, size_t size);
/* The byte of such a name, or of a text of one byte; DIALECT_UNKNOWN: neither.
 * `none` is 0. */
int dialect_byte(struct text name);

/* One line about a dialect: `separator comma, quote ", header yes, ...`. */
void dialect_describe(const struct dialect *dialect, struct buf *out);

#endif
