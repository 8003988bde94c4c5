/* SPDX-License-Identifier: Apache-2.0 */
/* From records to rows: mapped, checked, and calls coded. */
#include "ingest/rowparser.h"

#include <stdio.h>
#include <string.h>

_Static_assert(CUT_BLOCK >= FORMCACHE_TEXT, "fields are looked at as they stand");

bool rowparser_open(struct rowparser *parser, struct reader *reader,
		    const struct plan *plan, const struct forms *forms)
{
	memset(parser, 0, sizeof(*parser));
	parser->reader = reader;
	parser->plan = plan;
	parser->header_due = plan->header != NULL;
	parser->codes = plan->kind == KIND_CALL;
	if (!checker_open(&parser->checker, &plan->mapping))
		return false;
	return !parser->codes || (forms_copy(&parser->forms, forms) &&
				  forms_prepare(&parser->forms));
}

void rowparser_release(struct rowparser *parser)
{
	checker_release(&parser->checker);
	forms_release(&parser->forms);
	segment_rows_release(&parser->calls);
	memset(parser, 0, sizeof(*parser));
}

bool rowparser_room(struct rowparser *parser)
{
	const struct mapping *mapping = &parser->plan->mapping;

	return !parser->codes || parser->calls.values ||
	       segment_rows_open(&parser->calls, mapping->roles,
				 mapping->role_count);
}

/* ---- what is no row, or not a good one ---- */

static void reject(struct rowparser *parser, struct rowbatch *batch,
		   struct record *record, struct verdict verdict, struct text value)
{
	/* What follows an open quote may be sound rows. */
	reader_retreat(parser->reader, record);
	rowbatch_reject(batch, record, verdict.role, verdict.reason, value);
}

/* A row that is refused as a whole. */
static void reject_row(struct rowparser *parser, struct rowbatch *batch,
		       struct record *record, const char *reason)
{
	struct verdict verdict = { -1, 0, reason, false };
	struct text none = { "", 0 };

	reject(parser, batch, record, verdict, none);
}

static void reject_width(struct rowparser *parser, struct rowbatch *batch,
			 struct record *record)
{
	const struct span *width = &parser->plan->width;
	const char *plural = record->count == 1 ? "" : "s";
	char reason[120];

	if (parser->plan->header)
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where the header has %zu",
			       record->count, plural, width->most);
	else if (width->least == width->most)
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where most rows have %zu",
			       record->count, plural, width->most);
	else
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where the profile knows %zu to %zu",
			       record->count, plural, width->least, width->most);
	reject_row(parser, batch, record, reason);
}

/* Files that were put together have their header again. */
static bool is_header(const struct rowparser *parser, const struct record *record)
{
	const struct sample_row *header = parser->plan->header;

	if (!header || record->count != header->count)
		return false;
	for (size_t i = 0; i < record->count; i++)
		if (!text_equal(record->fields[i], header->fields[i]))
			return false;
	return true;
}

static bool is_leg(const struct rowparser *parser, const struct record *record)
{
	const struct profile *profile = &parser->plan->profile;

	return profile->legs >= 0 && span_has(&profile->legs_width, record->count);
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

/* Codes a value that was not found among the forms met of late. */
static bool code_value(struct rowparser *parser, struct row *row, size_t i)
{
	const unsigned role = (unsigned)parser->plan->mapping.roles[i];
	const struct text value = mapped_value(&row->values, i);

	row->forms[i] = forms_code_unmet(&parser->forms, role, value,
					 &row->numbers[i]);
	if (row->forms[i] == FORM_HEAP)
		return segment_rows_heap(&parser->calls, value, &row->numbers[i]);
	checker_learn(&parser->checker, row->forms[i], value);
	return true;
}

static void take_call(struct rowparser *parser, const struct record *record,
		      struct row *row, size_t missing)
{
	const struct segment_place place = { record->line, record->offset,
					     record->length };

	for (size_t i = 0; missing > 0; i++) {
		if (row->forms[i] || !mapped_value(&row->values, i).data)
			continue;
		missing--;
		if (!code_value(parser, row, i))
			parser->failed = true;
	}
	segment_rows_add(&parser->calls, &place, row->forms, row->numbers);
}

/* A record that is a row. */
static void parse_row(struct rowparser *parser, struct record *record,
		      struct rowbatch *batch)
{
	const struct mapping *mapping = &parser->plan->mapping;
	const struct forms *forms = &parser->forms;
	struct row row;
	struct verdict verdict;
	size_t missing = 0;

	if (mapping_values(mapping, record->fields, record->count, &row.values) !=
	    STATUS_OK) {
		reject_row(parser, batch, record,
			   "a pattern of the profile does not come to an end");
		return;
	}
	if (parser->codes)
		missing = forms->find(forms->cache, row.values.texts,
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
	batch->local_time |= verdict.local_time;
	batch->legs |= is_leg(parser, record);
	batch->taken++;
	if (parser->codes)
		take_call(parser, record, &row, missing);
	else
		rowbatch_take(batch, record, &row.values);
}

void rowparser_record(struct rowparser *parser, struct record *record,
		      struct rowbatch *batch)
{
	if (record->blank)
		batch->skipped++;
	else if (record->reason)
		reject_row(parser, batch, record, record->reason);
	else if (parser->header_due)
		parser->header_due = false;
	else if (is_header(parser, record))
		batch->skipped++;
	else if (!span_has(&parser->plan->width, record->count))
		reject_width(parser, batch, record);
	else
		parse_row(parser, record, batch);
}
