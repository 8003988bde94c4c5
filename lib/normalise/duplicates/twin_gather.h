/* SPDX-License-Identifier: Apache-2.0 */
/* All of the rows that may be one call. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_GATHER_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_GATHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/sort/sorter.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/duplicates/twin_key.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/source_sense.h"

struct twin_gather_given {
	struct casefile *casefile;
	const struct observer *observer;
	const struct twin_keys *keys;
	const struct source_senses *sources;
	const struct twin_spans *spans;
	struct parts *rows;            /* of twin_row_record, all of them put */
	uint64_t threads;              /* from 1 */
};

/* Puts each of the rows into twins, open parts of twin_record. As twin_scan_run(). */
enum status twin_gather_run(const struct twin_gather_given *given, struct parts *twins);

#endif
