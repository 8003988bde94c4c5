/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting many integers at once. */
#ifndef UNSPOOF_BASE_SORT_RADIX_H
#define UNSPOOF_BASE_SORT_RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts values, the least first. False: no memory, which takes as much again as
 * they do; they are all there then, in some order. */
bool radix_sort(uint64_t *values, size_t count);
/* The same by their bits from this one on, 0 to 63; those that are equal so stay in the
 * order in which they are. */
bool radix_sort_from(uint64_t *values, size_t count, unsigned first);
/* The same with memory of the caller's, count integers, which are of no use behind it. */
void radix_sort_in(uint64_t *values, uint64_t *room, size_t count, unsigned first);

#endif
