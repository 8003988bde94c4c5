/* SPDX-License-Identifier: Apache-2.0 */
/* Takes the records of a stream as rows: mapped, checked, and put into a batch; calls
 * are coded at once, while their bytes are at hand, as far as this sink has met their
 * forms. Of a plan that says so they are put there as they are. */
#ifndef UNSPOOF_INGEST_PARSE_ROW_SINK_H
#define UNSPOOF_INGEST_PARSE_ROW_SINK_H

#include <stdbool.h>

#include "casefile/form/form.h"
#include "casefile/form/formspan.h"
#include "casefile/segment/segment.h"
#include "ingest/encoding/fields.h"
#include "ingest/encoding/places.h"
#include "ingest/format/record.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/row/row_seen.h"
#include "ingest/plan/check.h"
#include "ingest/plan/pattern.h"
#include "ingest/plan/plan.h"

/* Members are the module's own, but for failed. */
struct row_sink {
	const struct plan *plan;
	struct checker checker;
	struct matcher *matcher;    /* of the profile's patterns */
	struct mapping_room room;   /* of values that are made */
	struct row_seen eyes;       /* what rows show beside their values */
	bool codes;                 /* the rows are calls, */
	bool glances;               /* of which most are told by their codes */
	bool straight;              /* fields and rows are what they are */
	bool failed;                /* no memory */
	struct formcache *cache;    /* of forms met */
	formcache_find *find;
	struct formspans *spans;    /* of those side by side; NULL: none are looked at together */
	struct batch *batch;        /* where the rows go */
	struct places *places;      /* of the text that records are of, or NULL */
	struct field_decoder decoder;       /* of fields that are no UTF-8 */
	struct record placed;       /* the record put last, as it stands in the member */
	/* Why the record put last was refused. */
	int role;
	const char *reason;
	struct text value;
	char width_reason[CHECK_REASON];
};

/* Prepares for rows of a plan, which must outlive it, in an encoding as struct stream has it. False: no memory. Release
 * it all the same. */
bool row_sink_open(struct row_sink *sink, const struct plan *plan, const char *encoding);
void row_sink_release(struct row_sink *sink);
/* The thread is done with it for now, and another may use it: see
 * base/thread/owner.h. */
void row_sink_hand_over(struct row_sink *sink);

/* Where rows go from now on: a batch that is clear and, for calls, has room for
 * them. places: by which those of records are told; NULL: they are what they are. */
void row_sink_begin(struct row_sink *sink, struct batch *batch, struct places *places);

/* Takes a record as a row. False: it cannot be one, and is to go to
 * row_sink_refuse(), perhaps cut short, before another is put. RECORD_READ bytes from
 * the start of each field are read. */
bool row_sink_put(struct row_sink *sink, const struct record *record);
/* Notes the record that was put last as rejected, with a copy of its text. */
void row_sink_refuse(struct row_sink *sink, const struct record *record);
/* Notes a record that is no row, for a reason. */
void row_sink_reject(struct row_sink *sink, const struct record *record,
		     const char *reason);
/* Counts a line that is neither. */
void row_sink_skip(struct row_sink *sink);
/* The same of one that stands around the table, whose place is kept. */
void row_sink_foot(struct row_sink *sink, const struct record *record);

/* Notes that the record which is put or rejected next has a value in no column, for its name
 * came too late to be one. */
void row_sink_late(struct row_sink *sink, const struct record *record, struct text name);

/* Codes what some sink left of a call, in the order of rows. The text's form;
 * FORM_HEAP: value is not set. */
int64_t row_sink_code(struct row_sink *sink, struct forms *forms, unsigned role,
		      struct text text, int64_t *value);

#endif
