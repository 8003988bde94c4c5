/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts share: links between them, and how many identifiers each
 * person has. */
#ifndef UNSPOOF_CORRELATE_PERSONS_LINKS_H
#define UNSPOOF_CORRELATE_PERSONS_LINKS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/persons.h"

struct links {
	uint32_t *counts[LINK_RULES];          /* of a person: how many values */
	uint64_t rows;                         /* of table link */
};

/* Writes table link, of rules that are arranged, and ties accounts (persons_tie)
 * by it. For an identifier
 * of n accounts there are n - 1 links, from the least account to each other,
 * each with the first found row that shows it on either side. */
enum status links_write(struct links *links, struct casefile *casefile,
			const struct identifiers *rules,
			const struct correlate_settings *settings,
			const struct observer *observer, struct persons *persons,
			unsigned threads);
void links_release(struct links *links);
/* Counts the values of each person, and forgets them. False: out of memory.
 * After persons_number(). */
bool links_count(struct links *links, struct identifiers *rules,
		 const struct persons *persons);

#endif
