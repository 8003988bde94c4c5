/* SPDX-License-Identifier: Apache-2.0 */
/* Free text in records: lines, or several from one that a pattern begins at. */
#ifndef UNSPOOF_INGEST_PATTERN_CUTTER_H
#define UNSPOOF_INGEST_PATTERN_CUTTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/format/record.h"
#include "ingest/plan/pattern.h"
#include "ingest/source/dump.h"

/* The longest record, in bytes. */
#define CUTTER_RECORD_MOST (1 << 20)
#define CUTTER_STEP 65536

/* Members are the module's own, but for what is set up: */
struct cutter {
	struct dump *dump;              /* where text comes from; NULL: it is all there */
	const struct pattern *begins;   /* the first line of a record; NULL: each is one */
	struct matcher *matcher;
	uint64_t offset, line;          /* of the next record */
	char *bytes;
	size_t from, to, capacity;
	bool ended;
};

/* What a record is. */
enum cut {
	CUT_RECORD,
	CUT_BEFORE,     /* a line before the first that begins one */
	CUT_LONG,       /* longer than it may be: its text is its first bytes */
	CUT_ENDLESS     /* what begins one could not be found out */
};

/* Takes text that is all there instead of a dump. False: no memory. */
bool cutter_text(struct cutter *cutter, struct text text);
void cutter_release(struct cutter *cutter);

/* The next record; its text is without its last line end, and RECORD_READ bytes behind it can be
 * read. STATUS_END: there is none. Statuses of dump_read(), and no memory. */
enum status cutter_next(struct cutter *cutter, struct record *record, enum cut *cut, struct error *error);

#endif
