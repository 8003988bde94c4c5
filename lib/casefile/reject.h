/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that were read and not taken. */
#ifndef UNSPOOF_CASEFILE_REJECT_H
#define UNSPOOF_CASEFILE_REJECT_H

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/place.h"

struct sqlite3_stmt;

#define REJECT_VALUE_MOST 4096     /* bytes kept of a rejected value */
#define REJECT_TEXT_MOST 65536     /* bytes kept of a rejected row */

/* Zeroed is closed. */
struct reject_writer {
	struct casefile *casefile;
	struct sqlite3_stmt *insert;
	int64_t next;              /* id: none that a row has or had */
};

enum status reject_writer_open(struct reject_writer *writer, struct casefile *casefile);
/* A row at a place: the role at fault, empty for the row as a whole, why, the value
 * of that role and the text of the row, of both the first bytes. */
enum status reject_writer_put(struct reject_writer *writer, const struct place *place,
			      const char *role, const char *reason, struct text value,
			      struct text text);
void reject_writer_close(struct reject_writer *writer);

#endif
