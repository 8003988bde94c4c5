/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of a segment as they lie in the case file: fetched and stored on
 * one thread, coded and decoded on any. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_RAW_SEGMENT_H
#define UNSPOOF_CASEFILE_SEGMENT_RAW_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/column/column.h"
#include "casefile/segment/segment.h"
#include "casefile/sql.h"

/* Columns of one layer that are stored: with its number, and where its data
 * begin in the bytes of the segment. */
struct raw_column {
	unsigned number;
	size_t at, len;
	struct column column;          /* without data */
};

struct raw_layer {
	struct raw_column columns[64];
	size_t count;
	uint64_t stored;               /* bit c: column c is there */
	char sha256[DIGEST_HEX];       /* of a layer that was packed */
};

/* Zeroed is empty. */
struct raw_segment {
	int64_t id;
	int64_t source;
	uint32_t rows;
	bool unfit;                    /* not packed: a value no column holds */
	struct raw_layer found, understood;
	struct segment_bounds bounds;  /* of an understood layer that was packed */
	struct buf bytes;              /* with 8 more readable than it says */
};

/* Forgets all and keeps the memory. */
void raw_segment_clear(struct raw_segment *raw);
void raw_segment_release(struct raw_segment *raw);

/* The SHA-256 of a layer's columns, in order of number: for each the texts
 * `iN:` and the digits of number, base, slope, unit, width and list, N of them,
 * then `bN:` and the data, N bytes. False: libcrypto has none. */
bool raw_segment_digest(const struct raw_segment *raw,
			const struct raw_layer *layer,
			char hex[static DIGEST_HEX]);

/* ---- reading ---- */

/* Fetches segments in order of id. */
struct segment_fetch {
	struct casefile *casefile;
	sqlite3_stmt *next, *found, *understood;
	sqlite3_blob *found_data, *understood_data;   /* of a column of each */
	uint64_t found_wanted, understood_wanted;   /* bit c: column c */
	bool alone;                    /* set by who only moves understood columns: nothing
					* of what they take of the found is fetched */
	int64_t last;                  /* the id fetched last */
};

enum status segment_fetch_open(struct segment_fetch *fetch,
			       struct casefile *casefile, uint64_t found_wanted,
			       uint64_t understood_wanted);
/* The next one, in raw; STATUS_END after the last, STATUS_INTEGRITY when it does
 * not hang together. What understood columns take of the found is fetched too. */
enum status segment_fetch_next(struct segment_fetch *fetch,
			       struct raw_segment *raw);
/* The same for one segment by its id; STATUS_END when there is none. */
enum status segment_fetch_seek(struct segment_fetch *fetch, int64_t id,
			       struct raw_segment *raw);
void segment_fetch_close(struct segment_fetch *fetch);

/* Room for decoded columns, of one thread. Zeroed is empty. */
struct segment_decoder {
	uint32_t window;               /* rows that it has room for, a multiple of
					* 8, set before all else; 0: SEGMENT_ROWS */
	int64_t *values[FOUND_STORED + READ_STORED];
	int64_t *zeros;                /* of a column that is not stored */
};

void segment_decoder_release(struct segment_decoder *decoder);

/* Decodes what was fetched with these columns wanted, as many rows as there is room
 * for; segment borrows from raw
 * and the decoder until either is used again. STATUS_INTEGRITY: it does not hang
 * together; STATUS_FAILED: no memory. No text is set. */
enum status segment_decode(struct segment_decoder *decoder,
			   const struct raw_segment *raw, uint64_t found_wanted,
			   uint64_t understood_wanted, struct segment *segment);
/* The same from a row on, a multiple of 8 and below raw->rows: the rows of segment
 * begin there. */
enum status segment_decode_from(struct segment_decoder *decoder,
				const struct raw_segment *raw, uint32_t first,
				uint64_t found_wanted, uint64_t understood_wanted,
				struct segment *segment);
/* Sets the error of a status of segment_decode(). */
enum status segment_decode_failed(struct casefile *casefile, int64_t id,
				  enum status status);

/* ---- writing ---- */

/* Codes the columns as found of the rows of some pieces, 1 to SEGMENT_ROWS of
 * them with the same roles, and of their heap, with their digest; what raw had is
 * forgotten. column: room for SEGMENT_ROWS values. False: segment_pack_failed() tells
 * why. */
bool segment_pack_found(struct raw_segment *raw, const struct segment_piece *pieces,
			size_t count, const struct dictionary *heap,
			int64_t *column);

/* Scratch of segment_pack_read. Zeroed is closed. */
struct segment_scratch {
	int64_t *values;               /* SEGMENT_ROWS */
	uint8_t *data;                 /* two of 8 * SEGMENT_ROWS + 8 bytes */
};

bool segment_scratch_open(struct segment_scratch *scratch);   /* false: no memory */
void segment_scratch_close(struct segment_scratch *scratch);

/* Codes the columns as understood: values has READ_COLUMNS runs of SEGMENT_ROWS.
 * Those that take less as deltas of what was found are coded so; segment has the found
 * columns that delta_needs() names. False as above. */
bool segment_pack_read(struct raw_segment *raw, const struct segment *segment,
		       const int64_t *values, struct segment_scratch *scratch);
/* Makes `to` the columns as understood of `from`, fetched whole, but for flags and twins,
 * which are these; rows, id and source are taken over. False as above. */
bool segment_pack_twins(struct raw_segment *to, const struct raw_segment *from,
			const int64_t *flags, const int64_t *twins);

/* Sets the error of packing that failed, always STATUS_FAILED: there was no memory,
 * or libcrypto has no SHA-256, or a value is unfit. */
enum status segment_pack_failed(const struct raw_segment *raw, struct error *error);

/* Stores packed segments. Inside a transaction. */
struct segment_store {
	struct casefile *casefile;
	sqlite3_stmt *segment, *column;
	bool understood;
};

/* For tables segment and found, or, understood, segment_read and understood. */
enum status segment_store_open(struct segment_store *store,
			       struct casefile *casefile, bool understood);
/* Stores that layer of a segment under raw->id, with its digest. */
enum status segment_store_put(struct segment_store *store,
			      const struct raw_segment *raw);
/* Stores flags and twins of a segment that was packed by segment_pack_twins() in place
 * of those that it has, with the digest; the store is of the understood layer. */
enum status segment_store_twins(struct segment_store *store,
				const struct raw_segment *raw);
void segment_store_close(struct segment_store *store);

#endif
