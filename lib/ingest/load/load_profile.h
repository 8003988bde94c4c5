/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile says of its rows beyond where they are: remarks on a source. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_PROFILE_H
#define UNSPOOF_INGEST_LOAD_LOAD_PROFILE_H

#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* Says which rows its lines keep and drop left out, what such dumps cannot say, what its
 * addresses are, and that its layout is not confirmed. */
enum status load_say_profile(const struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer);

#endif
