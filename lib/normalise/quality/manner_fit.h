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
	/* What speaks for it, in 1/16 bit a text, by role and added up over the roles: a
	 * number that fits a strict plan says more than one that fits a plan that takes
	 * most, and one that does not fit speaks against it. */
	int64_t role_bits[FIT_ROLES];
	int64_t bits;
};

/* Those of all countries, at most. */
#define FIT_REGIONS 256

struct region_fits {
	struct manner_fit items[FIT_REGIONS];
	size_t count;
};

/* Reads a text; true: it is a valid number. */
bool manner_fit_read(const struct numplan *plan, struct text text,
		     struct number_manner manner, struct reading *reading);
/* The manner of a text that was drawn: a region of its own goes before that of the source. */
struct number_manner manner_fit_own(const struct number_draw *draw, size_t i,
				    struct number_manner manner);
/* How many ranges the texts are of, by their first five characters, up to `most`, which
 * is FIT_RANGES or less. */
#define FIT_RANGES 40
size_t manner_fit_ranges(const struct fit_texts *texts, size_t most);
/* How well they fit, each in its own region. */
struct manner_fit manner_fit_of(const struct fit_source *source,
				struct number_manner manner);
/* How well they fit each region, with the prefixes of a manner, whatever regions of their
 * own they have; without counts of what is valid. Only the main region of a calling code
 * is looked at, and none in which of the first few texts not so many are valid: of some
 * role half, or, where `all` is asked for, which takes less time, of each nearly all. */
void manner_fit_regions(const struct fit_source *source, struct number_manner manner,
			bool all, struct region_fits *fits);
/* Counts what is valid of a fit of manner_fit_regions(). */
void manner_fit_count(const struct fit_source *source, struct manner_fit *fit);

#endif
