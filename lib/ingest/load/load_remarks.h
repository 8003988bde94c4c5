/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a source once all of it is read, and kept with it. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_REMARKS_H
#define UNSPOOF_INGEST_LOAD_LOAD_REMARKS_H

#include "base/status.h"
#include "ingest/load/load.h"

/* Remarks on a stream whose rows are all stored. Inside the transaction. */
enum status load_remarks(struct load *load, const struct load_stream *stream);

#endif
