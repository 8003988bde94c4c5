/* SPDX-License-Identifier: Apache-2.0 */
/* plangen: faults and memory. */
#include <stdio.h>
#include <stdlib.h>

#include "normalise/plangen.h"

_Noreturn void plangen_fail(const char *message, const char *detail)
{
	fprintf(stderr, "plangen: %s: %s\n", message, detail);
	exit(EXIT_FAILURE);
}

void *plangen_room(void *items, size_t *capacity, size_t need, size_t size)
{
	size_t room = *capacity ? *capacity : 16;
	void *grown;

	if (need <= *capacity)
		return items;
	while (room < need)
		room *= 2;
	if (room > SIZE_MAX / size)
		plangen_fail("out of memory", "tables");
	grown = realloc(items, room * size);
	if (!grown)
		plangen_fail("out of memory", "tables");
	*capacity = room;
	return grown;
}

void ints_push(struct ints *array, int value)
{
	array->at = plangen_room(array->at, &array->capacity, array->len + 1, sizeof(*array->at));
	array->at[array->len++] = value;
}

void ints_append(struct ints *array, const struct ints *more)
{
	for (size_t i = 0; i < more->len; i++)
		ints_push(array, more->at[i]);
}

void ints_free(struct ints *array)
{
	free(array->at);
	*array = (struct ints){ NULL, 0, 0 };
}
