/* SPDX-License-Identifier: Apache-2.0 */
/* The texts with the lowest hashes, gathered with repetitions and thinned out now
 * and then. */
#include "normalise/quality/number_draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define GATHERED_MOST (4 * NUMBER_DRAW_MOST)

bool number_draw_open(struct number_draw *draw)
{
	memset(draw, 0, sizeof(*draw));
	draw->limit = UINT64_MAX;
	draw->items = memory_array(NULL, GATHERED_MOST, sizeof(*draw->items));
	draw->last = calloc(NUMBER_DRAW_LAST, sizeof(*draw->last));
	return draw->items && draw->last;
}

void number_draw_release(struct number_draw *draw)
{
	free(draw->items);
	free(draw->last);
	buf_release(&draw->texts);
	buf_release(&draw->spare);
	memset(draw, 0, sizeof(*draw));
}

/* Of equal ones the first in the source, however they are sorted. */
static int by_hash(const void *a, const void *b)
{
	const struct drawn_text *x = a;
	const struct drawn_text *y = b;

	if (x->hash != y->hash)
		return (x->hash > y->hash) - (x->hash < y->hash);
	if (x->place.member != y->place.member)
		return (x->place.member > y->place.member) - (x->place.member < y->place.member);
	return (x->place.line > y->place.line) - (x->place.line < y->place.line);
}

/* Each once, and no more than are wanted. */
static void keep_lowest(struct number_draw *draw)
{
	size_t kept = 0;

	qsort(draw->items, draw->count, sizeof(*draw->items), by_hash);
	for (size_t i = 0; i < draw->count && kept < NUMBER_DRAW_MOST; i++)
		if (i == 0 || draw->items[i].hash != draw->items[i - 1].hash)
			draw->items[kept++] = draw->items[i];
	draw->count = kept;
	if (kept == NUMBER_DRAW_MOST)
		draw->limit = draw->items[kept - 1].hash;
}

/* Lets go of the texts that are not kept. */
static bool keep_texts(struct number_draw *draw)
{
	struct buf texts = draw->spare;

	buf_clear(&texts);
	for (size_t i = 0; i < draw->count; i++) {
		const uint32_t at = (uint32_t)texts.len;

		buf_add(&texts, draw->texts.data + draw->items[i].at, draw->items[i].len);
		draw->items[i].at = at;
	}
	draw->spare = draw->texts;
	draw->texts = texts;
	return !texts.failed;
}

bool number_draw_end(struct number_draw *draw)
{
	keep_lowest(draw);
	return keep_texts(draw);
}

bool number_draw_add(struct number_draw *draw, uint64_t hash, struct text text,
		     struct drawn_place place, int region)
{
	if (draw->count == GATHERED_MOST && !number_draw_end(draw))
		return false;
	if (text.len > NUMBER_DRAW_TEXT)
		text.len = NUMBER_DRAW_TEXT;
	draw->last[hash % NUMBER_DRAW_LAST] = hash;
	draw->items[draw->count++] = (struct drawn_text){
		hash, place, (uint32_t)draw->texts.len, (uint32_t)text.len, region
	};
	buf_add(&draw->texts, text.data, text.len);
	return !draw->texts.failed;
}

/* FNV-1a, and the finaliser behind it. */
uint64_t number_draw_hash(struct text text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
	return number_draw_hash_form(0, (int64_t)hash);
}

uint64_t number_draw_distinct(const struct number_draw *draw)
{
	/* So many lie in the part of all hashes that is below the limit. */
	if (draw->limit == UINT64_MAX)
		return draw->count;
	return (uint64_t)((double)draw->count * ((double)UINT64_MAX / (double)draw->limit));
}
