/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct numbers with marks, 8 bytes each, in parts that several threads
 * fill. */
#ifndef UNSPOOF_BASE_TABLE_NUMBER_SET_H
#define UNSPOOF_BASE_TABLE_NUMBER_SET_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part has the numbers whose hash has these upper bits. */
#define NUMBER_SET_BITS 6
#define NUMBER_SET_PARTS (1u << NUMBER_SET_BITS)
/* Marks of a number: bits below these. */
#define NUMBER_SET_MARKS 3

struct number_set_part {
	pthread_mutex_t lock;
	const struct secret *secret;    /* of the hash */
	uint64_t *slots;           /* number << NUMBER_SET_MARKS | marks; 0: free */
	size_t mask;               /* slots less one: a power of two less one */
	size_t count;
};

/* Zeroed is closed. */
struct number_set {
	const struct secret *secret;    /* of the hash */
	unsigned opened;           /* parts */
	struct number_set_part parts[NUMBER_SET_PARTS];
};

/* False: no memory; number_set_close() is safe all the same. */
bool number_set_open(struct number_set *marked);
void number_set_close(struct number_set *marked);
/* How many have one of these marks. */
uint64_t number_set_count(const struct number_set *marked, unsigned marks);
/* The marks of a number, once all is handed over; 0: it is not there. */
unsigned number_set_marks(const struct number_set *marked, uint64_t number);

#define NUMBER_SET_HELD 64

/* Numbers that a thread has not yet handed over. Zeroed is empty. */
struct number_set_held {
	uint64_t items[NUMBER_SET_PARTS][NUMBER_SET_HELD];
	uint8_t counts[NUMBER_SET_PARTS];
};

/* Adds marks, not 0, to a number, which is not 0 and below 2^61; once all that is
 * held was handed over. False: no memory. */
bool number_set_add(struct number_set *marked, struct number_set_held *held,
		 uint64_t number, unsigned marks);
/* Hands over what is held. The same. */
bool number_set_flush(struct number_set *marked, struct number_set_held *held);

#endif
