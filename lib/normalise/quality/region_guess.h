/* SPDX-License-Identifier: Apache-2.0 */
/* Which region the numbers of a role were meant in, where they tell. */
#ifndef UNSPOOF_NORMALISE_QUALITY_REGION_GUESS_H
#define UNSPOOF_NORMALISE_QUALITY_REGION_GUESS_H

#include "normalise/quality/manner_fit.h"

/* Distinct texts without which no region is proposed. */
#define REGION_GUESS_TEXTS 20
/* Regions that are named, at most. */
#define REGION_GUESS_SHOWN 3

struct region_guess {
	struct manner_fit fits[REGION_GUESS_SHOWN];   /* best first; valid is counted */
	size_t count;                                 /* of these; 0: there is none */
	bool more;                                    /* others speak as loud */
};

/* The best region of a role and those from which the ranges that its texts are of do not
 * tell it, nor those of the other roles; or of all roles, where their best is none of these.
 * fits is changed. */
void region_guess_find(const struct fit_source *source, size_t role, struct region_fits *fits,
		       struct region_guess *guess);

/* The same by all roles together. */
void region_guess_all(const struct fit_source *source, struct region_fits *fits,
		      struct region_guess *guess);

/* Their names, as "FR, SE or another", into a buffer of REGION_GUESS_NAMES bytes; value: as
 * "FR,SE". */
#define REGION_GUESS_NAMES 40
void region_guess_names(const struct numplan *plan, const struct region_guess *guess,
			char *names, char *value);

#endif
