/* SPDX-License-Identifier: Apache-2.0 */
/* Which country an account is of. */
#include "normalise/countries.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "number/plan/region.h"

#define CONTRADICTED (-1)

int country_region(const struct numplan *plan, struct text name)
{
	const char *region = region_written(name);

	return region ? numplan_region(plan, region, strlen(region)) : 0;
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

bool countries_settle(struct countries *countries, const struct dictionary *names)
{
	void *named = memory_array(countries->named, countries->count, sizeof(*countries->named));

	if (!named)
		return false;
	countries->named = named;
	dictionary_clear(&countries->names);
	for (size_t key = 1; key < countries->count && key <= names->count; key++) {
		uint32_t number;

		if (countries->regions[key] < 1)
			continue;
		number = dictionary_add(&countries->names, dictionary_text(names, (uint32_t)key - 1));
		if (number == DICTIONARY_NONE)
			return false;
		countries->named[number] = countries->regions[key];
	}
	return true;
}

bool countries_known(const struct countries *countries)
{
	return countries->names.count > 0;
}

int countries_of(const struct countries *countries, struct text name, int otherwise)
{
	const uint32_t number = name.data ? dictionary_find(&countries->names, name) : DICTIONARY_NONE;

	return number == DICTIONARY_NONE ? otherwise : countries->named[number];
}

int countries_of_key(const struct countries *countries, int64_t key)
{
	const bool known = key > 0 && (uint64_t)key < countries->count;

	return known && countries->regions[key] > 0 ? countries->regions[key] : 0;
}

void countries_release(struct countries *countries)
{
	free(countries->regions);
	free(countries->named);
	dictionary_release(&countries->names);
	memset(countries, 0, sizeof(*countries));
}
