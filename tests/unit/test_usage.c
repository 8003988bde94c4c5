/* SPDX-License-Identifier: Apache-2.0 */
/* Calls added up by account and what it presented, against a list of them all. */
#include "correlate/calls/usage.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

enum { OWNERS = 40, KEYS = 60 };

static uint64_t key_at(size_t i)
{
	return i ? presented_key_of(442079460000 + i * i, 0) : 0;
}

static struct usage usage_at(uint64_t *state)
{
	return (struct usage){
		.presented_key = key_at(scratch_random(state) % KEYS), .owner = (uint32_t)(scratch_random(state) % OWNERS),
		.calls = 1, .answered = scratch_random(state) & 1, .long_calls = scratch_random(state) & 1,
		.reading = (uint32_t)(scratch_random(state) % 5),
		.called = { (int64_t)(scratch_random(state) % 1000), 1000 + (int64_t)(scratch_random(state) % 1000) },
		.cost = (i128)(scratch_random(state) % 2000) - 500,
	};
}

/* The sum of a list that are of one owner and key. */
static struct usage sum_of(const struct usage *all, size_t count, uint32_t owner, uint64_t key)
{
	struct usage sum = { .presented_key = key, .owner = owner, .called = PERIOD_NONE };

	for (size_t i = 0; i < count; i++) {
		if (all[i].owner != owner || all[i].presented_key != key)
			continue;
		sum.calls += all[i].calls;
		sum.answered += all[i].answered;
		sum.long_calls += all[i].long_calls;
		if (all[i].reading && (!sum.reading || all[i].reading < sum.reading))
			sum.reading = all[i].reading;
		if (all[i].called.first < sum.called.first)
			sum.called.first = all[i].called.first;
		if (all[i].called.last > sum.called.last)
			sum.called.last = all[i].called.last;
		sum.cost += all[i].cost;
	}
	return sum;
}

static bool equal(const struct usage *a, const struct usage *b)
{
	return a->presented_key == b->presented_key && a->owner == b->owner && a->calls == b->calls && a->answered == b->answered &&
	       a->long_calls == b->long_calls && a->reading == b->reading && a->called.first == b->called.first &&
	       a->called.last == b->called.last && a->cost == b->cost;
}

static bool add(struct usage_table *table, const struct usage *usage)
{
	const uint64_t hash = usage_hash(&table->index, usage->presented_key, usage->owner);
	const uint32_t guess = usage_table_guess(table, hash);
	struct usage *at = usage_table_at(table, usage->owner, usage->presented_key, hash);

	/* A guess is a place that is there, or none. */
	if (!at || guess >= table->count)
		return false;
	usage_add(at, usage);
	return true;
}

/* Accounts as slots the other way round, and three persons. */
static uint32_t slots[OWNERS], persons_of[OWNERS];
static const struct persons persons = { .accounts = OWNERS - 1, .count = 3, .slots = slots, .persons_of = persons_of };

static bool before(const struct ordered_usage *a, const struct ordered_usage *b)
{
	if (a->person != b->person)
		return a->person < b->person;
	if (a->usage.owner != b->usage.owner)
		return a->usage.owner < b->usage.owner;
	return a->order != b->order ? a->order < b->order : a->rank < b->rank;
}

static bool opened(struct spill *spill, struct sorter *sorter)
{
	memset(sorter, 0, sizeof(*sorter));
	return spill_open(spill, ".") && sorter_open(sorter, &ordered_usage_kind, spill, 1 << 20);
}

static bool order(const struct usage_table *table, struct sorter *sorter, size_t memory)
{
	const struct presented_texts none = { 0 };
	const struct usage_order_given given = { &none, &persons, sorter, memory };
	uint32_t currency;
	bool missing = true;

	return usage_table_order(table, &given, &currency, &missing) && !missing;
}

/* Within the memory, or in the file. */
static bool ordered(const struct usage_table *table, const struct usage *all, size_t count, size_t memory)
{
	const struct ordered_usage *next;
	struct ordered_usage last = { .order = 0 };
	struct spill spill;
	struct sorter sorter;
	size_t i = 0;
	bool good = opened(&spill, &sorter) && order(table, &sorter, memory) && sorter_begin(&sorter);

	for (; good && (next = sorter_next(&sorter)); i++, last = *next) {
		struct usage want;
		uint32_t owner = 0;

		while (owner < OWNERS && slots[owner] != next->usage.owner)
			owner++;
		want = sum_of(all, count, owner, next->usage.presented_key);
		want.owner = slots[owner];
		good = equal(&next->usage, &want) && next->person == persons_of[slots[owner]] && (i == 0 || before(&last, next));
	}
	good = good && i + 1 == table->count && (spill.file >= 0) == (i && memory == 0);
	sorter_close(&sorter);
	spill_close(&spill);
	return good;
}

