/* SPDX-License-Identifier: Apache-2.0 */
/* Records put into order by their leads, against qsort(): what leads them decides only how fast it is. */
#include "base/sort/record_order.h"

#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

struct item {
	uint64_t lead, next;
	char rest[64];             /* to be moved */
};

struct large {
	struct item item;
	char rest[400];            /* more than is inserted */
};

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->lead != y->lead)
		return x->lead < y->lead ? -1 : 1;
	return x->next < y->next ? -1 : x->next > y->next;
}

static const struct record_kind kinds[] = {
	{ sizeof(struct item), compare, NULL, true },
	{ sizeof(struct item), compare, NULL, false },
	{ sizeof(struct large), compare, NULL, true },
	{ 16, compare, NULL, true },
};

/* How leads are drawn: the last differ in their lowest bits alone, but for one. */
enum draw { SPREAD, EQUAL, FEW, FALLING, LOW, DRAWS };
static const char *const names[DRAWS] = { "spread", "equal", "few", "falling", "low" };

static uint64_t draw_lead(enum draw draw, size_t i, uint64_t *state)
{
	const uint64_t all = scratch_random(state);

	switch (draw) {
	case SPREAD:
		return all;
	case EQUAL:
		return 3;
	case FEW:
		return all & UINT64_C(7) << 61;
	case FALLING:
		return UINT64_MAX - i;
	default:
		return i == 0 ? UINT64_MAX : all & 0xff;
	}
}

static char *make(const struct record_kind *kind, enum draw draw, size_t count)
{
	char *records = malloc(count * kind->size + 1);
	uint64_t state = 11 + draw + count;

	for (size_t i = 0; i < count; i++) {
		struct item item = { draw_lead(draw, i, &state), (i + 5) * 7919 % 10007, "" };
		char *record = records + i * kind->size;

		memset(item.rest, (int)(i & 0x7f), sizeof(item.rest));
		memset(record, (int)(i & 0x7f), kind->size);
		memcpy(record, &item, kind->size < sizeof(item) ? kind->size : sizeof(item));
	}
	return records;
}

static bool is_right(const struct record_kind *kind, enum draw draw, size_t count)
{
	char *records = make(kind, draw, count), *wanted = make(kind, draw, count);
	bool same;

	qsort(wanted, count, kind->size, compare);
	records_order(kind, records, count);
	same = memcmp(records, wanted, count * kind->size) == 0;
	free(records);
	free(wanted);
	return same;
}

/* A copy, or none where memory is refused. */
static bool copies(void *context)
{
	const char *records = context;
	char *ordered = records_ordered(&kinds[0], records, 3000);
	const bool good = ordered != NULL;

	free(ordered);
	return good;
}

int main(void)
{
	static const size_t counts[] = { 0, 1, 2, 16, 17, 100, 3000, 10000 };

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (enum draw draw = SPREAD; draw < DRAWS; draw++) {
			bool good = true;

			for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]); c++)
				good = good && is_right(&kinds[k], draw, counts[c]);
			OK(&tap, good, "%s leads of records of %zu bytes%s", names[draw], kinds[k].size,
			   kinds[k].leads ? "" : ", which do not lead");
		}
	{
		char *records = make(&kinds[0], SPREAD, 3000);

		OK(&tap, starve(copies, records) > 2, "memory that is refused is noticed");
		free(records);
	}
	return tap_done(&tap);
}
