/* SPDX-License-Identifier: Apache-2.0 */
/* Calls read ahead, and put in order of a column a part at a time: what is given does not depend on the threads or on how
 * many rows are held. */
#include "casefile/sqlite/call_group.h"
#include "correlate_world.h"

enum { SEGMENTS = 30, ROWS = SEGMENTS * CALLS_MOST };

static struct call made[ROWS];

/* The talk of a call is its place. */
static struct call make(int64_t i)
{
	static const int64_t numbers[] = { 0, INT64_C(447700900001), INT64_C(999999999999999), 1, INT64_C(1) << 41, INT64_C(1) << 40 };
	struct call one = { .at = NOON + i / 100, .talk = i, .key = i % 7 ? i % 41 : 3, .dialled = numbers[i * i % 11 % 6] };

	if (i % 3 == 0)
		one.dialled = INT64_C(447000000000) + i * i * 7919;
	one.flags = (i % 5 ? ANSWERED : 0) | (i % 13 ? 0 : CALL_FLAG_UNREAD) | CALL_TALK_FROM_TALK;
	return one;
}

/* What rows are put in order by. */
static int64_t key_of(int64_t i, int column)
{
	if (column == READ_COLUMNS)
		return made[i].flags & CALL_FLAG_UNREAD ? 0 : 1 + !!(made[i].flags & ANSWERED);
	return value_of(&made[i], (unsigned)column);
}

struct reading {
	struct call_ahead ahead;
	struct call_group group;
	struct segment_proof proof;
};

static enum status begin_reading(struct reading *r, struct world *w, unsigned threads)
{
	memset(r, 0, sizeof(*r));
	return call_ahead_open(&r->ahead, &w->casefile, &r->proof, true, threads);
}

static void end_reading(struct reading *r)
{
	call_group_release(&r->group);
	call_group_release(&r->group);
	call_ahead_close(&r->ahead);
	call_ahead_close(&r->ahead);
	segment_proof_release(&r->proof);
}

static struct call_ask ask_all(void)
{
	return (struct call_ask){ .understood = SEGMENT_COLUMN(READ_TALK), .first = INT64_MIN, .last = INT64_MAX };
}

static enum status begin_group(struct reading *r, const struct call_ask *asked, int column, uint64_t words)
{
	return column == READ_COLUMNS
		       ? call_group_start_answered(&r->group, &r->ahead, asked)
		       : call_group_start(&r->group, &r->ahead, asked, (enum understood_column)column, words);
}

/* Reads the talk of all rows; gives how many, -1: a failure. */
static int64_t read_talks(struct reading *r, int64_t talks[static ROWS])
{
	const struct call_rows *rows;
	int64_t count = 0;
	enum status status;

	while ((status = call_group_next(&r->group, &rows)) == STATUS_OK)
		for (uint32_t i = 0; i < rows->segment.rows && count < ROWS; i++)
			talks[count++] = rows->segment.understood[READ_TALK][i];
	return status == STATUS_END ? count : -1;
}

/* Whether rows come in order of the key, then of their place, each once, those from `least` on. */
static bool in_order(const int64_t *talks, int64_t count, int column, int64_t least)
{
	for (int64_t i = 0; i < count; i++) {
		if (talks[i] < least || talks[i] >= ROWS)
			return false;
		if (i > 0 && (key_of(talks[i - 1], column) > key_of(talks[i], column) ||
			      (key_of(talks[i - 1], column) == key_of(talks[i], column) && talks[i - 1] >= talks[i])))
			return false;
	}
	return count == ROWS - least;
}

static void test_order(struct world *w, int column, const char *name)
{
	static const uint64_t words[] = { CALL_GROUP_WORDS, 3000, 400, 50 };
	int64_t talks[ROWS];

	for (unsigned threads = 1; threads <= 3; threads += 2)
		for (size_t k = 0; k < COUNT(words); k++) {
			struct call_ask asked = ask_all();
			struct reading r;
			bool good = begin_reading(&r, w, threads) == STATUS_OK;

			good = good && begin_group(&r, &asked, column, words[k]) == STATUS_OK &&
			       in_order(talks, read_talks(&r, talks), column, 0);
			asked.conditions[asked.count++] =
				(struct call_condition){ .column = READ_TALK, .low = 1000, .high = INT64_MAX };
			good = good && begin_group(&r, &asked, column, words[k]) == STATUS_OK &&
			       in_order(talks, read_talks(&r, talks), column, 1000);
			OK(&tap, good, "in order of %s, %u threads, room for %u words", name, threads, (unsigned)words[k]);
			end_reading(&r);
		}
}

