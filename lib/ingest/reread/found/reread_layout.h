/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a member again whose rows a format finds: by the reader of that format, whose records
 * are judged one by one, on one thread. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_LAYOUT_H
#define UNSPOOF_INGEST_REREAD_REREAD_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"
#include "ingest/reread/judge.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

/* A source as a table of the member. The caller zeroes it, and sets what is before the line,
 * which outlives the layout. */
struct reread_table {
	const struct reread_source *source;
	struct comparison *comparison;      /* open before rows are read */
	/* ---- */
	struct judge judge;
	struct stream *stream;      /* NULL: it was not met so far */
	bool misfits;               /* it was, and nothing of it is read: */
	const char *why;            /* static */
};

/* Members are the module's own. Zeroed is closed. */
struct reread_layout {
	struct reread *reread;
	struct reread_table *const *tables;
	size_t count;
	struct dump *dump;
	struct ingest_options options;
	struct format_records records;
	struct format_input input;
	struct layout *layout;
	bool begun;                 /* rows were read by it */
	struct plan plan;           /* that takes rows as they are */
	struct text *fields;        /* of the row in hand */
	size_t field_capacity;
	uint64_t done;              /* records */
};

/* Opens the member that a dump stands at, for tables of it whose recipes open it the same
 * (recipe_opens_same()), and which stay where they are. Call reread_layout_close() whatever it
 * returns. Statuses of the format's open(), and no memory. */
enum status reread_layout_open(struct reread_layout *again, struct reread *reread,
			       struct reread_table *const *tables, size_t count, struct dump *dump);
void reread_layout_close(struct reread_layout *again);
bool reread_layout_is_open(const struct reread_layout *again);

/* Compares the rows of the tables in the member that a dump stands at, to its end: the one that
 * was opened or, behind another, one that is written as that. Statuses of the dump, the format
 * and comparison_take(). */
enum status reread_layout_rows(struct reread_layout *again, struct dump *dump);

/* Adds in words how a table is written, as the case has it. */
void reread_layout_dialect(const struct reread_layout *again, const struct reread_table *table,
			   struct buf *out);

/* Compares what the case says in words of how a table was read. */
enum status reread_layout_describe(const struct reread_layout *again, struct reread_table *table);

#endif
