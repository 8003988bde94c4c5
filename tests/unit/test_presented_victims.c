/* SPDX-License-Identifier: Apache-2.0 */
/* Victims by person and what was presented, against an array. */
#include "correlate/victims/presented_victims.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

static void test_presented_victims(void)
{
	enum { PERSONS = 200, THINGS = 11, TIMES = 5 };
	struct presented_victims counts;
	bool good = presented_victims_open(&counts, 1 << 20);
	uint64_t sum = 0;

	for (unsigned i = 0; i < PERSONS * THINGS * TIMES && good; i++)
		good = presented_victims_add(&counts, i % THINGS * 2, i / THINGS % PERSONS);
	good = good && presented_victims_settle(&counts) && counts.count == PERSONS * THINGS + 1 && !presented_victims_full(&counts);
	for (size_t i = 1; i < counts.count && good; i++) {
		good = counts.items[i].victims == TIMES;
		sum += counts.items[i].person * 100 + counts.items[i].presented_key;
	}
	OK(&tap, good && sum == THINGS * 100 * (PERSONS - 1) * PERSONS / 2 + PERSONS * (THINGS - 1) * THINGS,
	   "victims of all that persons presented");
	presented_victims_empty(&counts);
	OK(&tap, presented_victims_add(&counts, 4, 5) && presented_victims_settle(&counts) && counts.count == 2 && counts.items[1].victims == 1,
	   "and again from nothing");
	presented_victims_close(&counts);
	good = presented_victims_open(&counts, 1);
	for (unsigned i = 0; i < 1000 && good && !presented_victims_full(&counts); i++)
		good = presented_victims_add(&counts, i, 1);
	OK(&tap, good && presented_victims_settle(&counts) && counts.count <= counts.most, "no more than fit: %zu", counts.most);
	presented_victims_close(&counts);
}

enum { KEYS = 97, PEOPLE = 53 };

/* Whether each count is there once, and is what was added. */
static bool same(const struct presented_victims *counts, uint32_t sums[KEYS][PEOPLE])
{
	size_t distinct = 0, seen = 0;
	bool good = true;

	for (size_t key = 0; key < KEYS; key++)
		for (size_t person = 0; person < PEOPLE; person++)
			distinct += sums[key][person] != 0;
	for (size_t i = 1; i < counts->count && good; i++, seen++) {
		const struct presented_count *item = &counts->items[i];

		good = item->presented_key < KEYS && item->person < PEOPLE && sums[item->presented_key][item->person] == item->victims;
		if (good)
			sums[item->presented_key][item->person] = 0;
	}
	return good && seen == distinct;
}

static void test_random(size_t adds)
{
	static uint32_t sums[KEYS][PEOPLE];
	struct presented_victims counts;
	uint64_t state = adds;
	bool good = presented_victims_open(&counts, 1 << 20);

	memset(sums, 0, sizeof(sums));
	for (size_t i = 0; i < adds && good; i++) {
		const uint32_t key = (uint32_t)(scratch_random(&state) % KEYS), person = (uint32_t)(scratch_random(&state) % PEOPLE);

		sums[key][person]++;
		good = presented_victims_add(&counts, key, person);
	}
	OK(&tap, good && presented_victims_settle(&counts) && same(&counts, sums), "%zu victims", adds);
	presented_victims_close(&counts);
	presented_victims_close(&counts);
}

/* So many that hashes agree by chance, whatever they are keyed with. */
static void test_many(void)
{
	enum { MANY = 600000 };
	struct presented_victims counts;
	bool good = presented_victims_open(&counts, 64 << 20);

	for (uint32_t i = 0; i < MANY && good; i++)
		good = presented_victims_add(&counts, i % 2 ? 7 : i, i % 2 ? i : 7);
	good = good && presented_victims_settle(&counts) && counts.count == MANY + 1;
	for (uint32_t i = 1; i <= MANY && good; i++)
		good = counts.items[i].victims == 1;
	OK(&tap, good, "%d things of persons, each once", (int)MANY);
	presented_victims_close(&counts);
}

static bool fill(void *context)
{
	struct presented_victims counts;
	bool good = presented_victims_open(&counts, 1 << 20);

	(void)context;
	for (uint32_t i = 0; i < 5000 && good; i++)
		good = presented_victims_add(&counts, i, i % 3);
	good = good && presented_victims_settle(&counts) && counts.count == 5001;
	presented_victims_close(&counts);
	return good;
}

int main(void)
{
	static const size_t adds[] = { 0, 1, 63, 64, 65, 5000, 100000 };
	int refused;

	test_presented_victims();
	for (size_t i = 0; i < sizeof(adds) / sizeof(*adds); i++)
		test_random(adds[i]);
	test_many();
	refused = starve(fill, NULL);
	OK(&tap, refused > 10, "%d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
