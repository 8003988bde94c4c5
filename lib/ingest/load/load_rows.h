/* SPDX-License-Identifier: Apache-2.0 */
/* Taking the rows of a member. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_ROWS_H
#define UNSPOOF_INGEST_LOAD_LOAD_ROWS_H

#include "base/status.h"
#include "ingest/load/load.h"

struct batch;

/* Stores all rows and rejects from load->begin on, inside the transaction, and counts
 * them for their streams; nothing else uses dump and format meanwhile. Each whole
 * item goes to load_checkpoint(). The error is in load->casefile->error, but for
 * STATUS_INTERRUPTED. */
enum status load_rows(struct load *load);

/* Stores the segments of a batch without rows, as parse_take does; context is the load. */
enum status load_take_segments(void *context, struct batch *batch);

#endif
