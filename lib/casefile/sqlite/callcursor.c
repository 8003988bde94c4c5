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

void call_cursor_stop(struct call_cursor *cursor)
{
	if (cursor->scanning)
		call_ahead_stop(&cursor->ahead);
}

void call_cursor_close(struct call_cursor *cursor)
{
	if (cursor->reading)
		segment_reader_close(&cursor->reader);
	if (cursor->scanning)
		call_ahead_close(&cursor->ahead);
	call_group_release(&cursor->group);
	text_rows_release(&cursor->texts);
	cursor->reading = cursor->scanning = false;
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
enum status call_cursor_forms(struct call_cursor *cursor)
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
	enum status status = casefile_has_layer(cursor->casefile, LAYER_UNDERSTOOD, &understood);

	if (status != STATUS_OK)
		return status;
	if (cursor->used != used || cursor->understood != understood)
		call_cursor_close(cursor);
	cursor->used = used;
	cursor->understood = understood;
	return found_wanted(cursor) & SEGMENT_COLUMN(FOUND_HEAP) ? call_cursor_forms(cursor) : status;
}

static enum status damaged(struct call_cursor *cursor, int64_t id)
{
	return error_set(&cursor->casefile->error, STATUS_INTEGRITY, "call: segment %lld is damaged",
			 (long long)id);
}

static enum status open_reader(struct call_cursor *cursor)
{
	enum status status;

	if (cursor->reading)
		return STATUS_OK;
	cursor->reading = true;
	status = segment_reader_open(&cursor->reader, cursor->casefile, found_wanted(cursor),
				     cursor->understood ? understood_wanted(cursor) : 0);
	if (status == STATUS_OK)
		segment_reader_prove(&cursor->reader, cursor->proof);
	return status;
}

/* Reads a segment; one that failed half-way is not to be taken for whole. */
static enum status read_segment(struct call_cursor *cursor, int64_t id)
{
	enum status status = segment_reader_seek(&cursor->reader, id);

	segment_proof_read(cursor->proof, id);
	if (status != STATUS_OK)
		cursor->reader.segment.rows = 0;
	return status;
}

enum status call_cursor_seek(struct call_cursor *cursor, int64_t id)
{
	const struct segment *segment = &cursor->reader.segment;
	enum status status = open_reader(cursor);

	cursor->segment = segment;
	cursor->rows = NULL;
	cursor->grouping = cursor->texting = cursor->counting = false;
	cursor->left = 0;
	cursor->row = (uint32_t)(id & (SEGMENT_ROWS - 1));
	if (status != STATUS_OK)
		return status;
	if (id < SEGMENT_ROWS)
		return STATUS_END;
	if (segment->rows == 0 || segment->id != id / SEGMENT_ROWS)
		status = read_segment(cursor, id / SEGMENT_ROWS);
	if (status == STATUS_OK && cursor->row >= segment->rows)
		status = STATUS_END;
	return status;
}

static enum status open_ahead(struct call_cursor *cursor)
{
	if (cursor->scanning)
		return STATUS_OK;
	cursor->scanning = true;
	return call_ahead_open(&cursor->ahead, cursor->casefile, cursor->proof, cursor->understood,
			       cursor->threads);
}

static enum status next_text(struct call_cursor *cursor)
{
	const enum status status = text_group_next(&cursor->texts.group, &cursor->item);

	cursor->left = status == STATUS_OK ? cursor->item->rows : 0;
	return status;
}

static enum status next_rows(struct call_cursor *cursor)
{
	if (cursor->texting)
		return text_rows_next(&cursor->texts, &cursor->rows, &cursor->row);
	return cursor->grouping ? call_group_next(&cursor->group, &cursor->rows)
				: call_ahead_next(&cursor->ahead, &cursor->rows);
}

/* Goes to the first row of the next segment. */
static enum status next_segment(struct call_cursor *cursor)
{
	enum status status;

