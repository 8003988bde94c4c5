/* SPDX-License-Identifier: Apache-2.0 */
/* The segments that can have rows which are asked for. */
#include "casefile/sqlite/call_choose.h"

#include <string.h>

#include "casefile/sqlite/text/call_account.h"

/* The columns of the statement. */
enum said {
	SAID_ID, SAID_SOURCE, SAID_ROWS, SAID_FOUND,
	SAID_READ, SAID_UNDERSTOOD, SAID_FIRST, SAID_LAST,
	SAID_CHECKS, SAID_FILTERS
};

#define SEGMENT "SELECT s.id, s.source, s.rows, s.sha256"
#define READ ", r.id, r.sha256, r.first_start, r.last_start"
#define FILTER ", f.checks, f.account, f.presented, f.dialled"
#define FROM_SEGMENT " FROM segment s"
#define FROM_READ " LEFT JOIN segment_read r ON r.id = s.id"
#define FROM_FILTER " LEFT JOIN segment_filter f ON f.id = s.id"
#define ORDERED " WHERE s.id BETWEEN ?1 AND ?2 ORDER BY s.id"

static const char *sql_of(const struct call_chooser *chooser)
{
	if (chooser->filtered)
		return SEGMENT READ FILTER FROM_SEGMENT FROM_READ FROM_FILTER ORDERED;
	return chooser->understood ? SEGMENT READ FROM_SEGMENT FROM_READ ORDERED
				   : SEGMENT FROM_SEGMENT ORDERED;
}

enum status call_chooser_open(struct call_chooser *chooser, struct casefile *casefile, bool understood)
{
	enum status status = STATUS_OK;

	*chooser = (struct call_chooser){ .casefile = casefile, .understood = understood };
	if (understood)
		status = segment_filter_there(casefile, &chooser->filtered);
	if (status == STATUS_OK)
		chooser->segments = casefile_prepare(casefile, sql_of(chooser));
	return chooser->segments ? STATUS_OK : casefile->error.status;
}

void call_chooser_close(struct call_chooser *chooser)
{
	sqlite3_finalize(chooser->segments);
	memset(chooser, 0, sizeof(*chooser));
}

void call_chooser_start(struct call_chooser *chooser, const struct call_ask *ask)
{
	sqlite3_reset(chooser->segments);
	bind_integer(chooser->segments, 1, ask->first);
	bind_integer(chooser->segments, 2, ask->last);
}

/* ---- whether it can have any ---- */

static bool of_source(const struct call_chooser *chooser, const struct call_ask *ask)
{
	const int64_t source = sqlite3_column_int64(chooser->segments, SAID_SOURCE);

	return !ask->sources || call_among(ask->sources, ask->source_count, source);
}

/* A segment without a row in segment_read is damaged, which is told when it is read. */
static bool begins_so(const struct call_chooser *chooser, const struct call_ask *ask)
{
	sqlite3_stmt *said = chooser->segments;

	if (!ask->by_start || !chooser->understood || sqlite3_column_type(said, SAID_READ) == SQLITE_NULL)
		return true;
	return sqlite3_column_type(said, SAID_FIRST) != SQLITE_NULL &&
	       sqlite3_column_int64(said, SAID_FIRST) <= ask->until &&
	       sqlite3_column_int64(said, SAID_LAST) >= ask->since;
}

static enum value_found find_value(struct text filter, const struct call_condition *condition)
{
	enum value_found best = VALUE_ABSENT;

	if (!condition->among && condition->low != condition->high)
		return VALUE_UNKNOWN;
	if (!condition->among)
		return value_filter_find(filter.data, filter.len, condition->low);
	for (size_t i = 0; i < condition->count && best == VALUE_ABSENT; i++)
		best = value_filter_find(filter.data, filter.len, condition->among[i]);
	return best;
}

