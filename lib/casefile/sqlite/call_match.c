/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a segment that meet conditions, decoded. */
#include "casefile/sqlite/call_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/column/between.h"
#include "casefile/sqlite/text/call_text.h"

void call_rows_release(struct call_rows *rows)
{
	segment_decoder_release(&rows->whole);
	segment_decoder_release(&rows->asked);
	segment_decoder_release(&rows->given);
	free(rows->numbers);
	for (size_t i = 0; i < FOUND_COLUMNS + READ_COLUMNS; i++)
		free(rows->values[i]);
	memset(rows, 0, sizeof(*rows));
}

/* ---- conditions ---- */

static bool meets(const struct call_condition *condition, int64_t value)
{
	value = condition->mask ? value & condition->mask : value;
	return value >= condition->low && value <= condition->high &&
	       (!condition->among || call_among(condition->among, condition->count, value));
}

/* Keeps those of the hits that meet a condition; gives how many. */
static uint32_t keep(const struct call_condition *condition, const int64_t *values, uint32_t *hits,
		     uint32_t count)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < count; i++)
		if (meets(condition, values[hits[i]]))
			hits[kept++] = hits[i];
	return kept;
}

/* The rows of a window that meet the first condition. */
static uint32_t find_first(const struct call_condition *first, const int64_t *values, uint32_t rows, uint32_t *hits)
{
	uint64_t span = (uint64_t)first->high - (uint64_t)first->low;
	uint32_t count = 0;

	if (first->mask)
		span = UINT64_MAX;
	if (first->low <= first->high)
		count = between_fastest()(values, rows, first->low, span, hits);
	return first->mask || (first->among && span) ? keep(first, values, hits, count) : count;
}

/* The rows of a window that meet all of the columns as understood, one or more. */
static uint32_t find(const struct call_ask *ask, const struct segment *window, uint32_t *hits)
{
	const struct call_condition *first = &ask->conditions[0];
	uint32_t count = find_first(first, window->understood[first->column], window->rows, hits);

	for (size_t i = 1; i < ask->count && count > 0; i++)
		count = keep(&ask->conditions[i], window->understood[ask->conditions[i].column], hits, count);
	return count;
}

/* ---- the rows that were found ---- */

static bool grow(void **items, uint32_t capacity, size_t size)
{
	void *grown = memory_array(*items, capacity, size);

	if (grown)
		*items = grown;
	return grown != NULL;
}

/* Bit c of found, and of understood from FOUND_COLUMNS on: a column has room. */
static bool wanted(const struct call_ask *ask, size_t c)
{
	return c < FOUND_COLUMNS ? ask->found >> c & 1 : ask->understood >> (c - FOUND_COLUMNS) & 1;
}

static bool make_room(struct call_rows *rows, const struct call_ask *ask, uint32_t need)
{
	uint32_t capacity = rows->capacity ? rows->capacity : CALL_WINDOW;
	void *numbers = rows->numbers;

	while (capacity < need)
		capacity *= 2;
	if (!grow(&numbers, capacity, sizeof(*rows->numbers)))
		return false;
	rows->numbers = numbers;
	for (size_t c = 0; c < FOUND_COLUMNS + READ_COLUMNS; c++) {
		void *values = rows->values[c];

		if (!wanted(ask, c))
			continue;
		if (!grow(&values, capacity, sizeof(**rows->values)))
			return false;
		rows->values[c] = values;
	}
	rows->capacity = capacity;
	return true;
}

static void gather(const struct call_rows *rows, uint32_t count, const int64_t *from, int64_t *to)
{
	for (uint32_t k = 0; k < count; k++)
		to[k] = from[rows->hits[k]];
}

