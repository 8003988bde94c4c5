/* SPDX-License-Identifier: Apache-2.0 */
/* What calls are gathered in, lent out under a lock. */
#include "ingest/parse/segment_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Calls of a block at first: those of most. */
#define ROWS 8192

bool stock_open(struct stock *stock, const struct mapping *mapping)
{
	memset(stock, 0, sizeof(*stock));
	stock->mapping = mapping;
	if (pthread_mutex_init(&stock->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&stock->returned, NULL) != 0) {
		(void)pthread_mutex_destroy(&stock->lock);
		return false;
	}
	stock->open = true;
	return true;
}

static void free_segment(struct stock_segment *segment)
{
	free(segment->pieces);
	free(segment->owners);
	dictionary_release(&segment->heap);
	raw_segment_release(&segment->raw);
	buf_release(&segment->masks);
	free(segment);
}

void stock_close(struct stock *stock)
{
	if (!stock->open)
		return;
	while (stock->rows) {
		struct stock_rows *rows = stock->rows;

		stock->rows = rows->next;
		segment_rows_release(&rows->rows);
		free(rows);
	}
	while (stock->segments) {
		struct stock_segment *segment = stock->segments;

		stock->segments = segment->next;
		free_segment(segment);
	}
	(void)pthread_cond_destroy(&stock->returned);
	(void)pthread_mutex_destroy(&stock->lock);
	memset(stock, 0, sizeof(*stock));
}

void stock_stop(struct stock *stock)
{
	if (!stock->open)
		return;
	(void)pthread_mutex_lock(&stock->lock);
	stock->stopping = true;
	(void)pthread_cond_broadcast(&stock->returned);
	(void)pthread_mutex_unlock(&stock->lock);
}

/* ---- rows ---- */

static struct stock_rows *new_rows(struct stock *stock)
{
	const struct mapping *mapping = stock->mapping;
	struct stock_rows *rows = calloc(1, sizeof(*rows));

	if (!rows)
		return NULL;
	if (!segment_rows_open(&rows->rows, mapping->roles, mapping->role_count,
			       ROWS)) {
		free(rows);
		return NULL;
	}
	(void)pthread_mutex_lock(&stock->lock);
	rows->next = stock->rows;
	stock->rows = rows;
	(void)pthread_mutex_unlock(&stock->lock);
	return rows;
}

struct stock_rows *stock_rows(struct stock *stock)
{
	struct stock_rows *rows;

	(void)pthread_mutex_lock(&stock->lock);
	rows = stock->spare_rows;
	if (rows)
		stock->spare_rows = rows->next_spare;
	(void)pthread_mutex_unlock(&stock->lock);
	if (!rows)
		rows = new_rows(stock);
	if (!rows)
		return NULL;
	rows->users = 1;
	rows->rows.count = 0;
	return rows;
}

void stock_share(struct stock *stock, struct stock_rows *rows)
{
	(void)pthread_mutex_lock(&stock->lock);
	rows->users++;
	(void)pthread_mutex_unlock(&stock->lock);
}

/* Under the lock. */
static void drop(struct stock *stock, struct stock_rows *rows)
{
	if (--rows->users > 0)
		return;
	rows->next_spare = stock->spare_rows;
	stock->spare_rows = rows;
}

void stock_return(struct stock *stock, struct stock_rows *rows)
{
	if (!rows)
		return;
	(void)pthread_mutex_lock(&stock->lock);
	drop(stock, rows);
	(void)pthread_mutex_unlock(&stock->lock);
}

/* ---- segments ---- */

static bool may_lend(const struct stock *stock)
{
	return stock->lent == 0 ||
	       (stock->lent < STOCK_SEGMENTS && stock->heap < STOCK_HEAP);
}

struct stock_segment *stock_segment(struct stock *stock)
{
	struct stock_segment *segment = NULL;

	(void)pthread_mutex_lock(&stock->lock);
	while (!stock->stopping && !may_lend(stock))
		(void)pthread_cond_wait(&stock->returned, &stock->lock);
	if (!stock->stopping && stock->spare_segments) {
		segment = stock->spare_segments;
		stock->spare_segments = segment->next_spare;
	} else if (!stock->stopping) {
		segment = calloc(1, sizeof(*segment));
		if (segment) {
			segment->next = stock->segments;
			stock->segments = segment;
		}
	}
	stock->lent += segment != NULL;
	(void)pthread_mutex_unlock(&stock->lock);
	return segment;
}

bool stock_add(struct stock *stock, struct stock_segment *segment,
	       struct stock_rows *rows, const struct segment_piece *piece)
{
	const size_t count = segment->piece_count;
	void *pieces = segment->pieces, *owners = segment->owners;
	bool good = memory_room(&pieces, &segment->piece_capacity, count + 1,
				sizeof(*segment->pieces));

	segment->pieces = pieces;
	good = good && memory_room(&owners, &segment->owner_capacity, count + 1,
				   sizeof(struct stock_rows *));
	segment->owners = owners;
	if (!good)
		return false;
	stock_share(stock, rows);
	segment->pieces[count] = *piece;
	segment->owners[count] = rows;
	segment->piece_count++;
	segment->rows += piece->count;
	return true;
}

void stock_weigh(struct stock *stock, struct stock_segment *segment)
{
	segment->weight = segment->heap.bytes.len;
	(void)pthread_mutex_lock(&stock->lock);
	stock->heap += segment->weight;
	(void)pthread_mutex_unlock(&stock->lock);
}

void stock_return_pieces(struct stock *stock, struct stock_segment *segment)
{
	(void)pthread_mutex_lock(&stock->lock);
	for (size_t i = 0; i < segment->piece_count; i++)
		drop(stock, segment->owners[i]);
	(void)pthread_mutex_unlock(&stock->lock);
	segment->piece_count = 0;
	segment->rows = 0;
	dictionary_clear(&segment->heap);
}

void stock_return_segment(struct stock *stock, struct stock_segment *segment)
{
	buf_clear(&segment->masks);
	(void)pthread_mutex_lock(&stock->lock);
	stock->heap -= segment->weight;
	segment->weight = 0;
	stock->lent--;
	segment->next_spare = stock->spare_segments;
	stock->spare_segments = segment;
	(void)pthread_cond_signal(&stock->returned);
	(void)pthread_mutex_unlock(&stock->lock);
}
