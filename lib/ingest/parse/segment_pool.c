/* SPDX-License-Identifier: Apache-2.0 */
/* Rows and segments of calls on their way, lent out under a lock. */
#include "ingest/parse/segment_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Calls of a block at first: those of most. */
#define ROWS 8192

bool segment_pool_open(struct segment_pool *pool)
{
	memset(pool, 0, sizeof(*pool));
	if (pthread_mutex_init(&pool->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&pool->returned, NULL) != 0) {
		(void)pthread_mutex_destroy(&pool->lock);
		return false;
	}
	pool->open = true;
	return true;
}

static void free_segment(struct pool_segment *segment)
{
	free(segment->pieces);
	free(segment->owners);
	dictionary_release(&segment->heap);
	raw_segment_release(&segment->raw);
	buf_release(&segment->masks);
	buf_release(&segment->state);
	free(segment);
}

void segment_pool_close(struct segment_pool *pool)
{
	if (!pool->open)
		return;
	while (pool->rows) {
		struct pool_rows *rows = pool->rows;

		pool->rows = rows->next;
		segment_rows_release(&rows->rows);
		free(rows);
	}
	while (pool->segments) {
		struct pool_segment *segment = pool->segments;

		pool->segments = segment->next;
		free_segment(segment);
	}
	(void)pthread_cond_destroy(&pool->returned);
	(void)pthread_mutex_destroy(&pool->lock);
	memset(pool, 0, sizeof(*pool));
}

void segment_pool_stop(struct segment_pool *pool)
{
	if (!pool->open)
		return;
	(void)pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	(void)pthread_cond_broadcast(&pool->returned);
	(void)pthread_mutex_unlock(&pool->lock);
}

void segment_pool_go_on(struct segment_pool *pool)
{
	(void)pthread_mutex_lock(&pool->lock);
	pool->stopping = false;
	(void)pthread_mutex_unlock(&pool->lock);
}

/* ---- rows ---- */

static struct pool_rows *new_rows(struct segment_pool *pool,
				  const struct mapping *mapping)
{
	struct pool_rows *rows = calloc(1, sizeof(*rows));

	if (!rows)
		return NULL;
	if (!segment_rows_open(&rows->rows, mapping->roles, mapping->role_count,
			       ROWS)) {
		free(rows);
		return NULL;
	}
	rows->mapping = mapping;
	(void)pthread_mutex_lock(&pool->lock);
	rows->next = pool->rows;
	pool->rows = rows;
	(void)pthread_mutex_unlock(&pool->lock);
	return rows;
}

/* Under the lock: rows of a mapping that nobody uses, or NULL. */
static struct pool_rows *take_spare(struct segment_pool *pool,
				    const struct mapping *mapping)
{
	struct pool_rows **at = &pool->spare_rows;
	struct pool_rows *rows;

	while (*at && (*at)->mapping != mapping)
		at = &(*at)->next_spare;
	rows = *at;
	if (rows)
		*at = rows->next_spare;
	return rows;
}

struct pool_rows *segment_pool_rows(struct segment_pool *pool,
				    const struct mapping *mapping)
{
	struct pool_rows *rows;

	(void)pthread_mutex_lock(&pool->lock);
	rows = take_spare(pool, mapping);
	(void)pthread_mutex_unlock(&pool->lock);
	if (!rows)
		rows = new_rows(pool, mapping);
	if (!rows)
		return NULL;
	rows->users = 1;
	rows->rows.count = 0;
	return rows;
}

void segment_pool_share(struct segment_pool *pool, struct pool_rows *rows)
{
	(void)pthread_mutex_lock(&pool->lock);
	rows->users++;
	(void)pthread_mutex_unlock(&pool->lock);
}

/* Under the lock. */
static void drop(struct segment_pool *pool, struct pool_rows *rows)
{
	if (--rows->users > 0)
		return;
	rows->next_spare = pool->spare_rows;
	pool->spare_rows = rows;
}

void segment_pool_return(struct segment_pool *pool, struct pool_rows *rows)
{
	if (!rows)
		return;
	(void)pthread_mutex_lock(&pool->lock);
	drop(pool, rows);
	(void)pthread_mutex_unlock(&pool->lock);
}

/* ---- segments ---- */

