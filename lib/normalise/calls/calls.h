/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a case understood. */
#ifndef UNSPOOF_NORMALISE_CALLS_CALLS_H
#define UNSPOOF_NORMALISE_CALLS_CALLS_H

#include <stdint.h>

#include "base/observer.h"
#include "normalise/calls/call_worker.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct calls_given {
	struct casefile *casefile;
	const struct observer *observer;
	struct call_sense sense;
	struct call_names names;
	const struct source_senses *sources;   /* the counts of each are added to */
	struct notes *notes;
	struct twin_spans *spans;              /* each segment is added */
	uint64_t threads;
};

/* Understands them all; *calls: how many. */
enum status calls_understand(const struct calls_given *given, uint64_t *calls);

#endif