	cursor->row = 0;
	status = next_rows(cursor);
	if (status == STATUS_OK)
		cursor->segment = &cursor->rows->segment;
	return status;
}

/* Without other columns, which are all NULL before anything is understood, texts are counted alone. */
static enum status start_texts(struct call_cursor *cursor, const struct call_ask *ask, enum call_role role)
{
	static const struct segment none;
	struct call_ask rest = *ask;

	cursor->segment = &none;
	rest.found = 0;
	return cursor->counting ? text_group_start(&cursor->texts.group, &cursor->ahead, cursor->forms, &rest, role,
						   TEXT_GROUP_CODES)
				: text_rows_start(&cursor->texts, &cursor->ahead, cursor->forms, &rest, role,
						  CALL_GROUP_WORDS, TEXT_GROUP_CODES);
}

/* Before anything is understood the values are all NULL, which are in any order. */
static enum status start(struct call_cursor *cursor, const struct call_ask *ask, int grouped)
{
	cursor->texting = grouped && grouped < CALL_COLUMN_ACCOUNT_KEY;
	cursor->counting = cursor->texting && !ask->understood;
	cursor->grouping = grouped && !cursor->texting && cursor->understood;
	if (cursor->texting)
		return start_texts(cursor, ask, (enum call_role)(grouped - CALL_COLUMN_ROLE));
	if (!cursor->grouping) {
		call_ahead_start(&cursor->ahead, ask);
		return STATUS_OK;
	}
	if (grouped == CALL_COLUMN_ANSWERED)
		return call_group_start_answered(&cursor->group, &cursor->ahead, ask);
	return call_group_start(&cursor->group, &cursor->ahead, ask, call_value_of(grouped)->from,
				CALL_GROUP_WORDS);
}

enum status call_cursor_start(struct call_cursor *cursor, const struct call_ask *ask, int grouped)
{
	struct call_ask all = *ask;
	enum status status = open_ahead(cursor);

	if (status != STATUS_OK)
		return status;
	all.found = found_wanted(cursor);
	all.understood = cursor->understood ? understood_wanted(cursor) : 0;
	cursor->rows = NULL;
	cursor->left = 0;
	status = start(cursor, &all, grouped);
	if (status != STATUS_OK)
		return status;
	return cursor->counting ? next_text(cursor) : next_segment(cursor);
}

enum status call_cursor_next(struct call_cursor *cursor)
{
	if (call_cursor_step(cursor))
		return STATUS_OK;
	if (cursor->counting)
		return next_text(cursor);
	return cursor->rows ? next_segment(cursor) : STATUS_END;
}

int64_t call_cursor_id(const struct call_cursor *cursor)
{
	const uint32_t row = cursor->rows ? call_row_number(cursor->rows, cursor->row) : cursor->row;

	return cursor->segment->id * SEGMENT_ROWS + row;
}

enum status call_cursor_text(struct call_cursor *cursor, enum call_role role, struct buf *out, bool *absent)
{
	const struct segment *segment = cursor->segment;
	int64_t form;

	if (cursor->texting) {
		const struct text text = cursor->counting ? cursor->item->text : text_rows_text(&cursor->texts);

		*absent = !text.data;
		buf_add(out, text.data, text.len);
		return out->failed ? error_memory(&cursor->casefile->error) : STATUS_OK;
	}
	form = segment_found(segment, FOUND_FORM(role), cursor->row);
	*absent = form == FORM_ABSENT || form == FORM_NULL;
	if (*absent || segment_text(segment, cursor->forms, role, cursor->row, out))
		return out->failed ? error_memory(&cursor->casefile->error) : STATUS_OK;
	return damaged(cursor, segment->id);
}

size_t call_cursor_cost(const struct call_cursor *cursor, int column, char text[static COST_TEXT])
{
	const struct segment *segment = cursor->segment;
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
	const struct segment *segment = cursor->segment;
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
