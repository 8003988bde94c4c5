/* SPDX-License-Identifier: Apache-2.0 */
/* Places of items by hash, against a walk over all items. */
#include "base/table/hash_index.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

enum { MANY = 5000 };

struct table {
	struct hash_index index;
	uint64_t keys[MANY + 1];   /* by place, from 1 */
	uint32_t count;
	uint64_t mask;             /* of hashes: few bits, many that are alike */
};

/* The slot of a key, or the free one where it goes. */
static size_t seek(const struct table *t, uint64_t key, uint32_t *place)
{
	const uint64_t hash = key & t->mask;
	size_t at = hash_index_seek(&t->index, hash_index_begin(&t->index, hash), hash);

	while ((*place = hash_index_at(&t->index, at)) != 0 && t->keys[*place] != key)
		at = hash_index_seek(&t->index, hash_index_next(&t->index, at), hash);
	return at;
}

static bool add(struct table *t, uint64_t key)
{
	uint32_t place;
	size_t at;

	if (!hash_index_room(&t->index))
		return false;
	at = seek(t, key, &place);
	if (place)
		return true;
	t->keys[++t->count] = key;
	hash_index_set(&t->index, at, key & t->mask, t->count);
	return true;
}

static uint32_t place_by_hand(const struct table *t, uint64_t key)
{
	uint32_t place = t->count;

	while (place && t->keys[place] != key)
		place--;
	return place;
}

/* All keys are where they should be, and no others are. */
static bool right(const struct table *t)
{
	bool good = t->index.count == t->count && t->index.count <= t->index.mask - t->index.mask / 4;
	uint32_t place;

	for (uint64_t key = 0; key < 2000 && good; key++) {
		(void)seek(t, key * key * 977, &place);
		good = place == place_by_hand(t, key * key * 977);
	}
	return good;
}

static void test_random(uint64_t mask, size_t adds)
{
	static struct table t;
	uint64_t state = 5;
	bool good = true;

	memset(&t, 0, sizeof(t));
	t.mask = mask;
	good = hash_index_room(&t.index);
	for (size_t i = 0; i < adds && good; i++) {
		const uint64_t key = scratch_random(&state) % 2000;

		good = add(&t, key * key * 977);
	}
	OK(&tap, good && right(&t), "%u places by hashes of mask %llx", t.count, (unsigned long long)mask);
	hash_index_empty(&t.index);
	t.count = 0;
	good = right(&t) && add(&t, 5) && right(&t);
	OK(&tap, good, "none, and again from nothing");
	hash_index_release(&t.index);
	hash_index_release(&t.index);
}

/* What is said of the bytes is an upper bound of what is taken. */
static void test_size(void)
{
	struct hash_index index = { 0 };
	bool good = true;

	for (uint32_t i = 1; i < 40000 && good; i++) {
		const bool full = hash_index_full(&index);
		const size_t said = index.slots ? hash_index_size(&index) : 64 * sizeof(*index.slots);

		good = hash_index_room(&index) && (index.mask + 1) * sizeof(*index.slots) == said &&
		       (!full || index.count <= index.mask / 2);
		if (i > 200)
			good = good && said <= i * HASH_INDEX_SIZE;
		hash_index_set(&index, hash_index_seek(&index, i & index.mask, i), i, i);
	}
	OK(&tap, good, "the slots take what is said of them");
	hash_index_release(&index);
}

static bool fill(void *context)
{
	struct table *t = context;
	bool good = true;

	memset(t, 0, sizeof(*t));
	t->mask = UINT64_MAX;
	for (uint64_t i = 0; i < MANY && good; i++)
		good = add(t, i * 977);
	/* What was there before is there still. */
	if (!good && t->index.slots && t->count) {
		uint32_t place;

		(void)seek(t, t->keys[1], &place);
		if (place != 1)
			printf("Bail out! a refused allocation loses places\n");
	}
	hash_index_release(&t->index);
	return good;
}

int main(void)
{
	static struct table table;
	int refused;

	test_random(UINT64_MAX, 0);
	test_random(UINT64_MAX, 1);
	test_random(UINT64_MAX, 20000);
	test_random(0xffffffff00000000, 3000);   /* the lower half alone counts: all are alike */
	test_random(7, 3000);
	test_random(0xf000000f, 20000);
	test_size();
	refused = starve(fill, &table);
	OK(&tap, refused > 6, "%d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
