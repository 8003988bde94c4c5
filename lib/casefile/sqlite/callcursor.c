/* SPDX-License-Identifier: Apache-2.0 */
/* Going over calls one by one, in order of id: what `call` is made of. */
#include "casefile/sqlite/callcursor.h"

#include "casefile/sql.h"

static const struct call_value values[] = {
	{ "account_key", READ_ACCOUNT, true, false },
	{ "started_utc", READ_STARTED, false, true },
	{ "talk_ms", READ_TALK, false, true },
	{ "presented_e164", READ_PRESENTED, true, false },
	{ "presented_reading", READ_PRESENTED_READING, true, false },
	{ "dialled_e164", READ_DIALLED, true, false },
	{ "dialled_reading", READ_DIALLED_READING, true, false },
	{ "cost_micro", READ_COST, false, true },
	{ "answered", READ_FLAGS, false, true },
	{ "flags", READ_FLAGS, false, false },
	{ "twin", READ_TWIN, true, false },
	{ "cost_value", READ_COST, false, true },
	{ "cost_currency", READ_COST, false, true },
};

const struct call_value *call_value_of(int column)
{
	return &values[column - CALL_COLUMN_ACCOUNT_KEY];
}

unsigned call_place_of(int column)
{
	static const unsigned columns[] = { FOUND_MEMBER, FOUND_LINE, FOUND_OFFSET,
					    FOUND_LENGTH };

	return columns[column - CALL_COLUMN_MEMBER];
}

void call_cursor_close(struct call_cursor *cursor)
{
	sqlite3_finalize(cursor->segments);
	cursor->segments = NULL;
	if (cursor->open)
		segment_reader_close(&cursor->reader);
	cursor->open = false;
}

static bool uses(const struct call_cursor *cursor, int column)
{
	return cursor->used >> column & 1;
}

static uint64_t found_wanted(const struct call_cursor *cursor)
{
	uint64_t wanted = 0;

	for (int column = CALL_COLUMN_MEMBER; column < CALL_COLUMN_ROLE; column++)
		if (uses(cursor, column))
			wanted |= SEGMENT_COLUMN(call_place_of(column));
	for (unsigned role = 0; role < CALL_ROLES; role++)
		if (uses(cursor, CALL_COLUMN_ROLE + (int)role))
			wanted |= SEGMENT_ROLE(role) | SEGMENT_COLUMN(FOUND_HEAP);
	return wanted;
}

static uint64_t understood_wanted(const struct call_cursor *cursor)
{
	uint64_t wanted = 0;

	for (int column = CALL_COLUMN_ACCOUNT_KEY; column < CALL_COLUMN_COUNT; column++) {
		if (!uses(cursor, column))
			continue;
		wanted |= SEGMENT_COLUMN(call_value_of(column)->from);
		if (call_value_of(column)->absent_if_unread)
			wanted |= SEGMENT_COLUMN(READ_FLAGS);
		if (call_column_is_cost(column))
			wanted |= SEGMENT_COLUMN(READ_COST_UNIT);
	}
	return wanted;
}

/* Masks are only ever added, so the highest id tells whether some are new. */
static enum status refresh_forms(struct call_cursor *cursor)
{
	int64_t highest;
	enum status status =
		casefile_integer(cursor->casefile, "SELECT max(id) FROM form", FORM_FIRST - 1, &highest);

	if (status != STATUS_OK || highest - FORM_FIRST + 1 == (int64_t)cursor->forms->stored)
		return status;
	return forms_load(cursor->forms, cursor->casefile);
}

enum status call_cursor_open(struct call_cursor *cursor, uint64_t used)
{
	bool understood;
	uint64_t wanted;
	enum status status = casefile_has_layer(cursor->casefile, LAYER_UNDERSTOOD, &understood);

	if (status != STATUS_OK)
		return status;
	if (cursor->open && (cursor->used != used || cursor->understood != understood))
		call_cursor_close(cursor);
	cursor->used = used;
	cursor->understood = understood;
	cursor->filter_count = 0;
	wanted = found_wanted(cursor);
	if (wanted & SEGMENT_COLUMN(FOUND_HEAP))
		status = refresh_forms(cursor);
	if (cursor->open || status != STATUS_OK)
		return status;
	cursor->open = true;
	status = segment_reader_open(&cursor->reader, cursor->casefile, wanted,
				     understood ? understood_wanted(cursor) : 0);
	if (status == STATUS_OK)
		segment_reader_prove(&cursor->reader, cursor->proof);
	return status;
}

static enum status damaged(struct call_cursor *cursor, int64_t id)
{
	return error_set(&cursor->casefile->error, STATUS_INTEGRITY, "call: segment %lld is damaged",
			 (long long)id);
}

/* Reads a segment; one that failed half-way is not to be taken for whole. */
static enum status read_segment(struct call_cursor *cursor, int64_t id)
{
	enum status status = segment_reader_seek(&cursor->reader, id);

