/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA-256 that a source is expected to have. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_EXPECTED_H
#define UNSPOOF_INGEST_LOAD_LOAD_EXPECTED_H

#include "base/status.h"
#include "ingest/ingest.h"
#include "ingest/source/dump.h"

/* STATUS_OK: none is expected, or the file as seized has it. STATUS_INTEGRITY: it has another,
 * as the error says, and nothing of it is to stay. A file that was not read to its end and is no
 * archive is read for that; STATUS_FAILED: it could not be. */
enum status load_expected(struct dump *dump, const struct ingest_options *options, struct error *error);

#endif
