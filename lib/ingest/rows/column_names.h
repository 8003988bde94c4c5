/* SPDX-License-Identifier: Apache-2.0 */
/* What the columns of a table are called where its rows are written as they are found. */
#ifndef UNSPOOF_INGEST_ROWS_COLUMN_NAMES_H
#define UNSPOOF_INGEST_ROWS_COLUMN_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/format/stream.h"

/* Zeroed is empty. */
struct columns {
	char **names;           /* each once; without a NUL byte but at the end */
	size_t count;
};

/* Those of a stream whose header is settled: its names, without the blanks around them;
 * `column3` where there is none. One that there is already, or that stands for what is not of the
 * row (ROWS_OWN), gets a number: `src_2`. False: no memory; release it all the same. */
bool columns_name(struct columns *columns, const struct stream *stream);
void columns_release(struct columns *columns);

#endif
