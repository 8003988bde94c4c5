/* SPDX-License-Identifier: Apache-2.0 */
/* Keys made so that a hash without a secret puts all of them into one place of a table: they must lie apart. Runs of places that
 * are taken are what searches go over, so that they are counted, and no time. */
#include <stdlib.h>

#include "base/table/dictionary.h"
#include "base/table/number_set.h"
#include "casefile/form/formcache.h"
#include "correlate/calls/usage.h"
#include "correlate/victims/presented_victims.h"
#include "correlate/victims/victim_block.h"
#include "correlate/victims/victims.h"
#include "normalise/calls/local_ids.h"
#include "scratch.h"
#include "tap.h"

#define KEYS 40000
/* Of tables that are three quarters full at most chance makes runs of some 300. */
#define RUN_MOST 1000

/* ---- what is made of 64 bits by splitmix64's finaliser, or a factor alone, undone ---- */

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* What an odd factor times gives 1. */
static uint64_t inverse(uint64_t factor)
{
	uint64_t found = factor;

	for (unsigned i = 0; i < 6; i++)
		found *= 2 - factor * found;
	return found;
}

static uint64_t unmixed(uint64_t hash)
{
	hash ^= hash >> 31 ^ hash >> 62;
	hash *= inverse(UINT64_C(0x94d049bb133111eb));
	hash ^= hash >> 27 ^ hash >> 54;
	hash *= inverse(UINT64_C(0xbf58476d1ce4e5b9));
	return hash ^ hash >> 30 ^ hash >> 60;
}

/* Integers of so many bits, not 0, whose finaliser ends in the same `same` bits, and begins with the same too. */
static void flood(uint64_t keys[static KEYS], unsigned bits, unsigned same)
{
	uint64_t next = 1;

	for (size_t count = 0; count < KEYS; next++) {
		const uint64_t key = unmixed(next << same | 5);

		if (key && key >> (bits - 1) <= 1)
			keys[count++] = key;
	}
}

/* ---- runs ---- */

/* Places, one after another, of a table that begins again at its end. */
struct runs {
	size_t now, first, longest, places;
};

static void run_place(struct runs *runs, bool taken)
{
	runs->now = taken ? runs->now + 1 : 0;
	if (runs->now == ++runs->places)
		runs->first = runs->now;
	if (runs->now > runs->longest)
		runs->longest = runs->now;
}

static size_t run_longest(const struct runs *runs)
{
	return runs->now + runs->first > runs->longest ? runs->now + runs->first : runs->longest;
}

static void apart(struct tap *tap, const struct runs *runs, size_t count, const char *name)
{
	OK(tap, count == KEYS && run_longest(runs) < RUN_MOST, "%s: %zu keys, the longest run is %zu", name, count, run_longest(runs));
}

/* ---- tables ---- */

/* 16 bytes of which the first 8 are the constant that the old hash of bytes was multiplied by. */
static void test_texts(struct tap *tap)
{
	struct dictionary dictionary = { 0 };
	struct runs runs = { 0 };

	for (size_t i = 0; i < KEYS; i++) {
		char name[16] = "\xb9\xe5\xe4\x1c\x6d\x47\x58\xbf";
		size_t rest = i;

		for (size_t k = 8; k < sizeof name; k++, rest /= 26)
			name[k] = (char)('a' + rest % 26);
		(void)dictionary_add(&dictionary, (struct text){ name, sizeof name });
	}
	for (size_t i = 0; i < dictionary.slot_count; i++)
		run_place(&runs, dictionary.slots[i] != 0);
	apart(tap, &runs, dictionary.count, "texts");
	dictionary_release(&dictionary);
}

static void test_map(struct tap *tap, const uint64_t *keys)
{
	struct map64 map = { 0 };
	struct runs runs = { 0 };

	for (size_t i = 0; i < KEYS; i++)
		(void)map64_add(&map, keys[i], NULL);
	for (size_t i = 0; i < map.slot_count; i++)
		run_place(&runs, map.used[i]);
	apart(tap, &runs, map.count, "integers");
	map64_release(&map);
}

static size_t run_places(struct runs *runs, const struct hash_index *places)
{
	for (size_t i = 0; i <= places->mask; i++)
		run_place(runs, places->slots[i].place != 0);
	return places->count;
}

static void test_usages(struct tap *tap, const uint64_t *keys)
{
	struct usage_table usages;
	struct runs runs = { 0 };

	if (usage_table_open(&usages, KEYS + 2))
		for (size_t i = 0; i < KEYS; i++) {
			const uint32_t owner = (uint32_t)(1 + i % 59000);
			const uint64_t key = keys[i] - owner * GOLDEN;

			(void)usage_table_at(&usages, owner, key, usage_hash(&usages.index, key, owner));
		}
	apart(tap, &runs, run_places(&runs, &usages.index), "usages");
	usage_table_close(&usages);
}

static void test_presented_victims(struct tap *tap, const uint64_t *keys)
{
	static struct presented_victims counts;
	struct runs runs = { 0 };

	if (presented_victims_open(&counts, 64 << 20))
		for (size_t i = 0; i < KEYS; i++)
			(void)presented_victims_add(&counts, keys[i] - 7 * GOLDEN, 7);
	(void)presented_victims_settle(&counts);
	apart(tap, &runs, run_places(&runs, &counts.index), "victims of what was presented");
	presented_victims_close(&counts);
}