static bool may_lend(const struct segment_pool *pool)
{
	return pool->lent == 0 ||
	       (pool->lent < SEGMENT_POOL_MOST && pool->heap < SEGMENT_POOL_HEAP);
}

struct pool_segment *segment_pool_segment(struct segment_pool *pool)
{
	struct pool_segment *segment = NULL;

	(void)pthread_mutex_lock(&pool->lock);
	while (!pool->stopping && !may_lend(pool))
		(void)pthread_cond_wait(&pool->returned, &pool->lock);
	if (!pool->stopping && pool->spare_segments) {
		segment = pool->spare_segments;
		pool->spare_segments = segment->next_spare;
	} else if (!pool->stopping) {
		segment = calloc(1, sizeof(*segment));
		if (segment) {
			segment->next = pool->segments;
			pool->segments = segment;
		}
	}
	pool->lent += segment != NULL;
	(void)pthread_mutex_unlock(&pool->lock);
	return segment;
}

bool segment_pool_add(struct segment_pool *pool, struct pool_segment *segment,
	       struct pool_rows *rows, const struct segment_piece *piece)
{
	const size_t count = segment->piece_count;
	void *pieces = segment->pieces, *owners = segment->owners;
	bool good = memory_room(&pieces, &segment->piece_capacity, count + 1,
				sizeof(*segment->pieces));

	segment->pieces = pieces;
	good = good && memory_room(&owners, &segment->owner_capacity, count + 1,
				   sizeof(struct pool_rows *));
	segment->owners = owners;
	if (!good)
		return false;
	segment_pool_share(pool, rows);
	segment->pieces[count] = *piece;
	segment->owners[count] = rows;
	segment->piece_count++;
	segment->rows += piece->count;
	return true;
}

/* The rows that copies of a segment go to: the last piece, unless that is another's. */
static struct pool_rows *rows_behind(struct segment_pool *pool,
				     struct pool_segment *segment,
				     const struct pool_rows *like)
{
	const size_t count = segment->piece_count;
	struct segment_piece piece = { .count = 0 };
	struct pool_rows *rows;
	bool good;

	if (count > 0 && segment->copies == segment->owners[count - 1])
		return segment->copies;
	rows = segment_pool_rows(pool, like->mapping);
	if (!rows)
		return NULL;
	rows->rows.columns = like->rows.columns;
	piece.rows = &rows->rows;
	good = segment_pool_add(pool, segment, rows, &piece);
	segment_pool_return(pool, rows);
	segment->copies = good ? rows : NULL;
	return segment->copies;
}

bool segment_pool_copy(struct segment_pool *pool, struct pool_segment *segment,
		       const struct pool_rows *rows, const struct segment_piece *piece)
{
	struct pool_rows *copies = rows_behind(pool, segment, rows);
	struct segment_rows *to;

	if (!copies)
		return false;
	to = &copies->rows;
	while (to->capacity - to->count < piece->count)
		if (!segment_rows_grow(to))
			return false;
	segment_rows_copy(to, piece->rows, piece->from, piece->count, piece->line);
	segment->pieces[segment->piece_count - 1].count = to->count;
	segment->rows += piece->count;
	return true;
}

void segment_pool_weigh(struct segment_pool *pool, struct pool_segment *segment)
{
	segment->weight = segment->heap.bytes.len;
	(void)pthread_mutex_lock(&pool->lock);
	pool->heap += segment->weight;
	(void)pthread_mutex_unlock(&pool->lock);
}

void segment_pool_return_pieces(struct segment_pool *pool, struct pool_segment *segment)
{
	(void)pthread_mutex_lock(&pool->lock);
	for (size_t i = 0; i < segment->piece_count; i++)
		drop(pool, segment->owners[i]);
	(void)pthread_mutex_unlock(&pool->lock);
	segment->piece_count = 0;
	segment->copies = NULL;
	segment->rows = 0;
	dictionary_clear(&segment->heap);
}

void segment_pool_return_segment(struct segment_pool *pool, struct pool_segment *segment)
{
	buf_clear(&segment->masks);
	buf_clear(&segment->state);
	(void)pthread_mutex_lock(&pool->lock);
	pool->heap -= segment->weight;
	segment->weight = 0;
	pool->lent--;
	segment->next_spare = pool->spare_segments;
	pool->spare_segments = segment;
	(void)pthread_cond_signal(&pool->returned);
	(void)pthread_mutex_unlock(&pool->lock);
}
