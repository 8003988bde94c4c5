/* SPDX-License-Identifier: Apache-2.0 */
/* A row that shows what is said of many. */
#ifndef UNSPOOF_NORMALISE_QUALITY_EXAMPLE_H
#define UNSPOOF_NORMALISE_QUALITY_EXAMPLE_H

#include "base/text.h"
#include "normalise/notes.h"

/* Finds where a row stands, by its id in the table of its kind, or the number of a call;
 * 0 is none. What is to be added to a remark goes to out, as "; dumps/1.csv:17 is one",
 * and is empty where the line says enough, which *line is; 0: there is none. */
enum status example_find(const struct notes *notes, const struct source_sense *source, int64_t row,
			 uint64_t *line, struct buf *out);

#endif
