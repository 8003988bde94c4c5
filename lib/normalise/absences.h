/* SPDX-License-Identifier: Apache-2.0 */
/* How often words that are no value were met in a source, and what follows from it. */
#ifndef UNSPOOF_NORMALISE_ABSENCES_H
#define UNSPOOF_NORMALISE_ABSENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/absent.h"
#include "base/status.h"
#include "casefile/kinds.h"

struct notes;
struct source_sense;

/* Zeroed is none. */
struct absences {
	uint64_t *counts;    /* by role of the kind, then by number of the word less 1 */
	int64_t *rows;       /* the same: the first of them, as example_find() takes it */
	size_t words;        /* of the list */
};

/* Adds fields of a role that were a word; row: the first. False: no memory. */
bool absences_add(struct absences *absences, const struct absents *absents, size_t role,
		  unsigned number, uint64_t count, int64_t row);
void absences_release(struct absences *absences);

/* Says what was met in a source, a remark a role and word. */
enum status absences_tell(struct notes *notes, const struct source_sense *source);

#endif
