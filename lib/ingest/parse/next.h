/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of the rows that a format gives one by one. */
#ifndef UNSPOOF_INGEST_PARSE_NEXT_H
#define UNSPOOF_INGEST_PARSE_NEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/row/waiting.h"
#include "ingest/parse/row/row_sink.h"

/* Rows of a batch at most. */
#define NEXT_ROWS 4096
/* And bytes after which no other comes. */
#define NEXT_BYTES (1 << 20)

/* Members are the module's own. Zeroed is closed. */
struct next {
	struct layout *layout;
	struct dump *dump;
	/* The record that the next batch begins with. */
	bool waits;
	struct record record;
	struct stream *stream;
	struct buf state;
	uint64_t line, offset;      /* behind the batch before */
};

/* From where a dump stands, which is at offset and line. */
void next_open(struct next *next, struct layout *layout, struct dump *dump,
	       uint64_t offset, uint64_t line);
void next_close(struct next *next);

/* Begins a batch and keeps the rows for it, of one stream and state; the last one says
 * so. */
enum status next_fill(struct next *next, struct batch *batch, struct waiting *waiting,
		      struct error *error);

/* Puts them, on any thread. False: no memory. */
bool next_put(struct waiting *waiting, struct batch *batch, struct row_sink *sink);

#endif
