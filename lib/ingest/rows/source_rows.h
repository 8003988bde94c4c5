/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of dumps as they are found, for whoever wants them without a case. */
#ifndef UNSPOOF_INGEST_ROWS_SOURCE_ROWS_H
#define UNSPOOF_INGEST_ROWS_SOURCE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "ingest/ingest.h"

/* What stands before the columns of a row, and behind them: no column of a table is called so. */
#define ROWS_MEMBER "_member"
#define ROWS_TABLE "_table"
#define ROWS_LINE "_line"
#define ROWS_OFFSET "_offset"
#define ROWS_LENGTH "_length"
#define ROWS_EXTRA "_extra"     /* fields behind the last column */

/* A table of a member. Texts are borrowed for the time of the call. */
struct rows_table {
	const char *shown;      /* the member, and the table if that has a name; safe for a terminal */
	struct text member;     /* its path in the folder or archive; no data: a file was given */
	struct text name;       /* of the table, or of its file without endings */
	const char *const *columns;     /* each once, see rows/column_names.h */
	size_t column_count;
	/* So far: read = written + rejected + skipped; and of those written: */
	uint64_t read, written, rejected, skipped;
	uint64_t narrow, narrow_line;   /* have fewer fields than the columns; the first */
	uint64_t wide, wide_line;       /* have more */
	uint64_t bytes;         /* of rows written and rejected */
	bool sole;              /* the member has no table beside it */
};

/* A row. fields are as many as it has, one that is form_null() SQL's NULL. */
struct rows_row {
	uint64_t line, offset, length;  /* of the member as it is stored; line from 1 */
	const struct text *fields;
	size_t count;
};

/* Who takes the rows, all on the thread that asks for them. What is not STATUS_OK ends it. */
struct rows_taker {
	enum status (*row)(void *context, const struct rows_table *table, const struct rows_row *row,
			   struct error *error);
	/* A member was read to its end: each of its tables, in order of first sight. NULL: nobody
	 * wants to know. */
	enum status (*table)(void *context, const struct rows_table *table, struct error *error);
	void *context;
};

/* What is wanted of a source. */
struct rows_options {
	const char *table;      /* that alone, see casefile/record/table_name.h; NULL: all */
	uint64_t head;          /* so many rows, and then no more is read; 0: all */
	bool all_rejects;       /* each is told; else the first TELL_REJECTS of a table */
};

/* Of all tables and members. */
struct rows_counts {
	uint64_t tables;        /* that are wanted */
	uint64_t left_out;      /* and not */
	uint64_t read, written, rejected, skipped;
	bool stopped;           /* by head: there may be more rows */
};

/*
 * Gives the rows of a SOURCE of ingest_source() in its order, whatever threads there are. What
 * options say of how it is written holds, and kind and profile for its header. Adds to counts.
 * Notices name the rejected rows and, at the end of a member, the counts of its tables.
 *
 * STATUS_OK; STATUS_FAILED: some source could not be read, or not to its end, and the rows before
 * that were given; STATUS_USAGE: no table is the wanted one; STATUS_INTERRUPTED; what the taker
 * returned.
 */
enum status ingest_rows(const struct ingest_options *options, const struct rows_options *wanted,
			const char *path, const struct observer *observer, const struct rows_taker *taker,
			struct rows_counts *counts, struct error *error);

/* The tables of a SOURCE that can be read twice, with their counts; of a member that has one
 * without a name these are 0, for it is not read. What cannot be read is left out; STATUS_OK,
 * STATUS_INTERRUPTED, STATUS_USAGE or what taker->table returned. */
enum status ingest_rows_tables(const struct ingest_options *options, const char *path,
			       const struct observer *observer, const struct rows_taker *taker,
			       struct error *error);

#endif
