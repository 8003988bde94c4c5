/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down which rows are one call: the flags and twins of their segments. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_MARK_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_MARK_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/status.h"
#include "casefile/casefile.h"

struct twin_mark_given {
	struct casefile *casefile;
	const struct observer *observer;
	struct parts *outcomes;       /* of twin_outcome_record, all of them put */
	uint64_t threads;              /* from 1 */
};

/* Marks the rows of all outcomes. STATUS_FAILED: no memory, see spill_failed(), and what
 * the case file fails with; STATUS_INTEGRITY; STATUS_INTERRUPTED. */
enum status twin_mark_run(const struct twin_mark_given *given);

#endif
