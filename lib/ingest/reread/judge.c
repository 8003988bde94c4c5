/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of each record of a member that is read again. */
#include "ingest/reread/judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/delimited/foot.h"
#include "ingest/plan/limits.h"
#include "ingest/plan/values/filter.h"

/* Bytes that are read at a place: some records. */
#define STEP 4096

static enum status too_short(struct judge *judge)
{
	return error_set(judge->error, STATUS_INTEGRITY,
			 "its recipe does not fit: it is shorter than what stands before "
			 "its first row");
}

static enum status open_reader(struct judge *judge, struct input input)
{
	const struct recipe *recipe = judge->recipe;
	enum status status = reader_open(&judge->reader, input, judge->error);

	if (status == STATUS_OK)
		status = reader_first(&judge->reader);
	if (status == STATUS_OK &&
	    recipe->preamble > reader_ahead(&judge->reader).len)
		return too_short(judge);
	if (status == STATUS_OK)
		status = reader_start(&judge->reader, &recipe->dialect,
				      recipe->preamble, recipe->preamble_lines);
	reader_plainly(&judge->reader);
	return status;
}

static enum status open_plainly(struct judge *judge, struct input input)
{
	const struct recipe *recipe = judge->recipe;
	enum status status = plainly_open(&judge->plainly, &recipe->dialect, input,
					  judge->error);

	if (status == STATUS_OK)
		status = plainly_skip(&judge->plainly, recipe->preamble,
				      recipe->preamble_lines);
	return status == STATUS_END ? too_short(judge) : status;
}

enum status judge_open_given(struct judge *judge, const struct recipe *recipe, struct error *error)
{
	memset(judge, 0, sizeof(*judge));
	judge->recipe = recipe;
	judge->room.absents = &recipe->absents;
	judge->error = error;
	judge->given = true;
	judge->matcher = matcher_new();
	return judge->matcher && checker_open(&judge->checker, &recipe->mapping, &recipe->absents)
		       ? STATUS_OK
		       : error_memory(error);
}

enum status judge_open(struct judge *judge, const struct recipe *recipe,
		       struct input input, struct error *error)
{
	const enum status status = judge_open_given(judge, recipe, error);

	judge->given = false;
	judge->header_due = recipe->dialect.header == 1;
	judge->mannered = dialect_mannered(&recipe->dialect);
	if (status != STATUS_OK)
		return status;
	return judge->mannered ? open_plainly(judge, input) : open_reader(judge, input);
}

void judge_close(struct judge *judge)
{
	reader_close(&judge->reader);
	plainly_close(&judge->plainly);
	checker_release(&judge->checker);
	matcher_free(judge->matcher);
	free(judge->header_fields);
	buf_release(&judge->room.changed);
	buf_release(&judge->header_bytes);
	memset(judge, 0, sizeof(*judge));
}

void judge_go(struct judge *judge, uint64_t offset, uint64_t line)
{
	reader_go(&judge->reader, offset, line, STEP);
}

/* Keeps the header: files that were put together have it again. */
static enum status take_header(struct judge *judge, const struct record *record)
{
	size_t at = 0;

	judge->header_due = false;
	judge->header_fields = memory_array(NULL, record->count,
					    sizeof(*judge->header_fields));
	for (size_t i = 0; i < record->count; i++)
		buf_add(&judge->header_bytes, record->fields[i].data,
			record->fields[i].len);
	if (!judge->header_fields || judge->header_bytes.failed)
		return error_memory(judge->error);
	for (size_t i = 0; i < record->count; i++) {
		const struct text all = buf_view(&judge->header_bytes);

		judge->header_fields[i].data = all.data + at;
		judge->header_fields[i].len = record->fields[i].len;
		at += record->fields[i].len;
	}
	judge->header.fields = judge->header_fields;
	judge->header.count = record->count;
	return STATUS_OK;
}

static bool is_header(const struct judge *judge, const struct record *record)
{
	if (!judge->header.fields || record->count != judge->header.count)
		return false;
	for (size_t i = 0; i < record->count; i++)
		if (!text_equal(record->fields[i], judge->header.fields[i]))
			return false;
	return true;
}

static void reject(struct judge *judge, struct judged *judged, int role,
		   const char *reason, struct text value)
{
	if (judge->recipe->dialect.feet && judged->record.lines == 1 &&
	    foot_is(judged->record.text)) {
		judged->fate = FATE_SKIPPED;
		return;
	}
	judged->fate = FATE_REJECTED;
	judged->role = role;
	judged->reason = reason;
	judged->value = value;
	/* What follows an open quote may be sound rows. */
	if (judge->given)
		return;
	if (judge->mannered)
		plainly_retreat(&judge->plainly, &judged->record);
	else
		reader_retreat(&judge->reader, &judged->record);
}

