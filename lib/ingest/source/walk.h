/* SPDX-License-Identifier: Apache-2.0 */
/* From one SOURCE argument to the dumps in it. */
#ifndef UNSPOOF_INGEST_SOURCE_WALK_H
#define UNSPOOF_INGEST_SOURCE_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "ingest/source/dump.h"

/* Folders within folders that are gone into. */
#define WALK_DEPTH 64

/* A walk; the caller sets what is before the line. */
struct walk {
	/* Does what is to be done with the member a dump stands at. STATUS_SKIP
	 * and STATUS_NOTHING: it is no dump, as the error says; STATUS_END: it is not wanted. */
	enum status (*visit)(void *context, struct dump *dump);
	/* All members of an archive or folder were visited, or all files of a folder that
	 * stand before an archive in it. STATUS_FAILED, but for a fault, is gone over.
	 * NULL: nothing is to be done then. */
	enum status (*end)(void *context);
	/* Whether a file of a folder goes with another, and is none by itself; NULL: none. */
	bool (*goes_with)(void *context, const char *path);
	void *context;
	const struct observer *observer;
	struct error *error;    /* where visit and the walk put theirs */
	const char *own;        /* a file that is not opened: the case; or NULL */
	bool threaded;          /* for dump_open() */
	bool ends;              /* STATUS_END of visit ends the walk */
	const struct dump_settings *dumps;      /* for dump_open_as(), or NULL */
	/* ---- */
	const char *folder;     /* that was given; NULL: a file or archive was */
	struct error first;     /* the first failure that was gone over */
	struct error why;       /* why the first member that is not wanted is not */
	uint64_t failures;
	uint64_t visited;       /* members that were dumps */
	uint64_t unwanted;      /* and those that are not wanted */
	bool done;              /* of a folder that was given, all was visited */
};

/*
 * Visits a file, "-" for standard input, all members of an archive in their
 * order, all files of a folder in byte order of their names, with the folders
 * in it. Links and devices in a folder or archive are left out, with a notice,
 * as is in them what visit says is no dump; a file by itself that is none is
 * STATUS_FAILED, or for STATUS_NOTHING and STATUS_END STATUS_USAGE, as is a folder or archive
 * with nothing that is wanted. The case itself and its
 * journal are none. A failure within a folder
 * or archive is gone over: the first is the error in the end. Other statuses
 * end the walk.
 */
enum status walk_source(struct walk *walk, const char *path);

#endif
