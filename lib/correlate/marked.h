/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct numbers with marks, 8 bytes each, in parts that several threads
 * fill. */
#ifndef UNSPOOF_CORRELATE_MARKED_H
#define UNSPOOF_CORRELATE_MARKED_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part has the numbers whose hash has these upper bits. */
#define MARKED_BITS 6
#define MARKED_PARTS (1u << MARKED_BITS)
/* Marks of a number: bits below these. */
#define MARKED_MARKS 2

struct marked_part {
	pthread_mutex_t lock;
	const struct secret *secret;    /* of the hash */
	uint64_t *slots;           /* number << MARKED_MARKS | marks; 0: free */
	size_t mask;               /* slots less one: a power of two less one */
	size_t count;
};

/* Zeroed is closed. */
struct marked {
	const struct secret *secret;    /* of the hash */
	unsigned opened;           /* parts */
	struct marked_part parts[MARKED_PARTS];
};

/* False: no memory; marked_close() is safe all the same. */
bool marked_open(struct marked *marked);
void marked_close(struct marked *marked);
/* How many have one of these marks. */
uint64_t marked_count(const struct marked *marked, unsigned marks);

#define MARKED_HELD 64

/* Numbers that a thread has not yet handed over. Zeroed is empty. */
struct marked_held {
	uint64_t items[MARKED_PARTS][MARKED_HELD];
	uint8_t counts[MARKED_PARTS];
};

/* Adds marks, not 0, to a number, which is not 0 and below 2^62; once all that is
 * held was handed over. False: no memory. */
bool marked_add(struct marked *marked, struct marked_held *held,
		 uint64_t number, unsigned marks);
/* Hands over what is held. The same. */
bool marked_flush(struct marked *marked, struct marked_held *held);

#endif
