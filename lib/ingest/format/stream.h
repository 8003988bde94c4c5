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
	struct buf file;        /* then that of the member, without its endings; set as it is announced */
	/* The first rows, those that are known. */
	struct sample sample;
	/* 1: the first row of the sample names the columns; 0: none does. Unknown, where
	 * the plan may say, it is set by the plan. */
	int header;
	/* How many lines to go over (--skip-head) for another one that could name the columns as well; 0: there
	 * is none. */
	uint64_t other_head;
	bool declared;          /* the columns' names are no row of the member */
	const char *encoding;   /* of its texts, as the dump says, in a name of iconv; static, or NULL: not said */
	/* Rows may have more columns than the first have: the plan adds those that its
	 * profile names behind the declared ones. */
	bool open;
	bool alone;             /* no other table will come in the member, whatever its name */
	/* A byte a column: 1, its times are UTC whatever zone the rest is in, as those of
	 * TIMESTAMP columns are in a dump that sets its zone. Empty: none is known to be. */
	struct buf utc;
	/* What is done with its rows, set as it is announced; NULL: nothing. */
	const struct plan *plan;
	void *load;             /* of whoever took the announcement */
};

/* Takes the names of the columns that a format knows from elsewhere; false: no
 * memory. */
bool stream_declare(struct stream *stream, const struct text *columns, size_t count);
void stream_release(struct stream *stream);

/* What the table is called, by its name or that of its member. */
static inline struct text stream_table(const struct stream *stream)
{
	return buf_view(stream->name.len > 0 ? &stream->name : &stream->file);
}

#endif
