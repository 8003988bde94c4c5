/* SPDX-License-Identifier: Apache-2.0 */
/* The rejected rows of a source as the case has them, against those that are
 * rejected again. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_REJECTS_H
#define UNSPOOF_INGEST_REREAD_REREAD_REJECTS_H

#include <stdbool.h>

#include "base/status.h"
#include "casefile/sql.h"
#include "ingest/reread/judge.h"

/* What tells the place of a row: its line or its first byte; that byte alone, where several may
 * stand on a line; or its line alone, where offsets are none in the member. */
enum placed { PLACED_EITHER, PLACED_BY_OFFSET, PLACED_BY_LINE };

struct findings;

/* Members are the module's own. Zeroed is closed. */
struct rejects {
	struct casefile *casefile;
	const struct kind_info *info;
	enum placed placed;
	sqlite3_stmt *statement;
	bool there;         /* it stands on a row that was not met yet */
	bool ended;
};

enum status rejects_open(struct rejects *rejects, struct casefile *casefile,
			 int64_t source, enum kind kind, enum placed placed);
void rejects_close(struct rejects *rejects);
/* Takes a record that was rejected, of a member by its number. */
enum status rejects_take(struct rejects *rejects, uint64_t member,
			 const struct judged *judged,
			 struct findings *findings);
/* Behind the last of a member: the case may have no more of it or those before it. */
enum status rejects_end(struct rejects *rejects, uint64_t member,
			struct findings *findings);
/* Those of a member that is not read are gone over. */
enum status rejects_pass(struct rejects *rejects, uint64_t member);

#endif
