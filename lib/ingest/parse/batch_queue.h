/* SPDX-License-Identifier: Apache-2.0 */
/* Batches from the thread that ends them to the one that stores them: so many may
 * wait that a commit holds up nobody. */
#ifndef UNSPOOF_INGEST_PARSE_BATCH_QUEUE_H
#define UNSPOOF_INGEST_PARSE_BATCH_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/parse/batch.h"
#include "ingest/plan/mapping.h"

/* Batches that wait. Those of calls are small: most have no rows but calls, which
 * are in segments. */
#define HANDOVER_BATCHES 8
#define HANDOVER_CALL_BATCHES 64

/* Bytes of those that wait after which no other comes, for some may be large. */
#define HANDOVER_BYTES (32 << 20)

/* Members are the module's own. Zeroed is closed. */
struct handover {
	struct rowbatch batches[HANDOVER_CALL_BATCHES];
	size_t count;
	bool open;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	uint64_t given, taken;      /* batches; the last taken is in use */
	size_t weight;              /* of those given and not yet released */
	bool ended, stopping;
};

/* False: it cannot be. */
bool handover_open(struct handover *handover, const struct mapping *mapping);
void handover_close(struct handover *handover);

/* Hands a batch over, which becomes one that can be used again; waits for room.
 * STATUS_INTERRUPTED: it was stopped. */
enum status handover_give(struct handover *handover, struct rowbatch *batch);
/* No more come. */
void handover_end(struct handover *handover);

/* The next batch, until it is released; NULL: there are no more. */
struct rowbatch *handover_take(struct handover *handover);
void handover_release(struct handover *handover);
/* No more are wanted. */
void handover_stop(struct handover *handover);

#endif
