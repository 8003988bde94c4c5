/* SPDX-License-Identifier: Apache-2.0 */
/* From records to rows that were checked; calls are coded at once, while their
 * bytes are at hand. */
#ifndef UNSPOOF_INGEST_ROWPARSER_H
#define UNSPOOF_INGEST_ROWPARSER_H

#include <stdbool.h>

#include "casefile/form.h"
#include "casefile/segment.h"
#include "ingest/check.h"
#include "ingest/plan.h"
#include "ingest/reader.h"
#include "ingest/rowbatch.h"

/* Members are the module's own, but for calls and forms. */
struct rowparser {
	struct reader *reader;
	const struct plan *plan;
	struct checker checker;
	bool header_due;            /* the header is still to come */
	bool codes;                 /* the rows are calls */
	bool failed;                /* no memory */
	struct forms forms;         /* with those of all calls so far */
	struct segment_rows calls;  /* may be taken away once they are full */
};

/* Prepares to parse what a reader gives, by a plan; both must outlive it. forms:
 * what the case has, for calls. False: no memory. Release it all the same. */
bool rowparser_open(struct rowparser *parser, struct reader *reader,
		    const struct plan *plan, const struct forms *forms);
void rowparser_release(struct rowparser *parser);

/* Makes room for calls where they were taken away; false: no memory. */
bool rowparser_room(struct rowparser *parser);

/* Takes, rejects or skips a record, which may shrink to its first line. A row
 * that is taken goes to the batch, and a call to parser->calls, which are not
 * full. Texts of the record are readable as the reader says. */
void rowparser_record(struct rowparser *parser, struct record *record,
		      struct rowbatch *batch);

#endif
