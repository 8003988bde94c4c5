/* SPDX-License-Identifier: Apache-2.0 */
/* How the calls of a source came to be understood, counted. */
#include "normalise/quality/call_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/call_flag.h"

void call_tally_release(struct call_tally *tally)
{
	for (int role = 0; role < TALLY_ROLES; role++)
		free(tally->readings[role]);
	memset(tally, 0, sizeof(*tally));
}

void call_tally_clear(struct call_tally *tally)
{
	tally->count[TALLY_PRESENTED] = tally->count[TALLY_DIALLED] = 0;
	tally->contradicted = tally->negative = tally->clock = tally->told = tally->times = 0;
	tally->first_clock = tally->first_told = tally->first_times = 0;
}

/* Makes room for a reading; those that were not there have no rows. */
static bool make_room(struct call_tally *tally, enum tally_role role, size_t count)
{
	void *items = tally->readings[role];

	if (count <= tally->count[role])
		return true;
	if (!memory_room(&items, &tally->capacity[role], count, sizeof(uint64_t)))
		return false;
	tally->readings[role] = items;
	memset(tally->readings[role] + tally->count[role], 0,
	       (count - tally->count[role]) * sizeof(uint64_t));
	tally->count[role] = count;
	return true;
}

uint64_t *call_tally_readings(struct call_tally *tally, enum tally_role role, int64_t most)
{
	return make_room(tally, role, (size_t)most + 1) ? tally->readings[role] : NULL;
}

/* The number of the first call with a flag that some of them have. */
static void find_first(const int64_t *flags, int64_t flag, int64_t first, int64_t *out)
{
	if (*out)
		return;
	for (*out = first; !(*flags & flag); flags++)
		++*out;
}

/* All bits of some flags. */
static int64_t bits_of(const int64_t *flags, uint32_t rows)
{
	int64_t bits = 0;

	for (uint32_t i = 0; i < rows; i++)
		bits |= flags[i];
	return bits;
}

static void count_flags(struct call_tally *tally, const int64_t *flags, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++) {
		tally->contradicted += (flags[i] & CALL_FLAG_CONTRADICTED) != 0;
		tally->negative += (flags[i] & CALL_FLAG_NEGATIVE) != 0;
		tally->clock += (flags[i] & CALL_FLAG_CLOCK) != 0;
		tally->told += (flags[i] & CALL_FLAG_TOLD) != 0;
		tally->times += (flags[i] & CALL_FLAG_TIMES) != 0;
	}
}

#define COUNTED (CALL_FLAG_CONTRADICTED | CALL_FLAG_NEGATIVE | CALL_FLAG_CLOCK | CALL_FLAG_TOLD | CALL_FLAG_TIMES)
/* Rows that are looked at together: few have any that is counted. */
#define TOGETHER 256

void call_tally_flags(struct call_tally *tally, const int64_t *flags, uint32_t rows, int64_t first)
{
	int64_t all = 0;

	for (uint32_t i = 0; i < rows; i += TOGETHER) {
		const uint32_t count = rows - i < TOGETHER ? rows - i : TOGETHER;
		const int64_t bits = bits_of(flags + i, count);

		if (bits & COUNTED)
			count_flags(tally, flags + i, count);
		all |= bits;
	}
	if (all & CALL_FLAG_CLOCK)
		find_first(flags, CALL_FLAG_CLOCK, first, &tally->first_clock);
	if (all & CALL_FLAG_TOLD)
		find_first(flags, CALL_FLAG_TOLD, first, &tally->first_told);
	if (all & CALL_FLAG_TIMES)
		find_first(flags, CALL_FLAG_TIMES, first, &tally->first_times);
}

bool call_tally_add(struct call_tally *tally, const struct call_tally *other)
{
	for (int role = 0; role < TALLY_ROLES; role++) {
		if (!make_room(tally, (enum tally_role)role, other->count[role]))
			return false;
		for (size_t i = 0; i < other->count[role]; i++)
			tally->readings[role][i] += other->readings[role][i];
	}
	tally->contradicted += other->contradicted;
	tally->negative += other->negative;
	tally->clock += other->clock;
	tally->told += other->told;
	tally->times += other->times;
	if (!tally->first_clock)
		tally->first_clock = other->first_clock;
	if (!tally->first_told)
		tally->first_told = other->first_told;
	if (!tally->first_times)
		tally->first_times = other->first_times;
	return true;
}
