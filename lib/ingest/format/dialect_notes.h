/* SPDX-License-Identifier: Apache-2.0 */
/* What a dialect has that nobody would expect, for people. */
#ifndef UNSPOOF_INGEST_FORMAT_DIALECT_NOTES_H
#define UNSPOOF_INGEST_FORMAT_DIALECT_NOTES_H

#include "ingest/delimited/dialect.h"
#include "ingest/format/format.h"

/* What was found out, not said, of a dialect whose preamble has so many lines; how many
 * notes. */
size_t dialect_notes(const struct dialect *dialect, unsigned lines,
		     struct format_note notes[FORMAT_NOTES]);

#endif
