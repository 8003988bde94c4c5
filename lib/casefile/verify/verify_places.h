/* SPDX-License-Identifier: Apache-2.0 */
/* Folders in which the files of sources are looked for. */
#ifndef UNSPOOF_CASEFILE_VERIFY_VERIFY_PLACES_H
#define UNSPOOF_CASEFILE_VERIFY_VERIFY_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* A file that has the size or the name of a source. */
struct verify_place {
	char *path;
	const char *name;      /* in it, without folders */
	uint64_t size;         /* bytes */
	bool given;            /* by itself, and not found in a folder */
	bool used;             /* it is a source that was looked for */
	bool hashed;           /* or could not be: then sha256 is empty */
	char sha256[DIGEST_HEX];
};

/* Members are the module's own. Zeroed is closed. */
struct verify_places {
	struct casefile *casefile;
	const struct observer *observer;
	struct verify_place *files;        /* by size, then path, once one is looked for */
	size_t count, capacity;
	bool sorted;
	uint64_t *sizes;       /* of sources and of members, in order */
	size_t size_count, size_capacity;
	char **names;          /* of sources, without folders, in order */
	size_t name_count, name_capacity;
	char **folders;        /* still to be read */
	size_t folder_count, folder_capacity;
};

/* Prepares; case and observer must outlive it. Whatever it is, verify_places_close() is to
 * follow. The error of these is that of the case. */
enum status verify_places_open(struct verify_places *places, struct casefile *casefile,
			       const struct observer *observer);
void verify_places_close(struct verify_places *places);

/* Adds a file, or all regular files below a folder, whatever their number and depth. Links to
 * folders below it are not followed, so that none is read twice or for ever; what cannot be
 * read is noticed and passed over, and the case is left out. */
enum status verify_places_add(struct verify_places *places, const char *path);

/* Appends where the file is that has size and SHA-256 of a source of a path; of several one
 * that has its name too, and the first by path. *there: there is one. */
enum status verify_places_find(struct verify_places *places, const char *path, struct buf *found, bool *there);
/* The same of a folder whose files are members: the one below which a member is. */
enum status verify_places_find_folder(struct verify_places *places, const char *path, struct buf *found, bool *there);
/* Whether a file that was added by itself was found to be a source. */
bool verify_places_used(const struct verify_places *places, const char *path);
/* The first file that has the name of a path; NULL: none has. */
const char *verify_places_namesake(struct verify_places *places, const char *path);

#endif
