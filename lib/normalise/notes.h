/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of sources and rows on the way: assumptions, and rows set aside. */
#ifndef UNSPOOF_NORMALISE_NOTES_H
#define UNSPOOF_NORMALISE_NOTES_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/place.h"
#include "casefile/reject.h"
#include "casefile/sql.h"
#include "normalise/source_sense.h"

/* Rows that a notice is given of; the others are counted. */
#define NOTES_NOTICED 10

/* The tables unread and assumption, which they alone write. Zeroed is closed. */
struct notes {
	struct casefile *casefile;
	const struct observer *observer;
	sqlite3_stmt *unread;
	sqlite3_stmt *assumption;
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

/* Records and notices an assumption about a source. */
enum status notes_assume(struct notes *notes, const struct source_sense *source,
			 const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Sets a row aside, with a notice for the first NOTES_NOTICED. */
enum status notes_set_aside(struct notes *notes, const struct unread *unread);

#endif
