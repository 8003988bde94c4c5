/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of how a source is written, once all of it is read. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_DIALECT_H
#define UNSPOOF_INGEST_LOAD_LOAD_DIALECT_H

#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* What nobody would expect of it, lines around the table, and rejected rows that say it
 * is written otherwise. */
enum status load_say_dialect(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer);

/* Where an example of a remark stands, in words: `line 7`, or where the source has members
 * `line 7 of dumps/3.csv`. Returns what column line of the remark is to have: the line, or 0
 * where it says nothing without its file. */
uint64_t load_place_text(const struct load *load, const struct load_stream *stream,
			 uint64_t member, uint64_t line, struct buf *out);

/* The same of the first of `count` rows, whose line and member stand in a column of a statement
 * and the one behind; adds `, the first in line 7 of dumps/3.csv` where there are members, and
 * else nothing. */
struct sqlite3_stmt;
uint64_t load_example_text(const struct load *load, const struct load_stream *stream,
			   uint64_t count, struct sqlite3_stmt *row, int column, struct buf *out);

/* STATUS_USAGE: within it the columns are named again in another order, so that nobody can tell what its rows are;
 * nothing of it is to be kept. */
enum status load_one_header(struct load *load, const struct load_stream *stream);

#endif
