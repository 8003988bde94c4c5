/* SPDX-License-Identifier: Apache-2.0 */
/* Taking the rows of a member. */
#ifndef UNSPOOF_INGEST_LOAD_ROWS_H
#define UNSPOOF_INGEST_LOAD_ROWS_H

#include "base/status.h"
#include "ingest/load.h"

/* Stores all rows and rejects that the started reader gives, inside the
 * transaction, and counts them in load->source; nothing else uses the dump
 * meanwhile. The error is in load->casefile->error. */
enum status load_rows(struct load *load);

#endif
