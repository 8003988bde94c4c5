/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted runs read as one, by a heap of where each stands. */
#include "base/sort/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/record_order.h"

/* Bytes of a buffer, and runs that are read at a time however small the memory. */
#define BUFFER_LEAST 4096
#define BUFFER_MOST 262144
#define RUNS_LEAST 8

size_t merge_most(size_t memory)
{
	const size_t most = memory / BUFFER_LEAST;

	return most < RUNS_LEAST ? RUNS_LEAST : most;
}

/* More records of a run, once those at hand are used up. False: none. */
static bool refill(struct merge *merge, struct merge_cursor *cursor)
{
	const size_t size = merge->kind->size;
	size_t count = merge->buffered;

	if (!cursor->left)
		return false;
	if (count > cursor->left)
		count = (size_t)cursor->left;
	if (!spill_read(merge->spill, cursor->at, cursor->buffer, count * size)) {
		merge->failed = true;
		return false;
	}
	cursor->at += count * size;
	cursor->left -= count;
	cursor->next = cursor->buffer;
	cursor->end = cursor->buffer + count * size;
	return true;
}

static bool less(const struct merge *merge, size_t a, size_t b)
{
	return merge->kind->compare(merge->heap[a]->next,
				    merge->heap[b]->next) < 0;
}

static void sift(struct merge *merge, size_t place)
{
	for (;;) {
		size_t least = place;
		struct merge_cursor *swap;

		for (size_t child = 2 * place + 1; child <= 2 * place + 2; child++)
			if (child < merge->heaped && less(merge, child, least))
				least = child;
		if (least == place)
			return;
		swap = merge->heap[place];
		merge->heap[place] = merge->heap[least];
		merge->heap[least] = swap;
		place = least;
	}
}

/* Goes on in the run whose record is the least. */
static void advance(struct merge *merge)
{
	struct merge_cursor *cursor = merge->heap[0];

	cursor->next += merge->kind->size;
	if (cursor->next == cursor->end && !refill(merge, cursor))
		merge->heap[0] = merge->heap[--merge->heaped];
	sift(merge, 0);
}

static bool open_cursor(struct merge *merge, struct merge_cursor *cursor,
			const struct sorted *run)
{
	const size_t size = merge->kind->size;

	if (run->records) {
		cursor->next = run->records;
		cursor->end = cursor->next + (size_t)run->count * size;
		return run->count != 0;
	}
	cursor->at = run->at;
	cursor->left = run->count;
	if (run->count)
		cursor->buffer = memory_array(NULL, merge->buffered, size);
	if (run->count && !cursor->buffer)
		merge->failed = true;
	return cursor->buffer && refill(merge, cursor);
}

static void set_buffers(struct merge *merge, const struct sorted *runs,
			size_t memory)
{
	size_t files = 0;
	size_t bytes;

	for (size_t i = 0; i < merge->count; i++)
		files += !runs[i].records;
	bytes = memory / (files ? files : 1);
	if (bytes > BUFFER_MOST)
		bytes = BUFFER_MOST;
	if (bytes < BUFFER_LEAST)
		bytes = BUFFER_LEAST;
	merge->buffered = bytes / merge->kind->size;
}

bool merge_open(struct merge *merge, const struct record_kind *kind,
		struct spill *spill, const struct sorted *runs, size_t count,
		size_t memory)
{
	memset(merge, 0, sizeof(*merge));
	merge->kind = kind;
	merge->spill = spill;
	merge->count = count;
	merge->current = memory_array(NULL, 1, kind->size);
	merge->cursors = calloc(count ? count : 1, sizeof(*merge->cursors));
	merge->heap = memory_array(NULL, count, sizeof(*merge->heap));
	merge->failed = !merge->current || !merge->cursors || !merge->heap;
	if (merge->failed)
		return false;
	set_buffers(merge, runs, memory);
	for (size_t i = 0; i < count && !merge->failed; i++)
		if (open_cursor(merge, &merge->cursors[i], &runs[i]))
			merge->heap[merge->heaped++] = &merge->cursors[i];
	for (size_t i = merge->heaped / 2; i > 0; i--)
		sift(merge, i - 1);
	return !merge->failed;
}

const void *merge_next(struct merge *merge)
{
	const struct record_kind *kind = merge->kind;

	if (!merge->heaped || merge->failed)
		return NULL;
	memcpy(merge->current, merge->heap[0]->next, kind->size);
	advance(merge);
	while (merge->heaped &&
	       kind->compare(merge->heap[0]->next, merge->current) == 0) {
		if (kind->combine)
			kind->combine(merge->current, merge->heap[0]->next);
		advance(merge);
	}
	return merge->failed ? NULL : merge->current;
}

void merge_close(struct merge *merge)
{
	for (size_t i = 0; merge->cursors && i < merge->count; i++)
		free(merge->cursors[i].buffer);
	free(merge->cursors);
	free(merge->heap);
	free(merge->current);
	memset(merge, 0, sizeof(*merge));
}

size_t records_settle(const struct record_kind *kind, void *records,
		      size_t count)
{
	char *bytes = records;
	size_t kept = 0;

	records_order(kind, records, count);
	for (size_t i = 0; i < count; i++) {
		char *record = bytes + i * kind->size;
		char *last = kept ? bytes + (kept - 1) * kind->size : NULL;

		if (!last || kind->compare(last, record) != 0)
			memmove(bytes + kept++ * kind->size, record, kind->size);
		else if (kind->combine)
			kind->combine(last, record);
	}
	return kept;
}
