/* SPDX-License-Identifier: Apache-2.0 */
/* How far local times are from the epochs beside them. */
#include "ingest/clock/clock_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Clocks are put forward or back by half an hour, an hour or two. */
#define CHANGE_UNIT 1800
#define CHANGE_MOST 7200
#define DAY 86400

void clock_tally_release(struct clock_tally *tally)
{
	for (size_t i = 0; i < sizeof(tally->chunks) / sizeof(tally->chunks[0]); i++)
		free(tally->chunks[i]);
	free(tally->rows);
	memset(tally, 0, sizeof(*tally));
}

bool clock_offset(int64_t local, int64_t epoch, int32_t *offset)
{
	const int64_t apart = local - epoch;
	int64_t steps;

	if (apart > CLOCK_OFFSET_MOST + CLOCK_SLACK || apart < -CLOCK_OFFSET_MOST - CLOCK_SLACK)
		return false;
	steps = (apart + (apart < 0 ? -CLOCK_STEP / 2 : CLOCK_STEP / 2)) / CLOCK_STEP;
	if (apart - steps * CLOCK_STEP > CLOCK_SLACK || apart - steps * CLOCK_STEP < -CLOCK_SLACK)
		return false;
	*offset = (int32_t)(steps * CLOCK_STEP);
	return true;
}

const struct clock_day_tally *clock_tally_day(const struct clock_tally *tally, int64_t day)
{
	if (day < 0 || day >= CLOCK_DAYS || !tally->chunks[day / CLOCK_CHUNK])
		return NULL;
	return &tally->chunks[day / CLOCK_CHUNK][day % CLOCK_CHUNK];
}

/* NULL: no memory. */
static struct clock_day_tally *make_day(struct clock_tally *tally, int64_t day)
{
	struct clock_day_tally **chunk = &tally->chunks[day / CLOCK_CHUNK];

	if (!*chunk)
		*chunk = calloc(CLOCK_CHUNK, sizeof(**chunk));
	return *chunk ? &(*chunk)[day % CLOCK_CHUNK] : NULL;
}

static void count_at(struct clock_count *count, uint64_t line, uint64_t member)
{
	if (count->count++ > 0)
		return;
	count->line = line;
	count->member = member;
}

/* Notes that there is a row at a local time of which nobody knows the offset. */
static bool note_bare(struct clock_tally *tally, int64_t local)
{
	const int64_t day = local / DAY, quarter = local % DAY / CLOCK_STEP;
	struct clock_day_tally *tallied;

	if (local < 0 || day >= CLOCK_DAYS)
		return true;
	tallied = make_day(tally, day);
	if (tallied)
		tallied->bare[quarter / 32] |= UINT32_C(1) << quarter % 32;
	return tallied != NULL;
}

/* Keeps a row, for its offset was not the first of the day. */
static bool keep_row(struct clock_tally *tally, const struct clock_row *row)
{
	void *rows = tally->rows;

	if (tally->row_count == CLOCK_ROWS_MOST) {
		tally->rows_over = true;
		return true;
	}
	if (!memory_room(&rows, &tally->row_capacity, tally->row_count + 1, sizeof(*tally->rows)))
		return false;
	tally->rows = rows;
	tally->rows[tally->row_count++] = *row;
	return true;
}

static bool is_change(int32_t a, int32_t b)
{
	const int32_t apart = a < b ? b - a : a - b;

	return apart % CHANGE_UNIT == 0 && apart <= CHANGE_MOST;
}

static void add_entry(struct clock_entry *entry, int64_t epoch, const struct clock_row *row)
{
	if (entry->count++ == 0) {
		*entry = (struct clock_entry){ 1, epoch, epoch, row->line, row->member, row->offset };
		return;
	}
	entry->first = epoch < entry->first ? epoch : entry->first;
	entry->last = epoch > entry->last ? epoch : entry->last;
}

/* Adds an epoch to its day. */
static bool add_epoch(struct clock_tally *tally, int64_t epoch, const struct clock_row *row)
{
	struct clock_day_tally *day = make_day(tally, clock_day_of(epoch));
	size_t i = 0;

	if (!day)
		return false;
	while (i < CLOCK_DAY_OFFSETS && day->entries[i].count > 0 && day->entries[i].offset != row->offset)
		i++;
	if (i == CLOCK_DAY_OFFSETS) {
		count_at(&tally->apart, row->line, row->member);
		return note_bare(tally, row->local);
	}
	tally->fitting++;
	add_entry(&day->entries[i], epoch, row);
	if (i == 0)
		return true;
	return is_change(row->offset, day->entries[0].offset) ? keep_row(tally, row) : note_bare(tally, row->local);
}

bool clock_tally_add(struct clock_tally *tally, const struct clock_sighting *seen, uint64_t line, uint64_t member)
{
	struct clock_row row = { member, line, seen->local, 0 };

	if (seen->sight == CLOCK_NOTHING)
		return true;
	if (seen->orders & CLOCK_DMY)
		count_at(&tally->dmy, line, member);
	if (seen->orders & CLOCK_MDY)
		count_at(&tally->mdy, line, member);
	if (seen->sight == CLOCK_BOTH && clock_offset(seen->local, seen->epoch, &row.offset))
		return add_epoch(tally, seen->epoch, &row);
	count_at(seen->sight == CLOCK_BOTH ? &tally->apart : &tally->bare, line, member);
	return note_bare(tally, seen->local);
}
