/* SPDX-License-Identifier: Apache-2.0 */
/* A file as seized: read once, in blocks, and hashed from the very bytes that are
 * read. */
#ifndef UNSPOOF_INGEST_SOURCE_SEIZED_H
#define UNSPOOF_INGEST_SOURCE_SEIZED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/digest/digest.h"
#include "base/digest/hasher.h"
#include "base/observer.h"
#include "base/status.h"

/* Members are the module's own, but for those of the first part. Zeroed but for fd,
 * which is -1, is closed. */
struct seized {
	const char *path;           /* borrowed; "-": standard input */
	const char *shown;          /* for errors and progress; borrowed */
	const struct observer *observer;
	char *block;                /* the last that was read; the hasher's */
	uint64_t at;                /* place of the next read */
	uint64_t done;              /* bytes read so far */
	uint64_t size;              /* after seized_end() or seized_hash() */
	bool regular;
	bool failed;                /* it cannot be read, or changed */
	bool interrupted;           /* what failed last was */
	bool hashing;               /* the hash is made as it is read */
	bool stays;                 /* it is read again, and may stay in memory */
	/* ---- */
	int fd;
	struct stat info;           /* when it was opened */
	uint64_t let_go;            /* bytes given back to the system */
	struct hasher *hasher;      /* of all that is read, and owner of blocks */
};

/* Opens what path names, with the first part set. threaded: it may be hashed on a
 * thread of its own. Close it also after a failure. */
enum status seized_open(struct seized *seized, bool threaded, struct error *error);
void seized_close(struct seized *seized);

/* The next block, in seized->block until the one after it: its bytes, 0 at the end;
 * -1: errno says why not. At most HASHER_BLOCK. */
ssize_t seized_next(struct seized *seized);
/* The same of a regular file that is hashed as it is read, up to size bytes into data, which
 * is the caller's. */
ssize_t seized_read(struct seized *seized, char *data, size_t size);
/* Bytes that the file has, as the file system says; 0: not known. */
uint64_t seized_total(const struct seized *seized);

/* What is not read once from start to end is hashed in a pass of its own. */
void seized_stop_hashing(struct seized *seized);
/* Hashes a regular file in such a pass, without moving the place of reading. False
 * with *status STATUS_OK: it is no regular file. */
bool seized_hash(struct seized *seized, char hex[static DIGEST_HEX],
		 enum status *status, struct error *error);
/* Reads what is left, for the hash of the file, which ends with it. */
enum status seized_end(struct seized *seized, char hex[static DIGEST_HEX],
		       struct error *error);
/* A file that grows, is written or makes room for another while it is read has no hash to
 * rely on: STATUS_FAILED. */
enum status seized_unchanged(struct seized *seized, struct error *error);

/* What reading failed with: STATUS_FAILED, or STATUS_INTERRUPTED. */
enum status seized_failed(struct seized *seized, const char *text,
			  struct error *error);
/* The same by an errno; what the machine lacks is a fault, and not the file's. */
enum status seized_failed_with(struct seized *seized, int code, struct error *error);

#endif
