/* SPDX-License-Identifier: Apache-2.0 */
/* Loading the files of a folder, or the members of an archive: those that are read alike
 * become one source. */
#ifndef UNSPOOF_INGEST_GATHER_GATHER_H
#define UNSPOOF_INGEST_GATHER_GATHER_H

#include <stdbool.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "ingest/ingest.h"
#include "ingest/source/dump.h"

/* Members of a folder or archive have one plan when they are of the same format, written
 * alike, with the same columns, mapping and settings. */
struct gather;

/* NULL: no memory. All that is given must outlive it; errors go to casefile->error. */
struct gather *gather_new(struct casefile *casefile,
			  const struct ingest_options *options,
			  const struct observer *observer,
			  struct ingest_counts *counts);
void gather_free(struct gather *gather);

/* Loads the member that a dump stands at, whose path below the root, a folder or archive
 * as given, both of the same until gather_end(), is given. Statuses of load_member(),
 * but that none says yet that no row was accepted. What is not STATUS_OK and not
 * gone over is to be told to gather_stop(). */
enum status gather_member(struct gather *gather, const char *root, const char *path,
			  struct dump *dump);

/* That were all members: what was loaded of them becomes whole. STATUS_FAILED: of a
 * source no row was accepted, or the case failed. Without members it does nothing. */
enum status gather_end(struct gather *gather);

/* An interrupt, or a failure of the case, ended the loading: what is behind the last
 * place to go on from is given up, as the error says. */
enum status gather_stop(struct gather *gather, enum status status);

/* From now on the members of the root take the place, once all are loaded, of sources with a
 * lower id that have files of it or their content. What of it the case had then, and the root has
 * no more, is a failure, and the case stays as it was. */
void gather_replace(struct gather *gather, int64_t below);

/* What is known of members before they are replaced. Zeroed is nothing. */
struct gather_survey {
	bool differs;           /* one was read otherwise, or had another content */
	bool resumed;           /* a part of them is in the case, which is gone on with, */
	bool replacing;         /* to replace others */
	uint64_t met;           /* files of the root that the case has */
};
/* Looks at one as gather_member() would. STATUS_END: it is known that they differ, or that a part
 * is in the case. */
enum status gather_survey(struct gather *gather, const char *root, const char *path,
			  struct dump *dump, struct gather_survey *survey);

/* ---- for the loading ---- */

/* All rows of the new sources are there: which are replaced by them. STATUS_FAILED: none is, and
 * the error says why. */
enum status gather_settle_replaced(struct gather *gather);
/* Whether a source is one of them. */
bool gather_replaces(const struct gather *gather, int64_t id);
/* Takes them out; the caller frees the ids. Inside the transaction. */
enum status gather_drop_replaced(struct gather *gather, int64_t **ids, size_t *count);

/* Where the members come from, safe for a terminal. */
const char *gather_shown(const struct gather *gather);
/* What its members are, also where the case had them: NULL behind the last. */
const struct load_stream *gather_planned(const struct gather *gather, size_t at);
/* Writes the member's row with its counts so far. */
enum status gather_store_member(struct gather *gather);

#endif