/* The first call from `next` on that meets a condition. */
static int64_t first_from(int64_t next, const struct call_condition *condition)
{
	while (next < ROWS && (key_of(next, (int)condition->column) < condition->low ||
			       key_of(next, (int)condition->column) > condition->high))
		next++;
	return next;
}

/* Rows by conditions: their numbers and values. */
static bool narrowed(struct world *w, unsigned threads, const struct call_condition *condition)
{
	struct call_ask asked = ask_all();
	const struct call_rows *rows;
	struct reading r;
	int64_t next = 0;
	bool good = begin_reading(&r, w, threads) == STATUS_OK;

	asked.conditions[asked.count++] = *condition;
	call_ahead_start(&r.ahead, &asked);
	while (good && call_ahead_next(&r.ahead, &rows) == STATUS_OK)
		for (uint32_t k = 0; k < rows->segment.rows; k++) {
			const int64_t i = (rows->segment.id - 1) * CALLS_MOST + call_row_number(rows, k);

			next = first_from(next, condition);
			good = good && next++ == i && rows->segment.understood[READ_TALK][k] == i;
		}
	end_reading(&r);
	return good && first_from(next, condition) == ROWS;
}

static void test_narrow(struct world *w)
{
	static const struct call_condition conditions[] = {
		{ .column = READ_ACCOUNT, .low = 3, .high = 3 },
		{ .column = READ_ACCOUNT, .low = 40, .high = 40 },
		{ .column = READ_ACCOUNT, .low = 41, .high = 41 },
		{ .column = READ_ACCOUNT, .low = 5, .high = 9 },
		{ .column = READ_DIALLED, .low = 999999999999999, .high = 999999999999999 },
		{ .column = READ_TALK, .low = 700, .high = 700 },
		{ .column = READ_TALK, .low = 1, .high = 0 },
	};

	for (size_t k = 0; k < COUNT(conditions); k++)
		OK(&tap, narrowed(w, 1, &conditions[k]) && narrowed(w, 4, &conditions[k]), "narrow question %zu", k);
}

/* A start while threads are at work, and an end. */
static void test_anew(struct world *w)
{
	const struct call_ask asked = ask_all();
	const struct call_rows *rows;
	struct reading r;
	bool good = begin_reading(&r, w, 4) == STATUS_OK;

	for (unsigned turn = 0; turn < 40 && good; turn++) {
		call_ahead_start(&r.ahead, &asked);
		for (unsigned i = 0; i < turn % 9 && good; i++)
			good = call_ahead_next(&r.ahead, &rows) == STATUS_OK && rows->segment.id == i + 1;
	}
	OK(&tap, good, "what is begun anew gives the first segment");
	end_reading(&r);
}

static void test_damage(struct world *w)
{
	const struct call_ask asked = ask_all();
	int64_t talks[ROWS];

	for (unsigned threads = 1; threads <= 3; threads++) {
		const struct call_rows *rows;
		struct reading r;
		unsigned given = 0;
		enum status status = begin_reading(&r, w, threads);

		call_ahead_start(&r.ahead, &asked);
		while (status == STATUS_OK && (status = call_ahead_next(&r.ahead, &rows)) == STATUS_OK)
			given++;
		OK(&tap, status == STATUS_INTEGRITY && given == 11, "%u threads: segments before a damaged one are given: %s", threads,
		   w->casefile.error.text);
		OK(&tap, begin_group(&r, &asked, READ_ACCOUNT, 400) == STATUS_OK && read_talks(&r, talks) == -1 &&
				 w->casefile.error.status == STATUS_INTEGRITY,
		   "and what is put in order fails");
		end_reading(&r);
	}
}

int main(void)
{
	struct world w;
	char folder[32];

	scratch_enter(folder);
	begin(&w);
	for (int64_t i = 0; i < ROWS; i++) {
		made[i] = make(i);
		call(&w, made[i]);
		if (w.call_count == CALLS_MOST)
			store_calls(&w);
	}
	test_order(&w, READ_ACCOUNT, "account");
	test_order(&w, READ_DIALLED, "dialled number");
	test_order(&w, READ_FLAGS, "flags");
	test_order(&w, READ_COLUMNS, "whether it is answered");
	test_narrow(&w);
	test_anew(&w);
	sql(&w, "UPDATE understood SET data = CAST(substr(data, 1, 3) || x'5aa5' || substr(data, 6) AS BLOB) WHERE id = 12 * 256 + %d",
	    READ_TALK);
	test_damage(&w);
	end(&w);
	scratch_leave(folder);
	return tap_done(&tap);
}
