/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood: blocks of rows fetched, handed to threads, given
 * ids, and stored in order. */
#include "normalise/rows/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/pipeline.h"
#include "casefile/sql.h"
#include "normalise/rows/row_block.h"
#include "normalise/rows/row_store.h"

/* More would wait for the thread that reads and writes the case. */
#define WORKERS_MOST 4
/* Blocks waiting for a worker or to be stored. */
#define BLOCKS_MORE 2
#define BLOCKS_MOST (WORKERS_MOST + BLOCKS_MORE)
/* Bytes that a block keeps for the next. */
#define BYTES_KEPT (1 << 20)

/* The first columns of what is fetched, then the roles. */
enum { COL_ID, COL_SOURCE, COL_ROLES };

const enum kind row_order[ROW_KINDS] = { KIND_RATE, KIND_ORGANISATION, KIND_ACCOUNT,
					 KIND_PAYMENT, KIND_LOGIN, KIND_REPORT };

const struct row_rule row_rules[KIND_COUNT] = {
	/* The roles of a kind are in the order of casefile/kinds.c. */
	[KIND_RATE] = { "rate_read", 5 },
	[KIND_ORGANISATION] = { "organisation_read", 3 },
	[KIND_ACCOUNT] = { "account_read", 8 },
	[KIND_PAYMENT] = { "payment_read", 18 },
	[KIND_LOGIN] = { "login_read", 5 },
	[KIND_REPORT] = { "report_read", 16 },
};

/* The whole of it, on the caller's thread, but for what merges have. */
struct rows {
	const struct rows_given *given;
	size_t fetched;            /* the place in row_order of the rows that are */
	sqlite3_stmt *found;       /* NULL: not begun */
	struct row_store store;
};

/* ---- fetching ---- */

static sqlite3_stmt *select_found(struct casefile *casefile, enum kind kind)
{
	const struct kind_info *info = kind_info(kind);
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_text(&sql, "SELECT id, source");
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&sql, ", %s", info->roles[i].name);
	buf_format(&sql, " FROM %s ORDER BY id", info->name);
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql.data);
	buf_release(&sql);
	return statement;
}

/* What one long field took is not kept. */
static void empty(struct buf *buf)
{
	if (buf->capacity > BYTES_KEPT)
		buf_release(buf);
	buf_clear(buf);
}

/* A field, or what it is a key of in another table. */
static struct text joined(struct source_sense *source, size_t role, const char *name, struct text text)
{
	struct join *join = source->joins ? joins_of_role(source, role) : NULL;

	if (!join || text_trim(text).len == 0 || absents_in(source->absents, name, text))
		return text;
	return join_value(&join->count, join->map, text);
}

/* Takes the row the statement stands on. */
static enum status take_found(struct rows *rows, struct row_block *block)
{
	const struct kind_info *info = kind_info(block->kind);
	const size_t roles = info->role_count;
	struct row_found *row = &block->found[block->count++];
	sqlite3_stmt *found = rows->found;
	int column = COL_ROLES;

	row->id = sqlite3_column_int64(found, COL_ID);
	row->source = source_sense_of(rows->given->sources,
				      sqlite3_column_int64(found, COL_SOURCE));
	if (!row->source)
		return error_set(&rows->given->casefile->error, STATUS_INTEGRITY,
				 "a row of %s names a source that is not there",
				 kind_info(block->kind)->name);
	for (size_t i = 0; i < roles; i++) {
		const struct text text = joined(row->source, i, info->roles[i].name, column_text(found, column++));

		row->fields[i] = (struct row_field){ block->bytes.len, text.len,
						     text.data != NULL };
		if (text.len)
			buf_add(&block->bytes, text.data, text.len);
	}
	return block->bytes.failed ? error_memory(&rows->given->casefile->error)
				   : columns_read(rows->given->casefile, found);
}

/* The next rows of a kind; STATUS_END: there are no more behind them. */
static enum status fetch(struct rows *rows, struct row_block *block)
{
	enum status status = STATUS_OK;

	while (block->count < ROW_BLOCK_ROWS &&
	       block->bytes.len < ROW_BLOCK_BYTES && status == STATUS_OK) {
		status = casefile_step(rows->given->casefile, rows->found);
		if (status == STATUS_OK)
			status = take_found(rows, block);
	}
	return status;
}

