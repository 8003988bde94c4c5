/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by, on its way to the identifiers: of most values one account alone
 * has them, and those are counted and not kept. */
#ifndef UNSPOOF_CORRELATE_PERSONS_IDENTITY_SIFT_H
#define UNSPOOF_CORRELATE_PERSONS_IDENTITY_SIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/parts.h"
#include "base/sort/spill.h"
#include "base/text.h"
#include "correlate/correlate.h"
#include "correlate/persons/identifiers.h"
#include "correlate/persons/never.h"
#include "correlate/persons/weak.h"

struct identity_sift_given {
	uint32_t accounts;             /* slots are 1 to that */
	const struct weak_list *weak;  /* may be NULL */
	const struct never *never;     /* may be NULL */
	struct spill *spill;
	uint64_t memory;               /* bytes */
};

/* Zeroed is closed. Where a function says false, spill_failed() tells why. */
struct identity_sift {
	struct identity_sift_given given;
	const struct secret *secret;
	struct parts sightings;        /* a value of an account: struct sighting */
	struct sighting *recent;       /* some of them, and where they stand */
	struct buf noted;              /* all that was noted, with texts; what is full ... */
	struct sift_chunk *chunks;     /* ... is in the file */
	size_t chunk_count, chunk_capacity;
	uint64_t *wanted;              /* groups of values that several accounts have, rising */
	uint32_t *starts;              /* where those with the same upper bits begin */
	size_t wanted_count, wanted_capacity;
	unsigned shift;                /* of the upper bits */
	struct buf room;
	/* Of a rule, by slot, after identity_sift_run(): how many values it alone has, but for
	 * those that are weak or on the list of --never. From calloc(); NULL: none. */
	uint32_t *alone[LINK_RULES];
};

/* A value of an account. Blanks around it are dropped; nothing is not noted, nor is what
 * slot 0 has. */
struct identity_noted {
	enum link_rule rule;
	struct text value;
	struct occurrence item;        /* without the number of the value */
	uint16_t mark;                 /* see enum identity_mark */
	bool has_output;               /* of a transaction: it has */
	int64_t output;                /* this one */
};

bool identity_sift_open(struct identity_sift *sift, const struct identity_sift_given *given);
/* One thread at a time. */
bool identity_sift_note(struct identity_sift *sift, const struct identity_noted *noted);
/* After the last: adds to the rules, LINK_RULES of them, and to the outputs of transactions, not
 * arranged, the values that several accounts have, those that the list of --never has, and
 * e-mail addresses that are the same but for dots and tags. */
bool identity_sift_run(struct identity_sift *sift, struct identifiers *rules, struct identifiers *outputs);
/* Twice is safe. */
void identity_sift_close(struct identity_sift *sift);

#endif
