/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of sources again, in the pass that hashes them, and comparing
 * them with what the case has. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_H
#define UNSPOOF_INGEST_REREAD_REREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/verify/found_rows.h"
#include "casefile/verify/verify.h"
#include "ingest/source/dump_settings.h"

struct reread_ahead;

struct reread_options {
	bool all;               /* compare all rows, and rejects too */
	uint64_t rows;          /* else so many of each source, from 1 */
	uint64_t seed;          /* by which those are chosen */
	bool threaded;          /* files may be hashed on a thread of their own */
	bool quiet;             /* what cannot be read again is not told */
	struct dump_settings dumps;     /* of the files, whatever is in them */
	struct verify_places *places;      /* where files are looked for too; or NULL */
	struct reread_ahead *ahead;        /* what was done while the case was checked; or NULL */
};

struct reread_counts {
	uint64_t rows;          /* compared */
	uint64_t sources;       /* read again */
	uint64_t laid;          /* of those, where their rows lie: see reread_laid.h */
	uint64_t unreadable;    /* that could not be, for a reason that was told */
};

/* One check. Members are the module's own. */
struct reread {
	struct casefile *casefile;
	const struct reread_options *options;
	const struct observer *observer;
	struct verify_counts *verified;
	struct reread_counts *counts;
	struct foundrows rows;
};

/* Prepares a check; all that is given must outlive it. What does not hold is
 * told to the observer, and counted in verified, as verify_source() does. */
void reread_open(struct reread *reread, struct casefile *casefile,
		 const struct reread_options *options,
		 const struct observer *observer, struct verify_counts *verified,
		 struct reread_counts *counts);
void reread_close(struct reread *reread);

/* Does what verify_source() does, and reads again the rows of each whole source
 * that has the content of the file. STATUS_OK also when something does not hold;
 * else the check could not go on, as the error of the case says. */
enum status reread_file(struct reread *reread, const char *path);
/* The same for every path that the case names. */
enum status reread_recorded(struct reread *reread);

#endif
