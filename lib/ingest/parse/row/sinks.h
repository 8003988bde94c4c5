/* SPDX-License-Identifier: Apache-2.0 */
/* The sinks of one thread, one a stream. */
#ifndef UNSPOOF_INGEST_PARSE_SINKS_H
#define UNSPOOF_INGEST_PARSE_SINKS_H

#include <stddef.h>

#include "ingest/format/stream.h"
#include "ingest/parse/row/row_sink.h"

/* Zeroed is empty. */
struct sinks {
	struct row_sink **items;    /* by the number of the stream; NULL: none yet */
	size_t count, capacity;
};

/* The sink of a stream that has a plan; NULL: no memory. */
struct row_sink *sinks_of(struct sinks *sinks, const struct stream *stream);
/* The thread is done with them for now: see base/thread/owner.h. */
void sinks_hand_over(struct sinks *sinks);
void sinks_release(struct sinks *sinks);

#endif