static void test_marked(struct tap *tap, const uint64_t *keys)
{
	static struct number_set marked;
	static struct number_set_held held;
	struct runs runs = { 0 };
	size_t count = 0;

	if (number_set_open(&marked))
		for (size_t i = 0; i < KEYS; i++)
			(void)number_set_add(&marked, &held, keys[i], 1);
	(void)number_set_flush(&marked, &held);
	for (unsigned part = 0; part < NUMBER_SET_PARTS; part++) {
		for (size_t i = 0; i <= marked.parts[part].mask; i++)
			run_place(&runs, marked.parts[part].slots[i] != 0);
		count += marked.parts[part].count;
	}
	apart(tap, &runs, count, "marked numbers");
	number_set_close(&marked);
}

static int compare_victims(const void *a, const void *b)
{
	const struct victim *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static void test_victim_block(struct tap *tap, const uint64_t *keys)
{
	static const struct record_kind kind = { sizeof(struct victim), compare_victims, NULL, true };
	struct victim *victims = calloc(KEYS, sizeof(*victims));
	const struct sorted run = { victims, 0, KEYS };
	struct merge merge;
	struct victim_block block;
	struct runs runs = { 0 };
	bool good = victims != NULL;

	for (size_t i = 0; i < KEYS && good; i++)
		victims[i].number = keys[i];
	if (good)
		qsort(victims, KEYS, sizeof(*victims), compare_victims);
	good = victim_block_open(&block, KEYS) && good && merge_open(&merge, &kind, NULL, &run, 1, 0);
	if (good && victim_block_fill(&block, &merge))
		for (size_t i = 0; i <= block.mask; i++)
			run_place(&runs, block.index[i] != 0);
	apart(tap, &runs, block.count, "victims");
	if (good)
		merge_close(&merge);
	victim_block_close(&block);
	free(victims);
}

/* Digits of 18 places at most, of one form, whose product with the golden ratio has the same bits above the lower half. */
static void test_local_ids(struct tap *tap)
{
	static struct local_ids local_ids;
	static const struct segment segment = { 0 };
	const uint64_t factor = inverse(GOLDEN);
	struct runs runs = { 0 };
	uint64_t state = 3;

	if (local_ids_clear(&local_ids))
		while (local_ids.count < KEYS + 1) {
			const uint64_t drawn = scratch_random(&state);
			const uint64_t value = (drawn >> 52 << 52 | UINT64_C(5) << 32 | (uint32_t)drawn) * factor ^ (uint64_t)FORM_FIRST << 44;

			if (value < UINT64_C(1000000000000000000))
				(void)local_ids_add(&local_ids, &segment, FORM_FIRST, (int64_t)value);
		}
	for (size_t i = 0; i < local_ids.slot_count; i++)
		run_place(&runs, local_ids.slots[i].number != 0);
	apart(tap, &runs, local_ids.count - 1, "texts of calls");
	local_ids_release(&local_ids);
}

/* ---- forms ---- */

/* Texts of 24 bytes whose words have one sum: what a letter has more, one 16 places behind it has less. */
static struct text form_text(unsigned i, char out[static FORMCACHE_READ])
{
	memset(out, 'M', 24);
	for (unsigned k = 0; k < 3; k++, i /= 20) {
		out[k] = (char)('A' + i % 20);
		out[16 + k] = (char)('Z' - i % 20);
	}
	return (struct text){ out, 24 };
}

static bool has_form(formcache_find *find, const struct formcache *cache, struct text text, int64_t form)
{
	static const size_t which[1] = { 0 };
	int64_t forms[FORMCACHE_GROUP], values[FORMCACHE_GROUP];

	(void)find(cache, &text, which, 1, forms, values);
	return forms[0] == form;
}

/* A cache has no secret: it looks at few places only, and gives up the rest. */
static void test_forms(struct tap *tap, enum cpu_level level)
{
	const char *name = cpu_name(level);
	formcache_find *find = formcache_choose(level);
	struct formcache *cache = formcache_new();
	char data[FORMCACHE_READ] = "";
	unsigned kept = 0, wrong = 0;

	if (!cache) {
		OK(tap, false, "%s: no memory", name);
		return;
	}
	for (unsigned i = 0; i < 8000; i++)
		formcache_add(cache, form_text(i, data), i + 1);
	for (unsigned i = 0; i < 8000; i++) {
		const struct text text = form_text(i, data);
		const bool found = has_form(find, cache, text, i + 1);

		kept += found;
		wrong += !found && !has_form(find, cache, text, 0);
	}
	OK(tap, kept > 0 && kept < 200 && wrong == 0, "%s: %u of 8,000 forms with one place are kept", name, kept);
	formcache_add(cache, text_of("another"), 9000);
	memcpy(data, "another", 8);
	OK(tap, has_form(find, cache, (struct text){ data, 7 }, 9000), "%s: others find room", name);
	formcache_free(cache);
}

int main(void)
{
	static uint64_t keys[KEYS], small[KEYS];
	struct tap tap = { 0 };

	flood(keys, 64, 32);
	flood(small, 62, 20);
	test_texts(&tap);
	test_map(&tap, keys);
	test_usages(&tap, keys);
	test_presented_victims(&tap, keys);
	test_marked(&tap, small);
	test_victim_block(&tap, small);
	test_local_ids(&tap);
	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		if (cpu_has(level))
			test_forms(&tap, level);
		else
			tap_skip(&tap, cpu_name(level), "not on this machine");
	}
	return tap_done(&tap);
}
