/* SPDX-License-Identifier: Apache-2.0 */
/* The cells and victims of struct calls, found or added one by one. */
#ifndef UNSPOOF_CORRELATE_CELLS_H
#define UNSPOOF_CORRELATE_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "correlate/calls.h"

/* Makes places 0: presented unknown, no cell, no victim. False: out of
 * memory. */
bool calls_begin(struct calls *calls);
/* The hash by which a cell is found. */
uint64_t cell_hash(uint64_t shows, uint32_t slot);
/* The cell of an account and what it shows, added when new; valid until the
 * next is added. NULL: out of memory. */
struct cell *calls_cell(struct calls *calls, uint32_t slot, uint64_t shows);
/* The victim of a number, added with this reading when new; valid until the
 * next is added. NULL: out of memory. */
struct victim *calls_add_victim(struct calls *calls, uint64_t number,
				int64_t reading);

#endif
