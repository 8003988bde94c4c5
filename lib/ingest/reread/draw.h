/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing rows by a seed: each set of so many rows is as likely as any other, and
 * no memory is needed for them. */
#ifndef UNSPOOF_INGEST_REREAD_DRAW_H
#define UNSPOOF_INGEST_REREAD_DRAW_H

#include <stdbool.h>
#include <stdint.h>

/* Members are the module's own. */
struct draw {
	uint64_t state;
	uint64_t wanted;    /* rows still to be chosen */
	uint64_t rows;      /* rows still to come */
};

/* To choose `wanted` of `rows` rows, all where there are no more, by a seed and by
 * what else tells one choice from others, such as the id of a source. The same are
 * chosen on every machine: unspoof-verify(1) says how. */
void draw_open(struct draw *draw, uint64_t seed, uint64_t id, uint64_t wanted,
	       uint64_t rows);
/* Whether the next row is chosen; behind the last none is. */
bool draw_next(struct draw *draw);

#endif
