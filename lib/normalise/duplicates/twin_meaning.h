/* SPDX-License-Identifier: Apache-2.0 */
/* What statuses and currencies of calls mean, so that the ways to write them are no
 * difference. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_MEANING_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_MEANING_H

#include <stdint.h>

#include "base/table/dictionary.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/source_sense.h"

#define TWIN_STATUSES 256

struct twin_meaning_item {
	int64_t form, value;
	uint32_t meaning;
};

/* What one thread remembers of a source; what it points to is borrowed. Zeroed but for
 * forms and secret it is empty. */
struct twin_meaning {
	const struct form_meanings *forms;
	const struct secret *secret;
	const struct source_sense *source;
	struct twin_meaning_item statuses[TWIN_STATUSES];   /* form 0: free */
};

/* The source of the rows that follow. */
void twin_meaning_of(struct twin_meaning *meaning, const struct source_sense *source);
/* What the status of row i says: an enum word; of one that is not known, a number of its
 * text in lower case. */
uint32_t twin_meaning_status(struct twin_meaning *meaning, const struct segment *segment,
			     uint32_t i);
/* What row i cost, and a number of what that is of: its currency, if it has none that of the
 * source, and its decimals. 0 and 0: it costs nothing. */
int64_t twin_meaning_cost(const struct twin_meaning *meaning, const struct segment *segment,
			  uint32_t i, uint32_t *currency);

#endif
