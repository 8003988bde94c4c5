/* SPDX-License-Identifier: Apache-2.0 */
/* Some thousand rows as parsed: what one thread hands to another. */
#ifndef UNSPOOF_INGEST_ROWBATCH_H
#define UNSPOOF_INGEST_ROWBATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/form.h"
#include "casefile/kinds.h"
#include "casefile/segment.h"
#include "ingest/mapping.h"
#include "ingest/reader.h"

/* A batch is full at so many rows, of whatever kind, or bytes. */
#define ROWBATCH_ROWS 4096
#define ROWBATCH_BYTES (256 * 1024)

enum rowbatch_kind { ROWBATCH_TAKEN, ROWBATCH_REJECTED };

/* A text in the bytes of a batch. */
struct slice {
	uint32_t at, len;       /* at SLICE_NONE: no value */
};

#define SLICE_NONE UINT32_MAX

struct rowbatch_row {
	enum rowbatch_kind kind;
	uint64_t line, offset, length;
	/* Of a row rejected. */
	int role;               /* -1: the whole row */
	struct slice reason, value, text;   /* reason ends in a NUL */
};

/* Zeroed is closed. */
struct rowbatch {
	/* Rows rejected; those taken, but for calls. */
	struct rowbatch_row *rows;
	size_t count;
	struct slice *values;   /* role_count a row */
	int roles[ROLES_MOST];  /* the roles of those */
	size_t role_count;
	struct buf bytes;
	/* All rows: read = taken + skipped + those rejected. */
	uint64_t taken, skipped, rejected;
	bool local_time;        /* a time of one taken tells no zone */
	bool legs;              /* one taken has a leg's width */
	/* Calls taken up to the end of this batch since the last segment. */
	struct segment_rows calls;
	bool segment;           /* they are one, and nothing is left over */
	/* What they added to the forms, for forms_adopt(). */
	struct buf masks;
	uint32_t added[FORM_ROLES];
	/* Where the record behind the batch begins. */
	uint64_t line, offset;
	bool header_due;        /* the header is still to come */
	uint64_t done;          /* bytes of the dump read by now */
	enum status status;     /* STATUS_OK: more rows follow */
};

/* For rows of a mapping; takes no memory yet. */
void rowbatch_init(struct rowbatch *batch, const struct mapping *mapping);
void rowbatch_release(struct rowbatch *batch);
/* Forgets the rows, but for calls, and keeps the memory. */
void rowbatch_clear(struct rowbatch *batch);
bool rowbatch_full(const struct rowbatch *batch);

/* Each adds a row to a batch that is not full, with a copy of all its bytes;
 * bytes.failed: no memory. Taken: values are views of the record, or of
 * anything else. Rejected: role and value as in
 * struct rowbatch_row. */
void rowbatch_take(struct rowbatch *batch, const struct record *record,
		   const struct mapped *values);
void rowbatch_reject(struct rowbatch *batch, const struct record *record, int role,
		     const char *reason, struct text value);

/* A text of the batch, valid until the batch is cleared. */
struct text rowbatch_text(const struct rowbatch *batch, struct slice slice);
/* Sets the values of row i, which was taken, in values, one a role, which begin
 * as zeros; roles that the mapping has not stay. */
void rowbatch_values(const struct rowbatch *batch, size_t i, struct text *values);

#endif
