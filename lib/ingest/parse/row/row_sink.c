/* SPDX-License-Identifier: Apache-2.0 */
/* From records to rows: mapped, checked, and calls coded. */
#include "ingest/parse/row/row_sink.h"

#include <string.h>

#include "ingest/delimited/foot.h"
#include "ingest/plan/limits.h"
#include "ingest/plan/values/filter.h"

_Static_assert(RECORD_READ >= FORMCACHE_READ, "fields are looked at as they stand");
_Static_assert(ROLES_MOST % FORMCACHE_GROUP == 0, "there is room for values");

/* Numbers have many forms; what else a call has, few. False: no memory. */
static bool open_spans(struct row_sink *sink)
{
	const struct mapping *mapping = &sink->plan->mapping;
	bool few[ROLES_MOST];

	for (size_t i = 0; i < mapping->role_count; i++)
		few[i] = kind_info(mapping->kind)->roles[mapping->roles[i]].type != ROLE_NUMBER;
	sink->spans = formspans_new(mapping->columns, few, mapping->role_count, cpu_level());
	if (sink->spans && !formspans_any(sink->spans)) {
		formspans_free(sink->spans);
		sink->spans = NULL;
		return true;
	}
	return sink->spans != NULL;
}

bool row_sink_open(struct row_sink *sink, const struct plan *plan, const char *encoding)
{
	memset(sink, 0, sizeof(*sink));
	sink->plan = plan;
	if (plan->raw)
		return field_decoder_open(&sink->decoder, encoding);
	sink->room.absents = &plan->profile.absents;
	sink->codes = plan->kind == KIND_CALL;
	if (sink->codes) {
		sink->cache = formcache_new();
		sink->find = formcache_fastest();
	}
	row_seen_open(&sink->eyes, plan);
	sink->glances = sink->codes && !sink->eyes.measures;
	sink->straight = !encoding && plan->mapping.filter_count == 0;
	sink->matcher = matcher_new();
	return field_decoder_open(&sink->decoder, encoding) &&
	       checker_open(&sink->checker, &plan->mapping, &plan->profile.absents) &&
	       sink->matcher &&
	       (!sink->codes || (sink->cache && open_spans(sink)));
}

void row_sink_release(struct row_sink *sink)
{
	checker_release(&sink->checker);
	buf_release(&sink->room.changed);
	field_decoder_release(&sink->decoder);
	matcher_free(sink->matcher);
	formcache_free(sink->cache);
	formspans_free(sink->spans);
	memset(sink, 0, sizeof(*sink));
}

void row_sink_begin(struct row_sink *sink, struct batch *batch, struct places *places)
{
	sink->places = places && places->encoding ? places : NULL;
	sink->batch = batch;
	sink->failed = false;
}

void row_sink_hand_over(struct row_sink *sink)
{
	if (sink->matcher)
		matcher_hand_over(sink->matcher);
}

/* The record as it stands in the member. */
static const struct record *place(struct row_sink *sink, const struct record *record)
{
	return sink->places ? places_record(sink->places, record, &sink->placed) : record;
}

/* ---- what is no row, or not a good one ---- */

static bool refuse(struct row_sink *sink, int role, const char *reason,
		   struct text value)
{
	sink->role = role;
	sink->reason = reason;
	sink->value = value;
	return false;
}

/* A row that is refused as a whole. */
static bool refuse_row(struct row_sink *sink, const char *reason)
{
	const struct text none = { "", 0 };

	return refuse(sink, -1, reason, none);
}

static bool refuse_width(struct row_sink *sink, const struct record *record)
{
	check_width(&sink->plan->width, sink->plan->header != NULL, record->count,
		    sink->width_reason);
	return refuse_row(sink, sink->width_reason);
}

void row_sink_refuse(struct row_sink *sink, const struct record *record)
{
	batch_reject(sink->batch, place(sink, record), sink->role, sink->reason, sink->value);
}

void row_sink_reject(struct row_sink *sink, const struct record *record,
		     const char *reason)
{
	const struct text none = { "", 0 };

	batch_reject(sink->batch, place(sink, record), -1, reason, none);
}

void row_sink_skip(struct row_sink *sink)
{
	batch_skip(sink->batch);
}

void row_sink_foot(struct row_sink *sink, const struct record *record)
{
	batch_foot(sink->batch, place(sink, record));
}

