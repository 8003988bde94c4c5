/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal point or comma: a column proves it by a value with one reading, or is asked. */
#include "normalise/money/marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money/amount_text.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"

#define VALUE_SHOWN 40
#define PATH_SHOWN 300

/* Rows of one sort. */
struct sort {
	uint64_t count;
	int64_t member;
	uint64_t line;             /* of the first */
	char value[VALUE_SHOWN];
};

/* What the rows of one source say. */
struct evidence {
	struct sort point, comma;  /* that have one reading, by the mark of that */
	struct sort either;
	bool comma_either;         /* one of them has a comma */
	unsigned classes;          /* of the forms of its calls */
};

/* Of the forms of a column: what their texts can show. */
#define CLASS_POINT 1u
#define CLASS_COMMA 2u
#define CLASS_POINT_EITHER 4u          /* 1.234, or 0.123, by the digits */
#define CLASS_COMMA_EITHER 8u
#define CLASS_LOOK 16u                 /* in the heap */

static void count(struct sort *sort, struct text value, int64_t member, uint64_t line)
{
	if (sort->count++ > 0)
		return;
	sort->member = member;
	sort->line = line;
	(void)text_escape(text_trim(value), sort->value, sizeof(sort->value));
}

static void weigh(struct evidence *evidence, struct text text, int64_t member, uint64_t line)
{
	struct amount_text amount;

	if (!text.data || amount_text_parse(text, DECIMAL_MARK_UNKNOWN, &amount))
		return;
	if (amount.reads == DECIMAL_READS_POINT)
		count(&evidence->point, text, member, line);
	else if (amount.reads == DECIMAL_READS_COMMA)
		count(&evidence->comma, text, member, line);
	else if (amount.reads == DECIMAL_READS_BOTH) {
		count(&evidence->either, text, member, line);
		evidence->comma_either |= memchr(text.data, ',', text.len) != NULL;
	}
}

/* ---- calls ---- */

static unsigned class_of(const struct form_meanings *meanings, int64_t form)
{
	char room[FORM_LENGTH];
	const struct form_meaning *meaning = form_meaning_of(meanings, form);
	struct amount_text amount;
	struct text text;

	if (form == FORM_HEAP)
		return CLASS_LOOK;
	if (!meaning || !meaning->digits)
		return 0;
	/* Each digit is 1. */
	text = form_meanings_fill(meanings, form, meaning->whole / 9, room);
	if (!text.data || amount_text_parse(text, DECIMAL_MARK_UNKNOWN, &amount))
		return 0;
	if (amount.reads == DECIMAL_READS_BOTH)
		return memchr(text.data, ',', text.len) ? CLASS_COMMA_EITHER : CLASS_POINT_EITHER;
	return amount.reads == DECIMAL_READS_POINT ? CLASS_POINT : amount.reads == DECIMAL_READS_COMMA ? CLASS_COMMA : 0;
}

/* The classes of a segment of which the forms were fetched. */
static unsigned classes_of(const struct marks_given *given, const struct raw_segment *raw)
{
	unsigned classes = 0;

	for (size_t i = 0; i < raw->found.count; i++) {
		struct column column = raw->found.columns[i].column;
		int64_t forms[COLUMN_FEW_MOST];
		uint32_t choices;

		column.data = (const uint8_t *)raw->bytes.data + raw->found.columns[i].at;
		choices = column_choices(&column, raw->found.columns[i].len, forms);
		if (choices == 0)
			return CLASS_LOOK;
		for (uint32_t c = 0; c < choices; c++)
			classes |= class_of(given->meanings, forms[c]);
	}
	return classes;
}

static struct evidence *evidence_of(const struct marks_given *given, struct evidence *all, int64_t source)
{
	const struct source_sense *sense = source_sense_of(given->sources, source);

	return sense ? &all[sense - given->sources->items] : NULL;
}

static enum status class_calls(const struct marks_given *given, struct evidence *all)
{
	struct segment_fetch forms;
	struct raw_segment raw = { 0 };
	enum status status = segment_fetch_open(&forms, given->casefile, SEGMENT_COLUMN(FOUND_FORM(CALL_COST)), 0);

	while (status == STATUS_OK && (status = segment_fetch_next(&forms, &raw)) == STATUS_OK) {
		struct evidence *evidence = evidence_of(given, all, raw.source);

		if (evidence)
			evidence->classes |= classes_of(given, &raw);
	}
	segment_fetch_close(&forms);
	raw_segment_release(&raw);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Forms alone tell where all that have a mark have the point, and one of them has no other reading. Else values do, until
 * one with a point is found, if there is nothing with a comma. */
static bool is_open(const struct evidence *evidence, enum decimal_mark mark)
{
	if (mark == DECIMAL_MARK_COMMA || (evidence->classes & (CLASS_COMMA | CLASS_COMMA_EITHER | CLASS_LOOK)))
		return evidence->classes != 0;
	return (evidence->classes & CLASS_POINT_EITHER) && !(evidence->classes & CLASS_POINT) && !evidence->point.count;
}

static void weigh_segment(const struct marks_given *given, const struct segment *segment, enum decimal_mark mark,
			  struct evidence *evidence)
{
	char room[FORM_LENGTH];