static void reject_row(struct judge *judge, struct judged *judged,
		       const char *reason)
{
	const struct text none = { "", 0 };

	reject(judge, judged, -1, reason, none);
}

/* The values of a row and their places, as checks want them. */
struct values {
	struct mapped mapped;
	size_t which[ROLES_MOST];
};

static void set_values(const struct mapping *mapping, const struct judged *judged,
		       struct values *values)
{
	for (size_t i = 0; i < mapping->role_count; i++)
		values->which[i] = (size_t)mapping->roles[i];
	values->mapped.texts = judged->values;
	values->mapped.which = values->which;
}

/* Tells the values, with the status of that. True: one is over the limits. */
static bool exceeds(struct judge *judge, struct judged *judged,
		    const struct values *values, enum status *status)
{
	const struct mapping *mapping = &judge->recipe->mapping;
	const struct record *record = &judged->record;
	struct excess excess;
	bool exceeds = (record->odd || mapping->joins || mapping->changes) &&
		       limits_patterns(mapping, record->fields, record->count, &excess);

	if (!exceeds)
		*status = mapping_apply(mapping, judge->matcher, &judge->room, record->fields,
					record->count, judged->values);
	if (!exceeds && *status == STATUS_OK)
		exceeds = (record->odd || mapping->changes) &&
			  limits_values(mapping, &values->mapped, &excess);
	if (exceeds)
		reject(judge, judged, excess.role, excess.reason, excess.value);
	return exceeds;
}

static void judge_row(struct judge *judge, struct judged *judged)
{
	const struct recipe *recipe = judge->recipe;
	const struct record *record = &judged->record;
	/* Nothing is known of the forms of values, so that each is looked at. */
	static const int64_t unknown[ROLES_MOST];
	struct verdict verdict;
	struct values values;
	enum status status = STATUS_OK;

	set_values(&recipe->mapping, judged, &values);
	if (exceeds(judge, judged, &values, &status))
		return;
	judge->no_memory = status == STATUS_MEMORY;
	if (status != STATUS_OK) {
		reject_row(judge, judged, CHECK_ENDLESS);
		return;
	}
	verdict = checker_row(&judge->checker, &values.mapped, unknown, unknown);
	if (verdict.role >= 0) {
		reject(judge, judged, verdict.role, verdict.reason,
		       judged->values[verdict.role]);
		return;
	}
	judged->fate = FATE_ACCEPTED;
	judged->leg = recipe->legs >= 0 &&
		      widths_have(&recipe->legs_width, record->count);
}

/* Rows that are none of the kind are skipped. */
static void judge_filtered(struct judge *judge, struct judged *judged)
{
	const struct record *record = &judged->record;
	size_t number;
	const enum status status = filter_row(&judge->recipe->mapping, judge->matcher, record->fields,
					      record->count, &number);

	judge->no_memory = status == STATUS_MEMORY;
	if (status == STATUS_OK)
		judge_row(judge, judged);
	else if (status == STATUS_FAILED)
		reject_row(judge, judged, CHECK_ENDLESS);
}

/* By the width, where it is a row. */
static enum status judge_width(struct judge *judge, struct judged *judged)
{
	const struct recipe *recipe = judge->recipe;
	const size_t count = judged->record.count;

	if (widths_have(&recipe->width, count)) {
		judge_filtered(judge, judged);
		return judge->no_memory ? error_memory(judge->error) : STATUS_OK;
	}
	check_width(&recipe->width, recipe->dialect.header == 1, count, judge->reason);
	reject_row(judge, judged, judge->reason);
	return STATUS_OK;
}

enum status judge_given(struct judge *judge, struct judged *judged)
{
	judged->fate = FATE_SKIPPED;
	if (!judged->record.reason)
		return judge_width(judge, judged);
	reject_row(judge, judged, judged->record.reason);
	return STATUS_OK;
}

enum status judge_next(struct judge *judge, struct judged *judged)
{
	struct record *record = &judged->record;
	enum status status = judge->mannered ? plainly_next(&judge->plainly, record)
					     : reader_next(&judge->reader, record);

	if (status != STATUS_OK)
		return status;
	judged->fate = FATE_SKIPPED;
	if (record->blank)
		return STATUS_OK;
	if (record->reason) {
		reject_row(judge, judged, record->reason);
	} else if (judge->header_due) {
		judged->fate = FATE_HEADER;
		return take_header(judge, record);
	} else if (!is_header(judge, record)) {
		return judge_width(judge, judged);
	}
	return STATUS_OK;
}
