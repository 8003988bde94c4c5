/* SPDX-License-Identifier: Apache-2.0 */
/* The accepted rows of one source as the case has them. */
#include "casefile/verify/found_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

/* The columns of a row before its roles. */
enum { COLUMN_MEMBER, COLUMN_LINE, COLUMN_OFFSET, COLUMN_LENGTH, COLUMN_ROLES };

void foundrows_open(struct foundrows *rows, struct casefile *casefile)
{
	memset(rows, 0, sizeof(*rows));
	rows->casefile = casefile;
	rows->home = rows;
}

void foundrows_open_beside(struct foundrows *rows, struct foundrows *home)
{
	foundrows_open(rows, home->casefile);
	rows->home = home;
}

void foundrows_close(struct foundrows *rows)
{
	sqlite3_finalize(rows->statement);
	if (rows->has_segments)
		segment_reader_close(&rows->segments);
	if (rows->has_forms)
		forms_release(&rows->forms);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		free(rows->spans[kind]);
	buf_release(&rows->text);
	memset(rows, 0, sizeof(*rows));
}

/* ---- where the rows of a source are ---- */

static enum status add_span(struct foundrows *rows, enum kind kind, sqlite3_stmt *statement,
			    size_t *capacity)
{
	void *spans = rows->spans[kind];
	struct foundrows_span *span;

	if (!memory_room(&spans, capacity, rows->span_counts[kind] + 1,
			 sizeof(*span)))
		return error_memory(&rows->casefile->error);
	rows->spans[kind] = spans;
	span = &rows->spans[kind][rows->span_counts[kind]++];
	span->source = sqlite3_column_int64(statement, 0);
	span->first = sqlite3_column_int64(statement, 1);
	span->last = sqlite3_column_int64(statement, 2);
	return STATUS_OK;
}

/* The tables have no index by source, so that all spans of a kind are found in one
 * pass over it. */
static enum status find_spans(struct foundrows *rows, enum kind kind)
{
	struct casefile *casefile = rows->casefile;
	sqlite3_stmt *statement;
	size_t capacity = 0;
	char sql[120];
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "SELECT source, min(id), max(id) FROM %s"
			       " GROUP BY source ORDER BY source",
			       kind_info(kind)->name);
	statement = casefile_prepare(casefile, sql);
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = add_span(rows, kind, statement, &capacity);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	rows->has_spans[kind] = status == STATUS_END;
	return status == STATUS_END ? STATUS_OK : status;
}

static int compare_span(const void *key, const void *item)
{
	const int64_t source = *(const int64_t *)key;
	const struct foundrows_span *span = item;

	return (source > span->source) - (source < span->source);
}

static enum status prepare_rows(struct foundrows *rows, int64_t source)
{
	static const struct foundrows_span none = { 0, 1, 0 };
	const struct kind_info *info = kind_info(rows->kind);
	const struct foundrows_span *span = NULL;
	struct buf sql = { 0 };

	if (rows->home->span_counts[rows->kind] > 0)
		span = bsearch(&source, rows->home->spans[rows->kind],
			       rows->home->span_counts[rows->kind], sizeof(*span),
			       compare_span);
	if (!span)
		span = &none;
	buf_text(&sql, "SELECT member, line, offset, length");
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&sql, ", %s", info->roles[i].name);
	buf_format(&sql, " FROM %s WHERE id BETWEEN ? AND ? AND source = ?"
			 " ORDER BY id", info->name);
	if (sql.failed)
		return error_memory(&rows->casefile->error);
	rows->statement = casefile_prepare(rows->casefile, sql.data);
	buf_release(&sql);
	if (!rows->statement)
		return rows->casefile->error.status;
	bind_integer(rows->statement, 1, span->first);
	bind_integer(rows->statement, 2, span->last);
	bind_integer(rows->statement, 3, source);
	return STATUS_OK;
}

static enum status open_rows(struct foundrows *rows, int64_t source)
{
	enum status status = rows->home->has_spans[rows->kind] ? STATUS_OK
							       : find_spans(rows->home, rows->kind);

	return status == STATUS_OK ? prepare_rows(rows, source) : status;
}

static enum status open_calls(struct foundrows *rows, int64_t source)
{
	struct casefile *casefile = rows->casefile;
	enum status status = STATUS_OK;