	for (uint32_t i = 0; i < segment->rows && is_open(evidence, mark); i++) {
		if (segment_found(segment, FOUND_FORM(CALL_COST), i) != FORM_ABSENT)
			weigh(evidence, form_meanings_text(given->meanings, segment, CALL_COST, i, room),
			      segment_found(segment, FOUND_MEMBER, i),
			      (uint64_t)segment_found(segment, FOUND_LINE, i));
	}
}

static enum status weigh_calls(const struct marks_given *given, struct evidence *all)
{
	const uint64_t columns = SEGMENT_ROLE(CALL_COST) | SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_MEMBER) |
				 SEGMENT_COLUMN(FOUND_HEAP);
	struct segment_fetch forms;
	struct segment_reader reader;
	struct raw_segment raw = { 0 };
	enum status status;

	memset(&reader, 0, sizeof(reader));
	status = segment_fetch_open(&forms, given->casefile, SEGMENT_COLUMN(FOUND_FORM(CALL_COST)), 0);
	if (status == STATUS_OK)
		status = segment_reader_open(&reader, given->casefile, columns, 0);
	while (status == STATUS_OK && (status = segment_fetch_next(&forms, &raw)) == STATUS_OK) {
		const struct source_sense *source = source_sense_of(given->sources, raw.source);
		struct evidence *evidence = evidence_of(given, all, raw.source);

		if (!evidence || !is_open(evidence, source->mark) || !classes_of(given, &raw))
			continue;
		status = segment_reader_seek(&reader, raw.id);
		if (status == STATUS_OK)
			weigh_segment(given, &reader.segment, source->mark, evidence);
	}
	segment_fetch_close(&forms);
	segment_reader_close(&reader);
	raw_segment_release(&raw);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- the other kinds ---- */

static enum status weigh_role(const struct marks_given *given, enum kind kind, const char *role, struct evidence *all)
{
	char sql[200];
	sqlite3_stmt *statement;
	enum status status;

