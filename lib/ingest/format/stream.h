/* SPDX-License-Identifier: Apache-2.0 */
/* A table inside a member: delimited text is one, a dump of a database has several. */
#ifndef UNSPOOF_INGEST_FORMAT_STREAM_H
#define UNSPOOF_INGEST_FORMAT_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/plan/sample.h"

#define STREAM_HEADER_UNKNOWN (-1)

struct plan;

/* Zeroed is empty. The format sets it up and announces it; from then on it stays
 * where it is until the layout is closed. */
struct stream {
	uint32_t number;        /* from 0, in order of first sight */
	struct buf name;        /* of the table; empty: the member has no other */
	/* The first rows, those that are known. */
	struct sample sample;
	/* 1: the first row of the sample names the columns; 0: none does. Unknown, where
	 * the plan may say, it is set by the plan. */
	int header;
	bool declared;          /* the columns' names are no row of the member */
	/* A byte a column: 1, its times are UTC whatever zone the rest is in, as those of
	 * TIMESTAMP columns are in a dump that sets its zone. Empty: none is known to be. */
	struct buf utc;
	/* The encoding of its texts as the dump says it, in a name of iconv; static, or NULL:
	 * it does not. */
	const char *encoding;
	/* What is done with its rows, set as it is announced; NULL: nothing. */
	const struct plan *plan;
	void *load;             /* of whoever took the announcement */
};

/* Takes the names of the columns that a format knows from elsewhere; false: no
 * memory. */
bool stream_declare(struct stream *stream, const struct text *columns, size_t count);
void stream_release(struct stream *stream);

#endif
