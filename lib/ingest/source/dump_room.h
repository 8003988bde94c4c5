/* SPDX-License-Identifier: Apache-2.0 */
/* What a dump is made of, for dump.c and dump_open.c. */
#ifndef UNSPOOF_INGEST_SOURCE_DUMP_ROOM_H
#define UNSPOOF_INGEST_SOURCE_DUMP_ROOM_H

#include <archive.h>

#include "base/thread/owner.h"
#include "ingest/encoding/encoding.h"
#include "ingest/source/decoded.h"
#include "ingest/source/beside.h"
#include "ingest/source/dump.h"
#include "ingest/source/nested.h"
#include "ingest/source/packed.h"
#include "ingest/source/seized.h"

struct dump {
	struct seized file;
	char *path;
	char *member;               /* NULL: no archive */
	char shown[DUMP_SHOWN];
	struct dump_settings settings;
	char packed[PACKED_NAME];   /* what the file is */
	char compression[2 * PACKED_NAME];  /* what the member is in */
	bool archived;              /* holds members */
	bool plain;                 /* neither archive nor compressed */
	bool seeks;                 /* the format reads here and there */
	bool started;
	bool locked;                /* the member is encrypted */
	bool too_large, too_dense;  /* it unpacks to more than it may */
	uint64_t unpacked;          /* bytes, of all members so far */
	struct nested nested;
	enum status held;           /* what the next read is to say, with ... */
	struct error held_error;    /* ... this */
	size_t pending;             /* bytes of the file's block not handed out */
	struct archive *archive;
	struct archive_entry *entry; /* libarchive's own it may lack, unseen */
	struct owner owner;         /* of the archive, and of the reading */
	struct trail *member_trail;
	/* What is read of the member and not handed out. */
	char *ahead;                /* DUMP_AHEAD bytes; NULL: none yet */
	size_t ahead_from, ahead_to;
	bool ended;                 /* the archive has no more of it */
	struct decoded decoded;     /* of that, where it is not UTF-8 */
	/* It was read to its end, and its bytes are read here and there. */
	bool settled;
	int copy;                   /* its private copy; -1: it is read itself */
	_Atomic uint64_t reached;   /* of the settled bytes, so many were read */
	struct beside beside[BESIDE_COUNT];
	uint64_t member_size;
	uint64_t behind;
	uint64_t left_out;
	uint64_t entries;
	char sha256[DIGEST_HEX];
	char member_sha256[DIGEST_HEX];
};

/* Bytes out of the dump's archive or the one in it, as archive_read_data() gives them. Negative
 * also where it was interrupted, or unpacks to more than it may. */
la_ssize_t dump_data(struct dump *dump, struct archive *archive, char *data, size_t size);
/* Whether that was so. */
bool dump_bounded(const struct dump *dump);
/* Goes over what is left of an entry; what that fails with the archive says again. What was read
 * ahead is gone. */
void dump_drain(struct dump *dump, struct archive *archive);

/* Fills the room for what is read ahead, unless the member ends. */
enum status dump_fill_ahead(struct dump *dump, struct error *error);

/* What libarchive failed with: STATUS_FAILED, or STATUS_INTERRUPTED. */
enum status dump_archive_failed(struct dump *dump, struct archive *archive, struct error *error);
/* The same of a member that is encrypted. */
enum status dump_locked(struct dump *dump, struct archive *archive, struct error *error);

/* Of one that is settled: whether nothing of it changed since. */
enum status dump_still_settled(struct dump *dump, struct error *error);
/* The first bytes of it, which can be looked at again. */
enum status dump_peek_settled(struct dump *dump, struct peek *peek, struct error *error);
/* Forgets what a member was settled with. */
void dump_unsettle(struct dump *dump);

#endif
