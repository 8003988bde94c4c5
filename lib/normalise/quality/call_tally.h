/* SPDX-License-Identifier: Apache-2.0 */
/* How the calls of a source came to be understood, counted. */
#ifndef UNSPOOF_NORMALISE_QUALITY_CALL_TALLY_H
#define UNSPOOF_NORMALISE_QUALITY_CALL_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tally_role {
	TALLY_PRESENTED,
	TALLY_DIALLED,
	TALLY_ROLES
};

/* Zeroed is empty. */
struct call_tally {
	uint64_t *readings[TALLY_ROLES];   /* rows by reading.id; 0: no text */
	size_t count[TALLY_ROLES], capacity[TALLY_ROLES];
	uint64_t contradicted, negative, clock;   /* rows with the flag */
	uint64_t told, times;                     /* the same */
	int64_t first_clock, first_told, first_times; /* the first of them; 0: there is none */
};

void call_tally_release(struct call_tally *tally);
/* Forgets the counts and keeps the memory. */
void call_tally_clear(struct call_tally *tally);
/* The counts of a role, by reading.id of the case, for rows to be added: there are
 * those from 0 to most. NULL: out of memory. */
uint64_t *call_tally_readings(struct call_tally *tally, enum tally_role role, int64_t most);
/* Adds the flags of rows; first: the number of the first of these calls. */
void call_tally_flags(struct call_tally *tally, const int64_t *flags, uint32_t rows, int64_t first);
/* Adds what another has counted of later calls. False: out of memory. */
bool call_tally_add(struct call_tally *tally, const struct call_tally *other);

#endif
