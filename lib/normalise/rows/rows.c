/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood: batches of rows fetched, handed to threads, given
 * ids, and stored in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/table/bulk_insert.h"
#include "casefile/table/digest_feed.h"
#include "normalise/rows/row_block.h"

/* More would wait for the thread that reads and writes the case. */
#define WORKERS_MOST 4
/* Batches waiting for a worker or to be stored. */
#define BATCHES_MORE 2
#define BATCHES_MOST (WORKERS_MOST + BATCHES_MORE)
/* Bytes that a batch keeps for the next. */
#define BYTES_KEPT (1 << 20)

/* The first columns of what is fetched, then the roles that are looked at. */
enum { COL_ID, COL_SOURCE, COL_ROLES };

/* The kinds in the order in which they are understood. */
static const enum kind order[] = { KIND_RATE, KIND_ORGANISATION, KIND_ACCOUNT,
				   KIND_PAYMENT, KIND_LOGIN, KIND_REPORT };

#define KINDS (sizeof(order) / sizeof(order[0]))

const struct row_rule row_rules[KIND_COUNT] = {
	/* The roles of a kind are in the order of casefile/kinds.c. */
	[KIND_RATE] = { "rate_read", 4, 0xf },
	[KIND_ORGANISATION] = { "organisation_read", 3, 0x1 },
	[KIND_ACCOUNT] = { "account_read", 7, 0xad },
	[KIND_PAYMENT] = { "payment_read", 13, 0x1fe },
	[KIND_LOGIN] = { "login_read", 3, 0x3 },
	[KIND_REPORT] = { "report_read", 9, 0x3e },
};

/* The whole of it, on the caller's thread, but for the feed, which merges have. */
struct rows {
	struct normaliser *n;
	size_t fetched;            /* the place in order of the rows that are */
	sqlite3_stmt *found;       /* NULL: not begun */
	struct bulk_put put;       /* for the rows stored last */
	enum kind put_kind;
	sqlite3_stmt *place;       /* where one of them stands; NULL: not asked yet */
	struct digest *digests[KIND_COUNT];   /* of the rows of each */
	struct digest_feed feed;          /* into one of them */
};

/* ---- fetching ---- */

