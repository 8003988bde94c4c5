/* SPDX-License-Identifier: Apache-2.0 */
/* Distinct pairs against a sorted array, and lists of texts against lists made one by one. */
#include "base/table/pair_set.h"
#include "base/table/text_lists.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

/* ---- pairs ---- */

static int compare_u64(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void test_pairs(size_t many, uint32_t owners, uint32_t values)
{
	struct pair_set pairs = { 0 };
	struct pair_set_cursor cursor = { &pairs, 0 };
	uint64_t *all = malloc((many + 1) * sizeof(*all));
	uint64_t state = many + 7;
	uint32_t a = 0, b = 0;
	size_t distinct = 0;
	bool same = all != NULL;

	for (size_t i = 0; all && i < many; i++) {
		a = (uint32_t)(scratch_random(&state) % owners) * (UINT32_MAX / owners);
		b = (uint32_t)(scratch_random(&state) % values) << (a % 8);
		all[i] = (uint64_t)a << 32 | b;
		pair_set_add(&pairs, a, b);
	}
	same = pair_set_settle(&pairs) && same;
	if (same)
		qsort(all, many, sizeof(*all), compare_u64);
	for (size_t i = 0; i < many && same; i++) {
		if (i && all[i] == all[i - 1])
			continue;
		distinct++;
		same = pair_set_next(&cursor, &a, &b) && all[i] == ((uint64_t)a << 32 | b);
	}
	OK(&tap, same && !pair_set_next(&cursor, &a, &b) && pairs.count == distinct, "%zu distinct pairs of %zu in order", distinct, many);
	OK(&tap, pairs.capacity <= 4 * distinct + 4096, "repeats are dropped on the way: room for %zu", pairs.capacity);
	OK(&tap, pair_set_settle(&pairs) && pairs.count == distinct, "settled twice is the same");
	pair_set_release(&pairs);
	pair_set_release(&pairs);
	free(all);
}

static void test_owners(void)
{
	struct pair_set pairs = { 0 };
	struct pair_set_cursor cursor = { &pairs, 0 };
	uint32_t b = 0;

	OK(&tap, pair_set_settle(&pairs) && !pair_set_next_of(&cursor, 0, &b), "no pairs");
	pair_set_add(&pairs, 3, 9);
	pair_set_add(&pairs, 1, 8);
	pair_set_add(&pairs, UINT32_MAX, UINT32_MAX);
	OK(&tap, pair_set_settle(&pairs) && !pair_set_next_of(&cursor, 0, &b) && pair_set_next_of(&cursor, 1, &b) && b == 8 &&
			 !pair_set_next_of(&cursor, 1, &b) && !pair_set_next_of(&cursor, 2, &b) && pair_set_next_of(&cursor, 3, &b) &&
			 b == 9 && !pair_set_next_of(&cursor, 4, &b) && pair_set_next_of(&cursor, UINT32_MAX, &b) && b == UINT32_MAX &&
			 !pair_set_next_of(&cursor, UINT32_MAX, &b),
	   "owner by owner");
	pair_set_release(&pairs);
}

static bool fill_pairs(void *context)
{
	struct pair_set pairs = { 0 };
	bool good;

	(void)context;
	for (uint32_t i = 0; i < 30000; i++)
		pair_set_add(&pairs, i % 10007, i);
	good = pair_set_settle(&pairs) && pairs.count == 30000;
	/* A failure sticks, whatever comes after it. */
	pair_set_add(&pairs, 1, 1);
	good = pair_set_settle(&pairs) && good;
	pair_set_release(&pairs);
	return good;
}

/* ---- lists ---- */

enum { OWNERS = 50, TEXTS = 40 };

static const char *text_at(unsigned i, char out[20])
{
	static const char *const odd[] = { ";", "\\", "a;b", "a\\;b", "\\\\", "A", "a", "\xff", " " };

	if (i < sizeof(odd) / sizeof(odd[0]))
		return odd[i];
	(void)snprintf(out, 20, "text %u", i * 7919 % 1000);
	return out;
}

static int compare_numbers(const void *a, const void *b)
{
	char x[20], y[20];

	return strcmp(text_at(*(const unsigned *)a, x), text_at(*(const unsigned *)b, y));
}

/* The list of the owners that this one became, by hand. */
static void expected(bool has[OWNERS][TEXTS], unsigned owner, unsigned groups, struct buf *out)
{
	unsigned numbers[TEXTS], count = 0;
	char room[20];

	for (unsigned i = 0; i < TEXTS; i++) {
		bool any = false;

		for (unsigned from = 0; from < OWNERS; from++)
			any |= has[from][i] && from % groups == owner;
		if (any)
			numbers[count++] = i;
	}
	qsort(numbers, count, sizeof(*numbers), compare_numbers);
	for (unsigned i = 0; i < count; i++) {
		const char *text = text_at(numbers[i], room);

		buf_text(out, i ? ";" : "");
		for (; *text; text++) {
			if (*text == ';' || *text == '\\')
				buf_byte(out, '\\');
			buf_byte(out, *text);
		}
	}
}

static bool same_lists(struct text_lists *lists, bool has[OWNERS][TEXTS], unsigned groups)
{
	struct pair_set_cursor cursor = { &lists->pairs, 0 };
	struct buf got = { 0 }, want = { 0 };
	bool same = true;

	for (unsigned owner = 0; owner < OWNERS && same; owner++) {
		buf_clear(&got);
		buf_clear(&want);
		text_lists_write(lists, &cursor, owner, &got);
		expected(has, owner, groups, &want);
		same = got.len == want.len && (!got.len || !memcmp(got.data, want.data, got.len));
	}
	buf_release(&got);
	buf_release(&want);
	return same;
}

static bool add_lists(struct text_lists *lists, bool has[OWNERS][TEXTS])
{
	uint64_t state = 3;
	bool good = text_lists_add(lists, 5, text_of(""));
	char room[20];

	for (unsigned i = 0; i < 600 && good; i++) {
		const unsigned owner = (unsigned)(scratch_random(&state) % (OWNERS - 1)), text = (unsigned)(scratch_random(&state) % TEXTS);

		has[owner][text] = true;
		good = text_lists_add(lists, owner, text_of(text_at(text, room)));
	}
	return good;
}

static void test_lists(void)
{
	bool has[OWNERS][TEXTS] = { { false } };
	uint32_t owners[OWNERS];
	struct text_lists lists = { 0 };

	for (uint32_t i = 0; i < OWNERS; i++)
		owners[i] = i % 7;
	OK(&tap, add_lists(&lists, has) && text_lists_settle(&lists) && same_lists(&lists, has, OWNERS), "lists in byte order");
	OK(&tap, text_lists_regroup(&lists, owners) && same_lists(&lists, has, 7), "and lists of several owners become one");
	text_lists_release(&lists);
	text_lists_release(&lists);
	OK(&tap, text_lists_settle(&lists) && !lists.pairs.count, "no lists");
	text_lists_release(&lists);
}

static bool fill_lists(void *context)
{
	bool has[OWNERS][TEXTS] = { { false } };
	uint32_t owners[OWNERS] = { 0 };
	struct text_lists lists = { 0 };
	const bool good = add_lists(&lists, has) && text_lists_settle(&lists) && text_lists_regroup(&lists, owners);

	(void)context;
	text_lists_release(&lists);
	return good;
}

int main(void)
{
	int refused;

	test_pairs(0, 1, 1);
	test_pairs(1, 1, 1);
	test_pairs(60000, 40, 300);
	test_pairs(60000, 1, 3);
	test_pairs(100000, 5000, 1 << 20);
	test_owners();
	test_lists();
	refused = starve(fill_pairs, NULL);
	OK(&tap, refused > 4, "pairs: %d allocations refused, each a failure", refused);
	refused = starve(fill_lists, NULL);
	OK(&tap, refused > 6, "lists: %d allocations refused, each a failure", refused);
	return tap_done(&tap);
}
