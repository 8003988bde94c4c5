/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a column whose values lie between two, many rows at a time where the machine can. */
#ifndef UNSPOOF_CASEFILE_COLUMN_BETWEEN_H
#define UNSPOOF_CASEFILE_COLUMN_BETWEEN_H

#include <stdint.h>

#include "base/cpu.h"

/* Puts the numbers of the rows, from 0, whose values are low or more and low + span or less,
 * modulo 2^64, in at, which has room for all; gives how many. */
typedef uint32_t between_rows(const int64_t *values, uint32_t rows, int64_t low, uint64_t span,
			      uint32_t *at);

/* That for a level that cpu_has(); all give the same. */
between_rows *between_choose(enum cpu_level level);
/* The fastest. */
between_rows *between_fastest(void);

/* For between_choose(): the last where CPU_X86. */
between_rows between_plain, between_avx2;

#endif
