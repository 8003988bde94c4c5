/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a table: one INSERT takes rows that are there, or those that a thread
 * makes and a small ring hands over. */
#include "casefile/table/bulk_insert.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/thread/ring.h"
#include "base/thread/thread.h"
#include "casefile/sql.h"
#include "casefile/table/bulk_rows.h"

#define BATCHES 4

/* ---- the statement ---- */

/* An INSERT of rows, which it is bound to, into so many columns of a table: all, in
 * order, or those that names has, in brackets. */
static enum status prepare(struct casefile *casefile, const char *table,
			   const char *names, struct bulk_rows *rows,
			   sqlite3_stmt **out)
{
	struct buf sql = { 0 };

	if (bulk_rows_install(casefile->db) != SQLITE_OK)
		return casefile_failed(casefile);
	/* With brackets, which a table of that name in the file cannot have. What
	 * is stored when it fails the caller undoes: no copies of pages for it. */
	buf_format(&sql, "INSERT OR FAIL INTO %s%s SELECT c0", table, names);
	for (unsigned i = 1; i < rows->columns; i++)
		buf_format(&sql, ", c%u", i);
	buf_text(&sql, " FROM incoming(?1)");
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		*out = casefile_prepare(casefile, sql.data);
	buf_release(&sql);
	if (!*out)
		return casefile->error.status;
	return bulk_rows_bind(*out, rows) == SQLITE_OK ? STATUS_OK
						       : casefile_failed(casefile);
}

/* ---- rows that are there ---- */

/* What is put comes once. */
static const struct row_buffer *next_put(struct bulk_rows *incoming)
{
	struct bulk_put *put = (struct bulk_put *)incoming;
	const struct row_buffer *rows = put->rows;

	put->rows = NULL;
	return rows;
}

enum status bulk_put_open(struct bulk_put *put, struct casefile *casefile,
			  const char *table, const char *names, unsigned columns)
{
	memset(put, 0, sizeof(*put));
	put->incoming = (struct bulk_rows){ .columns = columns, .begun = true,
					    .next = next_put };
	put->casefile = casefile;
	put->table = table;
	return prepare(casefile, table, names, &put->incoming, &put->insert);
}

enum status bulk_put_rows(struct bulk_put *put, const struct row_buffer *rows)
{
	enum status status;

	if (!rows->count)
		return STATUS_OK;
	put->rows = rows;
	status = casefile_run(put->casefile, put->insert);
	/* It can be another table than it was. */
	if (status == STATUS_OK && put->rows)
		return error_set(&put->casefile->error, STATUS_INTEGRITY,
				 "table %s of the case is damaged", put->table);
	return status;
}

void bulk_put_close(struct bulk_put *put)
{
	sqlite3_finalize(put->insert);
	memset(put, 0, sizeof(*put));
}

/* ---- rows that are made ---- */

struct batch {
	struct row_buffer rows;
	enum status status;        /* STATUS_OK: others follow */
};

struct bulk_inserting {
	struct bulk_rows incoming;    /* first, so that it is found by it */
	const struct bulk_insert *fill;
	struct casefile *casefile;
	sqlite3_stmt *insert;
	struct batch batches[BATCHES];
	struct digest *digest;
	struct digest_feed feed;
	bool threaded;
	pthread_t thread;
	struct ring ring;          /* of batches, with a thread */
	bool holds;                /* the last one taken is still being read */
	enum status status;        /* of the last batch taken */
};

/* Rows by one call of `more`, each with a value for each column. */
static enum status make_some(struct bulk_inserting *filling, struct row_buffer *rows)
{
	const struct bulk_insert *fill = filling->fill;
	const size_t before = rows->count;
	const enum status status = fill->more(fill->context, rows);
	const size_t made = rows->count - before;

	if (made == fill->table.count || made % fill->table.count == 0 ||
	    rows->failed)
		return status;
	return error_set(&filling->casefile->error, STATUS_FAILED,
			 "table %s: %zu values for %u columns, which is a fault of "
			 "the program", fill->table.name, made, fill->table.count);
}

static void make(struct bulk_inserting *filling, struct batch *batch)
{
	row_buffer_clear(&batch->rows);
	do
		batch->status = make_some(filling, &batch->rows);
	while (batch->status == STATUS_OK && !batch->rows.failed &&
	       !row_buffer_enough(&batch->rows));
	if (batch->rows.failed)
		batch->status = error_memory(&filling->casefile->error);
	else
		row_buffer_feed(&batch->rows, &filling->feed);
}

/* The thread: makes batches until one is the last, or nobody wants them. */
static void *work(void *context)
{
	struct bulk_inserting *filling = context;
	enum status status = STATUS_OK;
	size_t slot;

	while (status == STATUS_OK && ring_room(&filling->ring, &slot)) {
		make(filling, &filling->batches[slot]);
		status = filling->batches[slot].status;
		ring_give(&filling->ring, 0);
	}
	feed_hand_over(&filling->feed);
	return NULL;
}

/* Waits for the next batch, which comes, and gives the one before back. */
static struct batch *await(struct bulk_inserting *filling)
{
	size_t slot;

