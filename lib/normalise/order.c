/* SPDX-License-Identifier: Apache-2.0 */
/* Day or month first: a source proves it by a value over 12, or is asked. */
#include "normalise/order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/segment/raw_segment.h"
#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"

/* Bytes of a path in a message. */
#define PATH_SHOWN 300

/* A row; line 0: there is none. */
struct row_place {
	int64_t member;
	uint64_t line;
};

/* What the rows of one source say, whatever member they are of: the first of each sort. */
struct evidence {
	struct row_place day_first, month_first;
	struct row_place either;       /* reads both ways, to different days ... */
	struct row_place dotted;       /* ... and stands between dots */
};

static void weigh(struct evidence *evidence, struct text text, struct row_place place)
{
	struct moment moment;

	if (moment_parse(text.data, text.len, MOMENT_ORDER_UNKNOWN, &moment) ||
	    moment.orders == 0)
		return;
	if (moment.orders == MOMENT_READS_DMY && !evidence->day_first.line)
		evidence->day_first = place;
	if (moment.orders == MOMENT_READS_MDY && !evidence->month_first.line)
		evidence->month_first = place;
	if (moment.orders == (MOMENT_READS_DMY | MOMENT_READS_MDY)) {
		struct row_place *either = moment.dotted ? &evidence->dotted : &evidence->either;

		if (!either->line)
			*either = place;
	}
}

/* Forms that begin with a year, plain counts, and no value have one reading. */
static bool form_is_plain(const struct forms *forms, int64_t form)
{
	struct text mask;

	if (form == FORM_NULL)
		return true;
	if (form < FORM_FIRST ||
	    form - FORM_FIRST >= (int64_t)forms->masks.count)
		return false;
	mask = dictionary_text(&forms->masks, (uint32_t)(form - FORM_FIRST));
	if (mask.len >= 4 && !memcmp(mask.data, "####", 4))
		return true;
	return mask.len == 0;
}

/* False: no memory. */
static bool weigh_segment(const struct order_given *given, const struct segment *segment,
			  enum call_role role, struct evidence *evidence)
{
	struct buf text = { 0 };
	int64_t plain = FORM_ABSENT;
	bool good = true;

	for (uint32_t i = 0; i < segment->rows && good; i++) {
		int64_t form = segment_found(segment, FOUND_FORM(role), i);

		if (form == FORM_ABSENT || form == plain)
			continue;
		if (form_is_plain(given->forms, form)) {
			plain = form;
			continue;
		}
		buf_clear(&text);
		if (segment_text(segment, given->forms, role, i, &text) && !text.failed)
			weigh(evidence, buf_view(&text), (struct row_place){
				      segment_found(segment, FOUND_MEMBER, i),
				      (uint64_t)segment_found(segment, FOUND_LINE, i) });
		good = !text.failed;
	}
	buf_release(&text);
	return good;
}

static const enum call_role times[] = { CALL_STARTED, CALL_ANSWERED_AT, CALL_ENDED };

#define TIMES (sizeof(times) / sizeof(times[0]))

/* Whether a form that a column can have, its data being in bytes, is not plain. */
static bool column_needs_look(const struct order_given *given,
			      const struct raw_column *raw, const char *bytes)
{
	struct column column = raw->column;
	int64_t forms[COLUMN_FEW_MOST];
	uint32_t count;

	column.data = (const uint8_t *)bytes + raw->at;
	count = column_choices(&column, raw->len, forms);
	for (uint32_t i = 0; i < count; i++)
		if (forms[i] != FORM_ABSENT && !form_is_plain(given->forms, forms[i]))
			return true;
	return count == 0;
}

/* Whether any time of a segment, of which the forms were fetched, has to be
 * looked at. */
static bool needs_look(const struct order_given *given, const struct raw_segment *raw)
{
	const struct source_sense *source = source_sense_of(given->sources, raw->source);

	if (!source || source->order != MOMENT_ORDER_UNKNOWN)
		return false;
	for (size_t i = 0; i < raw->found.count; i++)
		if (column_needs_look(given, &raw->found.columns[i], raw->bytes.data))
			return true;
	return false;
}

