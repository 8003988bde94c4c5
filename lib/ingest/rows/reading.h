/* SPDX-License-Identifier: Apache-2.0 */
/* Reading all rows of a member as they are found. */
#ifndef UNSPOOF_INGEST_ROWS_READING_H
#define UNSPOOF_INGEST_ROWS_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/plan/plan.h"
#include "ingest/rows/column_names.h"
#include "ingest/rows/source_rows.h"
#include "ingest/source/dump.h"

/* Tables of a member at most. */
#define READING_TABLES 65536
/* Bytes of the first rows that are kept of a table, and of all; a row that is longer than that of a
 * table is left out. */
#define READING_SAMPLE (128 << 10)
#define READING_SAMPLES (128 << 20)

struct reading;

/* A table of the member. */
struct reading_table {
	struct reading *reading;
	struct stream *stream;
	struct rows_table told;
	struct columns columns;
	struct buf shown;
	struct sample sample;       /* its first rows, behind the header */
	bool wanted;
	bool fits;                  /* for sniff: it can be ingested as it is */
};

/* A member being read. The caller zeroes it, and sets what is before the line. */
struct reading {
	const struct ingest_options *options;
	const struct rows_options *wanted;
	const struct observer *observer;
	const struct rows_taker *taker;
	const char *folder;         /* that was given, and that members are named in; NULL: none */
	bool samples;               /* the first rows are kept */
	/* ---- */
	struct dump *dump;
	struct format_input input;
	struct layout *layout;
	struct plan plain, footed;  /* of tables with a name, and of the one without */
	struct reading_table **tables;
	size_t count, capacity;
	struct rows_counts counts;  /* of the member */
	struct text *fields;        /* of the row in hand */
	size_t field_capacity;
	size_t sampled;             /* bytes of all samples */
	uint64_t given;             /* rows so far, of all members; kept */
	bool stopped;               /* they are as many as are wanted; kept */
};

/* Opens the member a dump stands at, with the tables that its format knows by then. Call
 * reading_close() whatever it returns. */
enum status reading_open(struct reading *reading, struct dump *dump, struct error *error);
/* Has the format meet the tables that begin in the first bytes; then it has to be opened anew
 * before its rows are read. */
enum status reading_meet(struct reading *reading, struct error *error);
/* Reads all rows. STATUS_END: as many as were wanted were given. */
enum status reading_rows(struct reading *reading, struct error *error);
/* Gives each table that had rows the sample that was kept, in place of what its format knew. */
enum status reading_settle(struct reading *reading, struct error *error);
/* Frees what is of the member. */
void reading_close(struct reading *reading);

/* Whether the member has tables with names, or may yet, for none is known. */
bool reading_is_named(const struct reading *reading);

#endif
