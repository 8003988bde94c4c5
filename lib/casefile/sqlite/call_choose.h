/* SPDX-License-Identifier: Apache-2.0 */
/* The segments that can have rows which are asked for, in order of id. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_CHOOSE_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_CHOOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "casefile/filter/segment_filter.h"
#include "casefile/sql.h"
#include "casefile/sqlite/call_ask.h"

/* A segment, and what the case says of it beside its columns. */
struct call_choice {
	int64_t id, source;
	uint32_t rows;
	char found[DIGEST_HEX], understood[DIGEST_HEX];
	bool checked;                  /* checks are known */
	uint64_t checks[SEGMENT_CHECKS];
	bool sure;                     /* the first condition, the only one, has rows in it */
};

/* Zeroed is closed. */
struct call_chooser {
	struct casefile *casefile;
	sqlite3_stmt *segments;
	bool understood, filtered;     /* what there is in the case */
};

/* Of a case with the layer as understood, or without. */
enum status call_chooser_open(struct call_chooser *chooser, struct casefile *casefile, bool understood);
void call_chooser_close(struct call_chooser *chooser);

/* Begins with the first segment. */
void call_chooser_start(struct call_chooser *chooser, const struct call_ask *ask);
/* The next one. STATUS_END: there is none; STATUS_INTEGRITY: its row is not one. */
enum status call_chooser_next(struct call_chooser *chooser, const struct call_ask *ask,
			      struct call_choice *choice);

#endif
