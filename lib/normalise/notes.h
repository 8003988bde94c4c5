/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of sources and rows on the way: remarks, and rows set aside. */
#ifndef UNSPOOF_NORMALISE_NOTES_H
#define UNSPOOF_NORMALISE_NOTES_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/place.h"
#include "casefile/record/remark.h"
#include "casefile/reject.h"
#include "casefile/sql.h"
#include "normalise/source_sense.h"

/* Rows that a notice is given of; the others are counted. */
#define NOTES_NOTICED 10

/* The tables unread and remark, which they alone write. Zeroed is closed. */
struct notes {
	struct casefile *casefile;
	const struct observer *observer;
	sqlite3_stmt *unread;
	struct remark_writer remarks;
	uint64_t count;          /* of rows set aside */
};

/* A value that could not be understood. */
struct unread {
	const struct source_sense *source;
	struct place place;
	const char *role;
	const char *reason;
	struct text value;
};

/* Close also after a failure. */
enum status notes_open(struct notes *notes, struct casefile *casefile,
		       const struct observer *observer);
void notes_close(struct notes *notes);

/* Records and notices a remark on a source, which sets its `source` and `shown`. */
enum status notes_remark(struct notes *notes, const struct source_sense *source,
			 const struct remark *remark, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A row of a source, by its member and line. */
struct note_row {
	const struct source_sense *source;
	int64_t member;
	uint64_t line;
};

/* Adds an example to a remark on the source of a row: `line 17 as b.csv:3`, or without
 * another row `line 17 is one`; where the source has members, `dumps/1.csv:17`. What
 * memory does not suffice for is left out. Returns the line for the remark, as
 * notes_add_line() does. */
uint64_t notes_add_example(const struct notes *notes, const struct note_row *row,
		       const struct note_row *other, struct buf *out);
/* Adds "; dumps/1.csv:17 is one" where the source has members, and nothing where its line says
 * enough. */
void notes_add_member_example(const struct notes *notes, const struct note_row *row, struct buf *out);
/* Adds where a row of the source of a remark stands: `line 17`, or where the source has
 * members `line 17 of dumps/1.csv`; returns the line for the remark, 0 where it says nothing
 * without its file. */
uint64_t notes_add_line(const struct notes *notes, const struct note_row *row, struct buf *out);
/* Sets a row aside, with a notice for the first NOTES_NOTICED. */
enum status notes_set_aside(struct notes *notes, const struct unread *unread);

#endif