static void test_random(size_t count)
{
	struct usage *all = calloc(count + 1, sizeof(*all));
	struct usage_table table;
	uint64_t state = count + 3;
	size_t distinct = 0;
	bool good = all && usage_table_open(&table, OWNERS * KEYS + 2);

	for (size_t i = 0; i < count && good; i++) {
		all[i] = usage_at(&state);
		good = add(&table, &all[i]);
	}
	for (uint32_t owner = 0; owner < OWNERS && good; owner++)
		for (size_t k = 0; k < KEYS && good; k++) {
			const struct usage want = sum_of(all, count, owner, key_at(k));

			if (!want.calls)
				continue;
			distinct++;
			good = equal(usage_table_at(&table, owner, key_at(k), usage_hash(&table.index, key_at(k), owner)), &want);
		}
	OK(&tap, good && table.count == distinct + 1, "%zu calls: %zu usages", count, distinct);
	OK(&tap, good && ordered(&table, all, count, 1 << 20) && ordered(&table, all, count, 0), "in order");
	usage_table_empty(&table);
	OK(&tap, table.count == 1 && add(&table, &(struct usage){ .calls = 5, .called = { 1, 1 } }) && table.items[1].calls == 5,
	   "and again from nothing");
	usage_table_close(&table);
	usage_table_close(&table);
	free(all);
}

static void test_missing(void)
{
	const struct presented_texts none = { 0 };
	struct usage_table table;
	struct spill spill;
	struct sorter sorter;
	const struct usage_order_given given = { &none, &persons, &sorter, 1 << 20 };
	uint32_t currency;
	bool missing = false;

	OK(&tap, opened(&spill, &sorter) && usage_table_open(&table, 10) &&
			 add(&table, &(struct usage){ .presented_key = presented_key_of(0, 9), .calls = 1 }) &&
			 !usage_table_order(&table, &given, &currency, &missing) && missing,
	   "a text that the case has not");
	usage_table_close(&table);
	sorter_close(&sorter);
	spill_close(&spill);
}

/* Never more than may be held, and the bytes that are said. */
static void test_full(void)
{
	static const size_t most[] = { 0, 1, 2, 3, 65, 1000 };
	bool good = true;

	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]) && good; i++) {
		struct usage_table table;
		uint32_t owner = 0;

		good = usage_table_open(&table, most[i]);
		for (; good && !usage_table_full(&table); owner++)
			good = add(&table, &(struct usage){ .owner = owner, .calls = 1 });
		good = good && table.count == (most[i] < 2 ? 2 : most[i]) && table.capacity <= table.most &&
		       usage_table_held(&table) >= table.count * sizeof(struct usage);
		usage_table_close(&table);
	}
	OK(&tap, good, "no more usages than may be held");
}

/* So many that hashes agree by chance, whatever they are keyed with. */
static void test_many(void)
{
	enum { MANY = 600000 };
	struct usage_table table;
	bool good = usage_table_open(&table, MANY + 2);

	for (uint32_t i = 0; i < MANY && good; i++)
		good = add(&table, &(struct usage){ .owner = i % 2 ? i : 7, .presented_key = i % 2 ? 7 : i, .calls = 1, .called = { 1, 1 } });
	good = good && table.count == MANY + 1;
	for (uint32_t i = 1; i <= MANY && good; i++)
		good = table.items[i].calls == 1;
	OK(&tap, good, "%d usages, each of one call", (int)MANY);
	usage_table_close(&table);
}

static bool fill(void *context)
{
	struct usage_table table;
	struct spill spill;
	struct sorter sorter;
	bool good = usage_table_open(&table, 5000);

	(void)context;
	for (uint32_t i = 0; i < 2000 && good; i++)
		good = add(&table, &(struct usage){ .owner = i % OWNERS, .presented_key = 2 * i, .calls = 1 });
	good = good && opened(&spill, &sorter);
	if (good) {
		good = order(&table, &sorter, 0);
		sorter_close(&sorter);
		spill_close(&spill);
	}
	usage_table_close(&table);
	return good;
}

int main(void)
{
	int refused;

	for (uint32_t i = 1; i < OWNERS; i++) {
		slots[i] = OWNERS - i;
		persons_of[i] = 1 + i % 3;
	}
	test_random(0);
	test_random(1);
	test_random(500);
	test_random(6000);
	test_missing();
	test_full();
	OK(&tap, sizeof(struct usage) == 64, "a usage is a cache line");
	test_many();
	refused = starve(fill, NULL);
	OK(&tap, refused > 10, "%d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
