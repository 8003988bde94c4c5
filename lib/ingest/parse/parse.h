/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a member to rows that were checked and segments that are packed, in
 * order, on several threads. */
#ifndef UNSPOOF_INGEST_PARSE_PARSE_H
#define UNSPOOF_INGEST_PARSE_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "casefile/form/form.h"
#include "ingest/format/format.h"
#include "ingest/parse/batch.h"
#include "ingest/source/dump.h"

/* The bytes of a block. */
#define PARSE_BLOCK (512 * 1024)

struct parse_shared;

struct parse_settings {
	struct layout *layout;
	struct dump *dump;          /* stands at: */
	uint64_t offset, line;      /* where to begin */
	const struct forms *forms;  /* what the case has, for calls */
	size_t block;               /* PARSE_BLOCK; 1 byte to 4 MiB */
	unsigned threads;           /* 1: no thread is started */
	/* Sees batch after batch before they are taken, on any thread while one
	 * before it is taken; to be short. NULL: nobody does. */
	void (*number)(void *context, struct batch *batch);
	/* What goes on to the next member; NULL: nothing, and segments end with this
	 * one. few: this one has few rows. */
	struct parse_shared *shared;
	bool few;
	uint64_t member;            /* the number that its rows get */
};

/* Takes batch after batch, each valid until it returns; what is not STATUS_OK
 * ends the parse. */
typedef enum status parse_take(void *context, struct batch *batch);

/* Parses all there is; nothing else uses layout and dump meanwhile, dump_mark()
 * apart. The status of take, on the caller's thread, or, with all rows before it
 * taken, that of the dump, or no memory. */
enum status parse_run(const struct parse_settings *settings, parse_take *take,
		      void *context, struct error *error);

#endif
