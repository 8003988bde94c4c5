/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand in front of numbers. */
#ifndef UNSPOOF_NORMALISE_QUALITY_PREFIX_FIT_H
#define UNSPOOF_NORMALISE_QUALITY_PREFIX_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "normalise/quality/manner_fit.h"

#define PREFIX_FIT_LONGEST 6
#define PREFIX_FIT_LIST 3      /* prefixes that are found, at most */

/* Prefixes as --tech-prefix takes them. */
struct prefix_fit {
	char list[PREFIX_FIT_LIST * (PREFIX_FIT_LONGEST + 1)];
	uint64_t fits;             /* texts that begin with one and are valid behind it */
};

/* A text that has a region of its own is read in that.
 *
 * What stands before most of the texts, none of which is valid as it is. Each prefix
 * is that of at least a tenth of them. False: out of memory. */
bool prefix_fit_find(const struct numplan *plan, int region,
		     const struct fit_texts *texts, struct prefix_fit *found);

/* What stands before nearly all of the texts, most of which are valid as they are, where
 * what is behind it begins as a whole number does, with 0 or +, and is valid for at least
 * half; fits counts the former. list "": nothing does. False: out of memory. */
bool prefix_fit_hidden(const struct numplan *plan, int region,
		       const struct fit_texts *texts, struct prefix_fit *found);

#endif
