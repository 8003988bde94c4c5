/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a source that is read again, against what the case has of it. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_COMPARE_H
#define UNSPOOF_INGEST_REREAD_REREAD_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/verify/found_rows.h"
#include "ingest/reread/draw.h"
#include "ingest/reread/judge.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_rejects.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

/* What does not hold, each a line. So many of rows are kept, and those of no row; all
 * are counted. */
#define FINDINGS_KEPT 20
struct findings {
	const char *shown;      /* the source, safe for a terminal */
	struct buf lines;
	uint64_t count, kept;
};

/* Adds one: `shown:line: text`, without the line where that is 0. The text has to
 * be safe for a terminal. */
void findings_add(struct findings *findings, uint64_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for a place or count that is another. */
void findings_number(struct findings *findings, uint64_t line, const char *name,
		     uint64_t has, uint64_t is);
/* And for a text, either without data where there is none. */
void findings_text(struct findings *findings, uint64_t line, const char *role,
		   struct text has, struct text is);
void findings_release(struct findings *findings);

/* What tells the place of rows that are read so. */
enum placed placed_of(const struct recipe *recipe);
/* How a row of the case lies to a record: before it, at its place, or behind it. */
enum lie { LIE_BEFORE, LIE_SAME, LIE_BEHIND };
enum lie place_lie(enum placed placed, uint64_t line, uint64_t offset, const struct record *record);
/* The same for rows of members, by their numbers first. */
enum lie member_lie(uint64_t has, uint64_t is, enum lie lie);

/* A source being compared. Members are the module's own, but for findings and
 * compared. */
struct comparison {
	struct casefile *casefile;
	const struct reread_source *source;
	struct foundrows *rows;
	enum placed placed;
	bool tiles;                 /* records stand end to end */
	bool all;
	struct draw draw;
	struct rejects rejects;     /* all */
	uint64_t accepted, rejected, skipped;
	uint64_t compared;          /* rows */
	uint64_t next;              /* all: the row of the case that is due */
	bool stopped;               /* a row of the case cannot be given back */
	bool leg;
	bool described;             /* how it was read was compared */
	uint64_t member;            /* number of the member that is read */
	uint64_t line, offset;      /* where the next record begins */
	/* What there was before the member. */
	uint64_t accepted_before, rejected_before, skipped_before;
	struct findings findings;
};

/* Close it also after a failure. */
enum status comparison_open(struct comparison *comparison,
			    struct casefile *casefile,
			    const struct reread_source *source,
			    struct foundrows *rows,
			    const struct reread_options *options,
			    const char *shown);
void comparison_close(struct comparison *comparison);

/* Takes the next record. Any status but STATUS_OK: it cannot go on. */
enum status comparison_take(struct comparison *comparison,
			    const struct judged *judged);
/* Counts rows that are skipped, where records do not stand end to end. */
void comparison_skip(struct comparison *comparison, uint64_t rows);
/* Takes in words how the source was read, as it is read now. */
void comparison_describe(struct comparison *comparison, struct text dialect, struct text mapping);
/* A source of members: before each, whose messages name it; behind it, with what the case
 * says of it, size unpacked; one that is not read, with its accepted rows; behind
 * the last, if all were read. */
struct member_sums {
	uint64_t size, accepted, rejected, skipped;
};
void comparison_begin(struct comparison *comparison, uint64_t member, const char *shown);
enum status comparison_end_member(struct comparison *comparison,
				  const struct judge *judge,
				  const struct member_sums *sums);
enum status comparison_pass(struct comparison *comparison, uint64_t member,
			    uint64_t accepted);
enum status comparison_end_all(struct comparison *comparison);

/* Behind the last, of a member of that many bytes. What was read by no judge is to be described
 * before, judge being NULL here and above. */
enum status comparison_end(struct comparison *comparison,
			   const struct judge *judge, uint64_t size);

#endif
