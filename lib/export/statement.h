/* SPDX-License-Identifier: Apache-2.0 */
/* From a prepared statement to a writer: the part all readers here share. */
#ifndef UNSPOOF_EXPORT_STATEMENT_H
#define UNSPOOF_EXPORT_STATEMENT_H

#include "base/observer.h"
#include "casefile/sql.h"
#include "output/writer.h"

/* Room for a value that is shown in another form than SQLite's. */
struct cell_room {
	char text[48];
};

/* Fills a cell with column i of the row a statement stands on, as a column of that
 * type shows it: integers become times, E.164 with + and so on, and are the
 * value of the cell. What is not as the type says (a found text where there is
 * no E.164) is CELL_TEXT. The text is borrowed from the statement until its next
 * step, or from room. */
void statement_cell(sqlite3_stmt *statement, int i, enum cell_type type, struct cell_room *room, struct cell *cell);

/* Writes all rows of a statement through a writer that has begun, and finalises it. places
 * are of its columns, one for each column of the writer. step is the name for progress. */
enum status statement_write(struct casefile *casefile, sqlite3_stmt *statement, struct writer *writer,
			    const size_t *places, const struct observer *observer, const char *step);

/* What a loop of steps came to: STATUS_OK at the end of the rows, and
 * STATUS_INTERRUPTED when it failed because the user stopped it. */
enum status statement_ended(struct casefile *casefile, const struct observer *observer, enum status status);

/* Hands a writer's error on to the case's. */
enum status statement_writer_failed(struct casefile *casefile, const struct writer *writer);

#endif
