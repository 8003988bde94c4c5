/* SPDX-License-Identifier: Apache-2.0 */
/* Epochs beside local times: what is one, the tally of offsets, periods out of it, and what a checkpoint keeps. */
#include <stdlib.h>
#include <string.h>

#include "ingest/clock/clock_settle.h"
#include "ingest/clock/epoch.h"
#include "ingest/coverage/witness.h"
#include "tap.h"

#define WINTER INT64_C(1648000000)          /* 2022-03-23 01:46:40 UTC */
#define SPRING INT64_C(1648342800)          /* 2022-03-27 01:00:00 UTC: the clocks of London go forward */
#define AUTUMN INT64_C(1667091600)          /* 2022-10-30 01:00:00 UTC: and back */

static bool reads(const char *text, enum epoch_unit unit, int64_t expected)
{
	int64_t seconds = -1;

	return epoch_read(text_of(text), unit, &seconds) && seconds == expected;
}

static bool is_none(const char *text, enum epoch_unit unit)
{
	int64_t seconds = -1;

	return !epoch_read(text_of(text), unit, &seconds) && seconds == -1;
}

static void test_epochs(struct tap *tap)
{
	OK(tap, reads("1648342798.412", EPOCH_ANY, 1648342798) && reads("pbx-1.x_2-1648342798.412", EPOCH_ANY, 1648342798) &&
	   reads("999999999.1", EPOCH_ANY, 999999999), "uniqueids, with a system's name or none");
	OK(tap, reads("1648342798", EPOCH_S, 1648342798) && reads("1648342798123", EPOCH_ANY, 1648342798) &&
	   reads("1648342798123", EPOCH_MS, 1648342798) && reads("1648342798123456", EPOCH_US, 1648342798) &&
	   reads("1648342798123456789", EPOCH_NS, 1648342798), "counts of all units");
	OK(tap, is_none("1648342798123", EPOCH_S) && is_none("1648342798", EPOCH_MS), "of another unit");
	OK(tap, is_none("", EPOCH_ANY) && is_none("-1648342798", EPOCH_ANY) && is_none("1648342798.", EPOCH_ANY) &&
	   is_none("1648342798.4x", EPOCH_ANY) && is_none("a b-1648342798.4", EPOCH_ANY) && is_none("16483427981", EPOCH_ANY) &&
	   is_none("12345678", EPOCH_ANY) && is_none("000000001.2", EPOCH_ANY) &&
	   is_none("99999999999999999999", EPOCH_ANY) && is_none("ip=203.0.113.9", EPOCH_ANY), "what is none");
}

static void test_offsets(struct tap *tap)
{
	int32_t offset = 1;

	OK(tap, clock_offset(WINTER, WINTER, &offset) && offset == 0 && clock_offset(WINTER + 3720, WINTER, &offset) &&
	   offset == 3600 && clock_offset(WINTER - 16201, WINTER, &offset) && offset == -16200, "rounded to a quarter of an hour");
	offset = 1;
	OK(tap, !clock_offset(WINTER + 121, WINTER, &offset) && !clock_offset(WINTER - 121, WINTER, &offset) &&
	   !clock_offset(WINTER + 17 * 3600, WINTER, &offset) && !clock_offset(INT64_MAX / 2, WINTER, &offset) && offset == 1,
	   "none: more than two minutes off, or no offset of a clock");
}

static bool add(struct clock_tally *tally, int64_t epoch, int64_t local, uint64_t line)
{
	const struct clock_sighting seen = { .local = local, .epoch = epoch, .sight = CLOCK_BOTH };

	return clock_tally_add(tally, &seen, line, 0);
}

/* Rows of London, each so many seconds behind the other. */
static bool add_london(struct clock_tally *tally, int64_t from, int64_t step, uint64_t rows)
{
	bool good = true;

	for (uint64_t i = 0; i < rows && good; i++) {
		const int64_t epoch = from + (int64_t)i * step;

		good = add(tally, epoch, epoch + (epoch >= SPRING && epoch < AUTUMN ? 3600 : 0), i + 1);
	}
	return good;
}

