/* SPDX-License-Identifier: Apache-2.0 */
/* Reading members again that are one source, and whose rows a format finds. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_MEMBERS_H
#define UNSPOOF_INGEST_REREAD_REREAD_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/reread/found/reread_layout.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/reread_sources.h"
#include "ingest/source/dump.h"

/* Members are the module's own. Zeroed is closed. */
struct reread_members {
	struct reread *reread;
	struct reread_table table, *tables[1];
	struct reread_layout layout;        /* of the member by which all are read */
};

/* Prepares for the members of a source, whose comparison is open once they are read. It stays
 * where it is, and all that is given outlives it. */
void reread_members_open(struct reread_members *members, struct reread *reread,
			 const struct reread_source *source, struct comparison *comparison);
void reread_members_close(struct reread_members *members);

/* Compares the rows of the member of that number, where a dump stands at it. All are read by the
 * columns of one, as they were ingested. *read: it was; else it has not those, and no member
 * before it had, and it was read to its end. Statuses of reread_layout_rows(). */
enum status reread_members_read(struct reread_members *members, struct dump *dump, uint64_t number,
				const struct member_sums *sums, bool *read);

#endif
