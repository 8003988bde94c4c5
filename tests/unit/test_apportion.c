/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out a whole, against its definition, and the same by way of the temporary file. */
#include "base/money/apportion.h"
#include "correlate/money/apportion_spill.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

static struct tap tap;

/* ---- in memory ---- */

/* Weights as digits, ranks falling with the place; parts as a text by place. */
static const char *shared(i128 whole, const char *weights, char out[100])
{
	struct portion portions[10] = { { 0 } };
	size_t count = strlen(weights), len = 0;

	for (size_t i = 0; i < count; i++) {
		portions[i].weight = (u128)(weights[i] - '0');
		portions[i].rank = (uint32_t)(count - i);
		portions[i].owner = (uint32_t)i;
	}
	apportion(whole, portions, count);
	out[0] = '\0';
	for (size_t owner = 0; owner < count; owner++)
		for (size_t i = 0; i < count; i++)
			if (portions[i].owner == owner)
				len += (size_t)snprintf(out + len, 100 - len, "%s%lld", owner ? "," : "",
							(long long)portions[i].part);
	return out;
}

static void test_cases(void)
{
	static const struct {
		int64_t whole;
		const char *weights, *parts;
	} cases[] = {
		{ 100, "1", "100" },	     { 100, "11", "50,50" },	{ 101, "11", "50,51" },
		{ 100, "111", "33,33,34" },  { 101, "111", "33,34,34" }, { 10, "613", "6,1,3" },
		{ 7, "532", "4,2,1" },	     { 1, "19", "0,1" },	{ 5, "90", "5,0" },
		{ -101, "11", "-50,-51" },   { 0, "25", "0,0" },	{ 100, "00", "0,0" },
		{ 3, "1111", "0,1,1,1" },
	};
	struct portion huge[3] = { { .rank = 2, .owner = 0 }, { .rank = 1, .owner = 1 }, { .rank = 0, .owner = 2 } };
	char got[100];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		OK(&tap, tap_same(shared(cases[i].whole, cases[i].weights, got), cases[i].parts), "%lld by %s: %s",
		   (long long)cases[i].whole, cases[i].weights, got);
	for (size_t i = 0; i < 3; i++)
		huge[i].weight = (u128)1 << 90;
	apportion(INT64_MAX, huge, 3);
	OK(&tap, huge[0].part + huge[1].part + huge[2].part == INT64_MAX && huge[0].part - huge[2].part <= 1,
	   "weights beyond 64 bits");
}

enum { MOST = 3000 };

/* Parts add up to the whole, each is its share rounded down or one more, and none that got one more had less left over
 * than one that did not. */
static bool right(i128 whole, const uint64_t *weights, const struct portion *portions, size_t count)
{
	const u128 size = wide_size(whole);
	u128 total = 0, most_without = 0, least_with = (u128)-1;
	i128 sum = 0;
	bool good = true;

	for (size_t i = 0; i < count; i++)
		total += weights[i];
	for (size_t i = 0; i < count && total; i++) {
		const struct wide product = wide_product(size, weights[portions[i].owner]);
		u128 left;
		const u128 more = wide_size(portions[i].part) - wide_quotient(product, total, &left);

		good = good && more < 2 && (portions[i].part == 0 || (portions[i].part < 0) == (whole < 0));
		if (more && left < least_with)
			least_with = left;
		if (!more && left > most_without)
			most_without = left;
	}
	for (size_t i = 0; i < count; i++)
		sum += portions[i].part;
	return good && least_with >= most_without && sum == (total ? whole : 0);
}

static uint64_t weight_at(uint64_t *state, unsigned bits)
{
	return bits ? scratch_random(state) >> (64 - bits) : 0;
}

static void test_random(void)
{
	static const i128 wholes[] = { 0, 1, -1, 2, 97, -10007, 123456789012, INT64_MAX, INT64_MIN, WIDE_MOST, -WIDE_MOST };
	static struct portion portions[MOST];
	static uint64_t weights[MOST];
	uint64_t state = 5;
	bool good = true;
	unsigned tried = 0;

	for (size_t w = 0; w < sizeof(wholes) / sizeof(wholes[0]); w++)
		for (unsigned bits = 0; bits <= 50; bits += 10)
			for (size_t count = 0; count <= MOST && good; count = count < 4 ? count + 1 : count * 9, tried++) {
				for (size_t i = 0; i < count; i++) {
					weights[i] = weight_at(&state, bits);
					portions[i] = (struct portion){ .weight = weights[i], .rank = (uint32_t)i, .owner = (uint32_t)i };
				}
				apportion(wholes[w], portions, count);
				good = right(wholes[w], weights, portions, count);
			}
	OK(&tap, good, "%u times as it is defined", tried);
}

/* ---- by way of the file ---- */

struct spilling {
	const struct presentation *items;
	size_t count;
	i128 spend;
	struct casefile *casefile;
	struct sorter sorter;
	struct spill spill;
	bool stop;             /* the user wants it */
	bool by_calls;
};

static bool stopped(void *context)
{
	return ((const struct spilling *)context)->stop;
}

