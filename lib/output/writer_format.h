/* SPDX-License-Identifier: Apache-2.0 */
/* The formats, for the table of them in writer.c; nobody else needs this. */
#ifndef UNSPOOF_OUTPUT_WRITER_FORMAT_H
#define UNSPOOF_OUTPUT_WRITER_FORMAT_H

#include "output/writer.h"

/* Columns aligned for reading by eye. East Asian width is not looked at: a
 * code point counts as one column of the screen. */
extern const struct writer_format writer_table;
/* RFC 4180, with LF as the line end. */
extern const struct writer_format writer_csv;
/* Tab-separated; TAB, LF, CR and backslash as \t \n \r \\. */
extern const struct writer_format writer_tsv;
/* An array of objects, one object a line (RFC 8259). */
extern const struct writer_format writer_json;
/* One object a line. */
extern const struct writer_format writer_jsonl;

/* Adds one row to writer->sink.out as a JSON object, without a line end. */
void writer_object(struct writer *writer, const struct cell *cells);

#endif
