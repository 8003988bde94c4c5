/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table read ahead by several threads. */
#include "ingest/sqlite/rows_ahead.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/thread/thread.h"
#include "ingest/parse/row/waiting.h"

#define THREADS_MOST 6
#define PARTS (2 * THREADS_MOST)
/* Bytes of a part; one that has more is read by one thread. */
#define PART_MOST (4 << 20)

/* Rows from a number on, up to that where the next part begins. */
struct part {
	sqlite3_int64 from, to;
	uint64_t line;              /* rows of the table before it */
	bool last;                  /* it has no upper end */
	bool alone;                 /* one thread is to read from here on */
	bool taken, ready;
	struct waiting rows;
	struct rows_found found;
};

struct reader {
	struct rows_ahead *ahead;
	struct database database;
	pthread_t thread;
	bool runs;
};

struct rows_ahead {
	const struct table *table;
	struct database cutter;     /* finds where parts end; with the lock */
	sqlite3_stmt *cut;
	struct reader readers[THREADS_MOST];
	unsigned reader_count;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	bool stop, cut_all;
	struct part parts[PARTS];
	size_t next_cut;            /* parts that were begun */
	sqlite3_int64 from;         /* of the next */
	uint64_t line;
	/* The one thread that is handed rows: */
	size_t now;
	size_t given;               /* rows of that part */
};

/* ---- parts ---- */

/* With the lock: where the next part ends. */
static void cut_part(struct rows_ahead *ahead, struct part *part)
{
	int code;

	part->from = ahead->from;
	part->line = ahead->line;
	part->last = part->alone = part->ready = false;
	part->taken = true;
	memset(&part->found, 0, sizeof(part->found));
	waiting_clear(&part->rows);
	(void)sqlite3_reset(ahead->cut);
	(void)sqlite3_bind_int64(ahead->cut, 1, ahead->from);
	code = sqlite3_step(ahead->cut);
	part->last = code == SQLITE_DONE;
	if (code == SQLITE_ROW)
		part->to = ahead->from = sqlite3_column_int64(ahead->cut, 0);
	part->alone = code != SQLITE_DONE && (code != SQLITE_ROW || part->to <= part->from);
	ahead->line += AHEAD_ROWS;
	ahead->cut_all = part->last || part->alone;
}

/* NULL: there is none, or no more is wanted. */
static struct part *begin_part(struct rows_ahead *ahead)
{
	struct part *part;

	(void)pthread_mutex_lock(&ahead->lock);
	while (!ahead->stop && !ahead->cut_all && ahead->parts[ahead->next_cut % PARTS].taken)
		(void)pthread_cond_wait(&ahead->changed, &ahead->lock);
	part = ahead->stop || ahead->cut_all ? NULL : &ahead->parts[ahead->next_cut++ % PARTS];
	if (part)
		cut_part(ahead, part);
	(void)pthread_mutex_unlock(&ahead->lock);
	return part;
}

static void end_part(struct rows_ahead *ahead, struct part *part)
{
	(void)pthread_mutex_lock(&ahead->lock);
	part->ready = true;
	(void)pthread_cond_broadcast(&ahead->changed);
	(void)pthread_mutex_unlock(&ahead->lock);
}

/* Whether a part is as it was cut: whole, without damage, and not large. */
static bool read_part(struct reader *reader, struct part *part)
{
	struct error error = { 0 };
	struct rows rows;
	struct record record;
	enum status status = rows_open_behind(&rows, &reader->database, reader->ahead->table, &part->found,
					      part->from - 1, part->line, &error);

	while (status == STATUS_OK) {
		memset(&record, 0, sizeof(record));
		status = rows_next(&rows, &record, &error);
		if (status != STATUS_OK || part->found.gaps > 0 || part->rows.len > PART_MOST ||
		    (!part->last && (sqlite3_int64)record.offset >= part->to))
			break;
		if (!waiting_add(&part->rows, &record))
			status = STATUS_MEMORY;
	}
	rows_close(&rows);
	if (part->found.gaps > 0 || part->rows.len > PART_MOST)
		return false;
	if (part->last)
		return status == STATUS_END;
	return status == STATUS_OK && part->rows.count == AHEAD_ROWS;
}

static void *read_parts(void *context)
{
	struct reader *reader = context;
	struct part *part;

	while ((part = begin_part(reader->ahead)) != NULL) {
		part->alone = part->alone || !read_part(reader, part);
		end_part(reader->ahead, part);
	}
	return NULL;
}

