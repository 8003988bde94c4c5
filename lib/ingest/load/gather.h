/* SPDX-License-Identifier: Apache-2.0 */
/* Loading the files of a folder, or the members of an archive: those that are read alike
 * become one source. */
#ifndef UNSPOOF_INGEST_LOAD_GATHER_H
#define UNSPOOF_INGEST_LOAD_GATHER_H

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

/* ---- for the loading ---- */

/* Where the members come from, safe for a terminal. */
const char *gather_shown(const struct gather *gather);
/* Writes the member's row with its counts so far. */
enum status gather_store_member(struct gather *gather);

#endif
