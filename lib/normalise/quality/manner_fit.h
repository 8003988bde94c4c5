/* SPDX-License-Identifier: Apache-2.0 */
/* How well the numbers of a source fit a manner of writing, a region and what stands
 * in front of them, and which one they fit best. */
#ifndef UNSPOOF_NORMALISE_QUALITY_MANNER_FIT_H
#define UNSPOOF_NORMALISE_QUALITY_MANNER_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "normalise/quality/number_draw.h"
#include "normalise/readings.h"
#include "number/read/number_read.h"

/* Roles of a source that hold numbers, at most. */
#define FIT_ROLES 2

/* Some texts of a draw. */
struct fit_texts {
	const struct number_draw *draw;
	uint32_t *places;           /* in the draw */
	size_t count;
};

/* The numbers of a source, those that the manner makes a difference to. */
struct fit_source {
	const struct numplan *plan;
	struct fit_texts roles[FIT_ROLES];
	size_t role_count;
};

struct manner_fit {
	struct number_manner manner;
	uint64_t valid[FIT_ROLES];  /* of the texts of each role, all of them */
	/* What speaks for it, in 1/16 bit a text, added up over the roles: a number that
	 * fits a strict plan says more than one that fits a plan that takes most, and one
	 * that does not fit speaks against it. */
	int64_t bits;
};

/* Reads a text; true: it is a valid number. */
bool manner_fit_read(const struct numplan *plan, struct text text,
		     struct number_manner manner, struct reading *reading);
/* How well they fit. */
struct manner_fit manner_fit_of(const struct fit_source *source,
				struct number_manner manner);
/* The best of all regions, with the prefixes of a manner; of equals the first by name.
 * Only the main region of a calling code is looked at, and none in which not at least
 * half of the first few texts are valid. manner.region 0: there is none. */
struct manner_fit manner_fit_best(const struct fit_source *source,
				  struct number_manner manner);

#endif
