/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a record given to libcsv, and the fields that come of them: for the reader
 * alone. */
#ifndef UNSPOOF_INGEST_DELIMITED_READER_FEED_H
#define UNSPOOF_INGEST_DELIMITED_READER_FEED_H

#include "ingest/delimited/reader_window.h"

/* What came of a line: a quote is open at its end, the row ended, a quote is out of
 * place, or the input ended within quotes. */
enum fed { FED_MORE, FED_ROW, FED_BAD, FED_OPEN };

/* Gives a line to libcsv, of which what stands before `from` it has already. There is
 * to be room for all values of the record. */
enum fed reader_feed(struct reader *reader, const struct line *line, size_t from);
/* Gives it a part of one, without its end. False: a quote is out of place. */
bool reader_feed_part(struct reader *reader, size_t from, size_t to);

/* Room for so many bytes of values, and READER_BEHIND more; those that are there move
 * with it. False: no memory. */
bool reader_room(struct reader *reader, size_t bytes);
/* One more field of the record, to be set. NULL: there is no memory, or there are too
 * many, as the reader says then. */
struct text *reader_add_field(struct reader *reader);
/* Between two records: gives back what a long one took. */
void reader_shrink(struct reader *reader);

/* Forgets what libcsv has of an unfinished row. */
void reader_reset(struct reader *reader);

#endif
