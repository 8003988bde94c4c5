/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood: batches of rows fetched, handed to threads, given
 * ids, and stored in order. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pipeline.h"
#include "normalise/row_batch.h"

/* More would wait for the thread that reads and writes the case. */
#define WORKERS_MOST 4
/* Batches waiting for a worker or to be stored. */
#define BATCHES_MORE 2
#define BATCHES_MOST (WORKERS_MOST + BATCHES_MORE)
/* Rows that one statement stores, which takes less than one a statement. */
#define AT_ONCE 16
/* Bytes that a batch keeps for the next. */
#define BYTES_KEPT (1 << 20)

/* The first columns of every found table, then its roles in order. */
enum { COL_ID, COL_SOURCE, COL_LINE, COL_OFFSET, COL_LENGTH, COL_ROLES };

/* The kinds in the order in which they are understood, and where they go. */
struct kind_rule {
	enum kind kind;
	const char *head, *row;    /* of an INSERT */
};

static const struct kind_rule rules[] = {
	{ KIND_RATE, "INSERT INTO rate_read VALUES", "(?, ?, ?, ?)" },
	{ KIND_ORGANISATION, "INSERT INTO organisation_read VALUES", "(?, ?, ?)" },
	{ KIND_ACCOUNT, "INSERT INTO account_read VALUES", "(?, ?, ?, ?, ?, ?, ?)" },
	{ KIND_PAYMENT, "INSERT INTO payment_read VALUES",
	  "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ KIND_LOGIN, "INSERT INTO login_read VALUES", "(?, ?, ?)" },
	{ KIND_REPORT, "INSERT INTO report_read VALUES",
	  "(?, ?, ?, ?, ?, ?, ?, ?, ?)" },
};

#define RULES (sizeof(rules) / sizeof(rules[0]))

/* The whole of it, on the caller's thread. */
struct rows {
	struct normaliser *n;
	size_t rule;               /* of the rows that are fetched */
	sqlite3_stmt *found;       /* NULL: not begun */
	enum kind kind;            /* of the rows stored last */
	sqlite3_stmt *one, *some;  /* to store a row, or AT_ONCE; NULL: none yet */
	int columns;               /* of a row */
	const struct row_read *waiting[AT_ONCE];   /* to be stored */
	size_t waiting_count;
};

/* ---- fetching ---- */

static sqlite3_stmt *select_found(struct normaliser *n, enum kind kind)
{
	const struct kind_info *info = kind_info(kind);
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_text(&sql, "SELECT id, source, line, offset, length");
	for (size_t i = 0; i < info->role_count; i++)
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
	const struct kind_info *info = kind_info(batch->kind);
	struct row_found *row = &batch->found[batch->count++];
	sqlite3_stmt *found = rows->found;

	row->id = sqlite3_column_int64(found, COL_ID);
	row->source = source_of(rows->n, sqlite3_column_int64(found, COL_SOURCE));
	if (!row->source)
		return error_set(&rows->n->casefile->error, STATUS_INTEGRITY,
				 "a row of %s names a source that is not there",
				 info->name);
	row->place = (struct place){
		row->source->id, (uint64_t)sqlite3_column_int64(found, COL_LINE),
		(uint64_t)sqlite3_column_int64(found, COL_OFFSET),
		(uint64_t)sqlite3_column_int64(found, COL_LENGTH)
	};
	for (size_t i = 0; i < info->role_count; i++) {
		const struct text text = column_text(found, COL_ROLES + (int)i);

		row->fields[i] = (struct row_field){ batch->bytes.len, text.len,
						     text.data != NULL };
		buf_add(&batch->bytes, text.data ? text.data : "", text.len);
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
	empty(&batch->bytes);
	empty(&batch->made);
	/* A field that is empty is none unless there is a place for it. */
	if (!buf_room(&batch->bytes, ROW_BATCH_BYTES))
		return error_memory(&casefile->error);
	while (batch->count == 0 && status == STATUS_OK) {
		if (rows->rule == RULES)
			return STATUS_END;
		batch->kind = rules[rows->rule].kind;
		if (!rows->found)
			rows->found = select_found(rows->n, batch->kind);
		if (!rows->found)
			return casefile->error.status;
		status = fetch(rows, batch);
		if (status != STATUS_END)
			continue;
		sqlite3_finalize(rows->found);
		rows->found = NULL;
		rows->rule++;
		status = STATUS_OK;
	}
	if (status == STATUS_OK &&
	    !buf_room(&batch->made, batch->bytes.len + batch->count * ROW_MADE))
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

static void set_id(struct row_cell *cell, int64_t id)
{
	cell->integer = true;
	cell->value = id;
}

/* Ids are given in order of first sight. False: out of memory. */
static bool name_row(struct normaliser *n, struct source_sense *source,
		     struct row_read *read)
{
	bool second = false;

	if (read->account.data) {
		const int64_t key = keys_add(&n->keys, source->service,
					     read->account);

		if (key < 1 ||
		    (read->region &&
		     !countries_add(&n->countries, key, read->region, &second)))
			return false;
		set_id(&read->cells[1], key);
		source->two_countries += second;
	}
	for (size_t i = 0; i < read->number_count; i++) {
		const int64_t id = readings_id(&n->readings,
					       read->numbers[i].packed);

		if (id < 1)
			return false;
		set_id(&read->cells[read->numbers[i].column], id);
	}
	return true;
}

static void merge(void *context, void *item, unsigned worker)
{
	const struct rows *rows = context;
	struct row_batch *batch = item;

	(void)worker;
	for (size_t i = 0; i < batch->count && !batch->failed; i++)
		batch->failed = !name_row(rows->n, batch->found[i].source,
					  &batch->read[i]);
}

/* ---- storing ---- */

static void close_insert(struct rows *rows)
{
	sqlite3_finalize(rows->one);
	sqlite3_finalize(rows->some);
	rows->one = rows->some = NULL;
}

static enum status open_insert(struct rows *rows, enum kind kind)
{
	struct casefile *casefile = rows->n->casefile;
	const struct kind_rule *rule = rules;

	if (rows->one && rows->kind == kind)
		return STATUS_OK;
	close_insert(rows);
	while (rule->kind != kind)
		rule++;
	rows->kind = kind;
	rows->one = casefile_prepare_rows(casefile, rule->head, rule->row, 1);
	if (rows->one)
		rows->some = casefile_prepare_rows(casefile, rule->head, rule->row,
						   AT_ONCE);
	if (!rows->some)
		return casefile->error.status;
	rows->columns = sqlite3_bind_parameter_count(rows->one);
	return STATUS_OK;
}

/* Binds row k of a statement. */
static void bind_row(const struct rows *rows, sqlite3_stmt *insert, size_t k,
		     const struct row_read *read)
{
	const int first = 1 + (int)k * rows->columns;

	for (int i = 0; i < rows->columns; i++) {
		const struct row_cell *cell = &read->cells[i];

		if (cell->integer)
			bind_integer(insert, first + i, cell->value);
		else
			bind_lasting(insert, first + i, cell->text);
	}
}

/* Stores the rows that wait. */
static enum status put_waiting(struct rows *rows)
{
	const size_t count = rows->waiting_count;
	const size_t step = count == AT_ONCE ? AT_ONCE : 1;
	sqlite3_stmt *insert = step == 1 ? rows->one : rows->some;
	enum status status = STATUS_OK;

	rows->waiting_count = 0;
	for (size_t i = 0; i < count && status == STATUS_OK; i += step) {
		for (size_t k = 0; k < step; k++)
			bind_row(rows, insert, k, rows->waiting[i + k]);
		status = casefile_run(rows->n->casefile, insert);
	}
	return status;
}

static enum status put_aside(struct rows *rows, const struct row_batch *batch,
			     size_t i)
{
	const struct row_read *read = &batch->read[i];
	const struct unread unread = {
		.source = batch->found[i].source,
		.place = batch->found[i].place,
		.role = kind_info(batch->kind)->roles[read->role].name,
		.reason = read->reason,
		.value = row_batch_field(batch, i, read->role),
	};

	return set_aside(rows->n, &unread);
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
	rows->waiting[rows->waiting_count++] = read;
	return rows->waiting_count == AT_ONCE ? put_waiting(rows) : STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct rows *rows = context;
	const struct row_batch *batch = item;
	enum status status;

	if (batch->failed)
		return error_memory(&rows->n->casefile->error);
	status = open_insert(rows, batch->kind);
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = take_row(rows, batch, i);
	return status == STATUS_OK ? put_waiting(rows) : status;
}

/* ---- all ---- */

enum status rows_understand(struct normaliser *n)
{
	struct rows rows = { .n = n };
	const struct pipeline pipeline = { &rows, fill, work, merge, NULL, take };
	const uint64_t threads = n->settings->threads < WORKERS_MOST
					 ? n->settings->threads
					 : WORKERS_MOST;
	struct row_batch *batches = calloc(BATCHES_MOST, sizeof(*batches));
	void *items[BATCHES_MOST];
	enum status status;

	if (!batches)
		return error_memory(&n->casefile->error);
	for (size_t i = 0; i < BATCHES_MOST; i++)
		items[i] = &batches[i];
	status = pipeline_run(&pipeline, items, threads + BATCHES_MORE,
			      (unsigned)threads);
	for (size_t i = 0; i < BATCHES_MOST; i++) {
		buf_release(&batches[i].bytes);
		buf_release(&batches[i].made);
	}
	free(batches);
	sqlite3_finalize(rows.found);
	close_insert(&rows);
	return status;
}
