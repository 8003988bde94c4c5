/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting within a given memory, and conclusions that do not depend on it. */
#include "base/sort/sorter.h"
#include "correlate_world.h"

/* ---- the sorter ---- */

struct tallied {
	uint64_t key;
	uint64_t sum;
	uint64_t rest[3];
};

static int compare(const void *a, const void *b)
{
	const struct tallied *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void combine(void *sum, const void *part)
{
	((struct tallied *)sum)->sum += ((const struct tallied *)part)->sum;
}

static const struct record_kind kind = { sizeof(struct tallied), compare, combine, false };

enum { KEYS = 3000, RECORDS = 20000 };

/* Adds records in all ways there are; sums[key] is what is expected. */
static bool add_records(struct sorter *sorter, uint64_t *sums)
{
	static struct tallied run[100];
	struct sorter_writer writer;
	uint64_t state = 3;
	bool good = true;

	for (size_t i = 0; i < RECORDS && good; i += COUNT(run)) {
		size_t count = 0;

		for (size_t k = 0; k < COUNT(run); k++) {
			run[k].key = scratch_random(&state) % KEYS;
			run[k].sum = scratch_random(&state) % 1000;
			sums[run[k].key] += run[k].sum;
		}
		count = i % 300 == 0 ? COUNT(run) : records_settle(&kind, run, COUNT(run));
		switch (i / 100 % 6) {
		case 0:
		case 3:
			for (size_t k = 0; k < count; k++)
				good = good && sorter_put(sorter, &run[k]);
			break;
		case 1:
		case 2:
			good = sorter_spill(sorter, run, count);
			break;
		case 4: {
			void *copy = malloc(sizeof(run));

			memcpy(copy, run, sizeof(run));
			good = sorter_keep(sorter, copy, count);
			break;
		}
		default:
			sorter_writer_open(&writer, sorter, count + 5, 0);
			for (size_t k = 0; k < count; k++)
				good = good && sorter_writer_put(&writer, &run[k]);
			good = good && sorter_writer_end(&writer);
			sorter_writer_close(&writer);
		}
	}
	return good;
}

static void test_sorter(size_t memory)
{
	static uint64_t sums[KEYS];
	struct spill spill;
	struct sorter sorter;
	const struct tallied *record;
	uint64_t key = 0;
	bool good = spill_open(&spill, ".") && sorter_open(&sorter, &kind, &spill, memory);

	memset(sums, 0, sizeof(sums));
	good = good && add_records(&sorter, sums) && sorter_begin(&sorter);
	while (good && (record = sorter_next(&sorter))) {
		for (; key < record->key; key++)
			good = good && sums[key] == 0;
		good = good && key < KEYS && sums[key++] == record->sum;
	}
	for (; key < KEYS; key++)
		good = good && sums[key] == 0;
	OK(&tap, good && !sorter_broken(&sorter), "sorted and summed within %zu bytes", memory);
	OK(&tap, scratch_files() == 0, "and the file has no name");
	sorter_close(&sorter);
	spill_close(&spill);
	spill_close(&spill);
}

/* A long run, of which a part is in the room and a part in the file. */
static void test_writer(void)
{
	struct spill spill;
	struct sorter sorter;
	struct sorter_writer writer;
	struct tallied record = { 0 };
	const struct tallied *next;
	uint64_t key = 0;
	bool good = spill_open(&spill, ".") && sorter_open(&sorter, &kind, &spill, 1);

	sorter_writer_open(&writer, &sorter, 10000, 1);
	for (record.key = 0; good && record.key < 9999; record.key++)
		good = sorter_writer_put(&writer, &record);
	good = good && sorter_writer_end(&writer) && sorter_begin(&sorter);
	sorter_writer_close(&writer);
	while (good && (next = sorter_next(&sorter)))
		good = next->key == key++;
	OK(&tap, good && key == 9999, "a run longer than its room");
	sorter_close(&sorter);
	spill_close(&spill);
}

static void test_spill(void)
{
	const struct tallied record = { 0 };
	struct error error = { 0 };
	struct sorter sorter;
	struct spill spill;

	OK(&tap, spill_open(&spill, "nowhere\n") && sorter_open(&sorter, &kind, &spill, 1) &&
			 !sorter_spill(&sorter, &record, 1) && !sorter_spill(&sorter, &record, 1),
	   "a folder that is not there");
	OK(&tap, spill_failed(&spill, &error) == STATUS_FAILED && strstr(error.text, "nowhere\\x0a: a temporary file: "),
	   "%s", error.text);
	sorter_close(&sorter);
	spill_close(&spill);
}

/* ---- conclusions within a memory ---- */

/* Calls of few accounts that show and dial many things. */
static void fill_many(struct world *w)
{
	uint64_t state = 5;

	for (int id = 1; id <= 40; id++)
		sql(w, "INSERT INTO shown VALUES(%d, CAST('+44 text %d' AS BLOB))", id, id % 2 ? id : 100 - id);
	for (int i = 0; i < 60 * CALLS_MOST; i++) {
		const int64_t r = (int64_t)(scratch_random(&state) >> 8);

		call(w, (struct call){ r % 7, NOON + r % 7919, r / 7 % 3 * 50000, r / 21 % 3 ? 0 : 442079460000 + r / 63 % 900,
				       r / 21 % 41, r / 3 % 9 ? 447700900000 + (r / 5 % 900) * (r / 5 % 900) % 7001 : 0,
				       1 + r % 2, r % 50000, r / 11 % 5 ? ANSWERED : 0 });
		if (w->call_count == CALLS_MOST)
			store_calls(w);
	}
	for (int line = 2; line < 60; line++)
		report(w, line, 447700900000 + line * line % 7001, NOON + 60 * line, 0, 100 * line);
	for (int i = 0; i < 300; i += 7)
		organisation(w, i + 2, 442079460000 + i, i % 3 ? "Example Bank" : "Example Tax Office", "any");
	account(w, 6, 2, "ab@example.com", NULL, NULL);
	account(w, 5, 3, "ab@example.com", NULL, NULL);
	rate(w, 2, DAY, "10000");
	payment(w, 6, 2, NOON, 100100, NULL, NULL);
	payment(w, 4, 3, NOON, 77777, NULL, NULL);
}

static void contents(struct world *w, struct buf *out)
{
	static const char *const tables[] = { "suspect", "account_figure", "presentation", "victim", "report_match" };
	char query[60];

	buf_clear(out);
	for (size_t i = 0; i < COUNT(tables); i++) {
		(void)snprintf(query, sizeof(query), "SELECT * FROM %s ORDER BY 1", tables[i]);
		ask(w, query, out);
	}
}

static void test_memory(void)
{
	static const uint64_t memories[] = { CORRELATE_MEMORY, 65536, 200000, 1 << 20 };
	static const unsigned threads[] = { 1, 2, 5 };
	struct buf expected = { 0 }, got = { 0 };
	struct world w;

	begin(&w);
	fill_many(&w);
	run(&w);
	contents(&w, &expected);
	OK(&tap, w.status == STATUS_OK && expected.len > 50000, "%zu bytes of conclusions", expected.len);
	for (size_t i = 0; i < COUNT(memories); i++)
		for (size_t k = 0; k < COUNT(threads); k++) {
			w.settings.memory = memories[i];
			w.settings.threads = threads[k];
			run(&w);
			contents(&w, &got);
			OK(&tap, w.status == STATUS_OK && tap_same(got.data, expected.data), "the same within %llu bytes, %u threads",
			   (unsigned long long)memories[i], threads[k]);
		}
	w.settings.memory = 65536;
	w.settings.temporary = "nowhere";
	fails(&w, "no folder for what does not fit", STATUS_FAILED, "nowhere: a temporary file: ");
	w.settings.temporary = NULL;
	w.settings.memory = 65535;
	fails(&w, "a memory in which nothing fits", STATUS_USAGE, "out of its range");
	buf_release(&expected);
	buf_release(&got);
	end(&w);
}

static void test_shown_missing(void)
{
	struct world w;

	begin(&w);
	fill_many(&w);
	sql(&w, "DELETE FROM shown WHERE id = 17");
	w.settings.threads = 3;
	fails(&w, "a text that the case has not", STATUS_INTEGRITY, "shows a text that the case has not");
	w.settings.memory = 65536;
	fails(&w, "the same where cells do not fit", STATUS_INTEGRITY, "shows a text that the case has not");
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_sorter(1);
	test_sorter(60000);
	test_sorter(1 << 24);
	test_writer();
	test_spill();
	test_memory();
	test_shown_missing();
	scratch_leave(folder);
	return tap_done(&tap);
}
