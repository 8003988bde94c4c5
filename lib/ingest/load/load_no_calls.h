/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of calls of which a column without a role says that they are none. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_NO_CALLS_H
#define UNSPOOF_INGEST_LOAD_LOAD_NO_CALLS_H

#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* Says which columns of the first rows have such words, and few others, see no_call_says(). */
enum status load_say_no_calls(const struct load_stream *stream, struct remark_writer *writer);

#endif
