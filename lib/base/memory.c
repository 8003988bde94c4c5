/* SPDX-License-Identifier: Apache-2.0 */
/* Allocation with the arithmetic checked. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE     /* madvise() */
#endif
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Blocks below it are left to the allocator; a large page of most machines is half of it. */
#define LARGE_LEAST ((size_t)4 << 20)
/* No page is smaller. */
#define PAGE ((size_t)4096)

void *memory_array(void *old, size_t count, size_t size)
{
	if (count == 0)
		count = 1;
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return realloc(old, count * size);
}

/* Whether the system follows is all the same: what is asked for is there. */
static void ask_for_large_pages(char *block, size_t len)
{
#ifdef MADV_HUGEPAGE
	const size_t skipped = (PAGE - (uintptr_t)block % PAGE) % PAGE;

	if (len >= LARGE_LEAST)
		(void)madvise(block + skipped, (len - skipped) / PAGE * PAGE, MADV_HUGEPAGE);
#else
	(void)block;
	(void)len;
#endif
}

void *memory_large(size_t count, size_t size)
{
	void *block = memory_array(NULL, count, size);

	if (block)
		ask_for_large_pages(block, count * size);
	return block;
}

void *memory_large_zeroed(size_t count, size_t size)
{
	void *block = memory_large(count, size);

	if (block)
		memset(block, 0, count * size);
	return block;
}

bool memory_room_within(void **items, size_t *capacity, size_t need, size_t most,
			size_t size)
{
	size_t wanted = *capacity;
	void *block;

	if (need <= wanted)
		return true;
	wanted = wanted > SIZE_MAX / 2 ? need : wanted + wanted / 2 + 16;
	if (wanted > most)
		wanted = most;
	if (wanted < need)
		wanted = need;
	block = memory_array(*items, wanted, size);
	if (!block)
		return false;
	*items = block;
	*capacity = wanted;
	return true;
}

bool memory_room(void **items, size_t *capacity, size_t need, size_t size)
{
	return memory_room_within(items, capacity, need, SIZE_MAX, size);
}

char *memory_text(const char *data, size_t len)
{
	char *copy = memory_array(NULL, len + 1, 1);

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}
