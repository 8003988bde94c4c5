/* SPDX-License-Identifier: Apache-2.0 */
/* The window of a reader on its input, and the lines in it: for the reader alone. */
#ifndef UNSPOOF_INGEST_DELIMITED_READER_WINDOW_H
#define UNSPOOF_INGEST_DELIMITED_READER_WINDOW_H

#include "ingest/delimited/reader.h"

/* A physical line in the window: its bytes, where its line end begins, and
 * where the next line begins. */
struct line {
	size_t from, stop, next;
	bool ended;     /* false: the input ends without a line end */
};

/* Moves what is unread to the front and fills the window behind it. STATUS_END: the
 * window is lent, and nothing comes behind it. */
enum status reader_fill(struct reader *reader);

/* The line at from. False: the window does not hold its end. */
bool reader_find_line(struct reader *reader, size_t from, struct line *line);
/* The same with the window filled as needed; *from moves with it. Not found: it ends
 * beyond the longest record. */
enum status reader_need_line(struct reader *reader, size_t *from, struct line *line,
			     bool *found);

/* Memory that is kept for the next record, in bytes, of what one takes. */
#define READER_KEPT (1 << 20)

#endif
