/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of segments, read by one thread: each text once, as far as it can
 * be remembered, with ids of readings of its own until the case's are known. */
#ifndef UNSPOOF_NORMALISE_CALLS_NUMBER_COLUMN_H
#define UNSPOOF_NORMALISE_CALLS_NUMBER_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/calls/number_blocks.h"
#include "normalise/readings.h"

struct number_column {
	const struct form_meanings *meanings;  /* borrowed */
	struct readings readings;          /* that this thread has met */
	int64_t *ids;                      /* of the case, by id in readings */
	size_t named, ids_capacity;        /* how many are known */
	uint32_t *counts;                  /* of number_column_rename() */
	size_t counts_capacity;
	int64_t most;                      /* the highest of them */
	struct number_blocks blocks;       /* of forms that are numbers */
	struct number_kind *kinds;         /* by form less FORM_FIRST */
	struct number_place *places;       /* answers given last for the others */
	const char *prefixes;              /* of all that is remembered */
	enum number_bare bare;
};

/* What is borrowed must outlive the numbers. False: out of memory. Release also
 * after a failure. */
bool number_column_open(struct number_column *numbers,
			const struct form_meanings *meanings,
			const struct numplan *plan,
			const struct numplan_settled *settled,
			const struct flag_table *flags);
void number_column_release(struct number_column *numbers);

/* A role of a segment, and where its numbers go. */
struct number_column_job {
	const struct segment *segment;
	enum call_role role;
	struct number_manner manner;
	const int16_t *regions;    /* by account, in place of manner.region; or NULL */
	const int64_t *accounts;   /* of the rows */
	int64_t *e164;
	int64_t *readings;         /* ids in numbers->readings */
};

/* Manners are told apart by the address of their prefixes and by what digits alone
 * are; with others than before, all answers are forgotten. False: out of memory. */
bool number_column_read(struct number_column *numbers,
			const struct number_column_job *job);

/* Gives the readings met since the last call their ids in the case, in the order
 * in which they were met. False: out of memory. */
bool number_column_name(struct number_column *numbers, struct readings *known);
/* Replaces ids in numbers->readings by those of the case, and adds the rows of each
 * to counts, which go by these: from 0 to numbers->most. All have their ids. */
void number_column_rename(struct number_column *numbers, int64_t *readings,
			  uint32_t rows, uint64_t *counts);

#endif
