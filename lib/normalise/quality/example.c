/* SPDX-License-Identifier: Apache-2.0 */
/* A row that shows what is said of many. */
#include "normalise/quality/example.h"

#include <stdio.h>

#include "casefile/segment/segment.h"
#include "casefile/sql.h"

static enum status find_call(const struct notes *notes, int64_t call, struct note_row *found)
{
	const uint32_t i = (uint32_t)(call % SEGMENT_ROWS);
	struct segment_reader reader;
	enum status status = segment_reader_open(&reader, notes->casefile,
						 SEGMENT_COLUMN(FOUND_LINE) |
							 SEGMENT_COLUMN(FOUND_MEMBER), 0);

	if (status == STATUS_OK)
		status = segment_reader_seek(&reader, call / SEGMENT_ROWS);
	if (status == STATUS_OK) {
		found->member = segment_found(&reader.segment, FOUND_MEMBER, i);
		found->line = (uint64_t)segment_found(&reader.segment, FOUND_LINE, i);
	}
	segment_reader_close(&reader);
	return status;
}

static enum status find_row(const struct notes *notes, enum kind kind, int64_t id, struct note_row *found)
{
	char sql[80];
	sqlite3_stmt *statement;
	enum status status;

	(void)snprintf(sql, sizeof(sql), "SELECT member, line FROM %s WHERE id = ?", kind_info(kind)->name);
	statement = casefile_prepare(notes->casefile, sql);
	if (!statement)
		return notes->casefile->error.status;
	bind_integer(statement, 1, id);
	status = casefile_step(notes->casefile, statement);
	if (status == STATUS_OK) {
		found->member = sqlite3_column_int64(statement, 0);
		found->line = (uint64_t)sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	return status;
}

enum status example_find(const struct notes *notes, const struct source_sense *source, int64_t row,
			 uint64_t *line, struct buf *out)
{
	struct note_row found = { source, 0, 0 };
	enum status status;

	*line = 0;
	if (row == 0)
		return STATUS_OK;
	status = source->kind == KIND_CALL ? find_call(notes, row, &found)
					   : find_row(notes, source->kind, row, &found);
	if (status == STATUS_END)
		return error_set(&notes->casefile->error, STATUS_INTEGRITY, "a row that was read is not there");
	*line = found.line;
	if (status == STATUS_OK)
		notes_add_member_example(notes, &found, out);
	return out->failed ? error_memory(&notes->casefile->error) : status;
}
