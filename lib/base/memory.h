/* SPDX-License-Identifier: Apache-2.0 */
/* Allocation with the arithmetic checked. */
#ifndef UNSPOOF_BASE_MEMORY_H
#define UNSPOOF_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* realloc for count items of size bytes; NULL when that overflows or there is
 * no memory, and then the old block stands. count 0 gives a block of one. */
void *memory_array(void *old, size_t count, size_t size);

/* The same for what is large and written all over: in pages as large as the system has,
 * where it gives them, for each page costs time when it is first written. */
void *memory_large(size_t count, size_t size);
/* Zeroed. */
void *memory_large_zeroed(size_t count, size_t size);

/* Makes room for at least need items in *items, whose capacity *capacity grows
 * by half. The caller frees *items. False: out of memory, nothing changed. */
bool memory_room(void **items, size_t *capacity, size_t need, size_t size);

/* The same with a capacity of most items at most; need is no more than that. */
bool memory_room_within(void **items, size_t *capacity, size_t need, size_t most,
			size_t size);

/* A NUL-terminated copy of len bytes, the caller frees it; NULL: no memory. */
char *memory_text(const char *data, size_t len);

#endif
