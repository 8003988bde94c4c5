/* SPDX-License-Identifier: Apache-2.0 */
/* A dump cut into blocks of rows of one table each, and what stands between. A block of rows
 * begins before a row and ends behind one, but where a row is longer than what is at hand. */
#include <string.h>

#include "ingest/sql/row/sql_place.h"
#include "ingest/sql/sql_dump.h"
#include "ingest/sql/sql_read.h"
#include "ingest/sql/sql_state.h"

static enum status refuse(const struct sql_dump *dump, struct error *error)
{
	if (dump->tables.count < SQL_TABLES_MOST)
		return error_memory(error);
	return error_set(error, STATUS_FAILED, "%s: names more than %d tables",
			 dump->layout.input->shown, SQL_TABLES_MOST);
}

/* The rows of the target begin behind so many bytes of the window. */
static enum status begin_rows(struct sql_dump *dump, struct text window, size_t used, bool last,
			      struct block *block, struct error *error)
{
	const struct text rows = { window.data + used, window.len - used };
	const enum status status = sql_announce(dump, rows, error);

	block->len = used;
	block->stream = NULL;
	if (status == STATUS_OK && used == 0 && window.len > 0)
		return sql_split(&dump->layout, window, last, block, error);
	if (status == STATUS_OK)
		sql_state_write(dump, false, &block->state);
	return status;
}

static enum status split_rest(struct sql_dump *dump, struct text window, bool last,
			      struct block *block, struct error *error)
{
	size_t used = 0;
	enum status status = sql_read_statements(dump, window, &used);

	block->len = used;
	block->stream = NULL;
	if (status == STATUS_OK && dump->failed)
		status = STATUS_MEMORY;
	if (status != STATUS_OK)
		return refuse(dump, error);
	dump->ended = last && used == window.len;
	dump->cut = dump->ended && dump->phase != SQL_AT_START &&
		    !(dump->phase == SQL_IN_STATEMENT && dump->statement.len == 0);
	if (dump->phase != SQL_AT_ROW && dump->phase != SQL_AT_COPY)
		return STATUS_OK;
	/* The next window begins here, and has more of the first rows. */
	dump->due = used > 1 && !last && !dump->target.table->stream;
	if (dump->due) {
		block->len = used - 1;
		return STATUS_OK;
	}
	return begin_rows(dump, window, used, last, block, error);
}

static void clear_skim(struct sql_dump *dump)
{
	memset(&dump->skim, 0, sizeof(dump->skim));
	dump->depth = 0;
}

/* Behind the rows that begin there, as many as are simple or one that is not; NULL: it does not end before `to`, or
 * is broken by a ; that *broken is set to. */
static const char *next_rows(struct sql_dump *dump, const char *at, const char *to, const char **broken)
{
	const char *end = sql_many_rows(dump->marks_of, &dump->manner, at, to);
	enum sql_tuple_end how;

	if (end > at)
		return end;
	clear_skim(dump);
	end = sql_skim_tuple(&dump->skim, &dump->manner, &dump->depth, at, to, &how);
	if (how == SQL_TUPLE_BROKEN)
		*broken = end;
	return how == SQL_TUPLE_WHOLE ? end : NULL;
}

/* Up to where rows end in the window: behind the last that is whole. *more: another begins,
 * which does not end there. One that the end of its statement breaks is for itself, with
 * that. */
static size_t rows_end(struct sql_dump *dump, struct text window, bool *more, size_t *begins)
{
	const char *to = window.data + window.len;
	const char *at = window.data, *end = at, *broken = NULL;

	*more = false;
	while (sql_between(&dump->manner, buf_view(&dump->target.prefix), &at, to) == SQL_BETWEEN_ROW) {
		*begins = (size_t)(at - window.data);
		at = next_rows(dump, at, to, &broken);
		if (broken && *begins == 0) {
			dump->phase = SQL_AT_START;
			return (size_t)(broken - window.data) + 1;
		}
		*more = !at;
		if (*more)
			break;
		end = at;
	}
	return (size_t)(end - window.data);
}

static size_t lines_end(struct text window, bool *more, bool *over)
{
	const char *to = window.data + window.len;
	const char *at = window.data;

	*more = *over = false;
	while (at < to) {
		const char *end = memchr(at, '\n', (size_t)(to - at));
		const size_t left = (size_t)(to - at);

		*over = left >= 2 && at[0] == '\\' && at[1] == '.';
		if (*over)
			break;
		*more = !end;
		if (!end)
			break;
		at = end + 1;
	}
	return (size_t)(at - window.data);
}

