/* SPDX-License-Identifier: Apache-2.0 */
/* What a dump is made of, for dump.c and dump_open.c. */
#ifndef UNSPOOF_INGEST_SOURCE_DUMP_ROOM_H
#define UNSPOOF_INGEST_SOURCE_DUMP_ROOM_H

#include <archive.h>

#include "base/thread/owner.h"
#include "ingest/source/beside.h"
#include "ingest/source/dump.h"
#include "ingest/source/seized.h"

struct dump {
	struct seized file;
	char *path;
	char *member;               /* NULL: no archive */
	char shown[DUMP_SHOWN];
	char compression[60];
	bool archived;              /* holds members */
	bool plain;                 /* neither archive nor compressed */
	bool seeks;                 /* the format reads here and there */
	bool started;
	size_t pending;             /* bytes of the file's block not handed out */
	struct archive *archive;
	struct archive_entry *entry; /* libarchive's own it may lack, unseen */
	struct owner owner;         /* of the archive, and of the reading */
	struct trail *member_trail;
	/* What is read of the member and not handed out. */
	char *ahead;                /* DUMP_AHEAD bytes; NULL: none yet */
	size_t ahead_from, ahead_to;
	bool ended;                 /* the archive has no more of it */
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

/* What libarchive failed with: STATUS_FAILED, or STATUS_INTERRUPTED. */
enum status dump_archive_failed(struct dump *dump, struct error *error);

/* Of one that is settled: whether nothing of it changed since. */
enum status dump_still_settled(struct dump *dump, struct error *error);
/* The first bytes of it, which can be looked at again. */
enum status dump_peek_settled(struct dump *dump, struct peek *peek, struct error *error);
/* Forgets what a member was settled with. */
void dump_unsettle(struct dump *dump);

#endif
