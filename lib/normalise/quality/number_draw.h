/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct texts of a role, drawn by hash: the same ones whatever the order and
 * however often each stands there. */
#ifndef UNSPOOF_NORMALISE_QUALITY_NUMBER_DRAW_H
#define UNSPOOF_NORMALISE_QUALITY_NUMBER_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Texts that are drawn of a role and source, at most, and the bytes of each. */
#define NUMBER_DRAW_MOST 20000
#define NUMBER_DRAW_TEXT 120

/* Where a text stands, the first place that was met. */
struct drawn_place {
	uint64_t member, line;     /* as in struct place */
};

struct drawn_text {
	uint64_t hash;
	struct drawn_place place;
	uint32_t at, len;          /* in texts */
	int region;                /* of its national numbers, that of its account; 0: that of the source */
};

/* Zeroed is closed. */
struct number_draw {
	struct drawn_text *items;  /* by hash, once number_draw_end() was called */
	uint64_t *order;           /* what they are sorted by */
	size_t count;
	uint64_t limit;            /* hashes below it are drawn */
	uint64_t *last;            /* hashes met of late */
	struct buf texts, spare;
	uint64_t offered;          /* texts, with repetitions */
};

/* False: out of memory. Release also after a failure. */
bool number_draw_open(struct number_draw *draw);
void number_draw_release(struct number_draw *draw);

#define NUMBER_DRAW_LAST 32768

/* Counts a text of this hash: whether it is to be added. */
static inline bool number_draw_offer(struct number_draw *draw, uint64_t hash)
{
	draw->offered++;
	return hash < draw->limit && draw->last[hash % NUMBER_DRAW_LAST] != hash;
}

/* Adds what number_draw_offer() wants. False: out of memory. */
bool number_draw_add(struct number_draw *draw, uint64_t hash, struct text text,
		     struct drawn_place place, int region);
/* No more are added. */
bool number_draw_end(struct number_draw *draw);

/* The hash of a text, and of one that is a form and digits: fixed, for the draw is
 * a result. */
uint64_t number_draw_hash(struct text text);
static inline uint64_t number_draw_hash_form(int64_t form, int64_t value)
{
	/* The finaliser of MurmurHash3, in the public domain. */
	uint64_t hash = (uint64_t)value ^ (uint64_t)form * UINT64_C(0x9e3779b97f4a7c15);

	hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
	hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	return hash ^ hash >> 33;
}

static inline struct text number_draw_text(const struct number_draw *draw, size_t i)
{
	return (struct text){ draw->texts.data + draw->items[i].at, draw->items[i].len };
}

/* The hash of one that has a region of its own, and so another meaning. */
static inline uint64_t number_draw_hash_region(uint64_t hash, int region)
{
	return region ? number_draw_hash_form(region, (int64_t)hash) : hash;
}

/* How many distinct texts there are, as far as the draw tells. */
uint64_t number_draw_distinct(const struct number_draw *draw);

#endif
