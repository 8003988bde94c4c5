/* SPDX-License-Identifier: Apache-2.0 */
/* From the text of a block to rows that were checked; calls are coded at once, while
 * their bytes are at hand, as far as this parser has met their forms. */
#ifndef UNSPOOF_INGEST_PARSE_ROW_SINK_H
#define UNSPOOF_INGEST_PARSE_ROW_SINK_H

#include <stdbool.h>

#include "casefile/form/form.h"
#include "casefile/segment/segment.h"
#include "ingest/delimited/reader.h"
#include "ingest/parse/batch.h"
#include "ingest/plan/check.h"
#include "ingest/plan/plan.h"

/* Members are the module's own, but for reader and header_due. */
struct row_sink {
	struct reader reader;       /* of the text */
	const struct plan *plan;
	struct checker checker;
	bool header_due;            /* the header is still to come */
	bool codes;                 /* the rows are calls */
	bool failed;                /* no memory */
	struct formcache *cache;    /* of forms met */
	formcache_find *find;
	struct error error;
};

/* Prepares to parse by a plan, which must outlive it. False: no memory. Release
 * it all the same. */
bool row_sink_open(struct row_sink *parser, const struct plan *plan);
void row_sink_release(struct row_sink *parser);

/* Takes, rejects or skips the records of a text, which is lent to the reader, in
 * a batch that is clear and has room for calls. False: no memory. */
bool row_sink_text(struct row_sink *parser, char *bytes, size_t len, bool last,
		    struct batch *batch);

/* Codes what some parser left of a call, in the order of rows. The text's form;
 * FORM_HEAP: value is not set. */
int64_t row_sink_code(struct row_sink *parser, struct forms *forms, unsigned role,
		       struct text text, int64_t *value);

#endif
