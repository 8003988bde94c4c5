/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that are there twice, as where dumps overlap: found, flagged, and told. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_DUPLICATES_H
#define UNSPOOF_NORMALISE_DUPLICATES_DUPLICATES_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct duplicates_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct form_meanings *meanings;
	const struct source_senses *sources;
	struct notes *notes;
	struct twin_spans *spans;      /* of all segments */
	uint64_t memory;               /* bytes for what grows with the calls */
	const char *temporary;         /* the folder of what is more than that */
	uint64_t threads;              /* from 1 */
};

/* Once all calls are understood; *count: rows that another one stands for. STATUS_FAILED:
 * no memory, a temporary file that cannot be made or written, what the case file fails
 * with; STATUS_INTEGRITY: the case is damaged; STATUS_INTERRUPTED. */
enum status duplicates_find(const struct duplicates_given *given, uint64_t *count);

#endif
