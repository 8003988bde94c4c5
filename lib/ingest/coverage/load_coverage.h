/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a source as a whole once it is read: what of it is not read, and what its rows show. */
#ifndef UNSPOOF_INGEST_COVERAGE_LOAD_COVERAGE_H
#define UNSPOOF_INGEST_COVERAGE_LOAD_COVERAGE_H

#include "base/status.h"
#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* Says it in one notice, and keeps it as remarks. */
enum status load_coverage_say(const struct load *load, const struct load_stream *stream, struct remark_writer *writer);

/* Adds the columns that play no role, as `4 dcontext (from-spoof, default)`, up to so many; returns how many there are. */
size_t coverage_columns(const struct load_stream *stream, size_t most, struct buf *out);

#endif
