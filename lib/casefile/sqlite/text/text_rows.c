/* SPDX-License-Identifier: Apache-2.0 */
/* Calls in the order of a found text. How many have each text is known, so that each row goes to its place at once;
 * calls are read again for each part of the texts, and for a text of very many calls. */
#include "casefile/sqlite/text/text_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Rows that are put in their places together. */
#define TOGETHER 1024
/* More rows than the module gives at a time are not held. */
#define ROWS_MOST (UINT64_C(1) << 31)

static enum status no_memory(const struct text_rows *rows)
{
	return error_memory(&rows->group.ahead->casefile->error);
}

static enum status changes(const struct text_rows *rows)
{
	return error_set(&rows->group.ahead->casefile->error, STATUS_INTEGRITY,
			 "call: its segments change while they are read");
}

void text_rows_release(struct text_rows *rows)
{
	text_group_release(&rows->group);
	free(rows->places);
	for (size_t c = 0; c < READ_COLUMNS; c++)
		free(rows->columns[c]);
	memset(rows, 0, sizeof(*rows));
}

static bool wants(const struct text_rows *rows, size_t c)
{
	return rows->ask.understood >> c & 1;
}

static bool make_room(struct text_rows *rows, uint64_t count)
{
	if (count <= rows->capacity)
		return true;
	rows->capacity = 0;
	for (size_t c = 0; c < READ_COLUMNS; c++) {
		free(rows->columns[c]);
		rows->columns[c] = wants(rows, c) ? memory_array(NULL, count, sizeof(**rows->columns)) : NULL;
		if (wants(rows, c) && !rows->columns[c])
			return false;
	}
	rows->capacity = count;
	return true;
}

static void settle(struct text_rows *rows, uint64_t count)
{
	memset(&rows->rows.segment, 0, sizeof(rows->rows.segment));
	rows->rows.segment.rows = (uint32_t)count;
	for (size_t c = 0; c < READ_COLUMNS; c++)
		rows->rows.segment.understood[c] = wants(rows, c) ? rows->columns[c] : NULL;
}

/* ---- a part that is held ---- */

/* From the next item on, as many as can be held, one or more. */
static bool choose(struct text_rows *rows)
{
	const struct text_group *group = &rows->group;
	void *places = rows->places;
	uint64_t sum = 0;

	rows->low = rows->high = (uint32_t)group->next;
	while (rows->high < group->count &&
	       (rows->high == rows->low || sum + group->items[rows->high].rows <= rows->most))
		sum += group->items[rows->high++].rows;
	rows->streaming = sum > rows->most;
	rows->held = rows->streaming ? SEGMENT_ROWS : sum;
	if (!memory_room(&places, &rows->places_capacity, rows->high - rows->low, sizeof(*rows->places)))
		return false;
	rows->places = places;
	sum = 0;
	for (uint32_t i = rows->low; i < rows->high; i++) {
		rows->places[i - rows->low] = sum;
		sum += group->items[i].rows;
	}
	return make_room(rows, rows->held);
}

/* Of some rows those of the part: which, and where they go. False: there are more than were counted. */
static bool find_places(struct text_rows *rows, const uint32_t *ranks, uint32_t count, uint32_t *which, uint64_t *to,
			uint32_t *found)
{
	*found = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (ranks[i] < rows->low || ranks[i] >= rows->high)
			continue;
		which[*found] = i;
		to[*found] = rows->places[ranks[i] - rows->low]++;
		if (to[(*found)++] >= rows->held)
			return false;
	}
	return true;
}

static enum status put_some(struct text_rows *rows, const struct segment *segment, uint32_t first, uint32_t count)
{
	uint32_t ranks[TOGETHER], which[TOGETHER], found;
	uint64_t to[TOGETHER];

	if (!text_group_ranks(&rows->group, segment, first, count, ranks) ||
	    !find_places(rows, ranks, count, which, to, &found))
		return changes(rows);
	for (size_t c = 0; c < READ_COLUMNS; c++) {
		const int64_t *from = segment->understood[c];

		for (uint32_t k = 0; wants(rows, c) && k < found; k++)
			rows->columns[c][to[k]] = from[first + which[k]];
	}
	return STATUS_OK;
}