static enum status weigh_times(const struct order_given *given, struct segment_reader *reader,
			       int64_t id, struct evidence *evidence)
{
	enum status status = segment_reader_seek(reader, id);

	for (size_t t = 0; t < TIMES && status == STATUS_OK; t++)
		if (!weigh_segment(given, &reader->segment, times[t],
				   &evidence[reader->segment.source - 1]))
			status = error_memory(&given->casefile->error);
	return status;
}

/* Forms are fetched first, for they take little, and mostly suffice. */
static enum status weigh_calls(const struct order_given *given, struct evidence *evidence)
{
	struct segment_fetch forms;
	struct segment_reader reader;
	struct raw_segment raw = { 0 };
	uint64_t wanted = 0, all = SEGMENT_COLUMN(FOUND_LINE) |
				   SEGMENT_COLUMN(FOUND_MEMBER) |
				   SEGMENT_COLUMN(FOUND_HEAP);
	enum status status;

	for (size_t t = 0; t < TIMES; t++) {
		wanted |= SEGMENT_COLUMN(FOUND_FORM(times[t]));
		all |= SEGMENT_ROLE(times[t]);
	}
	memset(&reader, 0, sizeof(reader));
	status = segment_fetch_open(&forms, given->casefile, wanted, 0);
	if (status == STATUS_OK)
		status = segment_reader_open(&reader, given->casefile, all, 0);
	while (status == STATUS_OK &&
	       (status = segment_fetch_next(&forms, &raw)) == STATUS_OK)
		if (needs_look(given, &raw))
			status = weigh_times(given, &reader, raw.id, evidence);
	segment_fetch_close(&forms);
	segment_reader_close(&reader);
	raw_segment_release(&raw);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status weigh_role(const struct order_given *given, enum kind kind,
			      const char *role, struct evidence *evidence)
{
	char sql[200];
	sqlite3_stmt *statement;
	enum status status;

	(void)snprintf(sql, sizeof(sql),
		       "SELECT source, line, %s, member FROM %s WHERE %s IS NOT NULL"
		       " ORDER BY id", role, kind_info(kind)->name, role);
	statement = casefile_prepare(given->casefile, sql);
	if (!statement)
		return given->casefile->error.status;
	while ((status = casefile_step(given->casefile, statement)) == STATUS_OK) {
		const struct source_sense *source =
			source_sense_of(given->sources, sqlite3_column_int64(statement, 0));
		const struct text text = column_text(statement, 2);

		status = columns_read(given->casefile, statement);
		if (status != STATUS_OK)
			break;
		if (source && source->order == MOMENT_ORDER_UNKNOWN)
			weigh(&evidence[source->id - 1], text, (struct row_place){
				      sqlite3_column_int64(statement, 3),
				      (uint64_t)sqlite3_column_int64(statement, 1) });
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status weigh_rows(const struct order_given *given, struct evidence *evidence)
{
	enum status status = STATUS_OK;

	for (int k = KIND_CALL + 1; k < KIND_COUNT; k++) {
		const struct kind_info *info = kind_info((enum kind)k);

		for (size_t r = 0; r < info->role_count && status == STATUS_OK; r++)
			if (info->roles[r].type == ROLE_TIME)
				status = weigh_role(given, (enum kind)k,
						    info->roles[r].name, evidence);
	}
	return status;
}

/* Where a row stands, for a remark on its source; returns the line for that. */
static uint64_t add_place(const struct order_given *given, const struct source_sense *source,
			  struct row_place place, struct buf *out)
{
	const struct note_row row = { source, place.member, place.line };

	return notes_add_line(given->notes, &row, out);
}

static enum status fail_both(const struct order_given *given, const struct source_sense *source,
			     const struct evidence *evidence)
{
	struct buf day = { 0 }, month = { 0 };
	enum status status;

	(void)add_place(given, source, evidence->day_first, &day);
	(void)add_place(given, source, evidence->month_first, &month);
	status = day.failed || month.failed
			 ? error_memory(&given->casefile->error)
			 : error_set(&given->casefile->error, STATUS_FAILED,
				     "%s: %s reads only day first and %s only month first; "
				     "one of them is damaged", source->name, day.data, month.data);
	buf_release(&day);
	buf_release(&month);
	return status;
}

static enum status settle_proved(const struct order_given *given, struct source_sense *source,
				 bool day, struct row_place place)
{
	struct remark remark = { .topic = "date-order" };
	struct buf where = { 0 };
	enum status status;

	source->order = day ? MOMENT_ORDER_DMY : MOMENT_ORDER_MDY;
	remark.line = add_place(given, source, place, &where);
	status = where.failed ? error_memory(&given->casefile->error)
			      : notes_remark(given->notes, source, &remark,
					     "dates are %s first, as %s proves",
					     day ? "day" : "month", where.data);
	buf_release(&where);
	return status;
}

static enum status fail_neither(const struct order_given *given,
				const struct source_sense *source, struct row_place place)
{
	struct buf path = { 0 };
	const bool known = source_place(given->casefile, source->id, place.member, PATH_SHOWN,
					&path);
	const enum status status =
		error_set(&given->casefile->error, STATUS_FAILED,
			  "%s:%llu: no date of this source shows whether day "
			  "or month stands first; say --date-order dmy or mdy",
			  known && !path.failed ? path.data : source->name,
			  (unsigned long long)place.line);

	buf_release(&path);
	return status;
}

/* The order that nothing proves, with the row that needs it. */
static enum status settle_as(const struct order_given *given, struct source_sense *source,
			     struct row_place place, const char *why)
{
	struct remark remark = { .topic = "date-order" };
	struct buf where = { 0 };

	remark.line = add_place(given, source, place, &where);
	buf_release(&where);
	return notes_remark(given->notes, source, &remark, "dates are %s first, %s",
			    source->order == MOMENT_ORDER_DMY ? "day" : "month", why);
}

/* Nearly all who put dots between day and month put the day first. */
static enum status settle_dotted(const struct order_given *given, struct source_sense *source,
				 const struct evidence *evidence)
{
	source->order = MOMENT_ORDER_DMY;
	return settle_as(given, source, evidence->dotted,
			 "as those with dots are where none proves an order (--date-order)");
}

static enum status settle_told(const struct order_given *given, struct source_sense *source,
			       const struct evidence *evidence)
{
	source->order = given->otherwise;
	return settle_as(given, source, evidence->either.line ? evidence->either : evidence->dotted,
			 "as --date-order says");
}

static enum status settle(const struct order_given *given, struct source_sense *source,
			  const struct evidence *evidence)
{
	const bool day = evidence->day_first.line != 0;

	if (day && evidence->month_first.line)
		return fail_both(given, source, evidence);
	if (day || evidence->month_first.line)
		return settle_proved(given, source, day,
				     day ? evidence->day_first : evidence->month_first);
	if (!evidence->either.line && !evidence->dotted.line)
		return STATUS_OK;
	if (given->otherwise != MOMENT_ORDER_UNKNOWN)
		return settle_told(given, source, evidence);
	return evidence->either.line ? fail_neither(given, source, evidence->either)
				     : settle_dotted(given, source, evidence);
}

enum status order_settle(const struct order_given *given)
{
	struct evidence *evidence =
		calloc(given->sources->count ? given->sources->count : 1, sizeof(*evidence));
	enum status status;

	if (!evidence)
		return error_memory(&given->casefile->error);
	status = weigh_calls(given, evidence);
	if (status == STATUS_OK)
		status = weigh_rows(given, evidence);
	for (size_t i = 0; i < given->sources->count && status == STATUS_OK; i++)
		if (given->sources->items[i].order == MOMENT_ORDER_UNKNOWN)
			status = settle(given, &given->sources->items[i], &evidence[i]);
	free(evidence);
	return status;
}
