/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a profile that say how free text is a table: `record` and `record-begin`. */
#ifndef UNSPOOF_INGEST_PLAN_SAID_PROFILE_RECORD_H
#define UNSPOOF_INGEST_PLAN_SAID_PROFILE_RECORD_H

#include "base/status.h"
#include "ingest/plan/profile_line.h"

/* record /REGEX/, whose named groups are columns. */
enum status profile_record(struct profile_line *line);
/* record-begin /REGEX/ */
enum status profile_record_begin(struct profile_line *line);

#endif
