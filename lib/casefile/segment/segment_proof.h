/* SPDX-License-Identifier: Apache-2.0 */
/* Segments that are held against their digests when they are first read. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_SEGMENT_PROOF_H
#define UNSPOOF_CASEFILE_SEGMENT_SEGMENT_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct casefile;
struct raw_segment;

/* Those of one connection that were found to be what was stored. Zeroed is empty. */
struct segment_proof {
	uint8_t *proved;           /* by id: bit 0 as found, bit 1 as understood too; bit 2: read */
	size_t count;
	uint64_t read;             /* segments of which anything was read */
};

void segment_proof_release(struct segment_proof *proof);

/* Whether a segment was, understood: with its columns as understood. */
bool segment_proof_has(const struct segment_proof *proof, int64_t id, bool understood);
/* It was: for what compares by itself. */
void segment_proof_keep(struct segment_proof *proof, int64_t id, bool understood);
/* Something of a segment is read, which counts once; beyond some millions each time. */
void segment_proof_read(struct segment_proof *proof, int64_t id);
/* STATUS_INTEGRITY, and the error says that columns are not as they were stored; name is that
 * of their layer. */
enum status segment_proof_differs(struct casefile *casefile, int64_t id, const char *name);
/* Compares the digests of a segment that was fetched whole with those that the case has.
 * STATUS_INTEGRITY: one differs, and the error names the segment. Those of ids beyond some
 * millions, and where there is no memory, are compared anew each time. */
enum status segment_proof_check(struct segment_proof *proof, struct casefile *casefile,
				const struct raw_segment *raw, bool understood);

#endif
