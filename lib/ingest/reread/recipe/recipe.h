/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a source can be read again by, as the case keeps it: see
 * unspoof-case(5), column recipe. */
#ifndef UNSPOOF_INGEST_REREAD_RECIPE_H
#define UNSPOOF_INGEST_REREAD_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/absent.h"
#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/delimited/dialect.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/plan.h"
#include "ingest/plan/profile.h"

#define RECIPE_PATTERNS (ROLES_MOST * MAPPING_PICKS + 2 * PROFILE_FALLBACKS + PROFILE_FILTERS + 2)

struct encoding;
struct format;
struct stream;

/* Zeroed is empty. */
struct recipe {
	const struct format *format;        /* that finds its rows; NULL: delimited text */
	struct dialect dialect;     /* but for what only describes it; of a format header and head */
	size_t preamble;            /* bytes before the first row */
	unsigned preamble_lines;    /* lines of it that are skipped rows */
	struct widths width;          /* of rows that can be taken */
	int legs;                   /* a role, or -1 */
	struct widths legs_width;
	struct mapping mapping;     /* settled */
	struct pattern *patterns[RECIPE_PATTERNS];  /* of the mapping */
	size_t pattern_count;
	const struct encoding *encoding;    /* that its text was made UTF-8 of; or NULL */
	/* Of a format: the digest of the names of all columns where the first rows tell them, else
	 * empty, and those of them that only the profile names, a line each; whether it is read
	 * with what SQLite keeps beside it; free text's patterns, and their lines of the profile. */
	char columns[DIGEST_HEX];
	struct buf widened;
	bool beside;
	const struct pattern *record, *begins;      /* among the patterns */
	unsigned record_line, begins_line;
	/* Not of the recipe: column absent of the source has them. */
	struct absents absents;
};

/* Writes down how rows are read, a line each: by a plan, out of text of a dialect behind
 * a preamble of so many bytes and lines. */
void recipe_write(const struct plan *plan, const struct dialect *dialect,
		  size_t preamble, unsigned preamble_lines, struct buf *out);

/* The same of a stream that has its plan, of a format by its name. */
void recipe_write_stream(const struct stream *stream, const char *format, struct buf *out);
/* What a format adds to that: its columns behind so many, which the profile names; a pattern
 * of free text, `record` or `begins`, with its line of the profile. */
void recipe_write_widened(const struct stream *stream, size_t own, struct buf *out);
void recipe_write_record(const char *word, unsigned line, const struct pattern *pattern,
			 struct buf *out);

/* The digest of the names of columns, in order. False: no memory. */
bool recipe_columns(const struct sample_row *names, char hex[static DIGEST_HEX]);

/* One line about it for people, as column dialect has it. */
void recipe_describe(const struct dialect *dialect, const struct encoding *encoding,
		     const struct widths *width, struct buf *out);

/* Reads that back, from a case that may be forged. STATUS_INTEGRITY: it is none,
 * as the error says; STATUS_FAILED: no memory. Release it also then. */
enum status recipe_parse(struct recipe *recipe, enum kind kind, struct text text,
			 struct error *error);
void recipe_release(struct recipe *recipe);

/* Adds the line that recipe_describe() gave of the source, where `said` is it, but for
 * the line ends that it tells; else one that is another. */
void recipe_described(const struct recipe *recipe, struct text said,
		      struct buf *out);

#endif
