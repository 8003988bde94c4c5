/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of texts against lists made one by one. */
#include "base/table/text_lists.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

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
	struct buf got = { 0 }, want = { 0 };
	size_t next = 0;
	bool same = true;

	for (unsigned owner = 0; owner < OWNERS && same; owner++) {
		buf_clear(&got);
		buf_clear(&want);
		text_lists_write(lists, &next, owner, &got);
		expected(has, owner, groups, &want);
		same = got.len == want.len && (!got.len || !memcmp(got.data, want.data, got.len));
	}
	buf_release(&got);
	buf_release(&want);
	return same;
}

static bool add_lists(struct text_lists *lists, bool has[OWNERS][TEXTS], unsigned adds)
{
	uint64_t state = 3;
	bool good = text_lists_add(lists, 5, text_of(""));
	char room[20];

	for (unsigned i = 0; i < adds && good; i++) {
		const unsigned owner = (unsigned)(scratch_random(&state) % (OWNERS - 1)), text = (unsigned)(scratch_random(&state) % TEXTS);

		has[owner][text] = true;
		good = text_lists_add(lists, owner, text_of(text_at(text, room)));
	}
	return good;
}

/* Repeats take no room for long. */
static void test_lists(unsigned adds)
{
	bool has[OWNERS][TEXTS] = { { false } };
	uint32_t owners[OWNERS];
	struct text_lists lists = { 0 };

	for (uint32_t i = 0; i < OWNERS; i++)
		owners[i] = i % 7;
	OK(&tap, add_lists(&lists, has, adds) && text_lists_settle(&lists) && same_lists(&lists, has, OWNERS), "lists of %u texts in byte order",
	   adds);
	OK(&tap, lists.capacity <= 4 * OWNERS * TEXTS && lists.bytes.capacity <= 64 * OWNERS * TEXTS, "and no more room than they need");
	text_lists_regroup(&lists, owners);
	OK(&tap, same_lists(&lists, has, 7), "and lists of several owners become one");
	text_lists_release(&lists);
	text_lists_release(&lists);
}

static void test_one_by_one(void)
{
	struct text_lists lists = { 0 };
	struct text text;
	uint32_t owner;
	size_t next = 0;

	OK(&tap, text_lists_settle(&lists) && !text_lists_next(&lists, &next, &owner, &text), "no lists");
	OK(&tap, text_lists_add(&lists, UINT32_MAX, text_of("b")) && text_lists_add(&lists, 3, text_of("ab")) &&
			 text_lists_add(&lists, 3, text_of("a")) && text_lists_add(&lists, 3, text_of("ab")) && text_lists_settle(&lists),
	   "three");
	OK(&tap, text_lists_next(&lists, &next, &owner, &text) && owner == 3 && text_is(text, "a") &&
			 text_lists_next(&lists, &next, &owner, &text) && owner == 3 && text_is(text, "ab") &&
			 text_lists_next(&lists, &next, &owner, &text) && owner == UINT32_MAX && text_is(text, "b") &&
			 !text_lists_next(&lists, &next, &owner, &text),
	   "one after another");
	text_lists_release(&lists);
}

/* Memory that is refused is a failure, or does no harm. */
static bool fill_lists(void *context)
{
	bool has[OWNERS][TEXTS] = { { false } };
	struct text_lists lists = { 0 };
	bool good = add_lists(&lists, has, 3000) && text_lists_settle(&lists);

	(void)context;
	if (good && starve_failed) {
		starve_left = -1;
		good = !same_lists(&lists, has, OWNERS);
	}
	text_lists_release(&lists);
	return good;
}

int main(void)
{
	int refused;

	test_lists(600);
	test_lists(100000);
	test_one_by_one();
	refused = starve(fill_lists, NULL);
	OK(&tap, refused > 6, "%d allocations refused, each a failure or no harm", refused);
	return tap_done(&tap);
}