	if (!rows->home->has_forms) {
		status = forms_load(&rows->home->forms, casefile);
		rows->home->has_forms = true;
	}
	if (status == STATUS_OK && !rows->has_segments) {
		status = segment_reader_open(&rows->segments, casefile,
					     SEGMENT_ALL, 0);
		rows->has_segments = true;
	}
	if (status != STATUS_OK)
		return status;
	rows->statement = casefile_prepare(
		casefile, "SELECT id, rows FROM segment WHERE source = ?"
			  " ORDER BY id");
	if (!rows->statement)
		return casefile->error.status;
	bind_integer(rows->statement, 1, source);
	return STATUS_OK;
}

enum status foundrows_source(struct foundrows *rows, int64_t source, enum kind kind)
{
	sqlite3_finalize(rows->statement);
	rows->statement = NULL;
	rows->kind = kind;
	rows->from = rows->count = 0;
	rows->ended = false;
	return kind == KIND_CALL ? open_calls(rows, source)
				 : open_rows(rows, source);
}

/* ---- a row ---- */

static enum status damaged(struct foundrows *rows, int64_t segment)
{
	return error_set(&rows->casefile->error, STATUS_INTEGRITY,
			 "segment %lld: its rows cannot be given back",
			 (long long)segment);
}

/* Goes on to the next segment or row. */
static enum status next(struct foundrows *rows)
{
	enum status status = STATUS_END;
	int64_t count = 1;

	/* A statement that has ended would begin again. */
	if (!rows->ended)
		status = casefile_step(rows->casefile, rows->statement);
	rows->ended = status != STATUS_OK;

	if (status != STATUS_OK)
		return status;
	if (rows->kind == KIND_CALL)
		count = sqlite3_column_int64(rows->statement, 1);
	if (count < 1 || count > SEGMENT_ROWS)
		return damaged(rows, sqlite3_column_int64(rows->statement, 0));
	rows->from += rows->count;
	rows->count = (uint64_t)count;
	rows->decoded = false;
	return STATUS_OK;
}

static enum status seek_call(struct foundrows *rows, uint64_t n)
{
	const int64_t id = sqlite3_column_int64(rows->statement, 0);
	const struct segment *segment = &rows->segments.segment;
	enum status status = STATUS_OK;

	if (!rows->decoded)
		status = segment_reader_seek(&rows->segments, id);
	if (status == STATUS_END ||
	    (status == STATUS_OK && segment->rows != rows->count))
		return damaged(rows, id);
	if (status != STATUS_OK)
		return status;
	rows->decoded = true;
	rows->row = (uint32_t)(n - rows->from);
	rows->member = (uint64_t)segment_found(segment, FOUND_MEMBER, rows->row);
	rows->line = (uint64_t)segment_found(segment, FOUND_LINE, rows->row);
	rows->offset = (uint64_t)segment_found(segment, FOUND_OFFSET, rows->row);
	rows->length = (uint64_t)segment_found(segment, FOUND_LENGTH, rows->row);
	return STATUS_OK;
}

enum status foundrows_seek(struct foundrows *rows, uint64_t n)
{
	sqlite3_stmt *s = rows->statement;

	while (n - rows->from >= rows->count) {
		enum status status = next(rows);

		if (status != STATUS_OK)
			return status;
	}
	if (rows->kind == KIND_CALL)
		return seek_call(rows, n);
	rows->member = (uint64_t)sqlite3_column_int64(s, COLUMN_MEMBER);
	rows->line = (uint64_t)sqlite3_column_int64(s, COLUMN_LINE);
	rows->offset = (uint64_t)sqlite3_column_int64(s, COLUMN_OFFSET);
	rows->length = (uint64_t)sqlite3_column_int64(s, COLUMN_LENGTH);
	return STATUS_OK;
}

enum status foundrows_text(struct foundrows *rows, size_t role, struct text *text)
{
	const struct segment *segment = &rows->segments.segment;

	if (rows->kind != KIND_CALL) {
		*text = column_text(rows->statement, COLUMN_ROLES + (int)role);
		return columns_read(rows->casefile, rows->statement);
	}
	*text = (struct text){ NULL, 0 };
	if (segment_found(segment, FOUND_FORM(role), rows->row) == FORM_ABSENT)
		return STATUS_OK;
	if (segment_found(segment, FOUND_FORM(role), rows->row) == FORM_NULL) {
		*text = form_null();
		return STATUS_OK;
	}
	buf_clear(&rows->text);
	if (!segment_text(segment, &rows->home->forms, (enum call_role)role, rows->row,
			  &rows->text) && !rows->text.failed)
		return damaged(rows, segment->id);
	if (rows->text.failed)
		return error_memory(&rows->casefile->error);
	*text = buf_view(&rows->text);
	return STATUS_OK;
}
