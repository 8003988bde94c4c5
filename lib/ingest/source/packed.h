/* SPDX-License-Identifier: Apache-2.0 */
/* Archives and compressed data, by how they begin, and as libarchive is to read them. */
#ifndef UNSPOOF_INGEST_SOURCE_PACKED_H
#define UNSPOOF_INGEST_SOURCE_PACKED_H

#include <archive.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Room for what packed_name() writes. */
#define PACKED_NAME 60

enum packed {
	PACKED_NOT,         /* neither, as far as it can be told */
	PACKED_STREAM,      /* read from its start to its end */
	PACKED_SEEKS        /* read here and there: its directory is at the end */
};

/* What begins with these bytes. A document that is a zip archive by its form alone, as a
 * spreadsheet is, is PACKED_NOT: its bytes are for a format. */
enum packed packed_begins(struct text start);
/* Whether it is such a document. */
bool packed_document(struct text start);

/* Offers libarchive what it may see in a file that begins so. Those whose directory is at the
 * end make it seek in any file, so they are offered only to files that begin like one. *seeks:
 * it needs a callback for that. False: it had no memory for one, and would take its files for
 * something else. */
bool packed_offer(struct archive *archive, struct text start, const char *password, bool *seeks);

/* Whether what was opened holds members. */
bool packed_archive(struct archive *archive);
/* The archive's format and then the filters, outermost last; empty: neither. */
void packed_name(struct archive *archive, char name[PACKED_NAME]);

#endif
