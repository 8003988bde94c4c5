/* SPDX-License-Identifier: Apache-2.0 */
/* A SHA-256 of blocks as they are read, on a thread of its own. */
#ifndef UNSPOOF_BASE_DIGEST_HASHER_H
#define UNSPOOF_BASE_DIGEST_HASHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/trail.h"

/* The bytes of a block at most. */
#define HASHER_BLOCK (256 * 1024)
/* Blocks that may wait to be hashed. */
#define HASHER_BLOCKS 8

struct hasher;

/* A hasher and room for its blocks; threaded: it may start a thread, and does
 * so at the second block. NULL: no memory. */
struct hasher *hasher_new(bool threaded);
/* Also one that is not done; NULL is safe. */
void hasher_free(struct hasher *hasher);

/* Where the next block is to be put, HASHER_BLOCK bytes; waits for room. It
 * stays readable, and must stay as it is, until the block after it is added. */
char *hasher_room(struct hasher *hasher);
/* Hashes len bytes of that room, now or soon. False: that, or a block before it,
 * could not be hashed. */
bool hasher_add(struct hasher *hasher, size_t len);

/* Hashes bytes of the caller's here and now, behind all blocks added so far; from then on
 * there is no thread. False: as above. */
bool hasher_add_here(struct hasher *hasher, const void *data, size_t len);

/* The thread is done with it, and another may add to it: see base/thread/owner.h. */
void hasher_hand_over(struct hasher *hasher);

/* As trail_mark(), of all blocks added so far, which are waited for where that is
 * needed; on any thread. False also: it was stopped. */
bool hasher_mark(struct hasher *hasher, uint64_t least, struct prefix *prefix);

/* Hashes no more; blocks can be added all the same. */
void hasher_stop(struct hasher *hasher);
/* The hash of all blocks; ends it. False: it was stopped, or failed. */
bool hasher_end(struct hasher *hasher, char hex[static DIGEST_HEX]);

#endif
