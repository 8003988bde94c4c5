/* SPDX-License-Identifier: Apache-2.0 */
/* What of the sources is done while the case is checked. */
#include "ingest/reread/reread_ahead.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "casefile/sql.h"
#include "casefile/verify/verify.h"
#include "ingest/reread/draw.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_sources.h"

/* Of a source with fewer rows than this for each that is chosen all are read again. */
#define ROWS_A_CHOICE 16

/* A file, and the sources that it may be. */
struct ahead_file {
	const char *path;
	int64_t sources, recipes;    /* and of how many it is said how they were read */
	int64_t last;                /* the id of one of them */
};

/* What it is begun with. */
struct beginning {
	struct reread_ahead *ahead;
	struct casefile *casefile;
	const struct reread_options *options;
};

static enum status no_memory(const struct beginning *b)
{
	return error_memory(&b->casefile->error);
}

/* ---- the rows of a source ---- */

/* Calls of a file as it is, each record of which libcsv can read by itself. */
static bool is_plain(const struct reread_source *source)
{
	const struct recipe *recipe = &source->recipe;

	return source->kind == KIND_CALL && !recipe->format && !recipe->encoding &&
	       recipe->legs < 0 && !dialect_mannered(&recipe->dialect);
}

static bool has_many(const struct beginning *b, const struct reread_source *source)
{
	const uint64_t rows = b->options->rows;

	return rows <= LAID_CHOSEN_MOST - b->ahead->laid.chosen &&
	       source->accepted / ROWS_A_CHOICE >= rows;
}

static enum status add_rows(const struct beginning *b, const struct reread_source *source)
{
	const struct laid_start from = { 1 + source->recipe.preamble_lines,
					 source->recipe.preamble };
	uint64_t *chosen = memory_array(NULL, (size_t)b->options->rows, sizeof(*chosen));
	size_t count = 0;
	struct draw draw;

	if (!chosen)
		return no_memory(b);
	draw_open(&draw, b->options->seed, (uint64_t)source->id, b->options->rows,
		  source->accepted);
	for (uint64_t row = 0; count < b->options->rows && row < source->accepted; row++)
		if (draw_next(&draw))
			chosen[count++] = row;
	if (laid_rows_add(&b->ahead->laid, source->id, &from, chosen, count))
		return STATUS_OK;
	free(chosen);
	return no_memory(b);
}

/* ---- a file ---- */

/* *laid: the rows of its only source can be read where they lie, and were chosen. */
static enum status choose(const struct beginning *b, const struct ahead_file *file, bool *laid)
{
	struct reread_source source;
	enum status status;

	*laid = false;
	if (b->options->all || b->options->rows == 0 || file->sources != 1 ||
	    file->recipes != 1)
		return STATUS_OK;
	status = reread_source_load(&source, b->casefile, file->last);
	*laid = status == STATUS_OK && is_plain(&source) && has_many(b, &source);
	if (*laid)
		status = add_rows(b, &source);
	reread_source_release(&source);
	/* Of what does not hold is told when it is read. */
	return status == STATUS_INTEGRITY ? STATUS_OK : status;
}

/* A file whose rows are read one by one is hashed by that. */
static enum status add_file(const struct beginning *b, const struct ahead_file *file)
{
	const bool read = file->recipes > 0 && (b->options->all || b->options->rows > 0);
	bool laid;
	const enum status status = choose(b, file, &laid);

	if (status != STATUS_OK || (read && !laid))
		return status;
	return hash_ahead_add(b->ahead->hash, file->path, laid) ? STATUS_OK : no_memory(b);
}

#define FILES(columns, which) \
	"SELECT " columns "count(*), coalesce(sum(recipe <> ''), 0), coalesce(max(id), 0)" \
	" FROM source WHERE dropped_by IS NULL AND " which

static enum status add_given(const struct beginning *b, const char *path)
{
	sqlite3_stmt *s = casefile_prepare(b->casefile, FILES("", "size = ?"));
	struct stat info;
	enum status status;

	if (!s)
		return b->casefile->error.status;
	bind_integer(s, 1, stat(path, &info) == 0 ? (int64_t)info.st_size : -1);
	status = casefile_step(b->casefile, s);
	if (status == STATUS_OK)
		status = add_file(b, &(struct ahead_file){ path, sqlite3_column_int64(s, 0),
							   sqlite3_column_int64(s, 1),
							   sqlite3_column_int64(s, 2) });
	sqlite3_finalize(s);
	return status;
}

static enum status add_recorded(const struct beginning *b, sqlite3_stmt *s)
{
	const char *path = (const char *)sqlite3_column_text(s, 0);
	struct buf at = { 0 };
	bool there = false;
	enum status status = columns_read(b->casefile, s);

	if (status == STATUS_OK && path)
		status = verify_locate(b->casefile, path, NULL, NULL, &at, &there);
	if (status == STATUS_OK && there)
		status = add_file(b, &(struct ahead_file){ at.data, sqlite3_column_int64(s, 1),
							   sqlite3_column_int64(s, 2),
							   sqlite3_column_int64(s, 3) });
	buf_release(&at);
	return status;
}

static enum status add_all_recorded(const struct beginning *b)
{
	/* In the order in which they are waited for. */
	sqlite3_stmt *s = casefile_prepare(b->casefile,
					   FILES("path, ", "true GROUP BY path ORDER BY path"));
	enum status status;

	if (!s)
		return b->casefile->error.status;
	while ((status = casefile_step(b->casefile, s)) == STATUS_OK)
		if ((status = add_recorded(b, s)) != STATUS_OK)
			break;
	sqlite3_finalize(s);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- all of them ---- */

static int compare_ids(const void *a, const void *b)
{
	const struct laid_source *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static bool is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static enum status add_all(const struct beginning *b, char *const *paths, size_t count)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count; i++)
		if (is_folder(paths[i]))
			return STATUS_OK;
	if (count == 0)
		return add_all_recorded(b);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = add_given(b, paths[i]);
	return status;
}

enum status reread_ahead_open(struct reread_ahead *ahead, struct casefile *casefile,
			      const struct reread_options *options, char *const *paths,
			      size_t count, const struct observer *observer)
{
	const struct beginning b = { ahead, casefile, options };
	enum status status;

	/* The seed of the rows that are chosen, which nobody who made the case could foresee. */
	ahead->laid = (struct laid_rows){ .key = mix_number(~options->seed) };
	ahead->hash = hash_ahead_new(observer, ahead->laid.key);
	if (!ahead->hash)
		return no_memory(&b);
	status = add_all(&b, paths, count);
	if (ahead->laid.count > 0)
		qsort(ahead->laid.sources, ahead->laid.count, sizeof(*ahead->laid.sources),
		      compare_ids);
	if (status == STATUS_OK && options->threaded)
		hash_ahead_start(ahead->hash);
	if (status != STATUS_INTEGRITY)
		return status;
	reread_ahead_close(ahead);
	return STATUS_OK;
}

void reread_ahead_close(struct reread_ahead *ahead)
{
	hash_ahead_free(ahead->hash);
	ahead->hash = NULL;
	laid_rows_release(&ahead->laid);
}
