/* SPDX-License-Identifier: Apache-2.0 */
/* Which country an account is of. */
#include "normalise/countries.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CONTRADICTED (-1)

/* What is written where ISO 3166's two letters are meant. */
static const struct {
	const char *name;
	const char *region;
} others[] = {
	{ "UK", "GB" },           { "GBR", "GB" }, { "United Kingdom", "GB" }, { "Great Britain", "GB" },
	{ "USA", "US" },          { "United States", "US" }, { "United States of America", "US" },
};

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

int country_region(const struct numplan *plan, struct text name)
{
	char letters[2];

	name = text_trim(name);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (text_is_fold(name, others[i].name))
			return numplan_region(plan, others[i].region, 2);
	if (name.len != sizeof(letters))
		return 0;
	letters[0] = upper(name.data[0]);
	letters[1] = upper(name.data[1]);
	return numplan_region(plan, letters, sizeof(letters));
}

bool countries_add(struct countries *countries, int64_t key, int region, bool *second)
{
	const size_t place = (size_t)key;
	void *items = countries->regions;

	*second = false;
	if (!memory_room(&items, &countries->capacity, place + 1, sizeof(*countries->regions)))
		return false;
	countries->regions = items;
	for (; countries->count <= place; countries->count++)
		countries->regions[countries->count] = 0;
	*second = countries->regions[place] != 0 && countries->regions[place] != region;
	countries->regions[place] = (int16_t)(*second ? CONTRADICTED : region);
	return true;
}

int countries_of(const struct countries *countries, int64_t key, int otherwise)
{
	if (key < 1 || (uint64_t)key >= countries->count || countries->regions[key] < 1)
		return otherwise;
	return countries->regions[key];
}

void countries_release(struct countries *countries)
{
	free(countries->regions);
	memset(countries, 0, sizeof(*countries));
}