void row_sink_late(struct row_sink *sink, const struct record *record, struct text name)
{
	batch_late(sink->batch, record, name);
}

/* ---- rows ---- */

static bool is_leg(const struct row_sink *sink, const struct record *record)
{
	const struct profile *profile = &sink->plan->profile;

	return profile->legs >= 0 && widths_have(&profile->legs_width, record->count);
}

/* The values of a record, one a role of the mapping. */
struct row {
	struct mapped values;
	size_t missing;         /* values that have no form yet */
	int64_t forms[ROLES_MOST], numbers[ROLES_MOST];
};

static struct row_codes codes_of(const struct row_sink *sink, const struct row *row)
{
	return (struct row_codes){ row->forms, row->numbers, sink->checker.looks };
}

/* Notes the values that are still to be coded. */
static void leave_values(struct row_sink *sink, const struct row *row)
{
	size_t missing = row->missing;

	for (size_t i = 0; missing > 0; i++) {
		const struct text value = mapped_value(&row->values, i);

		if (row->forms[i] || !value.data)
			continue;
		missing--;
		batch_leave(sink->batch, (unsigned)sink->plan->mapping.roles[i], value);
	}
}

static inline void take_call(struct row_sink *sink, const struct record *record, const struct row *row)
{
	struct batch *batch = sink->batch;
	const struct segment_place place = { batch->member, record->line, record->offset,
					     record->length };
	struct segment_rows *calls = &batch->calls->rows;

	if (calls->count == calls->capacity && !segment_rows_grow(calls)) {
		sink->failed = true;
		return;
	}
	if (row->missing > 0)
		leave_values(sink, row);
	if (record->lines != 1)
		batch_lines(batch, record->lines);
	segment_rows_add(calls, &place, row->forms, row->numbers);
	batch->taken++;
}

/* NULL has a form of its own, which no text has. */
static void code_nulls(const struct row_sink *sink, struct row *row)
{
	for (size_t i = 0; i < sink->plan->mapping.role_count; i++) {
		if (!form_is_null(mapped_value(&row->values, i)))
			continue;
		row->missing -= row->forms[i] == FORM_ABSENT;
		row->forms[i] = FORM_NULL;
		row->numbers[i] = 0;
	}
}

/* What is coded of the values so far; of rows that are no calls nothing. */
static void code(const struct row_sink *sink, struct row *row)
{
	row->missing = 0;
	if (sink->spans) {
		row->missing = formspans_find(sink->spans, sink->cache, row->values.texts, row->values.which,
					      row->forms, row->numbers);
	} else if (sink->codes) {
		row->missing = sink->find(sink->cache, row->values.texts, row->values.which,
					  sink->plan->mapping.role_count, row->forms, row->numbers);
	} else {
		memset(row->forms, 0, sizeof(row->forms));
		memset(row->numbers, 0, sizeof(row->numbers));
	}
}

/* The values of a record that may be over the limits for them. */
static enum status odd_values(struct row_sink *sink, const struct record *record,
			      struct mapped *values, struct excess *excess)
{
	const struct mapping *mapping = &sink->plan->mapping;
	enum status status;

	if (limits_patterns(mapping, record->fields, record->count, excess))
		return STATUS_SKIP;
	status = mapping_values(mapping, sink->matcher, &sink->room, record->fields,
				record->count, values);
	if (status == STATUS_OK && limits_values(mapping, values, excess))
		return STATUS_SKIP;
	return status;
}

/* STATUS_SKIP: the excess says why not. */
static enum status find_values(struct row_sink *sink, const struct record *record,
			       struct mapped *values, struct excess *excess)
{
	const struct mapping *mapping = &sink->plan->mapping;

	if (record->odd || mapping->joins || mapping->changes)
		return odd_values(sink, record, values, excess);
	if (mapping_plain(mapping, record->fields, record->count, values))
		return STATUS_OK;
	return mapping_values(mapping, sink->matcher, &sink->room, record->fields, record->count,
			      values);
}

/* A record without values that can be taken. */
static bool put_none(struct row_sink *sink, enum status status, const struct excess *excess)
{
	if (status == STATUS_SKIP)
		return refuse(sink, excess->role, excess->reason, excess->value);
	if (status != STATUS_MEMORY)
		return refuse_row(sink, CHECK_ENDLESS);
	sink->failed = true;
	return true;
}