/* ---- all of them ---- */

static bool open_cut(struct rows_ahead *ahead)
{
	const struct table *table = ahead->table;
	const char *name = buf_view(&table->stream.name).data;

	ahead->cut = database_prepare(&ahead->cutter, name,
				      sqlite3_mprintf("SELECT %s FROM main.\"%w\" NOT INDEXED WHERE %s >= ?1"
						      " ORDER BY %s LIMIT 1 OFFSET %d", table->rowid, name,
						      table->rowid, table->rowid, AHEAD_ROWS));
	return ahead->cut != NULL;
}

static bool open_another(struct database *database, const struct database *like)
{
	struct error error = { 0 };
	const enum status status = database_open(database, like->dump, like->shown, &error);

	database->header = like->header;
	return status == STATUS_OK;
}

static bool open_all(struct rows_ahead *ahead, const struct database *database, unsigned threads)
{
	if (!open_another(&ahead->cutter, database) || !open_cut(ahead))
		return false;
	for (unsigned i = 0; i < threads && i < THREADS_MOST; i++) {
		struct reader *reader = &ahead->readers[ahead->reader_count++];

		reader->ahead = ahead;
		if (!open_another(&reader->database, database))
			return false;
	}
	for (unsigned i = 0; i < ahead->reader_count; i++) {
		struct reader *reader = &ahead->readers[i];

		reader->runs = thread_start(&reader->thread, read_parts, reader);
	}
	return ahead->readers[0].runs;
}

struct rows_ahead *rows_ahead_new(struct database *database, const struct table *table,
				  sqlite3_int64 last, uint64_t line, unsigned threads)
{
	struct rows_ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return NULL;
	ahead->table = table;
	ahead->from = last + 1;
	ahead->line = line;
	(void)pthread_mutex_init(&ahead->lock, NULL);
	(void)pthread_cond_init(&ahead->changed, NULL);
	if (open_all(ahead, database, threads))
		return ahead;
	rows_ahead_free(ahead);
	return NULL;
}

void rows_ahead_free(struct rows_ahead *ahead)
{
	if (!ahead)
		return;
	(void)pthread_mutex_lock(&ahead->lock);
	ahead->stop = true;
	(void)pthread_cond_broadcast(&ahead->changed);
	(void)pthread_mutex_unlock(&ahead->lock);
	for (unsigned i = 0; i < ahead->reader_count; i++) {
		if (ahead->readers[i].runs)
			(void)pthread_join(ahead->readers[i].thread, NULL);
		database_close(&ahead->readers[i].database);
	}
	sqlite3_finalize(ahead->cut);
	database_close(&ahead->cutter);
	for (size_t i = 0; i < PARTS; i++)
		waiting_release(&ahead->parts[i].rows);
	(void)pthread_cond_destroy(&ahead->changed);
	(void)pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}

/* The part that rows are given of, once it was read. */
static struct part *wait_part(struct rows_ahead *ahead)
{
	struct part *part = &ahead->parts[ahead->now % PARTS];

	(void)pthread_mutex_lock(&ahead->lock);
	while (!part->ready)
		(void)pthread_cond_wait(&ahead->changed, &ahead->lock);
	(void)pthread_mutex_unlock(&ahead->lock);
	return part;
}

static void leave_part(struct rows_ahead *ahead, struct part *part)
{
	(void)pthread_mutex_lock(&ahead->lock);
	part->taken = part->ready = false;
	(void)pthread_cond_broadcast(&ahead->changed);
	(void)pthread_mutex_unlock(&ahead->lock);
	ahead->now++;
	ahead->given = 0;
}

enum status rows_ahead_next(struct rows_ahead *ahead, struct record *record,
			    struct rows_found *found)
{
	struct part *part = &ahead->parts[ahead->now % PARTS];

	if (ahead->given == 0)
		part = wait_part(ahead);
	if (ahead->given > 0 && ahead->given == part->rows.count && !part->last) {
		leave_part(ahead, part);
		part = wait_part(ahead);
	}
	if (part->alone)
		return STATUS_SKIP;
	if (ahead->given == part->rows.count)
		return STATUS_END;
	if (ahead->given == 0) {
		found->texts += part->found.texts;
		found->blobs += part->found.blobs;
	}
	return waiting_give(&part->rows, ahead->given++, record) ? STATUS_OK : STATUS_SKIP;
}
