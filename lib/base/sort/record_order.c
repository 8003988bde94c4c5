/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting by leads: a radix sort of their upper bits and places, then what is equal so. */
#include "base/sort/record_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

/* Below it are the numbers of records; the bits from it on are two digits of radix_sort(). */
#define LEAD_BIT 42
/* Few records are sorted faster by insertion, if they are no larger than that. */
#define INSERTED 16
#define INSERTED_SIZE 256

/* The least lead, and the greatest. */
static uint64_t look_at(const struct record_kind *kind, const char *records, size_t count, uint64_t *least)
{
	uint64_t most = 0;

	*least = UINT64_MAX;
	for (size_t i = 0; i < count; i++) {
		const uint64_t lead = record_lead(records + i * kind->size);

		*least = lead < *least ? lead : *least;
		most = lead > most ? lead : most;
	}
	return most;
}

static void insert(const struct record_kind *kind, char *records, size_t count)
{
	const size_t size = kind->size;
	char held[INSERTED_SIZE];

	for (size_t i = 1; i < count; i++) {
		const char *record = records + i * size;
		size_t to = i;

		while (to && kind->compare(records + (to - 1) * size, record) > 0)
			to--;
		if (to == i)
			continue;
		record_copy(held, record, size);
		memmove(records + (to + 1) * size, records + to * size, (i - to) * size);
		record_copy(records + to * size, held, size);
	}
}

void records_order(const struct record_kind *kind, char *records, size_t count)
{
	char *ordered = NULL;
	uint64_t least;

	if (count <= INSERTED && kind->size <= INSERTED_SIZE) {
		insert(kind, records, count);
		return;
	}
	if (kind->leads && look_at(kind, records, count, &least) != least)
		ordered = records_ordered(kind, records, count);
	if (ordered)
		memcpy(records, ordered, count * kind->size);
	else if (count > 1)
		qsort(records, count, kind->size, kind->compare);
	free(ordered);
}

/* Those of the same upper bits, which are fewer than all unless all leads are equal. */
static void order_equals(const struct record_kind *kind, char *records, const uint64_t *places, size_t count)
{
	for (size_t from = 0, end; from < count; from = end) {
		for (end = from + 1; end < count && places[end] >> LEAD_BIT == places[from] >> LEAD_BIT; end++)
			;
		if (end - from > 1)
			records_order(kind, records + from * kind->size, end - from);
	}
}

char *records_ordered(const struct record_kind *kind, const char *records, size_t count)
{
	const uint64_t mask = (UINT64_C(1) << LEAD_BIT) - 1;
	uint64_t *places = memory_array(NULL, count, sizeof(*places)), least;
	char *ordered = memory_array(NULL, count, kind->size);
	const uint64_t most = look_at(kind, records, count, &least);
	const unsigned shift = (unsigned)__builtin_clzll((most - least) | 1);
	bool good = places && ordered;

	for (size_t i = 0; i < count && good; i++)
		places[i] = ((record_lead(records + i * kind->size) - least) << shift & ~mask) | i;
	good = good && radix_sort_from(places, count, LEAD_BIT);
	for (size_t i = 0; i < count && good; i++)
		record_copy(ordered + i * kind->size, records + (places[i] & mask) * kind->size, kind->size);
	if (good)
		order_equals(kind, ordered, places, count);
	free(places);
	if (good)
		return ordered;
	free(ordered);
	return NULL;
}
