/* SPDX-License-Identifier: Apache-2.0 */
/* The names nearest to one that does not exist, for "did you mean". */
#ifndef UNSPOOF_BASE_NEAREST_H
#define UNSPOOF_BASE_NEAREST_H

#include <stddef.h>

#include "base/text.h"

#define NEAREST_NAMES 3            /* that are kept, of equally near ones */
#define NEAREST_NAME 64            /* bytes of a name, its NUL included */
#define NEAREST_SAID 256           /* bytes of what nearest_say() writes */

/* Those offered so far that are nearest. */
struct nearest {
	struct text wanted;        /* borrowed */
	unsigned distance;         /* of those kept; UINT_MAX: none */
	size_t count;
	char names[NEAREST_NAMES][NEAREST_NAME];
};

/* How many letters have to be put in, left out, replaced or swapped with their
 * neighbour to make one of the other, ASCII case aside; UINT_MAX for texts of more
 * than 63 bytes. */
unsigned nearest_distance(struct text a, struct text b);

void nearest_begin(struct nearest *nearest, struct text wanted);
/* Offers a name by how it is spelt. Of equally near ones those that begin with the
 * same letter win, and are kept in byte order. One that shares less than half of its
 * letters is not near, nor one of at most four that shares none. */
void nearest_offer(struct nearest *nearest, const char *name);
/* Offers a name that is near by part, which is a part of it. */
void nearest_offer_part(struct nearest *nearest, const char *name, const char *part);
/* It is this one: nothing that is offered later is nearer. */
void nearest_take(struct nearest *nearest, const char *name);
/* Writes "did you mean A, B or C?", or nothing where nothing is near; returns out. */
const char *nearest_say(const struct nearest *nearest, char out[NEAREST_SAID]);

#endif
