/* SPDX-License-Identifier: Apache-2.0 */
/* A SHA-256 of bytes as they come, which remembers those of its beginnings: so
 * that work can be taken up again where it was left, if what stands before that
 * place is what it was. */
#ifndef UNSPOOF_BASE_DIGEST_TRAIL_H
#define UNSPOOF_BASE_DIGEST_TRAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"

/* Beginnings that are remembered: the last ones. */
#define TRAIL_MARKS 4096
/* From one of them to the next there are at most so many bytes, if no more are
 * added at a time. */
#define TRAIL_STEP (256 * 1024)

/* The first bytes of something, and their SHA-256. */
struct prefix {
	uint64_t bytes;
	char sha256[DIGEST_HEX];
};

/* One thread adds; trail_mark() may be called on another. */
struct trail;

struct trail *trail_new(void);         /* NULL: no memory */
void trail_free(struct trail *trail);  /* NULL is safe */

/* The thread that added is done, and another may add and end it: see
 * base/thread/owner.h. */
void trail_hand_over(struct trail *trail);

/* False: libcrypto failed. */
bool trail_add(struct trail *trail, const void *data, size_t len);
/* The hash of all bytes; as digest_end(). */
bool trail_end(struct trail *trail, char hex[static DIGEST_HEX]);

/* The shortest beginning remembered that has `least` bytes or more; false: not
 * so many were added. It ends where an addition ended. */
bool trail_mark(struct trail *trail, uint64_t least, struct prefix *prefix);

#endif
