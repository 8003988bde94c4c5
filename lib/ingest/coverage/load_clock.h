/* SPDX-License-Identifier: Apache-2.0 */
/* The clocks of a source that is loaded: measured, held against what was told, recorded. */
#ifndef UNSPOOF_INGEST_COVERAGE_LOAD_CLOCK_H
#define UNSPOOF_INGEST_COVERAGE_LOAD_CLOCK_H

#include "base/status.h"
#include "casefile/record/remark.h"
#include "ingest/clock/clock_settle.h"
#include "ingest/load/load.h"

struct batch;

/* What was measured of a source, and its texts for the row of table source. */
struct load_clock {
	struct clock_measured measured;
	struct buf periods, doubled;
	const char *order;      /* dmy or mdy, where the epochs prove it and nobody said; or NULL */
};

void load_clock_free(struct load_clock *clock);     /* NULL is safe */
/* Counts the rows of a batch from one on, up to another, that are stored. */
enum status load_witness_add(struct load *load, struct load_stream *stream, const struct batch *batch, uint32_t from,
			     uint32_t until);
/* Settles what all its rows say. STATUS_USAGE: the zone or the order of dates that was told is another; nothing of the
 * member is to be kept then. */
enum status load_clock_settle(struct load *load, struct load_stream *stream);
/* What of it stands in the row of table source, where it is settled. */
void load_clock_set(const struct load_stream *stream, struct source_row *row);
/* Whether local times of it are read by clocks that were measured. */
bool load_clock_holds(const struct load_stream *stream);
enum status load_clock_say(const struct load *load, const struct load_stream *stream, struct remark_writer *writer);

#endif
