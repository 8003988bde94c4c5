/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting what a part holds: numbers by comparing, contacts by the place that
 * their number got. */
#include "correlate/settle.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct key {
	uint64_t number;
	uint32_t place;
};

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a;
	const struct key *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

int contact_compare(const void *a, const void *b)
{
	const struct contact *x = a;
	const struct contact *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->shows != y->shows)
		return x->shows < y->shows ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static struct key *sort_keys(const struct part *part, bool alone, size_t *count)
{
	struct key *keys = memory_array(NULL, part->count, sizeof(*keys));

	*count = 0;
	for (uint32_t i = 1; keys && i < part->count; i++) {
		if (alone && !part->items[i].long_calls)
			continue;
		keys[*count].number = part->items[i].number;
		keys[(*count)++].place = i;
	}
	if (*count > 1)
		qsort(keys, *count, sizeof(*keys), compare_keys);
	return keys;
}

/* The numbers in order; ranks[place] says where a number went. */
static bool order_numbers(struct settled *settled, const struct part *part,
			  const struct key *keys, uint32_t *ranks)
{
	settled->numbers = memory_array(NULL, settled->number_count,
					sizeof(*settled->numbers));
	for (size_t i = 0; settled->numbers && i < settled->number_count; i++) {
		settled->numbers[i] = part->items[keys[i].place];
		ranks[keys[i].place] = (uint32_t)i;
	}
	return settled->numbers != NULL;
}

/* Contacts by the rank of their number; ends[rank]: where they end. */
static bool place_contacts(struct settled *settled, const struct part *part,
			   const struct people *people, const uint32_t *ranks,
			   size_t *ends)
{
	size_t sum = 0;

	settled->contacts = memory_array(NULL, part->contact_count,
					 sizeof(*settled->contacts));
	if (!settled->contacts)
		return false;
	for (size_t i = 0; i < part->contact_count; i++)
		ends[ranks[part->contacts[i].place]]++;
	for (size_t rank = 0; rank < settled->number_count; rank++) {
		const size_t here = ends[rank];

		ends[rank] = sum;
		sum += here;
	}
	for (size_t i = 0; i < part->contact_count; i++) {
		const struct placed *from = &part->contacts[i];
		const uint32_t rank = ranks[from->place];
		struct contact *to = &settled->contacts[ends[rank]++];

		to->number = settled->numbers[rank].number;
		to->shows = from->shows;
		to->slot = people->slots[from->account];
		to->person = people->persons_of[to->slot];
	}
	return true;
}

/* Few contacts of one number are sorted faster so. */
#define INSERTED 24

static void sort_group(struct contact *contacts, size_t count)
{
	if (count > INSERTED) {
		qsort(contacts, count, sizeof(*contacts), contact_compare);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		const struct contact contact = contacts[i];
		size_t to = i;

		for (; to && contact_compare(&contacts[to - 1], &contact) > 0; to--)
			contacts[to] = contacts[to - 1];
		contacts[to] = contact;
	}
}

/* Sorts the contacts of each number, and drops repeats. */
static void sort_groups(struct settled *settled, const size_t *ends)
{
	struct contact *contacts = settled->contacts;
	size_t kept = 0;
	size_t next = 0;

	for (size_t rank = 0; rank < settled->number_count; rank++) {
		const size_t first = kept;

		sort_group(contacts + next, ends[rank] - next);
		for (; next < ends[rank]; next++)
			if (kept == first || contact_compare(&contacts[kept - 1],
							     &contacts[next]) != 0)
				contacts[kept++] = contacts[next];
	}
	settled->contact_count = kept;
}

bool settle(struct settled *settled, const struct part *part,
	    const struct people *people, bool alone)
{
	uint32_t *ranks = memory_array(NULL, part->count, sizeof(*ranks));
	size_t *ends = NULL;
	struct key *keys;
	bool good;

	memset(settled, 0, sizeof(*settled));
	keys = sort_keys(part, alone, &settled->number_count);
	good = ranks && keys && order_numbers(settled, part, keys, ranks);
	free(keys);
	if (good) {
		ends = calloc(settled->number_count + 1, sizeof(*ends));
		good = ends && place_contacts(settled, part, people, ranks,
					      ends);
	}
	if (good)
		sort_groups(settled, ends);
	free(ends);
	free(ranks);
	return good;
}

void settled_release(struct settled *settled)
{
	free(settled->numbers);
	free(settled->contacts);
	memset(settled, 0, sizeof(*settled));
}
