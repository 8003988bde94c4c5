/* SPDX-License-Identifier: Apache-2.0 */
/* From a reader to rows that were checked, in batches, on a thread of its own,
 * and on another what it reads. */
#ifndef UNSPOOF_INGEST_PARSE_H
#define UNSPOOF_INGEST_PARSE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/form.h"
#include "ingest/ahead.h"
#include "ingest/dump.h"
#include "ingest/plan.h"
#include "ingest/reader.h"
#include "ingest/rowbatch.h"
#include "ingest/rowparser.h"

/* Batches: one being stored, and those that wait or are being filled. Those of
 * calls are small; while a segment is packed and stored, as many are filled as
 * another takes. */
#define PARSE_BATCHES 4
#define PARSE_CALL_BATCHES 40
/* Segments of calls: one being filled, two that wait, one being stored. */
#define PARSE_SEGMENTS 4

/* Members are the module's own. */
struct parse {
	struct reader *reader;
	struct dump *dump;
	struct input input;         /* the reader's, before it read ahead */
	struct ahead ahead;         /* once there is a thread for that */
	struct rowparser parser;
	size_t told;                /* forms that batches told of */
	struct error error;
	struct rowbatch batches[PARSE_CALL_BATCHES];
	size_t batch_count;
	bool threaded;              /* there are lock and changed for a thread */
	bool started;               /* it was, and is to be joined */
	pthread_t thread;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	uint64_t filled, taken;     /* batches; the last taken is in use */
	struct segment_rows spare[PARSE_SEGMENTS];
	size_t spare_count;
	size_t lent;                /* segments in batches or being filled */
	bool stopping;
};

/* Prepares to parse what a started reader of a dump gives, by a plan; all three
 * must outlive it, and be left alone until it is closed. forms: what the case
 * has, for calls. threaded: threads may be started, and are at the second batch.
 * The parse must not move. Call parse_close also after a failure. */
enum status parse_open(struct parse *parse, struct reader *reader,
		       const struct plan *plan, struct dump *dump,
		       const struct forms *forms, bool threaded,
		       struct error *error);
/* Stops the thread, also one that has more to do. */
void parse_close(struct parse *parse);

/* The next rows, valid until the next call; STATUS_END after the last. Another
 * status, that of the reader or no memory, comes after all rows before it. */
enum status parse_next(struct parse *parse, const struct rowbatch **batch,
		       struct error *error);

#endif