	(void)snprintf(sql, sizeof(sql), "SELECT source, line, member, %s FROM %s WHERE %s IS NOT NULL ORDER BY id", role,
		       kind_info(kind)->name, role);
	statement = casefile_prepare(given->casefile, sql);
	if (!statement)
		return given->casefile->error.status;
	while ((status = casefile_step(given->casefile, statement)) == STATUS_OK) {
		struct evidence *evidence = evidence_of(given, all, sqlite3_column_int64(statement, 0));
		const struct text text = column_text(statement, 3);

		status = columns_read(given->casefile, statement);
		if (status != STATUS_OK)
			break;
		if (evidence)
			weigh(evidence, text, sqlite3_column_int64(statement, 2),
			      (uint64_t)sqlite3_column_int64(statement, 1));
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* A kind has one column of amounts at most. */
static const char *amount_role(enum kind kind)
{
	const struct kind_info *info = kind_info(kind);

	for (size_t i = 0; i < info->role_count; i++)
		if (info->roles[i].type == ROLE_AMOUNT)
			return info->roles[i].name;
	return NULL;
}

static enum status weigh_rows(const struct marks_given *given, struct evidence *all)
{
	enum status status = STATUS_OK;

	for (int k = KIND_CALL + 1; k < KIND_COUNT && status == STATUS_OK; k++)
		if (amount_role((enum kind)k))
			status = weigh_role(given, (enum kind)k, amount_role((enum kind)k), all);
	return status;
}

/* ---- what follows ---- */

static uint64_t add_place(const struct marks_given *given, const struct source_sense *source, const struct sort *sort,
			  struct buf *out)
{
	const struct note_row row = { source, sort->member, sort->line };

	return notes_add_line(given->notes, &row, out);
}

static const char *mark_name(enum decimal_mark mark)
{
	return mark == DECIMAL_MARK_COMMA ? "comma" : "point";
}

/* "'1.000' is 1.000 with a decimal point and 1000 with a decimal comma" */
static void add_readings(const struct sort *either, struct buf *out)
{
	struct amount_text amount;
	char point[DECIMAL_TEXT], comma[DECIMAL_TEXT];

	if (amount_text_parse(text_of(either->value), DECIMAL_MARK_POINT, &amount))
		return;
	(void)decimal_format((i128)amount.value.mantissa, amount.value.scale, point, sizeof(point));
	(void)decimal_format((i128)amount.other.mantissa, amount.other.scale, comma, sizeof(comma));
	buf_format(out, "'%s' is %s%s with a decimal point and %s%s with a decimal comma", either->value,
		   amount.value.negative ? "-" : "", point, amount.value.negative ? "-" : "", comma);
}

static enum status fail(const struct marks_given *given, const struct source_sense *source,
			const struct evidence *evidence)
{
	struct buf text = { 0 };
	enum status status;

	if (!source_place(given->casefile, source->id, evidence->either.member, PATH_SHOWN, &text))
		buf_text(&text, source->name);
	buf_format(&text, ":%llu: %s ", (unsigned long long)evidence->either.line, amount_role(source->kind));
	add_readings(&evidence->either, &text);
	if (evidence->point.count) {
		buf_format(&text, ", and other rows show both, '%s' (", evidence->point.value);
		(void)add_place(given, source, &evidence->point, &text);
		buf_format(&text, ") and '%s' (", evidence->comma.value);
		(void)add_place(given, source, &evidence->comma, &text);
		buf_text(&text, ")");
	} else {
		buf_text(&text, ", and no row of this source shows which");
	}
	status = text.failed ? error_memory(&given->casefile->error)
			     : error_set(&given->casefile->error, STATUS_FAILED, "%s; say --decimal comma or point",
					 text.data);
	buf_release(&text);
	return status;
}

/* Values with two readings, and what tells which. */
static enum status say_either(const struct marks_given *given, const struct source_sense *source,
			      const struct evidence *evidence, const struct sort *proof)
{
	struct remark remark = { .role = amount_role(source->kind), .topic = "decimal", .count = evidence->either.count,
				 .remedy = "`unspoof normalise --decimal SOURCE=comma CASE` or point says which it is" };
	struct buf place = { 0 }, proved = { 0 };
	enum status status;

	remark.line = add_place(given, source, &evidence->either, &place);
	if (proof) {
		buf_format(&proved, "'%s' proves, ", proof->value);
		(void)add_place(given, source, proof, &proved);
	} else {
		buf_text(&proved, "--decimal says");
	}
	status = place.failed || proved.failed
			 ? error_memory(&given->casefile->error)
			 : notes_remark(given->notes, source, &remark,
					"%llu values as '%s', %s, are read with a decimal %s, as %s",
					(unsigned long long)evidence->either.count, evidence->either.value, place.data,
					mark_name(source->mark), proved.data);
	buf_release(&place);
	buf_release(&proved);
	return status;
}

/* Rows with one reading each, some by the point and some by the comma. */
static enum status say_both(const struct marks_given *given, const struct source_sense *source,
			    const struct sort *fewer, const struct sort *more, const char *mark)
{
	struct remark remark = { .role = amount_role(source->kind), .topic = "decimal", .count = fewer->count,
				 .remedy = "are the two of one column?" };
	struct buf place = { 0 };
	enum status status;

	remark.line = add_place(given, source, fewer, &place);
	if (more->count) {
		buf_format(&place, ", unlike '%s', ", more->value);
		(void)add_place(given, source, more, &place);
	}
	status = place.failed ? error_memory(&given->casefile->error)
			      : notes_remark(given->notes, source, &remark,
					     "%llu values have a decimal %s, and are read so, against the others: '%s', %s",
					     (unsigned long long)fewer->count, mark, fewer->value, place.data);
	buf_release(&place);
	return status;
}

static enum status say_against(const struct marks_given *given, const struct source_sense *source,
			       const struct evidence *evidence)
{
	const bool comma = source->mark == DECIMAL_MARK_UNKNOWN ? evidence->comma.count <= evidence->point.count
								: source->mark == DECIMAL_MARK_POINT;
	const struct sort *fewer = comma ? &evidence->comma : &evidence->point;

	return fewer->count ? say_both(given, source, fewer, comma ? &evidence->point : &evidence->comma,
				       comma ? "comma" : "point")
			    : STATUS_OK;
}

static enum status settle(const struct marks_given *given, struct source_sense *source, const struct evidence *evidence)
{
	const bool point = evidence->point.count || (evidence->classes & CLASS_POINT);
	const bool comma = evidence->comma.count > 0;
	const struct sort *proof = NULL;
	enum status status = STATUS_OK;

	if (source->mark == DECIMAL_MARK_UNKNOWN && point != comma) {
		source->mark = comma ? DECIMAL_MARK_COMMA : DECIMAL_MARK_POINT;
		proof = comma ? &evidence->comma : &evidence->point;
	} else if (source->mark == DECIMAL_MARK_UNKNOWN && evidence->either.count) {
		if (given->otherwise == DECIMAL_MARK_UNKNOWN)
			return fail(given, source, evidence);
		source->mark = given->otherwise;
	}
	/* That a point is the decimal one is no news where there is no comma. */
	if (evidence->either.count &&
	    (!proof || evidence->comma_either || source->mark == DECIMAL_MARK_COMMA))
		status = say_either(given, source, evidence, proof);
	if (status == STATUS_OK && (proof ? point && comma : point || comma))
		status = say_against(given, source, evidence);
	return status;
}

enum status marks_settle(const struct marks_given *given)
{
	struct evidence *all = calloc(given->sources->count ? given->sources->count : 1, sizeof(*all));
	enum status status;

	if (!all)
		return error_memory(&given->casefile->error);
	status = class_calls(given, all);
	if (status == STATUS_OK)
		status = weigh_calls(given, all);
	if (status == STATUS_OK)
		status = weigh_rows(given, all);
	for (size_t i = 0; i < given->sources->count && status == STATUS_OK; i++)
		status = settle(given, &given->sources->items[i], &all[i]);
	free(all);
	return status;
}
