/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting a line of delimited text into fields where it stands, many bytes at a time. */
#ifndef UNSPOOF_INGEST_CUT_H
#define UNSPOOF_INGEST_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* The bytes looked at together. */
#define CUT_BLOCK 64
/* The line cannot be cut here. */
#define CUT_NONE ((size_t)-1)

/* The marks of a dialect, and where the fields of a line go. */
struct cut {
	char separator;         /* not CR, LF, NUL or the quote */
	char quote;             /* NUL: none */
	struct text *fields;    /* of the caller, as many as capacity */
	size_t capacity;
	size_t count;
	size_t quotes;          /* in the line; some: see cut_unquote() */
};

/* Cuts the line that begins at from. Gives where in it its CR or LF stands and
 * the fields before that, with their quotes; or CUT_NONE where a NUL byte
 * comes first, a quote is open at the line's end, or there are more fields than
 * capacity. The text must end in a NUL, and CUT_BLOCK bytes behind that be
 * readable. */
typedef size_t cut_line(struct cut *cut, const char *from);

/* How many bytes a machine compares at once. */
enum cut_width { CUT_PLAIN, CUT_SSE2, CUT_AVX2 };

/* The function for a width; NULL: not on this machine. All give the same. */
cut_line *cut_choose(enum cut_width width);
/* The fastest. */
cut_line *cut_fastest(void);

/* Takes the quotes off the fields of a line with quotes: a field in quotes, in
 * which a quote is doubled, or one without any. Those with doubled quotes are
 * copied to room, which is as long as the line. False, with the fields of no
 * use, where a quote stands anywhere else. */
bool cut_unquote(struct cut *cut, char *room);

#endif
