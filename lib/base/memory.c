/* SPDX-License-Identifier: Apache-2.0 */
/* Allocation with the arithmetic checked. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *memory_array(void *old, size_t count, size_t size)
{
	if (count == 0)
		count = 1;
	if (size != 0 && count > SIZE_MAX / size)
		return NULL;
	return realloc(old, count * size);
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
