/* SPDX-License-Identifier: Apache-2.0 */
/* The found rows of the small kinds. */
#ifndef UNSPOOF_CASEFILE_ROW_WRITER_H
#define UNSPOOF_CASEFILE_ROW_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/kinds.h"
#include "casefile/place.h"
#include "casefile/table/bulk_put.h"
#include "casefile/table/row_buffer.h"
#include "casefile/table/table_digest.h"

/* The columns of a found row of a kind that is not calls: id, place, then a text a
 * role of the kind, in order; absent is NULL. */
#define ROW_COLUMN(column, name, more) ROW_##column,
enum { ROW_ID, PLACE_EACH(ROW_COLUMN) ROW_FIRST_ROLE };

/* Begins a row of a kind: its id, which is still open, and its place. */
static inline void row_begin(struct row_buffer *rows, const struct place *place)
{
	row_buffer_integer(rows, 0);
	row_buffer_integer(rows, place->source);
	row_buffer_integer(rows, (int64_t)place->member);
	row_buffer_integer(rows, (int64_t)place->line);
	row_buffer_integer(rows, (int64_t)place->offset);
	row_buffer_integer(rows, (int64_t)place->length);
}

_Static_assert(ROW_SOURCE == 1 && ROW_MEMBER == 2 && ROW_LINE == 3 && ROW_OFFSET == 4 &&
		       ROW_LENGTH == 5 && ROW_FIRST_ROLE == 6,
	       "a place goes in as its columns are");

/* Writes rows of one kind (not calls). Must not move while it is open; a case has
 * one at a time, and fills no table meanwhile. */
struct row_writer {
	struct casefile *casefile;
	enum kind kind;
	size_t columns;
	int64_t next;              /* the id of the next row */
	struct table_digest *table_digest;     /* of the table; NULL: none */
	struct bulk_put put;
};

enum status row_writer_open(struct row_writer *writer, struct casefile *casefile,
			    enum kind kind);
/* Gives rows their ids and their source, and adds them to the digest, which needs
 * all the rest of them. In the order of rows, each once; on any thread, and nothing
 * else of the writer does so meanwhile. */
void row_writer_number(struct row_writer *writer, struct row_buffer *rows,
		       int64_t source);
/* Stores rows that have their numbers. */
enum status row_writer_put(struct row_writer *writer, const struct row_buffer *rows);
void row_writer_close(struct row_writer *writer);

#endif
