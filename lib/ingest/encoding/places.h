/* SPDX-License-Identifier: Apache-2.0 */
/* From places in text that was made UTF-8 to those of the bytes that it was. */
#ifndef UNSPOOF_INGEST_ENCODING_PLACES_H
#define UNSPOOF_INGEST_ENCODING_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "ingest/encoding/encoding.h"
#include "ingest/format/record.h"

/* Bytes of UTF-8 whose places are asked for from first to last. */
struct places {
	const struct encoding *encoding;    /* NULL: places are what they are */
	struct text bytes;
	uint64_t offset;            /* of its first byte, in UTF-8 ... */
	uint64_t place;             /* ... and in the bytes that it was */
	uint64_t before;            /* the place of what begins before it */
	/* Set zeroed: how far it is gone over. */
	size_t at;
	uint64_t at_place;          /* from `place` on */
};

/* The place of an offset, no smaller than the one asked before. */
uint64_t places_of(struct places *places, uint64_t offset);
/* The record with the place and length that it has among the bytes. */
const struct record *places_record(struct places *places, const struct record *record, struct record *placed);

/* The same where text comes piece by piece, and records are asked for in their order. Zeroed but
 * for encoding is empty. */
struct place_queue {
	const struct encoding *encoding;
	struct buf bytes;
	size_t at;                  /* gone over */
	uint64_t offset, place;     /* where that ends */
};

/* False: no memory. */
bool place_queue_add(struct place_queue *queue, const char *bytes, size_t len);
void place_queue_record(struct place_queue *queue, struct record *record);
void place_queue_release(struct place_queue *queue);

#endif
