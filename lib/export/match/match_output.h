/* SPDX-License-Identifier: Apache-2.0 */
/* Hits of a watch-list as rows of a table. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_OUTPUT_H
#define UNSPOOF_EXPORT_MATCH_MATCH_OUTPUT_H

#include "base/status.h"
#include "casefile/sql.h"
#include "export/match/match_hits.h"
#include "export/match/match_list.h"
#include "export/match/match_places.h"
#include "export/match/match_roles.h"
#include "output/writer.h"

#define MATCH_ROLES_MOST 40

/* Zeroed is closed. */
struct match_output {
	struct casefile *casefile;
	struct writer *writer;
	sqlite3_stmt *rows[MATCH_ROLES_MOST];  /* by role: where a row stands, and its value */
	sqlite3_stmt *account;                 /* its name and its suspect */
	sqlite3_stmt *path;                    /* of a source and a member: */
	int64_t source;
	uint64_t member;
	struct buf named;                      /* the path of these */
};

/* Begins the table. SQL's functions are registered. Close also after a failure. */
enum status match_output_open(struct match_output *output, struct casefile *casefile, struct writer *writer);
/* Writes the rows of a hit that are told. read_as: what its entry may be. Of a hit of calls places has those of its rows,
 * from `at` on, which moves behind them. */
enum status match_output_hit(struct match_output *output, const struct match_entry *entry, const char *read_as,
			     const struct match_hit *hit, const struct match_places *places, size_t *at);
/* The one row of an entry that is nowhere. */
enum status match_output_miss(struct match_output *output, const struct match_entry *entry, const char *read_as);
void match_output_close(struct match_output *output);

#endif
