/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts share: links between them, and how many identifiers each
 * person has. */
#ifndef UNSPOOF_CORRELATE_PERSONS_LINKS_H
#define UNSPOOF_CORRELATE_PERSONS_LINKS_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/table/text_lists.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"
#include "correlate/correlate.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/never.h"
#include "correlate/persons/persons.h"
#include "correlate/persons/weak.h"

/* Zeroed is empty. */
struct links {
	uint32_t *counts[LINK_RULES];          /* of a person: how many values */
	uint64_t rows;                         /* of table link */
	struct text_lists doubts;              /* `RULE VALUE` that alone tie accounts, by
						* account key; settled */
	uint8_t *doubted;                      /* by slot: 1, it is tied so; or NULL */
	struct identifiers twins;              /* e-mail addresses, see email_twins.h */
};

struct links_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct correlate_settings *settings;
	struct identifiers *rules;         /* LINK_RULES of them, arranged; are judged */
	const struct identifiers *outputs; /* of transactions; may be NULL */
	const struct weak_list *weak;      /* may be NULL */
	const struct never *never;         /* may be NULL */
	struct persons *persons;           /* accounts are tied, see persons_tie() */
	unsigned threads;
};

/* Writes table link. For an identifier of n accounts there are n - 1 links, from the
 * least account to each other (of telephones see link_bases()), each with the first found row that shows it on either
 * side. STATUS_FAILED: no memory, and what the case file fails with. */
enum status links_write(struct links *links, const struct links_given *given);
void links_release(struct links *links);
/* Counts the values of each person, after persons_number(), and those that accounts alone have, of
 * each rule by slot, NULL: none; these arrays are taken over, and none are left. What is weak or on the list of --never is evidence of
 * nothing, and is not counted. False: out of memory. */
bool links_count(struct links *links, const struct links_given *given,
		 uint32_t *alone[static LINK_RULES]);

/* Says which identifiers of a list, NULL: none, some account has, and how many none
 * has. */
enum status links_say_never(const struct links_given *given, struct remark_writer *remarks);
/* Says how many persons hang on a paying address or a transaction, after
 * persons_number(). */
enum status links_say_doubts(const struct links *links, const struct persons *persons,
			     struct remark_writer *remarks);

#endif
