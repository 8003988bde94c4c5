/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are one call: which of them stands for it. */
#ifndef UNSPOOF_NORMALISE_CALLS_LEGS_H
#define UNSPOOF_NORMALISE_CALLS_LEGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/table/dictionary.h"
#include "casefile/casefile.h"
#include "casefile/segment/segment.h"
#include "normalise/calls/call_absent.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/source_sense.h"

/* The calls of one source by call_id. The row with the most talk stands for a
 * call, the earliest of equals. */
struct legs {
	struct dictionary ids;
	struct leg *best;          /* by number in ids */
	size_t capacity;
	uint8_t *words;            /* of struct talk_reader */
	struct call_absent absent;
	size_t segments;           /* that are at work with it */
};

void legs_release(struct legs *legs);
struct legs_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct form_meanings *meanings;
	const struct source_sense *source;
};

/* Reads the source once; legs is empty. */
enum status legs_find(struct legs *legs, const struct legs_given *given);
/* Whether row i of a segment without words that are no value, of this ordinal in its source, stands for its
 * call. A row without call_id is a call of its own. */
bool legs_stands(const struct legs *legs, const struct form_meanings *meanings,
		 const struct segment *segment, uint32_t i, uint64_t ordinal);

#endif
