/* SPDX-License-Identifier: Apache-2.0 */
/* What of a database nobody would expect. */
#ifndef UNSPOOF_INGEST_SQLITE_DATABASE_NOTES_H
#define UNSPOOF_INGEST_SQLITE_DATABASE_NOTES_H

#include "ingest/format/format.h"
#include "ingest/sqlite/catalogue.h"
#include "ingest/sqlite/table_rows.h"

/* At most FORMAT_NOTES, the weightiest first; how many. */
size_t sqlite_notes(const struct database *database, const struct catalogue *catalogue,
		    const struct rows_found *found, struct format_note notes[FORMAT_NOTES]);

#endif
