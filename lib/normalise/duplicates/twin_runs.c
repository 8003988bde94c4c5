/* SPDX-License-Identifier: Apache-2.0 */
/* Records of several threads for one sorter. */
#include "normalise/duplicates/twin_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/radix.h"

#define RECORDS_LEAST 64
#define RECORDS_MOST (1 << 20)
/* Below it are the numbers of records; the bits from it on are three digits of radix_sort(). */
#define LEAD_BIT 31

void twin_runs_open(struct twin_runs *runs, struct sorter *sorter, uint64_t memory,
		    unsigned threads)
{
	const uint64_t share = memory / 4 / threads / sorter->kind->size;

	memset(runs, 0, sizeof(*runs));
	runs->sorter = sorter;
	runs->memory = memory / 2;
	runs->most = share < RECORDS_LEAST  ? RECORDS_LEAST
		     : share > RECORDS_MOST ? RECORDS_MOST
					    : (size_t)share;
}

/* ---- sorting ---- */

static uint64_t lead_of(const char *record)
{
	uint64_t lead;

	memcpy(&lead, record, sizeof(lead));
	return lead;
}

/* Upper bits that no lead has. */
static unsigned spare_bits(const struct record_kind *kind, const char *records, size_t count)
{
	uint64_t all = 1;

	for (size_t i = 0; i < count; i++)
		all |= lead_of(records + i * kind->size);
	return (unsigned)__builtin_clzll(all);
}

/* Most that are equal so are two. */
static void order_two(const struct record_kind *kind, char *records)
{
	char *second = records + kind->size;

	if (kind->compare(records, second) <= 0)
		return;
	for (size_t i = 0; i < kind->size; i++) {
		const char swap = records[i];

		records[i] = second[i];
		second[i] = swap;
	}
}

/* A copy of the records in order: by the upper bits of their leads at once, then those that
 * are equal so, whose numbers are in order already. NULL: no memory. */
static char *order(const struct record_kind *kind, const char *records, size_t count)
{
	const uint64_t mask = (UINT64_C(1) << LEAD_BIT) - 1;
	const unsigned shift = spare_bits(kind, records, count);
	uint64_t *places = memory_array(NULL, count, sizeof(*places));
	char *ordered = memory_array(NULL, count, kind->size);
	bool good = places && ordered;

	for (size_t i = 0; i < count && good; i++)
		places[i] = (lead_of(records + i * kind->size) << shift & ~mask) | i;
	good = good && radix_sort_from(places, count, LEAD_BIT);
	for (size_t i = 0; i < count && good; i++)
		memcpy(ordered + i * kind->size, records + (places[i] & mask) * kind->size,
		       kind->size);
	for (size_t from = 0, end; from < count && good; from = end) {
		for (end = from + 1; end < count && (places[end] & ~mask) == (places[from] & ~mask);
		     end++)
			;
		if (end - from == 2)
			order_two(kind, ordered + from * kind->size);
		else if (end - from > 2)
			qsort(ordered + from * kind->size, end - from, kind->size, kind->compare);
	}
	free(places);
	if (good)
		return ordered;
	free(ordered);
	return NULL;
}

/* Combines equals, which are next to one another; gives how many are left. */
static size_t combine(const struct record_kind *kind, char *records, size_t count)
{
	size_t kept = count != 0;

	for (size_t i = 1; i < count; i++) {
		char *record = records + i * kind->size;
		char *last = records + (kept - 1) * kind->size;

		if (kind->combine && kind->compare(last, record) == 0)
			kind->combine(last, record);
		else
			memmove(records + kept++ * kind->size, record, kind->size);
	}
	return kept;
}

/* ---- runs ---- */

/* Sorts what a thread gathered; it stays in memory where there is room. */
static bool flush(struct twin_runs *runs, struct twin_held *held)
{
	const size_t size = runs->sorter->kind->size;
	size_t count = held->count;
	char *records = count ? order(runs->sorter->kind, held->records, count) : NULL;

	held->count = 0;
	if (!records)
		return count == 0;
	count = combine(runs->sorter->kind, records, count);
	if (atomic_fetch_add(&runs->kept, count * size) + count * size > runs->memory) {
		const bool good = sorter_spill(runs->sorter, records, count);

		(void)atomic_fetch_sub(&runs->kept, count * size);
		free(records);
		return good;
	}
	return sorter_keep(runs->sorter, records, count);
}

bool twin_runs_put(struct twin_runs *runs, unsigned thread, const void *record)
{
	struct twin_held *held = &runs->held[thread];
	const size_t size = runs->sorter->kind->size;

	if (held->count == runs->most && !flush(runs, held))
		return false;
	if (!held->records)
		held->records = memory_array(NULL, runs->most, size);
	if (!held->records)
		return false;
	memcpy(held->records + held->count++ * size, record, size);
	return true;
}

bool twin_runs_end(struct twin_runs *runs)
{
	bool good = true;

	for (unsigned i = 0; i < TWIN_WORKERS && good; i++)
		good = !runs->held[i].records || flush(runs, &runs->held[i]);
	return good;
}

void twin_runs_close(struct twin_runs *runs)
{
	for (unsigned i = 0; i < TWIN_WORKERS; i++) {
		free(runs->held[i].records);
		runs->held[i].records = NULL;
	}
}
