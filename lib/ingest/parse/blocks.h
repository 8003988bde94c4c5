/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a member in blocks, cut as its format says. */
#ifndef UNSPOOF_INGEST_PARSE_BLOCKS_H
#define UNSPOOF_INGEST_PARSE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/format/format.h"
#include "ingest/source/dump.h"

/* Members are the module's own. Zeroed is closed. */
struct blocks {
	struct layout *layout;
	struct dump *dump;
	bool ended;             /* the dump has no more */
	bool begun;
	size_t size;
	uint64_t offset;        /* of the next block */
	uint64_t place;         /* the same in bytes of the member: see struct block */
	char *rest;             /* size bytes: what stands behind the last block */
	size_t rest_from, rest_to;
};

/* From where a dump stands, which is at offset; layout and dump are left alone until it
 * is closed. size: of a block, 1 byte or more. False: no memory; close it all the
 * same. */
bool blocks_open(struct blocks *blocks, struct layout *layout, struct dump *dump,
		 uint64_t offset, size_t size);
void blocks_close(struct blocks *blocks);

/* Reads the next block, of those before the one that is last; its bytes have room for
 * size and BLOCK_BEHIND more. */
enum status blocks_next(struct blocks *blocks, struct block *block,
			struct error *error);

#endif