static enum status fill(void *context, void *item)
{
	struct rows *rows = context;
	struct row_block *block = item;
	struct casefile *casefile = rows->given->casefile;
	enum status status = STATUS_OK;

	block->count = 0;
	block->failed = false;
	row_buffer_clear(&block->rows);
	empty(&block->bytes);
	empty(&block->rows.texts);
	/* A field that is empty is none unless there is a place for it. */
	if (!buf_room(&block->bytes, ROW_BLOCK_BYTES))
		return error_memory(&casefile->error);
	while (block->count == 0 && status == STATUS_OK) {
		if (rows->fetched == ROW_KINDS)
			return STATUS_END;
		block->kind = row_order[rows->fetched];
		if (!rows->found)
			rows->found = select_found(casefile, block->kind);
		if (!rows->found)
			return casefile->error.status;
		status = fetch(rows, block);
		if (status != STATUS_END)
			continue;
		sqlite3_finalize(rows->found);
		rows->found = NULL;
		rows->fetched++;
		status = STATUS_OK;
	}
	if (status == STATUS_OK &&
	    !buf_room(&block->rows.texts,
		      block->bytes.len + block->count * ROW_MADE))
		status = error_memory(&casefile->error);
	return status;
}

/* ---- on threads ---- */

static void work(void *context, void *item, unsigned worker)
{
	const struct rows *rows = context;

	(void)worker;
	row_block_read(item, rows->given->readings);
}

/* Sets the column of an id in a row that is not set aside. */
static void set_id(struct row_block *block, const struct row_read *read,
		   unsigned column, int64_t id)
{
	if (!read->reason)
		block->rows.values[read->first + column] =
			(struct row_value){ id, 0, ROW_VALUE_INTEGER };
}

/* Ids are given in order of first sight. False: out of memory. */
static bool name_row(const struct rows_given *given, struct row_block *block, size_t i)
{
	struct source_sense *source = block->found[i].source;
	const struct row_read *read = &block->read[i];
	bool second = false;

	if (read->account.data) {
		const int64_t key = keys_add(given->keys, source->service,
					     read->account);

		if (key < 1 ||
		    (read->region &&
		     !countries_add(given->countries, key, read->region, &second)))
			return false;
		set_id(block, read, 1, key);
		source->two_countries += second;
	}
	for (size_t k = 0; k < read->number_count; k++) {
		const int64_t id = readings_id(given->readings,
					       read->numbers[k].packed);

		if (id < 1)
			return false;
		set_id(block, read, read->numbers[k].column, id);
	}
	return true;
}

static void merge(void *context, void *item, unsigned worker)
{
	struct rows *rows = context;
	struct row_block *block = item;

	(void)worker;
	for (size_t i = 0; i < block->count && !block->failed; i++)
		block->failed = !name_row(rows->given, block, i);
	if (!block->failed)
		row_store_feed(&rows->store, block);
}

/* ---- all ---- */

static enum status take(void *context, void *item)
{
	struct rows *rows = context;
	const struct row_block *block = item;

	return block->failed ? error_memory(&rows->given->casefile->error)
			     : row_store_put(&rows->store, block);
}

static enum status run(struct rows *rows, struct row_block *blocks)
{
	const struct pipeline pipeline = { rows, fill, work, merge, NULL, take };
	const uint64_t threads = rows->given->threads < WORKERS_MOST
					 ? rows->given->threads
					 : WORKERS_MOST;
	void *items[BLOCKS_MOST];
	enum status status;

	for (size_t i = 0; i < BLOCKS_MOST; i++)
		items[i] = &blocks[i];
	status = row_store_open(&rows->store, rows->given->casefile,
				rows->given->notes);
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, items, threads + BLOCKS_MORE,
				      (unsigned)threads);
	return status == STATUS_OK ? row_store_end(&rows->store) : status;
}

enum status rows_understand(const struct rows_given *given, uint64_t *count)
{
	struct rows rows = { .given = given };
	struct row_block *blocks = calloc(BLOCKS_MOST, sizeof(*blocks));
	enum status status;

	if (!blocks)
		return error_memory(&given->casefile->error);
	status = run(&rows, blocks);
	for (size_t i = 0; i < BLOCKS_MOST; i++) {
		buf_release(&blocks[i].bytes);
		row_buffer_release(&blocks[i].rows);
	}
	free(blocks);
	sqlite3_finalize(rows.found);
	*count = rows.store.count;
	row_store_close(&rows.store);
	return status;
}
