/* SPDX-License-Identifier: Apache-2.0 */
/* What SQLite keeps beside a database: a log of what is not in it yet, a journal of what
 * is not to stay in it. */
#ifndef UNSPOOF_INGEST_SOURCE_BESIDE_H
#define UNSPOOF_INGEST_SOURCE_BESIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/source/seized.h"

#define BESIDE_SHOWN 400    /* bytes that hold its path as shown */

enum beside_kind { BESIDE_WAL, BESIDE_JOURNAL, BESIDE_COUNT };

/* A file beside a database, and a private copy of it. Set up by beside_init(). */
struct beside {
	char *path;                 /* NULL: there is none */
	uint64_t size;
	char sha256[DIGEST_HEX];    /* of what was copied; empty: it was not */
	int copy;                   /* -1: none, or SQLite removed it */
	struct seized file;
	char shown[BESIDE_SHOWN];   /* the path, safe for a terminal */
};

void beside_init(struct beside *beside);
/* Twice is safe. */
void beside_release(struct beside *beside);
/* `-wal`, `-journal`. */
const char *beside_ending(enum beside_kind kind);
/* Whether such a file that is not empty stands beside a path, and its size. */
bool beside_there(const char *path, enum beside_kind kind, uint64_t *size);
/* Copies it to a file without a name in a folder, and hashes what is copied; STATUS_OK
 * also where there is none. */
enum status beside_copy(struct beside *beside, const char *path, enum beside_kind kind,
			const char *folder, const struct observer *observer,
			struct error *error);
/* STATUS_FAILED: it is not what was copied any more. */
enum status beside_unchanged(struct beside *beside, struct error *error);

/* Makes a file without a name in a folder, for its owner alone; -1: errno says why not. */
int beside_make(const char *folder);
/* False: errno says why. */
bool beside_write(int file, const char *data, size_t len);

#endif
