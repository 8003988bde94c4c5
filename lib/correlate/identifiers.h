/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by, rule by rule, and which of it several have. */
#ifndef UNSPOOF_CORRELATE_IDENTIFIERS_H
#define UNSPOOF_CORRELATE_IDENTIFIERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/dictionary.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"
#include "correlate/people.h"

/* An account with a value, and the first row that says so. */
struct occurrence {
	uint32_t value;            /* number of the text */
	uint32_t slot;
	int64_t source;
	int64_t line;
};

/* A value of several accounts. */
struct shared {
	struct text value;         /* borrowed from the identifiers */
	size_t first;              /* of its occurrences, which come by slot */
	size_t count;
};

/* Of one rule. Zeroed is empty. */
struct identifiers {
	struct dictionary values;
	struct occurrence *items;  /* by value, then slot; each once */
	size_t count, capacity;
	struct shared *shared;     /* in byte order of the values */
	size_t shared_count;
};

/* Reads those of all rules, LINK_RULES of them, on several threads. Call
 * identifiers_release() on each also after a failure. */
enum status identifiers_gather(struct identifiers *rules,
			       struct casefile *casefile,
			       const struct observer *observer,
			       const struct people *people, unsigned threads);
void identifiers_release(struct identifiers *identifiers);

#endif