/* Puts the hits of a window, which begins at row first, behind the others. */
static bool append(struct call_rows *rows, const struct call_ask *ask, const struct segment *window,
		   uint32_t first, uint32_t count)
{
	const uint32_t before = rows->segment.rows;

	if (before + count > rows->capacity && !make_room(rows, ask, before + count))
		return false;
	for (uint32_t k = 0; k < count; k++)
		rows->numbers[before + k] = first + rows->hits[k];
	for (size_t c = 0; c < FOUND_COLUMNS; c++)
		if (wanted(ask, c) && window->found[c])
			gather(rows, count, window->found[c], rows->values[c] + before);
	for (size_t c = 0; c < READ_COLUMNS; c++)
		if (wanted(ask, FOUND_COLUMNS + c) && window->understood[c])
			gather(rows, count, window->understood[c], rows->values[FOUND_COLUMNS + c] + before);
	rows->segment.rows = before + count;
	rows->segment.heap = window->heap;
	return true;
}

/* The segment of the rows that were gathered. */
static void settle(struct call_rows *rows, const struct call_ask *ask)
{
	for (size_t c = 0; c < FOUND_COLUMNS; c++)
		rows->segment.found[c] = wanted(ask, c) ? rows->values[c] : NULL;
	for (size_t c = 0; c < READ_COLUMNS; c++)
		rows->segment.understood[c] =
			wanted(ask, FOUND_COLUMNS + c) ? rows->values[FOUND_COLUMNS + c] : NULL;
	rows->at = rows->numbers;
}

/* ---- a segment ---- */

static void begin(struct call_rows *rows, const struct raw_segment *raw, const struct call_ask *ask)
{
	if (rows->found != ask->found || rows->understood != ask->understood)
		rows->capacity = 0;
	rows->found = ask->found;
	rows->understood = ask->understood;
	memset(&rows->segment, 0, sizeof(rows->segment));
	rows->segment.id = raw->id;
	rows->segment.source = raw->source;
	rows->segment.stored = raw->found.stored;
	rows->at = NULL;
	rows->asked.window = rows->given.window = CALL_WINDOW;
}

/* The rows of the window at `first` that meet the conditions, of which there is one or more. */
static enum status match_window(struct call_rows *rows, const struct raw_segment *raw,
				const struct call_ask *ask, uint32_t first, uint32_t *count)
{
	enum status status = STATUS_OK;
	struct segment window;

	*count = UINT32_MAX;
	if (ask->count > 0) {
		status = segment_decode_from(&rows->asked, raw, first, 0, call_ask_conditions(ask), &window);
		*count = status == STATUS_OK ? find(ask, &window, rows->hits) : 0;
	}
	for (size_t i = 0; i < ask->text_count && status == STATUS_OK && *count > 0; i++)
		status = call_text_keep(&ask->texts[i], &rows->asked, raw, first, rows->hits, count);
	return status;
}

static enum status take_window(struct call_rows *rows, const struct raw_segment *raw,
			       const struct call_ask *ask, uint32_t first)
{
	struct segment window;
	uint32_t count = 0;
	enum status status = match_window(rows, raw, ask, first, &count);

	if (status != STATUS_OK || count == 0)
		return status;
	status = segment_decode_from(&rows->given, raw, first, ask->found, ask->understood, &window);
	if (status == STATUS_OK && !append(rows, ask, &window, first, count))
		status = STATUS_FAILED;
	return status;
}

/* What was not decoded may not hang together either: who asks for no row of it never knows. */
enum status call_match(struct call_rows *rows, const struct raw_segment *raw, const struct call_ask *ask)
{
	enum status status = STATUS_OK;

	begin(rows, raw, ask);
	if (ask->count == 0 && ask->text_count == 0)
		return segment_decode(&rows->whole, raw, ask->found, ask->understood, &rows->segment);
	for (uint32_t first = 0; first < raw->rows && status == STATUS_OK; first += CALL_WINDOW)
		status = take_window(rows, raw, ask, first);
	if (rows->segment.rows > 0)
		settle(rows, ask);
	return status;
}

enum status call_match_any(struct call_rows *rows, const struct raw_segment *raw, const struct call_ask *ask)
{
	enum status status = STATUS_OK;
	uint32_t count = 0;

	begin(rows, raw, ask);
	for (uint32_t first = 0; first < raw->rows && status == STATUS_OK && count == 0; first += CALL_WINDOW)
		status = match_window(rows, raw, ask, first, &count);
	rows->segment.rows = count > 0;
	return status;
}
