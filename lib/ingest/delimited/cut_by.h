/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting by a bit for every separator, quote and line end: what the levels of the
 * processor share that only find these in ways of their own. For cut*.c alone. */
#ifndef UNSPOOF_INGEST_DELIMITED_CUT_BY_H
#define UNSPOOF_INGEST_DELIMITED_CUT_BY_H

#include <stdint.h>

#include "ingest/delimited/cut.h"

/* Where in a block the marks stand, the first byte in the lowest bit. */
struct marks {
	uint64_t separators, quotes;
	uint64_t stops;         /* CR, LF, NUL */
};

typedef struct marks find_marks(const char *block, char separator, char quote);

/* Whether an odd number of quotes stands at or before each byte. */
static inline uint64_t within_quotes(uint64_t quotes)
{
	for (unsigned shift = 1; shift < CUT_BLOCK; shift <<= 1)
		quotes ^= quotes << shift;
	return quotes;
}

/* Adds the fields that end at the separators of a block. */
static inline const char *add_fields(struct cut *cut, uint64_t separators,
				     const char *block, const char *start)
{
	struct text *field = cut->fields + cut->count;

	for (; separators; separators &= separators - 1, field++) {
		const char *end = block + __builtin_ctzll(separators);

		field->data = start;
		field->len = (size_t)(end - start);
		start = end + 1;
	}
	cut->count = (size_t)(field - cut->fields);
	return start;
}

/* The field that the first quote of a line stands in, which is in this block. */
static inline size_t field_at(const struct cut *cut, const struct marks *marks)
{
	const uint64_t before = (marks->quotes & (0 - marks->quotes)) - 1;

	return cut->count + (size_t)__builtin_popcountll(marks->separators & before);
}

/* The work itself, put into a function for each level, so that find is no call. */
static inline __attribute__((always_inline)) size_t
cut_by(struct cut *cut, const char *from, find_marks *find)
{
	const char *start = from;
	uint64_t open = 0;      /* all ones: a quote is open before the block */

	cut->count = 0;
	cut->quotes = 0;
	for (const char *block = from;; block += CUT_BLOCK) {
		const struct marks marks = find(block, cut->separator, cut->quote);
		const uint64_t stop = marks.stops & (0 - marks.stops);
		uint64_t within = open;
		uint64_t separators;

		if (marks.quotes & (stop - 1)) {
			if (cut->quotes == 0)
				cut->quoted = field_at(cut, &marks);
			cut->quotes += (size_t)__builtin_popcountll(
				marks.quotes & (stop - 1));
			within ^= within_quotes(marks.quotes);
			open = 0 - (within >> (CUT_BLOCK - 1));
		}
		separators = marks.separators & ~within & (stop - 1);
		if (cut->count + (size_t)__builtin_popcountll(separators) >=
		    cut->capacity)
			return CUT_NONE;
		start = add_fields(cut, separators, block, start);
		if (stop) {
			const char *end = block + __builtin_ctzll(stop);

			if ((within & stop) || *end == '\0')
				return CUT_NONE;
			cut->fields[cut->count].data = start;
			cut->fields[cut->count++].len = (size_t)(end - start);
			return (size_t)(end - from);
		}
	}
}

/* cut_unquote of these levels. */
cut_unquote cut_unquote_plain;

#endif