static void note_first(struct row_sink *sink, const struct record *record, bool local_time)
{
	struct batch *batch = sink->batch;

	if (local_time && batch->local_from == BATCH_NONE)
		batch->local_from = batch->taken;
	if (batch->legs_from == BATCH_NONE && is_leg(sink, record))
		batch->legs_from = batch->taken;
}

/* Takes a call that its codes say all of; false: they do not. */
static bool take_at_a_glance(struct row_sink *sink, const struct record *record, const struct row *row)
{
	struct batch *batch = sink->batch;
	const struct row_codes codes = codes_of(sink, row);
	const struct glance glance = checker_glance(&sink->checker, row->forms, row->numbers);

	if (!glance.right || !(glance.timed || sink->eyes.time < 0))
		return false;
	note_first(sink, record, glance.local_time);
	if (glance.timed)
		seen_time(&batch->seen, glance.ms, false);
	row_seen_glance(&sink->eyes, record, &row->values, &codes, batch->taken, &batch->seen);
	take_call(sink, record, row);
	return true;
}

static __attribute__((noinline)) bool take_looked_at(struct row_sink *sink, const struct record *record, struct row *row)
{
	struct batch *batch = sink->batch;
	const struct row_codes codes = codes_of(sink, row);
	const struct verdict verdict = checker_row(&sink->checker, &row->values, row->forms, row->numbers);

	if (verdict.role >= 0)
		return refuse(sink, verdict.role, verdict.reason,
			      mapped_value(&row->values, verdict.place));
	note_first(sink, record, verdict.local_time);
	row_seen_note(&sink->eyes, sink->matcher, record, &row->values, &codes, batch->taken,
		      &batch->seen);
	if (sink->codes && record->nulls)
		code_nulls(sink, row);
	if (sink->codes)
		take_call(sink, record, row);
	else
		batch_take(batch, record, &row->values);
	return true;
}

/* A record that has a row's width. */
static bool put_row(struct row_sink *sink, const struct record *record)
{
	struct row row;
	struct excess excess;
	const enum status status = find_values(sink, record, &row.values, &excess);

	if (status != STATUS_OK)
		return put_none(sink, status, &excess);
	code(sink, &row);
	return (sink->glances && row.missing == 0 && !record->nulls &&
		take_at_a_glance(sink, record, &row)) ||
	       take_looked_at(sink, record, &row);
}

/* A record that may be none of the kind. */
static bool put_filtered(struct row_sink *sink, const struct record *record)
{
	size_t number = 0;
	const enum status status = filter_row(&sink->plan->mapping, sink->matcher, record->fields,
					      record->count, &number);

	if (status == STATUS_OK)
		return put_row(sink, record);
	if (status == STATUS_FAILED)
		return refuse_row(sink, CHECK_ENDLESS);
	sink->failed = status == STATUS_MEMORY;
	if (status == STATUS_SKIP)
		batch_filter(sink->batch, (unsigned)number);
	return true;
}

/* A line around the table is no row where its width says so too. */
static bool put_raw(struct row_sink *sink, const struct record *record)
{
	if (sink->plan->raw_foot && record->lines == 1 &&
	    !widths_have(&sink->plan->width, record->count) && foot_is(record->text))
		return refuse_row(sink, "a line around the table");
	batch_take_raw(sink->batch, record, sink->plan->raw_text);
	sink->failed = batch_failed(sink->batch);
	return true;
}

bool row_sink_put(struct row_sink *sink, const struct record *record)
{
	if (sink->straight && !sink->places && widths_have(&sink->plan->width, record->count))
		return put_row(sink, record);
	if (sink->decoder.decoder)
		record = field_decoder_record(&sink->decoder, record);
	if (!record) {
		sink->failed = true;
		return true;
	}
	if (sink->plan->raw)
		return put_raw(sink, place(sink, record));
	if (!widths_have(&sink->plan->width, record->count))
		return refuse_width(sink, record);
	record = place(sink, record);
	return sink->plan->mapping.filter_count > 0 ? put_filtered(sink, record) : put_row(sink, record);
}

int64_t row_sink_code(struct row_sink *sink, struct forms *forms, unsigned role,
		      struct text text, int64_t *value)
{
	const int64_t form =
		forms_code_with(forms, sink->cache, role, text, value);

	if (form >= FORM_FIRST)
		checker_learn(&sink->checker, form, text);
	return form;
}
