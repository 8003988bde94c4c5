/* SPDX-License-Identifier: Apache-2.0 */
/* Records of dialects that libcsv does not know: for the reader alone. */
#ifndef UNSPOOF_INGEST_DELIMITED_READER_MANNER_H
#define UNSPOOF_INGEST_DELIMITED_READER_MANNER_H

#include "ingest/delimited/reader.h"

/* Why a record is no row; the same for all that read such dialects. */
#define MANNER_PLACE "a quote in column %zu is out of place"
#define MANNER_LINE "the quote opened in column %zu is not closed on its line"
#define MANNER_NEVER "the quote opened in column %zu is never closed"
#define MANNER_BEHIND "goes on for more than %zu bytes behind its first line"
#define MANNER_LONG "is longer than %zu bytes"
#define MANNER_MANY "has more than %d fields"

/* As reader_next(), once the record is begun. */
enum status reader_next_manner(struct reader *reader, struct record *record);

/* The record spans the window from the reader's place to `to`, in `lines` lines. */
void reader_take(struct reader *reader, struct record *record, size_t to,
		 uint64_t lines);
/* Gives up the first line of a record, for the reason set. */
enum status reader_give_up(struct reader *reader, struct record *record);
/* The same, where it has no end in a full window. */
enum status reader_give_up_long(struct reader *reader, struct record *record);

#endif
