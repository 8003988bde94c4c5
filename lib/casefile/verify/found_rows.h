/* SPDX-License-Identifier: Apache-2.0 */
/* The accepted rows of one source as the case has them, in order, of any kind. */
#ifndef UNSPOOF_CASEFILE_VERIFY_FOUND_ROWS_H
#define UNSPOOF_CASEFILE_VERIFY_FOUND_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/form/form.h"
#include "casefile/kinds.h"
#include "casefile/segment/segment.h"

struct sqlite3_stmt;

/* Where the rows of a source lie in the table of a kind. */
struct foundrows_span {
	int64_t source, first, last;
};

/* Members are the module's own, but for the place of the row. Zeroed is closed. */
struct foundrows {
	struct casefile *casefile;
	struct foundrows *home;     /* which keeps forms and spans: itself, or another */
	struct forms forms;
	struct segment_reader segments;
	bool has_forms, has_segments;
	struct foundrows_span *spans[KIND_COUNT];
	size_t span_counts[KIND_COUNT];
	bool has_spans[KIND_COUNT];
	enum kind kind;
	struct sqlite3_stmt *statement;    /* of the source's segments or rows */
	uint64_t from, count;       /* the rows of the one that it stands on */
	bool decoded, ended;
	uint32_t row;               /* of the segment */
	struct buf text;
	/* Of the row: line from 1, bytes from 0, as the case says. */
	uint64_t member, line, offset, length;
};

/* Prepares to read; the case must outlive it. */
void foundrows_open(struct foundrows *rows, struct casefile *casefile);
/* The same beside another, whose forms and spans it uses; that outlives it, and both stay where
 * they are. */
void foundrows_open_beside(struct foundrows *rows, struct foundrows *home);
void foundrows_close(struct foundrows *rows);

/* Goes to a source of a kind; its rows are numbered from 0. */
enum status foundrows_source(struct foundrows *rows, int64_t source, enum kind kind);
/* Goes on to row n, which is not before the last. STATUS_END: there are fewer;
 * STATUS_INTEGRITY: it cannot be given back. */
enum status foundrows_seek(struct foundrows *rows, uint64_t n);
/* The found text of a role of the row, without data where it has none, form_null()
 * where a call has NULL; valid until the next call. STATUS_INTEGRITY: it cannot be given back. */
enum status foundrows_text(struct foundrows *rows, size_t role, struct text *text);

#endif
