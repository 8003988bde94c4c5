/* SPDX-License-Identifier: Apache-2.0 */
/* What the run of an ingest says: its settings, its sources, what came of it. */
#ifndef UNSPOOF_CMD_INGEST_RECORD_H
#define UNSPOOF_CMD_INGEST_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "casefile/source.h"
#include "ingest/ingest.h"

/* What is told of the sources of a run. */
struct ingest_told {
	const struct ingest_counts *counts;
	uint64_t known;         /* that the case had already */
	bool discarded;         /* a part of one was taken out */
};

/* As JSON; out->failed: no memory. A source becomes an item of a list, without the brackets,
 * behind those that are there. reference: of the case, NULL where none is given. dropped: ids,
 * parted by commas. */
void ingest_input_json(const struct source_row *source, struct buf *out);
void ingest_settings_json(const struct ingest_options *options, const char *reference, struct buf *out);
void ingest_outputs_json(const struct ingest_told *told, struct text dropped, struct buf *out);

#endif
