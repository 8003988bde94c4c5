/* SPDX-License-Identifier: Apache-2.0 */
/* The source row of a member being loaded, and what the case has already. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_SOURCE_H
#define UNSPOOF_INGEST_LOAD_LOAD_SOURCE_H

#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/record/source_find.h"
#include "ingest/load/load.h"

/* Writes the source row of a stream in place of the one there is, with the counts so far;
 * whole: dump_end() was called, and sizes and hashes are known. Of gathered members these,
 * path and compression are in the row already. */
enum status load_source_store(struct load *load, struct load_stream *stream,
			      bool whole);

/* Names of settings that say how rows were read, and not by which options. */
#define LOAD_PROFILE "SHA-256 of the profile"
#define LOAD_RECIPE "SHA-256 of the recipe"
#define LOAD_VERSION "version of unspoof"
/* Where one is told. */
#define LOAD_EXHIBIT "exhibit"
/* Of a checkpoint alone: gathered members that take the place of sources below an id. */
#define LOAD_REPLACE "replace"

/* What the rows depend on besides their bytes: `name=value`, one a line. */
void load_settings(const struct load *load, const struct load_stream *stream,
		   struct buf *out);

/* The source of the same file and member, of the kind of its only stream, before its
 * rows are read; id 0: there is none. A file is hashed for that only when
 * one of its size is known; the hash of an archive is there. */
enum status load_known(struct load *load, struct source_match *match);

/* The same by the content of the member, whatever file it came in: reads it to
 * its end, without its rows, unless its size tells that there is none. */
enum status load_known_content(struct load *load, struct source_match *match);

#endif
