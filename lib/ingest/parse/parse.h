/* SPDX-License-Identifier: Apache-2.0 */
/* From what stands behind a reader's place to rows that were checked and segments
 * that are packed, in order, on several threads. */
#ifndef UNSPOOF_INGEST_PARSE_PARSE_H
#define UNSPOOF_INGEST_PARSE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "casefile/form/form.h"
#include "ingest/delimited/reader.h"
#include "ingest/parse/batch.h"
#include "ingest/plan/plan.h"
#include "ingest/source/dump.h"

/* The bytes of a block. */
#define PARSE_BLOCK (512 * 1024)

struct parse_settings {
	struct reader *reader;      /* started: where to begin */
	struct dump *dump;          /* the reader's */
	const struct plan *plan;
	const struct forms *forms;  /* what the case has, for calls */
	bool header_due;            /* the header is still to come */
	size_t block;               /* PARSE_BLOCK; 1 byte to 4 MiB */
	unsigned threads;           /* 1: no thread is started */
	/* Sees batch after batch before they are taken, on any thread while one
	 * before it is taken; to be short. NULL: nobody does. */
	void (*number)(void *context, struct batch *batch);
};

/* Takes batch after batch, each valid until it returns; what is not STATUS_OK
 * ends the parse. */
typedef enum status parse_take(void *context, struct batch *batch);

/* Parses all there is; nothing else uses reader and dump meanwhile, dump_mark()
 * apart. The status of take, on the caller's thread, or, with all rows before it
 * taken, that of the dump, or no memory. */
enum status parse_run(const struct parse_settings *settings, parse_take *take,
		      void *context, struct error *error);

#endif