/* Gives the rows that end at len, or all of the window, of which one does not. */
static void give_rows(struct sql_dump *dump, struct text window, size_t len, bool inside,
		      struct block *block)
{
	block->stream = dump->target.table->stream;
	block->len = len ? len : window.len;
	block->within = len == 0;
	sql_state_write(dump, inside, &block->state);
}

/* Whether what stands between rows is read byte by byte: within a comment, or perhaps. */
static bool is_between(const struct sql_dump *dump)
{
	return dump->skim.where != SQL_CODE || dump->skim.last == '-' || dump->skim.last == '/';
}

/* Before a row in brackets, or what is behind the last. */
static enum status split_rows(struct sql_dump *dump, struct text window, bool last,
			      struct block *block, struct error *error)
{
	bool more = false;
	size_t begins = 0, len;

	if (is_between(dump))
		return split_rest(dump, window, last, block, error);
	len = rows_end(dump, window, &more, &begins);
	if (len > 0 || !more || begins > 0)
		clear_skim(dump);
	if (len > 0) {
		give_rows(dump, window, len, false, block);
		return STATUS_OK;
	}
	if (!more)
		return split_rest(dump, window, last, block, error);
	/* What stands before a long row is no part of it. */
	if (begins > 0) {
		block->len = begins;
		sql_state_write(dump, false, &block->state);
		return STATUS_OK;
	}
	give_rows(dump, window, 0, false, block);
	dump->phase = SQL_IN_ROW;
	return STATUS_OK;
}

static void split_in_row(struct sql_dump *dump, struct text window, struct block *block)
{
	enum sql_tuple_end how;
	const char *end = sql_skim_tuple(&dump->skim, &dump->manner, &dump->depth, window.data,
					 window.data + window.len, &how);

	give_rows(dump, window, 0, true, block);
	block->len = (size_t)(end - window.data) + (how == SQL_TUPLE_BROKEN);
	block->within = how == SQL_TUPLE_MORE;
	if (how == SQL_TUPLE_MORE)
		return;
	clear_skim(dump);
	dump->phase = how == SQL_TUPLE_BROKEN ? SQL_AT_START : SQL_AT_ROW;
}

static enum status split_copy(struct sql_dump *dump, struct text window, bool last,
			      struct block *block, struct error *error)
{
	bool more, over;
	const size_t len = lines_end(window, &more, &over);

	if (len == 0 && !more)
		return split_rest(dump, window, last, block, error);
	give_rows(dump, window, len, false, block);
	if (len == 0) {
		dump->phase = SQL_IN_COPY;
		/* It may be the line that ends them. */
		dump->mark = window.len == 1 && window.data[0] == '\\';
	}
	return STATUS_OK;
}

static void split_in_copy(struct sql_dump *dump, struct text window, struct block *block)
{
	const char *end = window.len ? memchr(window.data, '\n', window.len) : NULL;
	const bool over = dump->over || (dump->mark && window.len > 0 && window.data[0] == '.');

	dump->mark = dump->mark && window.len == 0;
	dump->over = over && !end;
	give_rows(dump, window, end ? (size_t)(end - window.data) + 1 : 0, true, block);
	if (end)
		dump->phase = over ? SQL_AT_START : SQL_AT_COPY;
}

static enum status split_by_phase(struct sql_dump *dump, struct text window, bool last,
				  struct block *block, struct error *error)
{
	switch (dump->phase) {
	case SQL_AT_ROW:
		return split_rows(dump, window, last, block, error);
	case SQL_IN_ROW:
		split_in_row(dump, window, block);
		return STATUS_OK;
	case SQL_AT_COPY:
		return split_copy(dump, window, last, block, error);
	case SQL_IN_COPY:
		split_in_copy(dump, window, block);
		return STATUS_OK;
	case SQL_AT_START:
	case SQL_IN_STATEMENT:
	case SQL_IN_LINE:
	case SQL_COPY_DUE:
	case SQL_COPY_OVER:
		break;
	}
	return split_rest(dump, window, last, block, error);
}

enum status sql_split(struct layout *layout, struct text window, bool last, struct block *block,
		      struct error *error)
{
	struct sql_dump *dump = (struct sql_dump *)layout;
	enum status status;

	if (dump->due) {
		dump->due = false;
		return begin_rows(dump, window, window.len > 0, last, block, error);
	}
	status = split_by_phase(dump, window, last, block, error);
	/* Behind rows there is no end. */
	if (status == STATUS_OK && block->stream)
		dump->ended = dump->cut = last && block->len == window.len;
	return status;
}
