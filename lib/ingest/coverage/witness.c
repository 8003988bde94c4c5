/* SPDX-License-Identifier: Apache-2.0 */
/* What the stored rows of a source show beside their values. */
#include "ingest/coverage/witness.h"

#include <inttypes.h>
#include <string.h>

#include "ingest/coverage/numbers.h"

/* Times before 1970 are written as milliseconds behind the year 1. */
#define YEAR_1_MS INT64_C(62135596800000)

void witness_release(struct witness *witness)
{
	clock_tally_release(&witness->clock);
	id_tally_release(&witness->ids);
	memset(witness, 0, sizeof(*witness));
}

/* Rows that are read again behind a checkpoint change nothing of it. */
static void add_times(struct witness *witness, const struct seen *seen)
{
	witness->open = witness->open || seen->open;
	if (!seen->times)
		return;
	if (!witness->times || seen->first < witness->first)
		witness->first = seen->first;
	if (!witness->times || seen->last > witness->last)
		witness->last = seen->last;
	witness->times = true;
	witness->zoned = witness->zoned || seen->zoned;
}

static bool add_clocks(struct witness *witness, const struct seen *seen, uint32_t from, uint32_t until, uint64_t member)
{
	bool good = true;

	for (size_t i = from; i < until && i < seen->clock_count && good; i++)
		good = clock_tally_add(&witness->clock, &seen->clocks[i], seen->line + seen->clocks[i].line, member);
	return good;
}

/* The first of those that are of a row or behind it. */
static size_t find_id(const struct seen *seen, uint32_t row)
{
	size_t low = 0, high = seen->id_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (seen->ids[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_statuses(struct witness *witness, const struct seen *seen, uint32_t from, uint32_t until,
			 uint64_t member)
{
	for (size_t i = 0; i < seen->status_count; i++) {
		const struct seen_contradiction *one = &seen->statuses[i];
		struct clock_count *count = &witness->statuses[one->what];

		if (one->row < from || one->row >= until)
			continue;
		if (count->count++ == 0) {
			count->line = seen->line + one->line;
			count->member = member;
		}
	}
}

bool witness_add(struct witness *witness, const struct seen *seen, uint32_t from, uint32_t until, uint64_t member)
{
	bool good = true;

	if (from >= until)
		return true;
	add_times(witness, seen);
	add_statuses(witness, seen, from, until, member);
	for (size_t i = find_id(seen, from); i < seen->id_count && seen->ids[i].row < until && good; i++)
		good = id_tally_add(&witness->ids, seen->ids[i].id);
	return good && add_clocks(witness, seen, from, until, member);
}

/* ---- in a checkpoint ---- */

void witness_write(const struct witness *witness, struct buf *out)
{
	const struct clock_count *s = witness->statuses;

	buf_format(out, "w %d %" PRId64 " %" PRId64 "\n", witness->times | witness->zoned << 1 | witness->open << 2,
		   witness->times ? witness->first + YEAR_1_MS : 0, witness->times ? witness->last + YEAR_1_MS : 0);
	buf_format(out, "s %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", s[0].count,
		   s[0].line, s[0].member, s[1].count, s[1].line, s[1].member);
	id_tally_write(&witness->ids, out);
	clock_tally_write(&witness->clock, out);
}

static bool read_times(struct witness *witness, struct text rest)
{
	uint64_t n[3];

	if (!numbers_read(rest, n, 3) || n[0] > 7)
		return false;
	witness->times = n[0] & 1;
	witness->zoned = n[0] >> 1 & 1;
	witness->open = n[0] >> 2 & 1;
	witness->first = (int64_t)n[1] - YEAR_1_MS;
	witness->last = (int64_t)n[2] - YEAR_1_MS;
	return true;
}

static bool read_statuses(struct witness *witness, struct text rest)
{
	uint64_t n[6];

	if (!numbers_read(rest, n, 6))
		return false;
	witness->statuses[0] = (struct clock_count){ n[0], n[1], n[2] };
	witness->statuses[1] = (struct clock_count){ n[3], n[4], n[5] };
	return true;
}

static bool read_line(struct witness *witness, struct text line, bool *memory)
{
	const struct text rest = { line.data + 1, line.len - 1 };

	switch (line.data[0]) {
	case 'w':
		return read_times(witness, rest);
	case 's':
		return read_statuses(witness, rest);
	case 'i':
	case 'n':
		return id_tally_read(&witness->ids, line, memory);
	default:
		return clock_tally_restore(&witness->clock, line, memory);
	}
}

bool witness_restore(struct witness *witness, struct text text, bool *memory)
{
	*memory = false;
	witness_release(witness);
	while (text.len > 0) {
		const struct text line = text_take_line(&text);

		if (line.len == 0 || !read_line(witness, line, memory))
			return false;
	}
	return true;
}
