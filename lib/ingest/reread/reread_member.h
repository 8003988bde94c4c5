/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of one member again. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_MEMBER_H
#define UNSPOOF_INGEST_REREAD_REREAD_MEMBER_H

#include "base/status.h"
#include "ingest/reread/judge.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

/* Reads the member that a dump stands at to its end, as the source that it may be, and where
 * a format finds its rows as all others of the list that may be tables of it; and ends it. Where
 * its hash is that of the source, what does not hold is told and counted, and the candidate is
 * done; so is one whose recipe is none. Else nothing is said. STATUS_OK, or what the dump or
 * the case failed with. */
enum status reread_member(struct reread *reread, struct dump *dump,
			  struct candidates *list, struct candidate *candidate);

/* Before a member is looked at or read: it is read as its recipe says. */
void reread_encode(struct dump *dump, const struct recipe *recipe);
/* Now and then tells how far it is; STATUS_INTERRUPTED. */
enum status reread_look_around(const struct reread *reread, const struct dump *dump,
			       uint64_t records);
/* Compares all records of the member that a dump stands at, to its end. Statuses of
 * comparison_take(), but STATUS_OK in place of STATUS_END. */
enum status reread_records(struct reread *reread, struct dump *dump,
			   struct judge *judge, struct comparison *comparison);
/* Reads what is left of the member, for its hash. */
enum status reread_through(struct dump *dump, struct error *error);
struct input dump_input(struct dump *dump);
/* Says what does not hold, and counts it. */
void findings_tell(const struct findings *findings, struct reread *reread);
/* Says which values of a source are no bytes of it, unless the run is quiet. */
void reread_tell_asserted(const struct reread *reread, const struct reread_source *source,
			  const char *shown);

#endif
