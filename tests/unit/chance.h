/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers of the tests: the same ones for the same seed, everywhere. */
#ifndef UNSPOOF_TESTS_UNIT_CHANCE_H
#define UNSPOOF_TESTS_UNIT_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The state is the seed. */
struct chance {
	uint64_t state;
};

/* SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
static inline uint64_t chance_next(struct chance *chance)
{
	uint64_t mixed = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

/* A number from 0 to limit-1; limit is not 0. */
static inline size_t chance_below(struct chance *chance, size_t limit)
{
	return (size_t)(((chance_next(chance) >> 32) * (uint64_t)limit) >> 32);
}

/* True in percent of a hundred cases. */
static inline bool chance_of(struct chance *chance, unsigned percent)
{
	return chance_below(chance, 100) < percent;
}

/* One of the items of an array. */
#define CHANCE_PICK(chance, array) ((array)[chance_below((chance), sizeof(array) / sizeof((array)[0]))])

#endif
