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

struct links_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct correlate_settings *settings;
	const struct identifiers *rules;   /* LINK_RULES of them, arranged */
	struct persons *persons;           /* accounts are tied, see persons_tie() */
	unsigned threads;
};

/* Writes table link. For an identifier of n accounts there are n - 1 links, from the
 * least account to each other, each with the first found row that shows it on either
 * side. STATUS_FAILED: no memory, and what the case file fails with. */
enum status links_write(struct links *links, const struct links_given *given);
void links_release(struct links *links);
/* Counts the values of each person, after persons_number(). False: out of memory. */
bool links_count(struct links *links, const struct identifiers *rules,
		 const struct persons *persons);

#endif
