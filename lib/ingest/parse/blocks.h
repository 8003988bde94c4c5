/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a member in blocks, each of which ends where a line does, so that
 * most begin where a record does. */
#ifndef UNSPOOF_INGEST_PARSE_BLOCKS_H
#define UNSPOOF_INGEST_PARSE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/delimited/reader.h"
#include "ingest/source/dump.h"

struct block {
	char *bytes;            /* room for the size of a block, and READER_BEHIND */
	size_t len;             /* may be 0 */
	uint64_t offset;        /* in the member */
	uint64_t done;          /* bytes of the dump read by then */
	bool first, last;
};

/* Members are the module's own. Zeroed is closed. */
struct blocks {
	struct dump *dump;
	struct text ahead;      /* what the reader has, which comes first */
	bool ended;             /* the dump has no more */
	bool begun;
	size_t size;
	uint64_t offset;        /* of the next block */
	char *rest;             /* what stands behind the last line end */
	size_t rest_len;
};

/* From where a reader of a dump stands; both are left alone until it is closed.
 * size: of a block, 1 byte or more. False: no memory; close it all the same. */
bool blocks_open(struct blocks *blocks, const struct reader *reader,
		 struct dump *dump, size_t size);
void blocks_close(struct blocks *blocks);

/* Reads the next block, of those before the one that is last. A block without a
 * line end is as it comes. */
enum status blocks_next(struct blocks *blocks, struct block *block,
			struct error *error);

#endif
