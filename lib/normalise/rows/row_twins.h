/* SPDX-License-Identifier: Apache-2.0 */
/* Payments and reports that are there twice: found, written down, told. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_ROW_TWINS_H
#define UNSPOOF_NORMALISE_DUPLICATES_ROW_TWINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/casefile.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct row_twins_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct source_senses *sources;
	struct notes *notes;
};

/* Once all rows are understood; *count is added to: rows that another one stands for. */
enum status payment_twins_find(const struct row_twins_given *given, uint64_t *count);
enum status report_twins_find(const struct row_twins_given *given, uint64_t *count);

/* ---- for these two ---- */

/* A row. */
struct row_twin {
	int64_t id;            /* of the found row */
	int64_t line, member;
	uint32_t source;       /* place among the sources */
	bool duplicate;        /* another row stands for it: */
	int64_t twin;          /* that, or, of one that stands, the first it stands for */
};

/* What is said of one finding. */
struct row_words {
	const char *role;      /* "": rows as a whole */
	const char *text;      /* behind the count */
	const char *remedy;
};

struct row_tally {
	uint64_t count;
	struct row_twin row, other;    /* the first, and the one that stands for it */
};

#define ROW_FINDINGS_MOST 4

struct row_tallies {
	struct row_tally of[ROW_FINDINGS_MOST];
};

/* other may be NULL. */
void row_tally_add(struct row_tallies *tallies, unsigned finding, const struct row_twin *row,
		   const struct row_twin *other);
/* One row stands for another, which has not stood for any. */
void row_twins_join(struct row_twin *stander, struct row_twin *duplicate);
/* The place of a source's service: that of the first source of it. */
uint32_t row_twins_service(const struct source_senses *sources, uint32_t source);
/* The hash of a text without the blanks around it; 0: there is none. */
uint64_t row_twins_hash(const struct secret *secret, struct text text);
/* The statement that writes a row into table `read` down, and a row. */
sqlite3_stmt *row_twins_prepare(struct casefile *casefile, const char *read,
				const char *column);
enum status row_twins_write(struct casefile *casefile, sqlite3_stmt *update,
			    const struct row_twin *row);
/* Remarks, a source and finding each; `rows` is what they are: "payments". */
enum status row_twins_tell(const struct row_twins_given *given,
			   const struct row_tallies *tallies, const char *rows,
			   const struct row_words *words, unsigned findings);

#endif