static void test_periods(struct tap *tap)
{
	struct clock_tally *tally = calloc(1, sizeof(*tally));
	struct clock_measured measured;

	OK(tap, tally && clock_settle(tally, &measured) && measured.count == 0 && !measured.disbelieved, "of nothing nothing");
	OK(tap, add_london(tally, WINTER, 7200, 3000) && clock_settle(tally, &measured) && measured.count == 3 &&
	   measured.periods[0].offset == 0 && measured.periods[1].offset == 3600 && measured.periods[2].offset == 0 &&
	   measured.rows == 3000 && measured.apart == 0, "three periods of two changes");
	OK(tap, measured.periods[0].to < SPRING && measured.periods[1].from >= SPRING && measured.periods[1].to < AUTUMN &&
	   measured.periods[2].from >= AUTUMN, "each from its first row to its last");
	OK(tap, add(tally, WINTER + 50, WINTER + 50 + 900, 7000) && add(tally, WINTER + 86400, WINTER + 86400 + 500, 7001) &&
	   clock_settle(tally, &measured) && measured.count == 3 && measured.apart == 2,
	   "a start a quarter of an hour behind its channel, and one that fits nothing, are counted apart");
	clock_tally_release(tally);
	for (int i = 0; i < 4; i++)
		(void)add(tally, WINTER + i * 86400, WINTER + i * 86400 + (i % 2 ? 400 : 0), (uint64_t)i + 1);
	OK(tap, clock_settle(tally, &measured) && measured.count == 0 && measured.disbelieved && measured.line == 2,
	   "where half contradict, nothing is measured, and an example is told");
	clock_tally_release(tally);
	free(tally);
}

static void test_doubled(struct tap *tap)
{
	struct clock_tally *tally = calloc(1, sizeof(*tally));
	struct clock_measured measured;
	struct buf text = { 0 };
	const struct clock_sighting bare = { .local = AUTUMN + 60, .sight = CLOCK_BARE };

	(void)add_london(tally, AUTUMN - 3600, 1200, 6);
	(void)clock_settle(tally, &measured);
	clock_doubled_write(tally, &measured, &text);
	OK(tap, text_is(buf_view(&text), "row 0 4 0\nrow 0 5 0\nrow 0 6 0\nhour 1667091600 1667095200 3600\n"),
	   "rows of the second pass of the hour, and what the others are");
	buf_clear(&text);
	(void)clock_tally_add(tally, &bare, 9, 0);
	clock_doubled_write(tally, &measured, &text);
	OK(tap, text_is(buf_view(&text), "row 0 4 0\nrow 0 5 0\nrow 0 6 0\n"), "a row in it without an epoch leaves it open");
	clock_tally_release(tally);
	free(tally);
	buf_release(&text);
}

/* ---- ids ---- */

static struct id_gaps gaps_of(const int64_t *ids, size_t count, struct id_tally *tally)
{
	memset(tally, 0, sizeof(*tally));
	for (size_t i = 0; i < count; i++)
		(void)id_tally_add(tally, ids[i]);
	return id_tally_gaps(tally);
}

