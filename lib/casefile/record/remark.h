/* SPDX-License-Identifier: Apache-2.0 */
/* Remarks: what is assumed, dropped, unknown or contradictory in the evidence, with a
 * count and what to do. Each is said once, kept in the case, and exported. */
#ifndef UNSPOOF_CASEFILE_RECORD_REMARK_H
#define UNSPOOF_CASEFILE_RECORD_REMARK_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

struct sqlite3_stmt;

#define REMARK_VALUE_MOST 200      /* bytes kept of a found value */
#define REMARK_TEXT_MOST 500       /* and of a text that is made as by printf() */

/* A row of tables source_remark, remark and conclusion_remark. Strings are borrowed;
 * NULL counts as empty. */
struct remark {
	int64_t source;       /* 0: the case as a whole */
	const char *shown;    /* the source in a message, safe for a terminal */
	const char *role;     /* that it is about; none: rows as a whole */
	const char *topic;    /* a word, see unspoof-case(5) */
	struct text value;    /* as found, that it is about; none: several, or none */
	uint64_t count;       /* of what the text counts, mostly rows */
	uint64_t line;        /* of an example; 0: none */
	const char *text;     /* what is the case; safe for a terminal */
	const char *remedy;   /* what to do if it is wrong; the same */
};

/* Writes the remarks of one layer, in the order in which they are given. Zeroed is
 * closed. */
struct remark_writer {
	struct casefile *casefile;
	const struct observer *observer;
	struct sqlite3_stmt *insert;
};

/* layer: found, understood or concluded; its tables are there. Close also after a
 * failure. */
enum status remark_writer_open(struct remark_writer *writer, struct casefile *casefile,
			       enum layer layer, const struct observer *observer);
void remark_writer_close(struct remark_writer *writer);
/* Keeps a remark and says it, as `SOURCE: TEXT; REMEDY`. */
enum status remark_writer_say(struct remark_writer *writer, const struct remark *remark);
/* The same, with a text made as by printf(). */
enum status remark_writer_sayf(struct remark_writer *writer, const struct remark *remark,
			       const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Keeps it only, for what is said in another way, or is too much to be said. */
enum status remark_writer_keep(struct remark_writer *writer, const struct remark *remark);

#endif
