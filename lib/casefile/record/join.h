/* SPDX-License-Identifier: Apache-2.0 */
/* What is a key of another table: column joins of table source. */
#ifndef UNSPOOF_CASEFILE_RECORD_JOIN_H
#define UNSPOOF_CASEFILE_RECORD_JOIN_H

#include <stdbool.h>

#include "base/text.h"
#include "casefile/kinds.h"

/* Lines `table NAME`, what the source itself is called as a table, and `join ROLE NAME`: what
 * stands in the role is a key of that table. Names are escaped as for a terminal. */
struct join_line {
	struct text role;       /* no data: of `table` */
	struct text table;
};

void join_write_table(struct buf *out, struct text name);
void join_write(struct buf *out, const char *role, const char *table);
/* Takes the next line off a text; false: there is none. */
bool join_next(struct text *rest, struct join_line *line);

/* Whether what stands in a role is understood, so that a join of it makes a difference. */
bool join_can(enum kind kind, int role);

#endif
