/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, their rejected rows, and the found rows of the small kinds. */
#ifndef UNSPOOF_CASEFILE_ROWS_H
#define UNSPOOF_CASEFILE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/kinds.h"
#include "casefile/table/bulk_insert.h"
#include "casefile/table/row_buffer.h"
#include "casefile/table/table_digest.h"

#define REJECT_VALUE_MOST 4096     /* bytes kept of a rejected value */
#define REJECT_TEXT_MOST 65536     /* bytes kept of a rejected row */

/* Where a row stands: line from 1, bytes from 0 in the uncompressed member,
 * length with the line end. */
struct place {
	int64_t source;
	uint64_t line;
	uint64_t offset;
	uint64_t length;
};

/* A row of table source. Strings are borrowed; NULL counts as empty. */
struct source_row {
	int64_t id;
	const char *path, *member, *compression;
	uint64_t size;
	char sha256[DIGEST_HEX];
	uint64_t member_size;
	char member_sha256[DIGEST_HEX];
	const char *kind, *service, *profile, *region, *zone, *currency;
	const char *date_order, *legs, *dialect, *mapping, *words;
	const char *tech_prefixes;
	uint64_t read, accepted, rejected, skipped;
};

/* Sets row->id to the next free id; the row itself is written by source_insert,
 * again and again as long as the source is not whole. */
enum status source_next(struct casefile *casefile, struct source_row *row);
/* Writes the row, in place of the one of that id. read = accepted + rejected +
 * skipped must hold, else STATUS_INTEGRITY. */
enum status source_insert(struct casefile *casefile,
			  const struct source_row *row);
/* Gives id, path, member and hash of each whole source behind one, in order of
 * their ids; the texts are valid during the call. */
enum status source_each(struct casefile *casefile, int64_t behind,
			void (*take)(void *context, const struct source_row *row),
			void *context);
/* The id of a source with this content, kind and member that gave at least one
 * row, or 0. */
enum status source_find(struct casefile *casefile, const char *member_sha256,
			const char *kind, int64_t *id);

/* The columns of a found row of a kind that is not calls: id, source, line,
 * offset, length, then a text a role of the kind, in order; absent is NULL. */
enum { ROW_ID, ROW_SOURCE, ROW_LINE, ROW_OFFSET, ROW_LENGTH, ROW_ROLES };

/* Writes rows of one kind (not calls) and rejects. Must not move while it is
 * open; a case has one a kind at a time. */
struct row_writer {
	struct casefile *casefile;
	enum kind kind;
	size_t columns;
	int64_t next;              /* the id of the next row */
	struct table_digest *table_digest;     /* of the table; NULL: none */
	struct bulk_put put;       /* closed for calls */
	sqlite3_stmt *reject;
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
enum status row_writer_reject(struct row_writer *writer,
			      const struct place *place, const char *role,
			      const char *reason, struct text value,
			      struct text text);
void row_writer_close(struct row_writer *writer);

#endif