static enum status share_by_file(struct spilling *s)
{
	const struct observer observer = { .context = s, .interrupted = stopped };
	struct apportion_spill_given given = {
		.casefile = s->casefile, .observer = &observer, .spill = &s->spill, .presentations = &s->sorter, .memory = 1000,
	};
	struct apportion_spill shares = { 0 };
	bool good = spill_open(&s->spill, ".") && sorter_open(&s->sorter, &presentation_kind, &s->spill, 1 << 20);
	enum status status = STATUS_FAILED;

	good = good && apportion_spill_open(&shares, &given);
	for (size_t i = 0; i < s->count && good; i++)
		good = apportion_spill_put(&shares, &s->items[i]);
	if (good && shares.count == s->count)
		status = apportion_spill_run(&shares, s->spend, s->by_calls);
	apportion_spill_close(&shares);
	apportion_spill_close(&shares);
	return status;
}

static void close_spilling(struct spilling *s)
{
	sorter_close(&s->sorter);
	spill_close(&s->spill);
}

static void make_items(struct presentation *items, size_t count, unsigned bits)
{
	uint64_t state = count + bits;

	for (size_t i = 0; i < count; i++)
		items[i] = (struct presentation){ .order = 10 * i, .person = 1, .presented_key = 2 * i, .called = PERIOD_NONE,
						  .calls = 1 + scratch_random(&state) % 9, .accounts = 1,
						  .spend = bits ? (i128)(scratch_random(&state) >> (64 - (bits > 64 ? 64 : bits)))
									  << (bits > 64 ? bits - 64 : 0)
								: 0 };
}

/* What apportion() says of the same weights. */
static void expect_shares(const struct presentation *items, size_t count, i128 spend, bool by_calls, i128 *shares)
{
	static struct portion portions[MOST];
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any |= !by_calls && items[i].spend != 0;
	for (size_t i = 0; i < count; i++)
		portions[i] = (struct portion){ .weight = any ? (u128)items[i].spend : items[i].calls, .rank = (uint32_t)i,
						.owner = (uint32_t)i };
	apportion(spend, portions, count);
	for (size_t i = 0; i < count; i++)
		shares[portions[i].owner] = portions[i].part;
}

static void test_file(struct casefile *casefile, size_t count, unsigned bits, i128 spend, bool by_calls)
{
	static struct presentation items[MOST];
	static i128 shares[MOST];
	struct spilling s = { .items = items, .count = count, .spend = spend, .casefile = casefile, .by_calls = by_calls };
	const struct presentation *item;
	size_t i = 0;
	bool good;

	make_items(items, count, bits);
	items[0].spend = by_calls ? -items[0].spend : items[0].spend;
	expect_shares(items, count, spend, by_calls, shares);
	good = share_by_file(&s) == STATUS_OK && sorter_begin(&s.sorter);
	while (good && (item = sorter_next(&s.sorter))) {
		good = i < count && item->order == items[i].order && item->calls == items[i].calls && item->spend == shares[i];
		i++;
	}
	OK(&tap, good && i == count && !sorter_broken(&s.sorter), "%lld by %zu weights of %u bits in the file", (long long)spend, count, bits);
	close_spilling(&s);
}

static void test_stopped(struct casefile *casefile)
{
	static struct presentation items[MOST];
	struct spilling s = { .items = items, .count = MOST, .spend = 5, .casefile = casefile, .stop = true };

	make_items(items, MOST, 20);
	OK(&tap, share_by_file(&s) == STATUS_INTERRUPTED && strstr(casefile->error.text, "interrupted"), "the user can stop it");
	close_spilling(&s);
}

/* Without memory to give some back, a room is kept as it is: the shares must be right then. */
static bool share_some(void *context)
{
	struct spilling *s = context;
	const struct presentation *item;
	i128 sum = 0;
	bool good = share_by_file(s) == STATUS_OK && sorter_begin(&s->sorter);

	while (good && (item = sorter_next(&s->sorter)))
		sum += item->spend;
	good = good && !sorter_broken(&s->sorter);
	if (good && sum != s->spend)
		printf("Bail out! shares that do not add up\n");
	close_spilling(s);
	return good && !starve_failed;
}

int main(void)
{
	static struct casefile casefile;
	static struct presentation items[50];
	struct spilling s = { .items = items, .count = 50, .spend = 1234, .casefile = &casefile };
	char folder[32];
	int refused;

	scratch_enter(folder);
	test_cases();
	test_random();
	for (unsigned bits = 0; bits <= 90; bits += 30) {
		test_file(&casefile, 0, bits, 100, false);
		test_file(&casefile, 1, bits, -100, false);
		test_file(&casefile, 2, bits, 101, false);
		test_file(&casefile, 97, bits, 12345, false);
		test_file(&casefile, MOST, bits, bits == 30 ? INT64_MIN : INT64_MAX, false);
		test_file(&casefile, MOST, bits, bits == 30 ? -WIDE_MOST : WIDE_MOST, false);
		test_file(&casefile, 97, bits, 12345, true);
	}
	test_stopped(&casefile);
	make_items(items, 50, 20);
	refused = starve(share_some, &s);
	OK(&tap, refused > 5, "%d allocations refused, each a failure", refused);
	scratch_leave(folder);
	return tap_done(&tap);
}
