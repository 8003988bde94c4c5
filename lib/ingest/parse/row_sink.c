/* SPDX-License-Identifier: Apache-2.0 */
/* From records to rows: mapped, checked, and calls coded. */
#include "ingest/parse/row_sink.h"

#include <string.h>

_Static_assert(CUT_BLOCK >= FORMCACHE_READ, "fields are looked at as they stand");
_Static_assert(ROLES_MOST % FORMCACHE_GROUP == 0, "there is room for values");

bool row_sink_open(struct row_sink *parser, const struct plan *plan)
{
	memset(parser, 0, sizeof(*parser));
	parser->plan = plan;
	parser->codes = plan->kind == KIND_CALL;
	if (parser->codes) {
		parser->cache = formcache_new();
		parser->find = formcache_fastest();
	}
	parser->matcher = matcher_new();
	return checker_open(&parser->checker, &plan->mapping) &&
	       parser->matcher && (!parser->codes || parser->cache) &&
	       reader_open_lent(&parser->reader, &plan->dialect,
				&parser->error) == STATUS_OK;
}

void row_sink_release(struct row_sink *parser)
{
	reader_close(&parser->reader);
	checker_release(&parser->checker);
	matcher_free(parser->matcher);
	formcache_free(parser->cache);
	memset(parser, 0, sizeof(*parser));
}

void row_sink_hand_over(struct row_sink *parser)
{
	reader_hand_over(&parser->reader);
	matcher_hand_over(parser->matcher);
}

/* ---- what is no row, or not a good one ---- */

static void reject(struct row_sink *parser, struct batch *batch,
		   struct record *record, struct verdict verdict, struct text value)
{
	/* What follows an open quote may be sound rows. */
	reader_retreat(&parser->reader, record);
	batch_reject(batch, record, verdict.role, verdict.reason, value);
}

/* A row that is refused as a whole. */
static void reject_row(struct row_sink *parser, struct batch *batch,
		       struct record *record, const char *reason)
{
	struct verdict verdict = { -1, 0, reason, false };
	struct text none = { "", 0 };

	reject(parser, batch, record, verdict, none);
}

static void reject_width(struct row_sink *parser, struct batch *batch,
			 struct record *record)
{
	char reason[CHECK_REASON];

	check_width(&parser->plan->width, parser->plan->header != NULL,
		    record->count, reason);
	reject_row(parser, batch, record, reason);
}

/* Files that were put together have their header again. */
static bool is_header(const struct row_sink *parser, const struct record *record)
{
	const struct sample_row *header = parser->plan->header;

	if (!header || record->count != header->count)
		return false;
	for (size_t i = 0; i < record->count; i++)
		if (!text_equal(record->fields[i], header->fields[i]))
			return false;
	return true;
}

static bool is_leg(const struct row_sink *parser, const struct record *record)
{
	const struct profile *profile = &parser->plan->profile;

	return profile->legs >= 0 && widths_have(&profile->legs_width, record->count);
}

/* ---- rows ---- */

/* The values of a record, one a role of the mapping. */
struct row {
	struct mapped values;
	int64_t forms[ROLES_MOST], numbers[ROLES_MOST];
};

static void code_none(struct row *row)
{
	memset(row->forms, 0, sizeof(row->forms));
	memset(row->numbers, 0, sizeof(row->numbers));
}

static void take_call(struct row_sink *parser, const struct record *record,
		      struct row *row, size_t missing, struct batch *batch)
{
	const struct segment_place place = { 0, record->line, record->offset,
					     record->length };
	struct segment_rows *calls = &batch->calls->rows;

	if (calls->count == calls->capacity && !segment_rows_grow(calls)) {
		parser->failed = true;
		return;
	}
	for (size_t i = 0; missing > 0; i++) {
		const struct text value = mapped_value(&row->values, i);

		if (row->forms[i] || !value.data)
			continue;
		missing--;
		batch_leave(batch, (unsigned)parser->plan->mapping.roles[i],
			       value);
	}
	if (record->lines > 1)
		batch_lines(batch, record->lines);
	segment_rows_add(calls, &place, row->forms, row->numbers);
	batch->taken++;
}

/* A record that is a row. */
static void parse_row(struct row_sink *parser, struct record *record,
		      struct batch *batch)
{
	const struct mapping *mapping = &parser->plan->mapping;
	struct row row;
	struct verdict verdict;
	size_t missing = 0;
	enum status status = mapping_values(mapping, parser->matcher,
					    record->fields, record->count,
					    &row.values);

	if (status == STATUS_MEMORY) {
		parser->failed = true;
		return;
	}
	if (status != STATUS_OK) {
		reject_row(parser, batch, record, CHECK_ENDLESS);
		return;
	}
	if (parser->codes)
		missing = parser->find(parser->cache, row.values.texts,
				       row.values.which, mapping->role_count,
				       row.forms, row.numbers);
	else
		code_none(&row);
	verdict = checker_row(&parser->checker, &row.values, row.forms, row.numbers);
	if (verdict.role >= 0) {
		reject(parser, batch, record, verdict,
		       mapped_value(&row.values, verdict.place));
		return;
	}
	if (verdict.local_time && batch->local_from == BATCH_NONE)
		batch->local_from = batch->taken;
	if (batch->legs_from == BATCH_NONE && is_leg(parser, record))
		batch->legs_from = batch->taken;
	if (parser->codes)
		take_call(parser, record, &row, missing, batch);
	else
		batch_take(batch, record, &row.values);
}

/* Takes, rejects or skips a record, which may shrink to its first line. */
static void parse_record(struct row_sink *parser, struct record *record,
			 struct batch *batch)
{
	if (record->blank)
		batch_skip(batch);
	else if (record->reason)
		reject_row(parser, batch, record, record->reason);
	else if (parser->header_due)
		parser->header_due = false;
	else if (is_header(parser, record))
		batch_skip(batch);
	else if (!widths_have(&parser->plan->width, record->count))
		reject_width(parser, batch, record);
	else
		parse_row(parser, record, batch);
}

bool row_sink_text(struct row_sink *parser, char *bytes, size_t len, bool last,
		    struct batch *batch)
{
	struct reader *reader = &parser->reader;
	struct record record;
	enum status status = STATUS_OK;

	parser->failed = false;
	reader_lend(reader, bytes, len, last);
	while (status == STATUS_OK && !parser->failed) {
		status = reader_next(reader, &record);
		if (status == STATUS_OK)
			parse_record(parser, &record, batch);
	}
	batch->line = reader->line;
	batch->offset = reader->offset;
	batch->header_due = parser->header_due;
	return status == STATUS_END && !parser->failed && !batch_failed(batch);
}

int64_t row_sink_code(struct row_sink *parser, struct forms *forms, unsigned role,
		       struct text text, int64_t *value)
{
	const int64_t form =
		forms_code_with(forms, parser->cache, role, text, value);

	if (form >= FORM_FIRST)
		checker_learn(&parser->checker, form, text);
	return form;
}
