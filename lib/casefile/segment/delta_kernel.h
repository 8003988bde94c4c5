/* SPDX-License-Identifier: Apache-2.0 */
/* The work on every row of a column that is a delta, several rows at a
 * time where the machine can. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_DELTA_KERNEL_H
#define UNSPOOF_CASEFILE_SEGMENT_DELTA_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cpu.h"
#include "base/time/clock.h"

/* Where the talk of a row comes from: its value in one of three columns. */
struct delta_talks {
	const int64_t *flags;           /* see call_flag.h */
	const int64_t *found[3];        /* NULL: nothing of that role was found */
	int64_t from[3];                /* what CALL_TALK_MASK leaves for each */
};

struct delta_kernel {
	/* The found values that are not below 0 and below DELTA_MOST; else 0. */
	void (*bounded)(const int64_t *found, uint32_t rows, int64_t *basis);
	/* The times that found digits say; see delta.h. */
	void (*clocks)(const int64_t *found, uint32_t rows, int64_t *basis);
	/* The values that the flags of each row name, bounded. */
	void (*talks)(const struct delta_talks *talks, uint32_t rows,
		      int64_t *basis);
	/* Adds factors[i] * basis[i] to values[i], modulo 2^64. */
	void (*apply)(int64_t *values, const int64_t *factors,
		      const int64_t *basis, uint32_t rows);
	/* The same with one factor for all. */
	void (*more)(int64_t *values, int64_t factor, const int64_t *basis, uint32_t rows);
	/* rest[i] is values[i] less factor * basis[i], modulo 2^64; the factor is above 0 and
	 * below 2^31. */
	void (*less)(const int64_t *values, int64_t factor,
		     const int64_t *basis, uint32_t rows, int64_t *rest);
};

/* Those for a level that cpu_has(). All give the same. */
const struct delta_kernel *delta_kernel_choose(enum cpu_level level);
/* The fastest. */
const struct delta_kernel *delta_kernel_fastest(void);

/* For delta_kernel_choose(), where CPU_X86. */
extern const struct delta_kernel delta_kernel_avx2;

/* What clocks() does to one value; the day is that of the last that was a clock. */
int64_t delta_clock(struct clock_day *day, int64_t digits);
/* What bounded() does to one value. */
int64_t delta_bounded(int64_t value);

#endif
