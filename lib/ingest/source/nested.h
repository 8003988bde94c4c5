/* SPDX-License-Identifier: Apache-2.0 */
/* An archive, or compressed data, that is a member itself, and is gone into once. */
#ifndef UNSPOOF_INGEST_SOURCE_NESTED_H
#define UNSPOOF_INGEST_SOURCE_NESTED_H

#include <archive.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/source/packed.h"

/* What is read here and there is held in memory, up to so many bytes. */
#define NESTED_MOST (UINT64_C(1) << 30)

struct dump;

/* Zeroed is none. */
struct nested {
	struct archive *archive;    /* NULL: none is open */
	struct archive_entry *entry;
	char *name;                 /* the member that it is; NULL: the file itself */
	bool archived;              /* holds members */
	bool seeks;
	bool told;                  /* it was said that it goes no further */
	uint64_t members;           /* met so far */
	uint64_t fed;               /* bytes that the archive was given */
	uint64_t within;            /* size of the compression that it is in */
	char *bytes;                /* all of it, where it seeks; else room for a block */
	char *head;                 /* what was looked at before it was opened */
	size_t head_len;
};

/* Opens what begins with the bytes that the dump has read ahead, which it hands over. It is to be
 * closed also after a failure. STATUS_SKIP: it is more than can be gone into. STATUS_FAILED: it
 * cannot be read. */
enum status nested_open(struct dump *dump, enum packed packed, struct error *error);
void nested_close(struct nested *nested);

/* Goes to the next member of it. STATUS_END: there is none. */
enum status nested_next(struct dump *dump, struct error *error);
/* Reads what the member around it has left; *behind: bytes behind compressed data. */
enum status nested_end(struct dump *dump, uint64_t *behind, struct error *error);

#endif
