/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting a line of delimited text into fields where it stands, many bytes at a time. */
#ifndef UNSPOOF_INGEST_DELIMITED_CUT_H
#define UNSPOOF_INGEST_DELIMITED_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cpu.h"
#include "base/text.h"

/* The bytes looked at together. */
#define CUT_BLOCK 64
/* The line cannot be cut here. */
#define CUT_NONE ((size_t)-1)

/* Fields that may be written to behind those of a line. */
#define CUT_SPARE 8

/* The marks of a dialect, and where the fields of a line go. */
struct cut {
	char separator;         /* not CR, LF, NUL or the quote */
	char quote;             /* NUL: none */
	struct text *fields;    /* of the caller, capacity and CUT_SPARE of them */
	size_t capacity;
	size_t count;
	size_t quotes;          /* in the line; some: it is to be unquoted */
	size_t quoted;          /* the field with the first of them */
};

/* Cuts the line that begins at from. Gives where in it its CR or LF stands and
 * the fields before that, with their quotes; or CUT_NONE where a NUL byte
 * comes first, a quote is open at the line's end, or there are more fields than
 * capacity. The text must end in a NUL, and CUT_BLOCK bytes behind that be
 * readable. */
typedef size_t cut_line(struct cut *cut, const char *from);

/* Takes the quotes off the fields of a line with quotes: a field in quotes, in
 * which a quote is doubled, or one without any. Those with doubled quotes are
 * copied to room, which is as long as the line and CUT_BLOCK bytes longer. False,
 * with the fields of no use, where a quote stands anywhere else. */
typedef bool cut_unquote(struct cut *cut, char *room);

struct cutter {
	cut_line *line;
	cut_unquote *unquote;
};

/* Those for a level that cpu_has(). All give the same. */
const struct cutter *cut_choose(enum cpu_level level);
/* The fastest. */
const struct cutter *cut_fastest(void);

/* For cut_choose(): where CPU_X86. */
extern const struct cutter cut_sse2, cut_avx2, cut_avx512;

/* Takes the quotes off a field that begins with one, and adds how many there were.
 * False: one of them is out of place. *room: where it is copied to, or else what
 * is left of that. */
typedef bool cut_unquote_field(struct text *field, char quote, char **room,
			       size_t *quotes);
cut_unquote_field cut_unquote_field_plain;

/* The work of each cut_unquote. */
static inline __attribute__((always_inline)) bool
cut_unquote_by(struct cut *cut, char *room, cut_unquote_field *unquote)
{
	size_t quotes = 0;

	for (size_t i = cut->quoted; quotes < cut->quotes; i++) {
		struct text *field = &cut->fields[i];

		if (i == cut->count)
			return false;
		if (field->len > 0 && field->data[0] == cut->quote &&
		    !unquote(field, cut->quote, &room, &quotes))
			return false;
	}
	return true;
}

#endif