	if (filling->holds)
		ring_release(&filling->ring, 0);
	(void)ring_take(&filling->ring, &slot);
	filling->holds = true;
	return &filling->batches[slot];
}

static const struct row_buffer *next(struct bulk_rows *rows)
{
	struct bulk_inserting *filling = (struct bulk_inserting *)rows;
	struct batch *batch = &filling->batches[0];

	if (filling->status != STATUS_OK)
		return NULL;
	if (filling->threaded)
		batch = await(filling);
	else
		make(filling, batch);
	filling->status = batch->status;
	rows->failed = batch->status != STATUS_OK && batch->status != STATUS_END;
	return rows->failed ? NULL : &batch->rows;
}

static bool start(struct bulk_inserting *filling)
{
	if (!ring_open(&filling->ring, BATCHES, SIZE_MAX))
		return false;
	feed_hand_over(&filling->feed);
	if (thread_start(&filling->thread, work, filling))
		return true;
	ring_close(&filling->ring);
	return false;
}

static void stop(struct bulk_inserting *filling)
{
	ring_stop(&filling->ring);
	(void)pthread_join(filling->thread, NULL);
	ring_close(&filling->ring);
}

static bool has_name(sqlite3_stmt *select, unsigned column, const char *name)
{
	const char *text = sqlite3_column_name(select, (int)column);

	return text && strcmp(text, name) == 0;
}

/* Whether the columns of the case's table are those that rows are made for. */
static enum status check_columns(struct casefile *casefile,
				 const struct bulk_table *table)
{
	struct buf sql = { 0 };
	sqlite3_stmt *select;
	bool same;

	buf_format(&sql, "SELECT * FROM %s", table->name);
	if (sql.failed)
		return error_memory(&casefile->error);
	select = casefile_prepare(casefile, sql.data);
	buf_release(&sql);
	if (!select)
		return casefile->error.status;
	same = (unsigned)sqlite3_column_count(select) == table->count;
	for (unsigned i = 0; i < table->count && same; i++)
		same = has_name(select, i, table->columns[i]);
	sqlite3_finalize(select);
	return same ? STATUS_OK
		    : error_set(&casefile->error, STATUS_INTEGRITY,
				"table %s of the case has other columns than "
				"are written", table->name);
}

enum status bulk_insert_begin(struct bulk_inserting **out, struct casefile *casefile,
			      const struct bulk_insert *fill)
{
	struct bulk_inserting *filling = calloc(1, sizeof(*filling));
	enum status status;

	*out = filling;
	if (!filling)
		return error_memory(&casefile->error);
	status = check_columns(casefile, &fill->table);
	if (status != STATUS_OK)
		return status;
	filling->incoming.columns = fill->table.count;
	filling->incoming.next = next;
	filling->fill = fill;
	filling->casefile = casefile;
	filling->feed.digest = filling->digest = digest_new();
	if (!filling->digest)
		return error_memory(&casefile->error);
	return prepare(casefile, fill->table.name, "", &filling->incoming,
		       &filling->insert);
}

/* The error of the case is the maker's until it has ended. */
enum status bulk_insert_go(struct bulk_inserting *filling, unsigned threads)
{
	const enum status usable = casefile_usable(filling->casefile);
	int code;

	if (usable != STATUS_OK)
		return usable;
	filling->holds = false;
	filling->status = STATUS_OK;
	filling->threaded = threads > 1 && start(filling);
	owner_use(&filling->casefile->owner);
	code = sqlite3_step(filling->insert);
	if (filling->threaded)
		stop(filling);
	if (filling->incoming.failed)
		return filling->status;
	if (code != SQLITE_DONE)
		return casefile_failed(filling->casefile);
	sqlite3_reset(filling->insert);
	return filling->status == STATUS_END
		       ? STATUS_OK
		       : error_set(&filling->casefile->error, STATUS_INTEGRITY,
				   "table %s of the case is damaged",
				   filling->fill->table.name);
}

enum status bulk_insert_end(struct bulk_inserting *filling)
{
	struct casefile *casefile = filling->casefile;
	char hex[DIGEST_HEX];

	if (!digest_feed_end(&filling->feed) || !digest_end(filling->digest, hex))
		return error_memory(&casefile->error);
	casefile_keep_digest(casefile, filling->fill->table.name, hex);
	return STATUS_OK;
}

void bulk_insert_close(struct bulk_inserting *filling)
{
	if (!filling)
		return;
	sqlite3_finalize(filling->insert);
	for (size_t i = 0; i < BATCHES; i++)
		row_buffer_release(&filling->batches[i].rows);
	digest_free(filling->digest);
	free(filling);
}

enum status bulk_insert_run(struct casefile *casefile, const struct bulk_insert *fill,
			    unsigned threads)
{
	struct bulk_inserting *filling;
	enum status status = bulk_insert_begin(&filling, casefile, fill);

	if (status == STATUS_OK)
		status = bulk_insert_go(filling, threads);
	if (status == STATUS_OK)
		status = bulk_insert_end(filling);
	bulk_insert_close(filling);
	return status;
}
