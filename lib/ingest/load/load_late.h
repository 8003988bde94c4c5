/* SPDX-License-Identifier: Apache-2.0 */
/* Values whose name came too late to be a column. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_LATE_H
#define UNSPOOF_INGEST_LOAD_LOAD_LATE_H

#include <stdbool.h>

#include "base/text.h"
#include "ingest/load/load.h"
#include "ingest/parse/batch.h"

void load_note_late(struct load_stream *stream, const struct batch *batch,
		    const struct batch_row *row);

/* Behind the counts of a checkpoint: nothing where there are none. */
void load_write_late(const struct load_stream *stream, struct buf *out);
/* Takes all of a text; false: it is none. */
bool load_read_late(struct load_stream *stream, struct text text);

#endif