static void test_ids(struct tap *tap)
{
	static const int64_t rising[] = { 1, 2, 5, 6, 10 }, falling[] = { 10, 6, 5, 2, 1 }, none[] = { 6, 1, 10, 5, 2, 5, -1 };
	static const int64_t *const orders[] = { rising, falling, none };
	static const size_t counts[] = { 5, 5, 7 };
	struct id_tally tally;
	unsigned right = 0;

	for (int i = 0; i < 3; i++) {
		const struct id_gaps gaps = gaps_of(orders[i], counts[i], &tally);

		right += gaps.told && gaps.gaps == 2 && gaps.missing == 5 && gaps.largest.first == 6 && gaps.largest.last == 10;
		id_tally_release(&tally);
	}
	OK(tap, right == 3, "missing ids, in whatever order");
	(void)gaps_of(none, 7, &tally);
	OK(tap, tally.twice == 1 && tally.others == 1 && tally.count == 6, "what is there twice, and what is none");
	id_tally_release(&tally);
	memset(&tally, 0, sizeof(tally));
	for (int64_t i = 0; i < 3 * ID_RUNS; i++)
		(void)id_tally_add(&tally, i % 2 ? 10 * i : 10000000 - 10 * i);
	OK(tap, tally.over && !id_tally_gaps(&tally).told, "too many gaps in no order: not told");
	id_tally_release(&tally);
	for (int64_t i = 0; i < 3 * ID_RUNS; i++)
		(void)id_tally_add(&tally, 2 * i);
	OK(tap, tally.over && id_tally_gaps(&tally).told && id_tally_gaps(&tally).missing == 3 * ID_RUNS - 1,
	   "in order as many as there are");
	id_tally_release(&tally);
	(void)id_tally_add(&tally, 1);
	(void)id_tally_add(&tally, INT64_C(999999999999999999));
	OK(tap, id_tally_gaps(&tally).sparse, "numbers that count no rows");
	id_tally_release(&tally);
}

/* ---- a checkpoint ---- */

static bool comes_back(const struct witness *witness)
{
	struct witness *other = calloc(1, sizeof(*other));
	struct buf before = { 0 }, after = { 0 };
	bool memory, same;

	witness_write(witness, &before);
	same = other && witness_restore(other, buf_view(&before), &memory);
	if (same)
		witness_write(other, &after);
	same = same && text_equal(buf_view(&before), buf_view(&after));
	if (other)
		witness_release(other);
	free(other);
	buf_release(&before);
	buf_release(&after);
	return same;
}

static void test_kept(struct tap *tap)
{
	static const char *const wrong[] = { "\n", "x\n", "w 1\n", "w 8 0 0\n", "s 1 2 3\n", "i 1\n", "n 2 1\n", "n 5 6\nn 7 9\n",
					     "t 1 2\n", "e 200000 0 1 0 0 1 0 0\n", "e 19074 3 1 0 0 1 0 0\n", "e 1 0 0 0 0 1 0 0\n",
					     "b 1 4294967296 0 0\n", "r 1 1 1 999999\n", "w 1 2 3 4\n", "w -1 2 3\n" };
	struct witness *witness = calloc(1, sizeof(*witness));
	struct seen seen = { 0 };
	unsigned refused = 0;
	bool memory;

	OK(tap, comes_back(witness), "an empty one comes back");
	(void)add_london(&witness->clock, AUTUMN - 90000, 600, 500);
	seen_time(&seen, -5000, false);
	seen_time(&seen, 1648000000000, true);
	seen_id(&seen, 0, 7);
	seen_id(&seen, 2, 9);
	seen_status(&seen, 1, SEEN_UNANSWERED_TALK, 4);
	seen.line = 100;
	OK(tap, witness_add(witness, &seen, 0, 2, 3) && witness->ids.count == 1 &&
	   witness->statuses[SEEN_UNANSWERED_TALK].line == 104 && witness->statuses[SEEN_UNANSWERED_TALK].member == 3 &&
	   witness->first == -5000, "rows up to one that is not stored yet");
	OK(tap, witness_add(witness, &seen, 2, 3, 3) && witness->ids.count == 2 &&
	   witness->statuses[SEEN_UNANSWERED_TALK].count == 1, "and those behind it");
	OK(tap, comes_back(witness), "a full one comes back");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refused += !witness_restore(witness, text_of(wrong[i]), &memory) && !memory;
	OK(tap, refused == sizeof wrong / sizeof *wrong, "%u texts that are none", refused);
	witness_release(witness);
	free(witness);
	seen_release(&seen);
}

int main(void)
{
	struct tap tap = { 0 };

	test_epochs(&tap);
	test_offsets(&tap);
	test_periods(&tap);
	test_doubled(&tap);
	test_ids(&tap);
	test_kept(&tap);
	return tap_done(&tap);
}
