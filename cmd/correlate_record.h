/* SPDX-License-Identifier: Apache-2.0 */
/* What the run of a correlate says: its settings, the facts it went by, what came of it. */
#ifndef UNSPOOF_CMD_CORRELATE_RECORD_H
#define UNSPOOF_CMD_CORRELATE_RECORD_H

#include "cmd/common/command.h"
#include "correlate/correlate.h"

/* As JSON objects; out->failed: no memory. */
void correlate_settings_json(const struct correlate_settings *settings, struct buf *out);
void correlate_counts_json(const struct correlate_counts *counts, struct buf *out);

/* Adds the run and commits; says why it cannot. */
enum status correlate_record(struct invocation *inv, struct casefile *casefile,
			     const struct correlate_settings *settings,
			     const struct correlate_counts *counts);

#endif