static enum status put_segment(struct text_rows *rows, const struct segment *segment)
{
	enum status status = STATUS_OK;

	for (uint32_t first = 0; first < segment->rows && status == STATUS_OK; first += TOGETHER)
		status = put_some(rows, segment, first, segment->rows - first < TOGETHER ? segment->rows - first : TOGETHER);
	return status;
}

/* Each text has as many rows as were counted where the last place of each is the first of the next. */
static bool is_whole(const struct text_rows *rows)
{
	uint64_t sum = 0;

	for (uint32_t i = rows->low; i < rows->high; i++) {
		sum += rows->group.items[i].rows;
		if (rows->places[i - rows->low] != sum)
			return false;
	}
	return true;
}

static enum status collect(struct text_rows *rows)
{
	const struct call_rows *more;
	enum status status;

	while ((status = call_ahead_next(rows->group.ahead, &more)) == STATUS_OK) {
		status = put_segment(rows, &more->segment);
		if (status != STATUS_OK)
			return status;
	}
	if (status != STATUS_END)
		return status;
	settle(rows, rows->held);
	return is_whole(rows) ? STATUS_OK : changes(rows);
}

/* ---- giving ---- */

static enum status begin_part(struct text_rows *rows)
{
	struct call_ask ask = rows->ask;
	enum status status = text_group_seek(&rows->group);

	if (status != STATUS_OK)
		return status;
	if (!choose(rows))
		return no_memory(rows);
	rows->group.next = rows->high;
	rows->at = rows->low;
	rows->left = rows->group.items[rows->low].rows;
	ask.found |= SEGMENT_ROLE(rows->group.role) | SEGMENT_COLUMN(FOUND_HEAP);
	call_ahead_start(rows->group.ahead, &ask);
	return rows->streaming ? STATUS_OK : collect(rows);
}

/* The rows of the text of the next segment that has some. */
static enum status stream(struct text_rows *rows)
{
	const struct call_rows *more;
	enum status status = STATUS_OK;

	rows->places[0] = 0;
	while (status == STATUS_OK && rows->places[0] == 0) {
		status = call_ahead_next(rows->group.ahead, &more);
		if (status == STATUS_OK)
			status = put_segment(rows, &more->segment);
	}
	settle(rows, rows->places[0]);
	if (status == STATUS_END || (status == STATUS_OK && rows->places[0] > rows->left))
		return changes(rows);
	rows->left -= rows->places[0];
	return status;
}

enum status text_rows_next(struct text_rows *rows, const struct call_rows **given, uint32_t *first)
{
	enum status status = STATUS_OK;

	*given = &rows->rows;
	*first = 0;
	if (rows->left == 0 && ++rows->at >= rows->high)
		status = begin_part(rows);
	else if (rows->left == 0)
		rows->left = rows->group.items[rows->at].rows;
	if (status != STATUS_OK)
		return status;
	if (rows->streaming)
		return stream(rows);
	rows->rows.segment.rows = (uint32_t)rows->places[rows->at - rows->low];
	*first = (uint32_t)(rows->rows.segment.rows - rows->left);
	rows->left = 0;
	return STATUS_OK;
}

enum status text_rows_start(struct text_rows *rows, struct call_ahead *ahead, const struct forms *forms,
			    const struct call_ask *ask, enum call_role role, uint64_t words, uint32_t codes)
{
	if (rows->ask.understood != ask->understood)
		rows->capacity = 0;
	rows->ask = *ask;
	rows->most = words / ((unsigned)__builtin_popcountll(ask->understood) + 1);
	if (rows->most > ROWS_MOST)
		rows->most = ROWS_MOST;
	rows->low = rows->high = rows->at = 0;
	rows->left = 0;
	return text_group_start(&rows->group, ahead, forms, ask, role, codes);
}
