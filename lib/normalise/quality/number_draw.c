/* SPDX-License-Identifier: Apache-2.0 */
/* The texts with the lowest hashes, gathered with repetitions and thinned out now
 * and then. */
#include "normalise/quality/number_draw.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

#define GATHERED_MOST (4 * NUMBER_DRAW_MOST)
/* Items are sorted by their hash and their place, which stands in its last bits: hashes
 * that differ in these alone are taken for one. */
#define PLACE_BITS 17
#define PLACES (UINT64_C(1) << PLACE_BITS)

_Static_assert(GATHERED_MOST < PLACES, "the place of an item stands behind its hash");

bool number_draw_open(struct number_draw *draw)
{
	memset(draw, 0, sizeof(*draw));
	draw->limit = UINT64_MAX;
	/* Those that are kept are put behind the others first. */
	draw->items = memory_array(NULL, GATHERED_MOST + NUMBER_DRAW_MOST, sizeof(*draw->items));
	draw->order = memory_array(NULL, GATHERED_MOST, sizeof(*draw->order));
	draw->last = calloc(NUMBER_DRAW_LAST, sizeof(*draw->last));
	return draw->items && draw->order && draw->last;
}

void number_draw_release(struct number_draw *draw)
{
	free(draw->items);
	free(draw->order);
	free(draw->last);
	buf_release(&draw->texts);
	buf_release(&draw->spare);
	memset(draw, 0, sizeof(*draw));
}

/* Each once, the one that was gathered first, and no more than are wanted. False: out of
 * memory. */
static bool keep_lowest(struct number_draw *draw)
{
	struct drawn_text *lowest = draw->items + GATHERED_MOST;
	size_t kept = 0;

	for (size_t i = 0; i < draw->count; i++)
		draw->order[i] = (draw->items[i].hash & ~(PLACES - 1)) | i;
	if (!radix_sort(draw->order, draw->count))
		return false;
	for (size_t i = 0; i < draw->count && kept < NUMBER_DRAW_MOST; i++) {
		const struct drawn_text *item = &draw->items[draw->order[i] & (PLACES - 1)];

		if (kept == 0 || item->hash >> PLACE_BITS != lowest[kept - 1].hash >> PLACE_BITS)
			lowest[kept++] = *item;
	}
	memcpy(draw->items, lowest, kept * sizeof(*lowest));
	draw->count = kept;
	if (kept == NUMBER_DRAW_MOST)
		draw->limit = draw->items[kept - 1].hash;
	return true;
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
	return keep_lowest(draw) && keep_texts(draw);
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
