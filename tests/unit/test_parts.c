/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting by parts: what comes out is what went in, in order, whatever the memory. */
#include "base/sort/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "scratch.h"
#include "tap.h"

static struct tap tap;

/* The lead, what tells equals apart, and a sum. */
struct item {
	uint64_t lead;
	uint64_t next;
	uint64_t sum;
};

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->lead != y->lead)
		return x->lead < y->lead ? -1 : 1;
	return x->next < y->next ? -1 : x->next > y->next;
}

static void combine(void *sum, const void *part)
{
	((struct item *)sum)->sum += ((const struct item *)part)->sum;
}

static const struct record_kind apart = { sizeof(struct item), compare, NULL, true };
static const struct record_kind combined = { sizeof(struct item), compare, combine, true };

enum { ITEMS = 200000, THREADS = 3 };

/* How leads are drawn. */
enum draw { SPREAD, CLUSTERED, EQUAL, FEW, DRAWS };

static const char *const names[DRAWS] = { "spread", "clustered", "equal", "few" };

static uint64_t draw_lead(enum draw draw, unsigned bits, uint64_t *state)
{
	const uint64_t all = scratch_random(state) >> (64 - bits);

	switch (draw) {
	case SPREAD:
		return all;
	case CLUSTERED:
		return (all & 0xffff) | (UINT64_C(1) << (bits - 1));
	case EQUAL:
		return UINT64_C(3) << (bits - 8);
	default:
		return all & (UINT64_C(7) << (bits - 3));
	}
}

struct putter {
	struct parts *parts;
	const struct item *items;
	unsigned thread;
	bool good;
};

static void *put_share(void *context)
{
	struct putter *putter = context;

	putter->good = true;
	for (size_t i = putter->thread; i < ITEMS && putter->good; i += THREADS)
		putter->good = parts_put(putter->parts, putter->thread, &putter->items[i]);
	return NULL;
}

static bool put_all(struct parts *parts, const struct item *items)
{
	struct putter putters[THREADS];
	pthread_t threads[THREADS];
	bool good = true;

	for (unsigned i = 0; i < THREADS; i++) {
		putters[i] = (struct putter){ parts, items, i, false };
		if (pthread_create(&threads[i], NULL, put_share, &putters[i]) != 0)
			return false;
	}
	for (unsigned i = 0; i < THREADS; i++) {
		(void)pthread_join(threads[i], NULL);
		good &= putters[i].good;
	}
	return good;
}

/* Compares what comes out with the sorted items, those that are equal as one. */
static bool matches(struct parts *parts, const struct item *sorted, size_t *read)
{
	const struct item *item;
	size_t i = 0;

	for (*read = 0; (item = parts_next(parts)); ++*read) {
		struct item wanted;

		if (i == ITEMS)
			return false;
		wanted = sorted[i++];
		while (parts->kind->combine && i < ITEMS && compare(&wanted, &sorted[i]) == 0)
			wanted.sum += sorted[i++].sum;
		if (memcmp(item, &wanted, sizeof(wanted)) != 0)
			return false;
	}
	return i == ITEMS && !parts_broken(parts);
}

static void test_order(enum draw draw, unsigned bits, uint64_t memory, const struct record_kind *kind)
{
	struct item *items = malloc(ITEMS * sizeof(*items));
	struct parts parts = { 0 };
	struct spill spill;
	uint64_t state = 7 + draw;
	size_t read = 0;
	bool good;

	for (size_t i = 0; i < ITEMS; i++)
		items[i] = (struct item){ draw_lead(draw, bits, &state),
					  kind->combine ? scratch_random(&state) % 5 : i, scratch_random(&state) % 100 };
	good = spill_open(&spill, ".") && parts_open(&parts, kind, &spill, memory, THREADS, bits) &&
	       put_all(&parts, items) && parts_begin(&parts);
	qsort(items, ITEMS, sizeof(*items), compare);
	good = good && matches(&parts, items, &read);
	OK(&tap, good, "%s leads of %u bits within %llu bytes%s: %zu records", names[draw], bits,
	   (unsigned long long)memory, kind->combine ? ", combined" : "", read);
	OK(&tap, (memory < (1 << 20)) == (spill.file >= 0), "the file is used where there is little memory");
	parts_close(&parts);
	parts_close(&parts);
	spill_close(&spill);
	free(items);
}

static void test_empty(void)
{
	struct parts parts = { 0 };
	struct spill spill;

	OK(&tap, spill_open(&spill, ".") && parts_open(&parts, &apart, &spill, 0, 1, 64) && parts_begin(&parts) &&
		   !parts_next(&parts) && !parts_next(&parts) && !parts_broken(&parts),
	   "nothing was put: nothing comes");
	parts_close(&parts);
	spill_close(&spill);
}

/* Where the file cannot be made. */
static void test_no_file(void)
{
	const struct item item = { 1, 2, 3 };
	struct parts parts = { 0 };
	struct spill spill;
	bool good = spill_open(&spill, "/nonexistent/directory") && parts_open(&parts, &apart, &spill, 0, 1, 64);

	for (size_t i = 0; i < 1000 && good; i++)
		good = parts_put(&parts, 0, &item);
	OK(&tap, !good && spill.error != 0, "no file, no more records");
	parts_close(&parts);
	spill_close(&spill);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	for (enum draw draw = SPREAD; draw < DRAWS; draw++) {
		test_order(draw, 64, UINT64_C(1) << 28, &apart);
		test_order(draw, 64, 1 << 18, &apart);
		test_order(draw, 33, 1 << 18, &combined);
		test_order(draw, 33, UINT64_C(1) << 28, &combined);
	}
	test_empty();
	test_no_file();
	scratch_leave(folder);
	return tap_done(&tap);
}
