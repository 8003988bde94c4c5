/* SPDX-License-Identifier: Apache-2.0 */
/* The sources that one file may be, and how each was read. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_SOURCES_H
#define UNSPOOF_INGEST_REREAD_REREAD_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/kinds.h"
#include "ingest/reread/recipe/recipe.h"

/* A source that a file, or a member of it, may be. */
struct candidate {
	int64_t id;
	char *member;
	char sha256[DIGEST_HEX], member_sha256[DIGEST_HEX];
	bool has_recipe;
	bool database;          /* of SQLite, beside which others may stand that were read with it */
	bool done;              /* it was read again */
};

/* Zeroed is empty. */
struct candidates {
	struct candidate *items;
	size_t count, capacity;
	size_t at;              /* behind the one found last */
};

/* Those of a path, or of that many bytes as seized, in order of their ids; none with
 * members. */
enum status candidates_of_path(struct candidates *list, struct casefile *casefile,
			       const char *path);
enum status candidates_of_size(struct candidates *list, struct casefile *casefile,
			       uint64_t size);
void candidates_release(struct candidates *list);

/* Whether one can be read again, whose rows were all taken. */
bool candidate_readable(const struct candidate *candidate);
/* Whether the readable ones have more than one hash between them. */
bool candidates_differ(const struct candidates *list);
/* The next readable one that was not read yet of a file with this hash (empty: it
 * is not known) and a member; NULL: there is none. */
struct candidate *candidates_find(struct candidates *list, const char *sha256,
				  const char *member);

/* A source as the case has it. */
struct reread_source {
	int64_t id;
	enum kind kind;
	struct recipe recipe;
	uint64_t stream;            /* as struct source_row has it, and its name */
	struct buf dialect, mapping, legs, name, profile;
	uint64_t member_size, accepted, rejected, skipped;
};

/* Reads it. STATUS_INTEGRITY: it cannot be read again by what the case says.
 * Release it also then. */
enum status reread_source_load(struct reread_source *source,
			       struct casefile *casefile, int64_t id);
void reread_source_release(struct reread_source *source);

#endif
