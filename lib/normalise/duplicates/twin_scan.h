/* SPDX-License-Identifier: Apache-2.0 */
/* Going over the keys of the segments that can have a row twice: first all are met, then
 * rows whose keys were met again are put aside, most in brief. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_SCAN_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_SCAN_H

#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/duplicates/twin_key.h"
#include "normalise/duplicates/twin_span.h"

struct twin_scan_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct twin_keys *keys;
	const struct source_senses *sources;
	const struct twin_spans *spans;       /* chosen */
	struct spill *spill;
	uint64_t memory;                      /* bytes */
	uint64_t threads;                     /* from 1 */
};

/* Puts every row whose key may be there twice into briefs, of twin_brief_record, if it is of
 * TWIN_ID or TWIN_BARE, or else into seen, of twin_seen_record: open parts, whose memory is not
 * of the given one. STATUS_INTEGRITY: the case is
 * damaged; STATUS_FAILED: no memory, see spill_failed(), what the case file fails with;
 * STATUS_INTERRUPTED. */
enum status twin_scan_run(const struct twin_scan_given *given, struct parts *seen,
			  struct parts *briefs);

#endif
