/* SPDX-License-Identifier: Apache-2.0 */
/* Sorted runs in memory and in the temporary file, read as one, against sums by key. */
#include "base/sort/merge.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

struct record {
	uint64_t key, sum;
	uint64_t rest[3];
};

static int compare(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void combine(void *sum, const void *part)
{
	((struct record *)sum)->sum += ((const struct record *)part)->sum;
}

static const struct record_kind kind = { sizeof(struct record), compare, combine, false };
static const struct record_kind kept = { sizeof(struct record), compare, NULL, false };

enum { KEYS = 2000, RUNS = 40, LONGEST = 700 };

static struct record *records_of(uint64_t *state, size_t count, uint64_t *sums)
{
	struct record *all = calloc(count + 1, sizeof(*all));

	for (size_t i = 0; all && i < count; i++) {
		all[i].key = scratch_random(state) % KEYS;
		all[i].sum = scratch_random(state) % 1000;
		sums[all[i].key] += all[i].sum;
	}
	return all;
}

static bool to_file(struct spill *spill, struct sorted *run)
{
	const size_t len = (size_t)run->count * sizeof(struct record);
	const bool good = spill_reserve(spill, len, &run->at) && (!len || spill_write(spill, run->at, run->records, len));

	free(run->records);
	run->records = NULL;
	return good;
}

/* Whether what comes is the sums, by key, without equals. */
static bool same(struct merge *merge, const uint64_t *sums)
{
	const struct record *record;
	uint64_t key = 0;
	bool good = true;

	while (good && (record = merge_next(merge))) {
		for (; key < record->key; key++)
			good = good && sums[key] == 0;
		good = good && key < KEYS && sums[key++] == record->sum;
	}
	for (; key < KEYS; key++)
		good = good && sums[key] == 0;
	return good && !merge->failed && !merge_next(merge);
}

static void test_runs(size_t count, unsigned files, size_t memory)
{
	static uint64_t sums[KEYS];
	struct sorted runs[RUNS] = { { NULL, 0, 0 } };
	struct merge merge = { 0 };
	struct spill spill;
	uint64_t state = count * 100 + files;
	bool good = spill_open(&spill, ".");

	memset(sums, 0, sizeof(sums));
	for (size_t i = 0; i < count && good; i++) {
		runs[i].count = i % 5 == 4 ? 0 : scratch_random(&state) % LONGEST;
		runs[i].records = records_of(&state, (size_t)runs[i].count, sums);
		good = runs[i].records != NULL;
		if (good)
			runs[i].count = records_settle(&kind, runs[i].records, (size_t)runs[i].count);
		if (good && i % 10 < files)
			good = to_file(&spill, &runs[i]);
	}
	good = good && merge_open(&merge, &kind, &spill, runs, count, memory) && same(&merge, sums);
	OK(&tap, good, "%zu runs, %u in 10 of them in the file, within %zu bytes", count, files, memory);
	OK(&tap, scratch_files() == 0, "and the file has no name");
	merge_close(&merge);
	merge_close(&merge);
	spill_close(&spill);
	for (size_t i = 0; i < count; i++)
		free(runs[i].records);
}

static void test_settle(void)
{
	struct record few[] = { { 5, 1, { 0 } }, { 3, 2, { 0 } }, { 5, 4, { 0 } }, { 3, 8, { 0 } }, { 5, 16, { 0 } } };
	struct record other[] = { { 5, 1, { 0 } }, { 5, 1, { 0 } } };

	OK(&tap, records_settle(&kind, few, 5) == 2 && few[0].key == 3 && few[0].sum == 10 && few[1].key == 5 && few[1].sum == 21,
	   "equals are combined");
	OK(&tap, records_settle(&kept, other, 2) == 1 && other[0].sum == 1, "or one is kept");
	OK(&tap, records_settle(&kind, few, 0) == 0 && records_settle(&kind, few, 1) == 1, "none, one");
	OK(&tap, merge_most(0) == merge_most(4096) && merge_most(1 << 24) > merge_most(1 << 20), "more runs within more memory");
}

/* What was set aside and not written cannot be read. */
static void test_damage(void)
{
	struct sorted runs[2] = { { NULL, 0, 10 }, { NULL, 1 << 20, 10 } };
	struct record records[10] = { { 0 } };
	struct error error = { 0 };
	struct merge merge;
	struct spill spill;
	uint64_t at;
	bool good = spill_open(&spill, ".") && spill_reserve(&spill, sizeof(records), &at) && at == 0 &&
		    spill_write(&spill, 0, records, sizeof(records));

	OK(&tap, good && !merge_open(&merge, &kind, &spill, runs, 2, 1) && !merge_next(&merge) &&
			 spill_failed(&spill, &error) == STATUS_FAILED,
	   "a run beyond the end of the file: %s", error.text);
	merge_close(&merge);
	spill_close(&spill);
	good = spill_open(&spill, "nowhere");
	OK(&tap, good && !spill_reserve(&spill, 1, &at) && spill_failed(&spill, &error) == STATUS_FAILED && strstr(error.text, "nowhere: "),
	   "no folder for it: %s", error.text);
	spill_close(&spill);
	good = spill_open(&spill, ".");
	OK(&tap, good && spill_failed(&spill, &error) == STATUS_FAILED && strstr(error.text, "memory"), "nothing wrong with the file: %s",
	   error.text);
	spill_close(&spill);
}

/* Places that were set aside do not overlap, whatever their order of writing. */
static void test_spill(void)
{
	enum { PLACES = 200 };
	uint64_t ats[PLACES], lens[PLACES], state = 4;
	char data[600], read[600];
	struct spill spill;
	bool good = spill_open(&spill, ".");

	for (size_t i = 0; i < PLACES && good; i++) {
		lens[i] = 1 + scratch_random(&state) % sizeof(data);
		good = spill_reserve(&spill, lens[i], &ats[i]) && (i == 0 || ats[i] >= ats[i - 1] + lens[i - 1]);
	}
	for (size_t i = PLACES; i-- > 0 && good;) {
		memset(data, (int)i, sizeof(data));
		good = spill_write(&spill, ats[i], data, (size_t)lens[i]);
	}
	for (size_t i = 0; i < PLACES && good; i++) {
		memset(data, (int)i, sizeof(data));
		good = spill_read(&spill, ats[i], read, (size_t)lens[i]) && !memcmp(read, data, (size_t)lens[i]);
	}
	OK(&tap, good, "what was written is read, place by place");
	spill_close(&spill);
	spill_close(&spill);
}

static bool read_all(void *context)
{
	const struct sorted *runs = context;
	struct merge merge;
	const bool good = merge_open(&merge, &kind, NULL, runs, 2, 0) && merge_next(&merge) && merge_next(&merge) && !merge_next(&merge);

	merge_close(&merge);
	return good;
}

int main(void)
{
	static const size_t counts[] = { 0, 1, 2, 3, 7, RUNS };
	struct record one = { 1, 1, { 0 } }, two = { 2, 1, { 0 } };
	struct sorted runs[2] = { { &one, 0, 1 }, { &two, 0, 1 } };
	char folder[32];
	int refused;

	scratch_enter(folder);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		for (unsigned files = 0; files <= 10; files += 5)
			for (size_t memory = 1; memory < 1 << 25; memory <<= 12)
				test_runs(counts[i], files, memory);
	test_settle();
	test_damage();
	test_spill();
	refused = starve(read_all, runs);
	OK(&tap, refused > 2, "%d allocations refused, each a failure", refused);
	scratch_leave(folder);
	return tap_done(&tap);
}