/* What the filter of a condition's column says; one that is not as it was made says nothing. */
static enum value_found ask_filter(const struct call_chooser *chooser, const struct call_condition *condition)
{
	for (int i = 0; i < FILTERED_COLUMNS; i++) {
		struct text filter;

		if (segment_filtered_column((enum segment_filtered)i) != condition->column)
			continue;
		filter = column_text(chooser->segments, SAID_FILTERS + i);
		if (!filter.data || !value_filter_sound(filter.data, filter.len))
			return VALUE_UNKNOWN;
		return find_value(filter, condition);
	}
	return VALUE_UNKNOWN;
}

/* Whether a segment may have calls of accounts that are named so. */
static bool can_have_text(const struct call_chooser *chooser, const struct call_text *text)
{
	const struct call_condition keys = { .column = READ_ACCOUNT, .low = INT64_MIN, .high = INT64_MAX,
					     .among = text->keys, .count = text->key_count };

	if (!chooser->filtered || !call_account_is_sure(text, sqlite3_column_int64(chooser->segments, SAID_SOURCE)))
		return true;
	return text->key_count > 0 && ask_filter(chooser, &keys) != VALUE_ABSENT;
}

static bool can_have(const struct call_chooser *chooser, const struct call_ask *ask, struct call_choice *choice)
{
	choice->sure = ask->count == 1 && ask->text_count == 0;
	if (!of_source(chooser, ask) || !begins_so(chooser, ask))
		return false;
	for (size_t i = 0; i < ask->text_count; i++)
		if (!can_have_text(chooser, &ask->texts[i]))
			return false;
	for (size_t i = 0; i < ask->count; i++) {
		const enum value_found found = chooser->filtered ? ask_filter(chooser, &ask->conditions[i])
								 : VALUE_UNKNOWN;

		if (found == VALUE_ABSENT)
			return false;
		choice->sure = choice->sure && found == VALUE_THERE;
	}
	return true;
}

/* ---- what is said of it ---- */

static void take_digest(sqlite3_stmt *said, int place, char hex[static DIGEST_HEX])
{
	const struct text text = column_text(said, place);

	hex[0] = '\0';
	if (text.len != DIGEST_HEX - 1)
		return;
	memcpy(hex, text.data, text.len);
	hex[text.len] = '\0';
}

static enum status take_segment(const struct call_chooser *chooser, struct call_choice *choice)
{
	sqlite3_stmt *said = chooser->segments;
	const int64_t rows = sqlite3_column_int64(said, SAID_ROWS);

	choice->id = sqlite3_column_int64(said, SAID_ID);
	choice->source = sqlite3_column_int64(said, SAID_SOURCE);
	if (choice->id < 1 || choice->id > SEGMENT_ID_MOST || rows < 1 || rows > SEGMENT_ROWS)
		return segment_decode_failed(chooser->casefile, choice->id, STATUS_INTEGRITY);
	choice->rows = (uint32_t)rows;
	return STATUS_OK;
}

static void take_said(const struct call_chooser *chooser, struct call_choice *choice)
{
	sqlite3_stmt *said = chooser->segments;

	choice->understood[0] = '\0';
	choice->checked = false;
	take_digest(said, SAID_FOUND, choice->found);
	if (chooser->understood)
		take_digest(said, SAID_UNDERSTOOD, choice->understood);
	if (chooser->filtered)
		choice->checked = segment_checks_take(column_text(said, SAID_CHECKS), choice->checks);
}

enum status call_chooser_next(struct call_chooser *chooser, const struct call_ask *ask,
			      struct call_choice *choice)
{
	enum status status;

	while ((status = casefile_step(chooser->casefile, chooser->segments)) == STATUS_OK) {
		status = take_segment(chooser, choice);
		if (status != STATUS_OK || can_have(chooser, ask, choice))
			break;
		status = columns_read(chooser->casefile, chooser->segments);
		if (status != STATUS_OK)
			break;
	}
	if (status == STATUS_OK)
		take_said(chooser, choice);
	return status == STATUS_OK ? columns_read(chooser->casefile, chooser->segments) : status;
}