	if (status != STATUS_OK)
		cursor->reader.segment.rows = 0;
	return status;
}

enum status call_cursor_seek(struct call_cursor *cursor, int64_t id)
{
	const struct segment *segment = &cursor->reader.segment;
	enum status status = STATUS_OK;

	cursor->single = true;
	cursor->row = (uint32_t)(id & (SEGMENT_ROWS - 1));
	if (id < SEGMENT_ROWS)
		return STATUS_END;
	if (segment->rows == 0 || segment->id != id / SEGMENT_ROWS)
		status = read_segment(cursor, id / SEGMENT_ROWS);
	if (status == STATUS_OK && cursor->row >= segment->rows)
		status = STATUS_END;
	return status;
}

static bool matches(const struct call_cursor *cursor)
{
	const struct segment *segment = &cursor->reader.segment;

	for (size_t i = 0; i < cursor->filter_count; i++)
		if (segment_understood(segment, cursor->filters[i].column, cursor->row) != cursor->filters[i].value)
			return false;
	return true;
}

/* Goes to the first row of the next segment. */
static enum status next_segment(struct call_cursor *cursor)
{
	int64_t id;
	enum status status = casefile_step(cursor->casefile, cursor->segments);

	if (status != STATUS_OK)
		return status;
	cursor->row = 0;
	id = sqlite3_column_int64(cursor->segments, 0);
	status = id < 1 || id > SEGMENT_ID_MOST ? STATUS_END : read_segment(cursor, id);
	return status == STATUS_END ? damaged(cursor, id) : status;
}

/* Settles on the row the cursor stands at, or the next that matches. */
static enum status settle(struct call_cursor *cursor)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		for (; cursor->row < cursor->reader.segment.rows; cursor->row++)
			if (matches(cursor))
				return STATUS_OK;
		status = next_segment(cursor);
	}
	return status;
}

enum status call_cursor_start(struct call_cursor *cursor, bool by_source, int64_t source)
{
	cursor->single = false;
	cursor->reader.segment.rows = 0;
	cursor->row = 0;
	if (cursor->segments)
		sqlite3_reset(cursor->segments);
	else
		cursor->segments = casefile_prepare(cursor->casefile, "SELECT id FROM segment WHERE ?1 IS NULL OR"
								      " source = ?1 ORDER BY id");
	if (!cursor->segments)
		return cursor->casefile->error.status;
	bind_maybe(cursor->segments, 1, source, !by_source);
	return settle(cursor);
}

enum status call_cursor_next(struct call_cursor *cursor)
{
	if (cursor->single)
		return STATUS_END;
	cursor->row++;
	return settle(cursor);
}

int64_t call_cursor_id(const struct call_cursor *cursor)
{
	return cursor->reader.segment.id * SEGMENT_ROWS + cursor->row;
}

enum status call_cursor_text(struct call_cursor *cursor, enum call_role role, struct buf *out, bool *absent)
{
	const struct segment *segment = &cursor->reader.segment;
	const int64_t form = segment_found(segment, FOUND_FORM(role), cursor->row);

	*absent = form == FORM_ABSENT || form == FORM_NULL;
	if (*absent || segment_text(segment, cursor->forms, role, cursor->row, out))
		return out->failed ? error_memory(&cursor->casefile->error) : STATUS_OK;
	return damaged(cursor, segment->id);
}

size_t call_cursor_cost(const struct call_cursor *cursor, int column, char text[static COST_TEXT])
{
	const struct segment *segment = &cursor->reader.segment;
	const int64_t digits = segment_understood(segment, READ_COST, cursor->row);
	const int64_t unit = segment_understood(segment, READ_COST_UNIT, cursor->row);

	text[0] = '\0';
	if (!cursor->understood || segment_understood(segment, READ_FLAGS, cursor->row) & CALL_FLAG_UNREAD)
		return 0;
	if (column == CALL_COLUMN_COST_CURRENCY)
		return cost_currency_name(cost_currency(unit), text);
	return column == CALL_COLUMN_COST_MICRO ? cost_micro_text(digits, unit, text)
						: cost_text(digits, unit, text);
}

static int64_t floor_seconds(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

bool call_cursor_value(const struct call_cursor *cursor, int column, int64_t *value)
{
	const struct segment *segment = &cursor->reader.segment;
	const struct call_value *from = call_value_of(column);

	if (!cursor->understood)
		return false;
	*value = segment_understood(segment, from->from, cursor->row);
	if (from->absent_if_zero && *value == 0)
		return false;
	if (from->absent_if_unread && (segment_understood(segment, READ_FLAGS, cursor->row) & CALL_FLAG_UNREAD))
		return false;
	if (column == CALL_COLUMN_STARTED_UTC)
		*value = floor_seconds(*value);
	else if (column == CALL_COLUMN_ANSWERED)
		*value &= CALL_FLAG_ANSWERED;
	return true;
}
