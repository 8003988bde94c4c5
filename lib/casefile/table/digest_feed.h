/* SPDX-License-Identifier: Apache-2.0 */
/* Values on their way into a digest, each after its type and its length. */
#ifndef UNSPOOF_CASEFILE_TABLE_DIGEST_FEED_H
#define UNSPOOF_CASEFILE_TABLE_DIGEST_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"

#define DIGEST_FEED_ROOM 16384

/* Gathered, for a digest takes long over many short pieces. */
struct digest_feed {
	struct digest *digest;     /* borrowed; the rest starts as zeros */
	size_t len;
	bool failed;               /* the digest has failed */
	char bytes[DIGEST_FEED_ROOM];
};

/* A feed with a digest of its own, to be closed. False: out of memory; it need not be
 * closed. */
bool digest_feed_open(struct digest_feed *feed);
/* Frees the digest; writes what it came to in hexadecimal digits. False: it has
 * failed. */
bool digest_feed_close(struct digest_feed *feed, char hex[static DIGEST_HEX]);

/* A value: its type, the decimal digits of its length, a colon, its bytes. */
void digest_feed_value(struct digest_feed *feed, char type, const void *data, size_t len);
/* An integer of type i: the decimal digits of it, after - where it is below 0. */
void digest_feed_integer(struct digest_feed *feed, int64_t value);
/* What is gathered goes into the digest. False: that has failed now or before. */
bool digest_feed_end(struct digest_feed *feed);
/* The thread is done with it, and another may add: see base/thread/owner.h. */
void feed_hand_over(struct digest_feed *feed);

#endif
