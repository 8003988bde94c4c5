/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing rows by a seed: Knuth's algorithm S, on numbers of SplitMix64. */
#include "ingest/reread/draw.h"

#include "base/digest/mix.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

void draw_open(struct draw *draw, uint64_t seed, uint64_t id, uint64_t wanted,
	       uint64_t rows)
{
	/* Mixed, so that the numbers of one id are not those of the next. */
	draw->state = mix_number(seed ^ mix_number(id * GOLDEN));
	draw->wanted = wanted < rows ? wanted : rows;
	draw->rows = rows;
}

/* A number below most, each as likely: what would favour the lower ones is drawn
 * again. */
static uint64_t below(struct draw *draw, uint64_t most)
{
	const uint64_t excess = (UINT64_MAX - most + 1) % most;
	uint64_t number;

	do {
		draw->state += GOLDEN;
		number = mix_number(draw->state);
	} while (number < excess);
	return number % most;
}

bool draw_next(struct draw *draw)
{
	bool chosen;

	if (draw->rows == 0 || draw->wanted == 0)
		return false;
	chosen = below(draw, draw->rows) < draw->wanted;
	draw->rows--;
	draw->wanted -= chosen;
	return chosen;
}
