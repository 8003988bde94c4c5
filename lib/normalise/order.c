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

#define PATH_SHOWN 300

/* Where a date stands; line from 1, 0: there is none. */
struct sighting {
	int64_t member;
	uint64_t line;
};

/* What the rows of one source say, the first of each kind. */
struct evidence {
	struct sighting day_first;
	struct sighting month_first;
	struct sighting either;       /* reads both ways, to different days */
};

static void weigh(struct evidence *evidence, struct text text, struct sighting here)
{
	struct moment moment;

	if (moment_parse(text.data, text.len, MOMENT_ORDER_UNKNOWN, &moment) ||
	    moment.orders == 0)
		return;
	if (moment.orders == MOMENT_READS_DMY && !evidence->day_first.line)
		evidence->day_first = here;
	if (moment.orders == MOMENT_READS_MDY && !evidence->month_first.line)
		evidence->month_first = here;
	if (moment.orders == (MOMENT_READS_DMY | MOMENT_READS_MDY) &&
	    !evidence->either.line)
		evidence->either = here;
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

static struct sighting sighting_in(const struct segment *segment, uint32_t i)
{
	return (struct sighting){ segment_found(segment, FOUND_MEMBER, i),
				  (uint64_t)segment_found(segment, FOUND_LINE, i) };
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
			weigh(evidence, buf_view(&text), sighting_in(segment, i));
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
	int64_t forms[COLUMN_LIST_MOST];
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
	uint64_t wanted = 0, all = SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_MEMBER) |
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
			weigh(&evidence[source->id - 1], text,
			      (struct sighting){ sqlite3_column_int64(statement, 3),
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

/* Where it stands, for a remark on the source: `line 7`, `line 7 of dumps/3.csv`. */
static struct note_row row_of(const struct source_sense *source, const struct sighting *at)
{
	return (struct note_row){ source, at->member, at->line };
}

static enum status contradicted(const struct order_given *given,
				const struct source_sense *source,
				const struct evidence *evidence)
{
	const struct note_row day = row_of(source, &evidence->day_first);
	const struct note_row month = row_of(source, &evidence->month_first);
	struct buf first = { 0 }, second = { 0 };

	(void)notes_add_line(given->notes, &day, &first);
	(void)notes_add_line(given->notes, &month, &second);
	(void)error_set(&given->casefile->error, STATUS_FAILED,
			"%s: %s reads only day first and %s only month first; one of them "
			"is damaged", source->name, buf_view(&first).data,
			buf_view(&second).data);
	buf_release(&first);
	buf_release(&second);
	return STATUS_FAILED;
}

static enum status proved(const struct order_given *given, struct source_sense *source,
			  const struct evidence *evidence)
{
	const bool day = evidence->day_first.line != 0;
	const struct note_row row = row_of(source, day ? &evidence->day_first
						       : &evidence->month_first);
	struct remark remark = { .topic = "date-order" };
	struct buf where = { 0 };
	enum status status;

	source->order = day ? MOMENT_ORDER_DMY : MOMENT_ORDER_MDY;
	remark.line = notes_add_line(given->notes, &row, &where);
	status = notes_remark(given->notes, source, &remark,
			      "dates are %s first, as %s proves", day ? "day" : "month",
			      buf_view(&where).data);
	buf_release(&where);
	return status;
}

static enum status unproved(const struct order_given *given,
			    const struct source_sense *source,
			    const struct evidence *evidence)
{
	struct buf place = { 0 };

	if (!source_place(given->casefile, source->id, evidence->either.member, PATH_SHOWN,
			  &place))
		buf_text(&place, source->name);
	(void)error_set(&given->casefile->error, STATUS_FAILED,
			"%s:%llu: no date of this source shows whether day or month stands "
			"first; say --date-order dmy or mdy", buf_view(&place).data,
			(unsigned long long)evidence->either.line);
	buf_release(&place);
	return STATUS_FAILED;
}

static enum status settle(const struct order_given *given, struct source_sense *source,
			  const struct evidence *evidence)
{
	const struct note_row row = row_of(source, &evidence->either);
	struct remark told = { .topic = "date-order" };
	struct buf where = { 0 };

	if (evidence->day_first.line && evidence->month_first.line)
		return contradicted(given, source, evidence);
	if (evidence->day_first.line || evidence->month_first.line)
		return proved(given, source, evidence);
	if (!evidence->either.line)
		return STATUS_OK;
	source->order = given->otherwise;
	if (source->order == MOMENT_ORDER_UNKNOWN)
		return unproved(given, source, evidence);
	told.line = notes_add_line(given->notes, &row, &where);
	buf_release(&where);
	return notes_remark(given->notes, source, &told,
			    "dates are %s first, as --date-order says",
			    source->order == MOMENT_ORDER_DMY ? "day" : "month");
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
