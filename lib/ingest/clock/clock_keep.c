/* SPDX-License-Identifier: Apache-2.0 */
/* A tally of clocks as a text of a checkpoint: numbers, one record a line. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/clock/clock_tally.h"
#include "ingest/coverage/numbers.h"

#define NUMBERS_MOST 8

static void write_count(const struct clock_count *count, struct buf *out)
{
	buf_format(out, " %" PRIu64 " %" PRIu64 " %" PRIu64, count->count, count->line, count->member);
}

static bool is_empty(const struct clock_tally *tally)
{
	return tally->fitting + tally->apart.count + tally->bare.count == 0;
}

/* Offsets are written as so many seconds east of the westernmost. */
static void write_day(const struct clock_day_tally *day, size_t number, struct buf *out)
{
	for (size_t i = 0; i < CLOCK_DAY_OFFSETS && day->entries[i].count > 0; i++) {
		const struct clock_entry *e = &day->entries[i];

		buf_format(out, "e %zu %zu %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRIu64 " %d\n", number, i,
			   e->count, e->first, e->last, e->line, e->member, e->offset + CLOCK_OFFSET_MOST);
	}
	if (day->bare[0] | day->bare[1] | day->bare[2])
		buf_format(out, "b %zu %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", number, day->bare[0], day->bare[1],
			   day->bare[2]);
}

static void write_rows(const struct clock_tally *tally, struct buf *out)
{
	for (size_t i = 0; i < tally->row_count; i++)
		buf_format(out, "r %" PRIu64 " %" PRIu64 " %" PRId64 " %d\n", tally->rows[i].member, tally->rows[i].line,
			   tally->rows[i].local, tally->rows[i].offset + CLOCK_OFFSET_MOST);
}

void clock_tally_write(const struct clock_tally *tally, struct buf *out)
{
	if (is_empty(tally))
		return;
	buf_format(out, "t %" PRIu64 " %d\n", tally->fitting, tally->rows_over);
	buf_text(out, "a");
	write_count(&tally->apart, out);
	write_count(&tally->bare, out);
	buf_text(out, "\no");
	write_count(&tally->dmy, out);
	write_count(&tally->mdy, out);
	buf_byte(out, '\n');
	for (size_t day = 0; day < CLOCK_DAYS; day++)
		if (clock_tally_day(tally, (int64_t)day))
			write_day(clock_tally_day(tally, (int64_t)day), day, out);
	write_rows(tally, out);
}

/* ---- back ---- */

static struct clock_day_tally *day_of(struct clock_tally *tally, uint64_t day, bool *memory)
{
	struct clock_day_tally **chunk;

	if (day >= CLOCK_DAYS)
		return NULL;
	chunk = &tally->chunks[day / CLOCK_CHUNK];
	if (!*chunk)
		*chunk = calloc(CLOCK_CHUNK, sizeof(**chunk));
	*memory = *memory || !*chunk;
	return *chunk ? &(*chunk)[day % CLOCK_CHUNK] : NULL;
}

static bool read_entry(struct clock_tally *tally, const uint64_t *n, bool *memory)
{
	struct clock_day_tally *day = day_of(tally, n[0], memory);

	if (!day || n[1] >= CLOCK_DAY_OFFSETS || n[2] == 0 || n[7] > 2 * CLOCK_OFFSET_MOST || n[7] % CLOCK_STEP != 0 ||
	    n[3] > n[4] || clock_day_of((int64_t)n[3]) != (int64_t)n[0] || clock_day_of((int64_t)n[4]) != (int64_t)n[0])
		return false;
	day->entries[n[1]] = (struct clock_entry){ n[2], (int64_t)n[3], (int64_t)n[4], n[5], n[6],
						   (int32_t)n[7] - CLOCK_OFFSET_MOST };
	return n[1] == 0 || day->entries[n[1] - 1].count > 0;
}

static bool read_bare(struct clock_tally *tally, const uint64_t *n, bool *memory)
{
	struct clock_day_tally *day = day_of(tally, n[0], memory);

	for (int i = 0; day && i < 3; i++) {
		if (n[1 + i] > UINT32_MAX)
			return false;
		day->bare[i] = (uint32_t)n[1 + i];
	}
	return day != NULL;
}

static bool read_row(struct clock_tally *tally, const uint64_t *n, bool *memory)
{
	void *rows = tally->rows;

	if (tally->row_count == CLOCK_ROWS_MOST || n[3] > 2 * CLOCK_OFFSET_MOST)
		return false;
	*memory = !memory_room(&rows, &tally->row_capacity, tally->row_count + 1, sizeof(*tally->rows));
	if (*memory)
		return false;
	tally->rows = rows;
	tally->rows[tally->row_count++] =
		(struct clock_row){ n[0], n[1], (int64_t)n[2], (int32_t)n[3] - CLOCK_OFFSET_MOST };
	return true;
}

static struct clock_count count_of(const uint64_t *n)
{
	return (struct clock_count){ n[0], n[1], n[2] };
}

static bool read_line(struct clock_tally *tally, struct text line, bool *memory)
{
	const char letter = line.len ? line.data[0] : '\0';
	const struct text rest = { line.data + 1, line.len - 1 };
	uint64_t n[NUMBERS_MOST];

	switch (letter) {
	case 't':
		if (!numbers_read(rest, n, 2))
			return false;
		tally->fitting = n[0];
		tally->rows_over = n[1] == 1;
		return n[1] <= 1;
	case 'a':
	case 'o':
		if (!numbers_read(rest, n, 6))
			return false;
		*(letter == 'a' ? &tally->apart : &tally->dmy) = count_of(n);
		*(letter == 'a' ? &tally->bare : &tally->mdy) = count_of(n + 3);
		return true;
	case 'e':
		return numbers_read(rest, n, 8) && read_entry(tally, n, memory);
	case 'b':
		return numbers_read(rest, n, 4) && read_bare(tally, n, memory);
	case 'r':
		return numbers_read(rest, n, 4) && read_row(tally, n, memory);
	default:
		return false;
	}
}

bool clock_tally_restore(struct clock_tally *tally, struct text text, bool *memory)
{
	*memory = false;
	while (text.len > 0)
		if (!read_line(tally, text_take_line(&text), memory))
			return false;
	return true;
}