static sqlite3_stmt *select_found(struct normaliser *n, enum kind kind)
{
	const struct kind_info *info = kind_info(kind);
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_text(&sql, "SELECT id, source");
	for (size_t i = 0; i < info->role_count; i++)
		if (row_rules[kind].roles >> i & 1)
			buf_format(&sql, ", %s", info->roles[i].name);
	buf_format(&sql, " FROM %s ORDER BY id", info->name);
	if (sql.failed)
		(void)error_memory(&n->casefile->error);
	else
		statement = casefile_prepare(n->casefile, sql.data);
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

/* Takes the row the statement stands on. */
static enum status take_found(struct rows *rows, struct row_batch *batch)
{
	const unsigned roles = row_rules[batch->kind].roles;
	struct row_found *row = &batch->found[batch->count++];
	sqlite3_stmt *found = rows->found;
	int column = COL_ROLES;

	row->id = sqlite3_column_int64(found, COL_ID);
	row->source = source_of(rows->n, sqlite3_column_int64(found, COL_SOURCE));
	if (!row->source)
		return error_set(&rows->n->casefile->error, STATUS_INTEGRITY,
				 "a row of %s names a source that is not there",
				 kind_info(batch->kind)->name);
	for (unsigned i = 0; roles >> i; i++) {
		struct text text = { NULL, 0 };

		if (roles >> i & 1)
			text = column_text(found, column++);
		row->fields[i] = (struct row_field){ batch->bytes.len, text.len,
						     text.data != NULL };
		if (text.len)
			buf_add(&batch->bytes, text.data, text.len);
	}
	return batch->bytes.failed ? error_memory(&rows->n->casefile->error)
				   : STATUS_OK;
}

/* The next rows of a kind; STATUS_END: there are no more behind them. */
static enum status fetch(struct rows *rows, struct row_batch *batch)
{
	enum status status = STATUS_OK;

	while (batch->count < ROW_BATCH_ROWS &&
	       batch->bytes.len < ROW_BATCH_BYTES && status == STATUS_OK) {
		status = casefile_step(rows->n->casefile, rows->found);
		if (status == STATUS_OK)
			status = take_found(rows, batch);
	}
	return status;
}

static enum status fill(void *context, void *item)
{
	struct rows *rows = context;
	struct row_batch *batch = item;
	struct casefile *casefile = rows->n->casefile;
	enum status status = STATUS_OK;

	batch->count = 0;
	batch->failed = false;
	row_buffer_clear(&batch->rows);
	empty(&batch->bytes);
	empty(&batch->rows.texts);
	/* A field that is empty is none unless there is a place for it. */
	if (!buf_room(&batch->bytes, ROW_BATCH_BYTES))
		return error_memory(&casefile->error);
	while (batch->count == 0 && status == STATUS_OK) {
		if (rows->fetched == KINDS)
			return STATUS_END;
		batch->kind = order[rows->fetched];
		if (!rows->found)
			rows->found = select_found(rows->n, batch->kind);
		if (!rows->found)
			return casefile->error.status;
		status = fetch(rows, batch);
		if (status != STATUS_END)
			continue;
		sqlite3_finalize(rows->found);
		rows->found = NULL;
		rows->fetched++;
		status = STATUS_OK;
	}
	if (status == STATUS_OK &&
	    !buf_room(&batch->rows.texts,
		      batch->bytes.len + batch->count * ROW_MADE))
		status = error_memory(&casefile->error);
	return status;
}

/* ---- on threads ---- */

static void work(void *context, void *item, unsigned worker)
{
	const struct rows *rows = context;

	(void)worker;
	row_batch_read(item, rows->n);
}

/* Sets the column of an id in a row that is not set aside. */
static void set_id(struct row_batch *batch, const struct row_read *read,
		   unsigned column, int64_t id)
{
	if (!read->reason)
		batch->rows.values[read->first + column] =
			(struct row_value){ id, 0, ROW_VALUE_INTEGER };
}

/* Ids are given in order of first sight. False: out of memory. */
static bool name_row(struct normaliser *n, struct row_batch *batch, size_t i)
{
	struct source_sense *source = batch->found[i].source;
	const struct row_read *read = &batch->read[i];
	bool second = false;

	if (read->account.data) {
		const int64_t key = keys_add(&n->keys, source->service,
					     read->account);

		if (key < 1 ||
		    (read->region &&
		     !countries_add(&n->countries, key, read->region, &second)))
			return false;
		set_id(batch, read, 1, key);
		source->two_countries += second;
	}
	for (size_t k = 0; k < read->number_count; k++) {
		const int64_t id = readings_id(&n->readings,
					       read->numbers[k].packed);

		if (id < 1)
			return false;
		set_id(batch, read, read->numbers[k].column, id);
	}
	return true;
}

static void merge(void *context, void *item, unsigned worker)
{
	struct rows *rows = context;
	struct row_batch *batch = item;
	struct digest *digest = rows->digests[batch->kind];

	(void)worker;
	for (size_t i = 0; i < batch->count && !batch->failed; i++)
		batch->failed = !name_row(rows->n, batch, i);
	if (batch->failed)
		return;
	if (rows->feed.digest != digest) {
		(void)digest_feed_end(&rows->feed);
		feed_hand_over(&rows->feed);
		rows->feed.digest = digest;
	}
	row_buffer_feed(&batch->rows, &rows->feed);
	feed_hand_over(&rows->feed);
}

/* ---- storing ---- */

static void close_table(struct rows *rows)
{
	bulk_put_close(&rows->put);
	sqlite3_finalize(rows->place);
	rows->place = NULL;
}

/* Tables are filled one after another. */
static enum status open_table(struct rows *rows, enum kind kind)
{
	if (rows->put.casefile && rows->put_kind == kind)
		return STATUS_OK;
	close_table(rows);
	rows->put_kind = kind;
	return bulk_put_open(&rows->put, rows->n->casefile,
			     row_rules[kind].table, "",
			     row_rules[kind].columns);
}

static sqlite3_stmt *select_place(struct normaliser *n, enum kind kind)
{
	char sql[100];

	(void)snprintf(sql, sizeof(sql),
		       "SELECT member, line, offset, length FROM %s WHERE id = ?",
		       kind_info(kind)->name);
	return casefile_prepare(n->casefile, sql);
}

/* Looked up for the rows that are set aside alone. */
static enum status find_place(struct rows *rows, const struct row_found *found,
			      struct place *place)
{
	struct casefile *casefile = rows->n->casefile;
	enum status status;

	if (!rows->place)
		rows->place = select_place(rows->n, rows->put_kind);
	if (!rows->place)
		return casefile->error.status;
	bind_integer(rows->place, 1, found->id);
	status = casefile_step(casefile, rows->place);
	*place = (struct place){
		found->source->id, (uint64_t)sqlite3_column_int64(rows->place, 0),
		(uint64_t)sqlite3_column_int64(rows->place, 1),
		(uint64_t)sqlite3_column_int64(rows->place, 2),
		(uint64_t)sqlite3_column_int64(rows->place, 3)
	};
	sqlite3_reset(rows->place);
	return status != STATUS_END
		       ? status
		       : error_set(&casefile->error, STATUS_INTEGRITY,
				   "table %s is damaged",
				   kind_info(rows->put_kind)->name);
}

static enum status put_aside(struct rows *rows, const struct row_batch *batch,
			     size_t i)
{
	const struct row_read *read = &batch->read[i];
	struct unread unread = {
		.source = batch->found[i].source,
		.role = kind_info(batch->kind)->roles[read->role].name,
		.reason = read->reason,
		.value = row_batch_field(batch, i, read->role),
	};
	enum status status =
		find_place(rows, &batch->found[i], &unread.place);

	return status == STATUS_OK ? set_aside(rows->n, &unread) : status;
}

static enum status take_row(struct rows *rows, const struct row_batch *batch, size_t i)
{
	const struct row_read *read = &batch->read[i];
	struct source_sense *source = batch->found[i].source;

	source->unzoned += read->unzoned;
	source->no_country += read->no_country;
	if (read->reason)
		return put_aside(rows, batch, i);
	rows->n->counts->rows++;
	return STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct rows *rows = context;
	const struct row_batch *batch = item;
	enum status status;

	if (batch->failed)
		return error_memory(&rows->n->casefile->error);
	status = open_table(rows, batch->kind);
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = take_row(rows, batch, i);
	return status == STATUS_OK ? bulk_put_rows(&rows->put, &batch->rows)
				   : status;
}

/* ---- all ---- */

static enum status open_digests(struct rows *rows)
{
	for (size_t i = 0; i < KINDS; i++) {
		rows->digests[order[i]] = digest_new();
		if (!rows->digests[order[i]])
			return error_memory(&rows->n->casefile->error);
	}
	rows->feed.digest = rows->digests[order[0]];
	return STATUS_OK;
}

/* What was stored need not be read again for the seal. */
static enum status keep_digests(struct rows *rows)
{
	struct casefile *casefile = rows->n->casefile;
	bool good = digest_feed_end(&rows->feed);
	char hex[DIGEST_HEX];

	for (size_t i = 0; i < KINDS && good; i++) {
		good = digest_end(rows->digests[order[i]], hex);
		if (good)
			casefile_keep_digest(casefile, row_rules[order[i]].table,
					     hex);
	}
	return good ? STATUS_OK
		    : error_set(&casefile->error, STATUS_FAILED,
				"libcrypto has no SHA-256");
}

static enum status run(struct rows *rows, struct row_batch *batches)
{
	const struct pipeline pipeline = { rows, fill, work, merge, NULL, take };
	const uint64_t threads = rows->n->settings->threads < WORKERS_MOST
					 ? rows->n->settings->threads
					 : WORKERS_MOST;
	void *items[BATCHES_MOST];
	enum status status;

	for (size_t i = 0; i < BATCHES_MOST; i++)
		items[i] = &batches[i];
	status = open_digests(rows);
	if (status == STATUS_OK)
		status = pipeline_run(&pipeline, items, threads + BATCHES_MORE,
				      (unsigned)threads);
	return status == STATUS_OK ? keep_digests(rows) : status;
}

enum status rows_understand(struct normaliser *n)
{
	struct rows rows = { .n = n };
	struct row_batch *batches = calloc(BATCHES_MOST, sizeof(*batches));
	enum status status;

	if (!batches)
		return error_memory(&n->casefile->error);
	status = run(&rows, batches);
	for (size_t i = 0; i < BATCHES_MOST; i++) {
		buf_release(&batches[i].bytes);
		row_buffer_release(&batches[i].rows);
	}
	free(batches);
	for (size_t i = 0; i < KINDS; i++)
		digest_free(rows.digests[order[i]]);
	sqlite3_finalize(rows.found);
	close_table(&rows);
	return status;
}
