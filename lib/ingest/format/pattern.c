/* SPDX-License-Identifier: Apache-2.0 */
/* Free text by a profile's pattern: records of one line, or several, whose named groups are
 * columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "ingest/format/format.h"
#include "ingest/pattern/cutter.h"
#include "ingest/pattern/groups.h"
#include "ingest/plan/profile.h"
#include "ingest/reread/recipe/recipe.h"

#define ENDLESS_MOST 1000   /* records at which a pattern may give up */
#define TOO_LONG "a record of more than 1 MiB"

struct pattern_layout {
	struct layout layout;       /* first, so that it is found by it */
	struct profile profile;
	struct groups *groups;
	struct cutter cutter;
	struct stream stream;
	struct text *fields;        /* one a group */
	uint64_t first_skipped;     /* the line; 0: none is */
	uint64_t endless;           /* records so far */
	char endless_reason[200];
};

static struct pattern_layout *of(struct layout *layout)
{
	return (struct pattern_layout *)layout;
}

/* The file is the table. */
static struct text file_table(const struct format_input *input)
{
	return input->dump ? dump_table_name(input->dump) : text_of("");
}

/* Only what a profile says of itself is free text: see format_choose(). */
static unsigned bid(const struct peek *peek)
{
	(void)peek;
	return 0;
}

enum status format_pattern_said(const struct format_input *input, bool *said, struct error *error)
{
	struct profile profile;
	enum status status = STATUS_OK;

	*said = false;
	if (!input->options || !input->options->profile)
		return STATUS_OK;
	status = profile_load(&profile, input->options->profile, file_table(input), error);
	*said = status == STATUS_OK && profile.record;
	profile_release(&profile);
	return status;
}

/* What of a record is a row. STATUS_OK: it is, or is rejected; STATUS_SKIP: it is neither. */
static enum status match(struct pattern_layout *p, struct record *record, enum cut cut, struct error *error)
{
	enum match found = MATCH_FAILED;

	if (cut == CUT_LONG) {
		record->reason = TOO_LONG;
		return STATUS_OK;
	}
	if (cut == CUT_BEFORE)
		return STATUS_SKIP;
	if (cut == CUT_RECORD)
		found = groups_match(p->groups, record->text, p->fields);
	if (found == MATCH_MEMORY)
		return error_memory(error);
	if (found == MATCH_NO)
		return STATUS_SKIP;
	record->reason = found == MATCH_FAILED ? p->endless_reason : NULL;
	record->fields = p->fields;
	record->count = groups_count(p->groups);
	record->nulls = true;
	record->odd = record->text.len > RECORD_VALUE_MOST ||
		      (record->text.len > 0 && memchr(record->text.data, '\0', record->text.len));
	return STATUS_OK;
}

static enum status sample(struct pattern_layout *p, struct text text, struct error *error)
{
	struct cutter cutter = { .begins = p->profile.record_begin, .matcher = p->cutter.matcher };
	struct record record;
	enum cut cut;
	enum status status = cutter_text(&cutter, text) ? STATUS_OK : error_memory(error);

	for (unsigned i = 0; i < 10 * SAMPLE_ROWS && status == STATUS_OK; i++) {
		status = cutter_next(&cutter, &record, &cut, error);
		if (status != STATUS_OK)
			break;
		status = match(p, &record, cut, error);
		if (status == STATUS_OK && !record.reason)
			sample_add(&p->stream.sample, record.fields, record.count);
		status = status == STATUS_SKIP ? STATUS_OK : status;
	}
	cutter_release(&cutter);
	if (status == STATUS_OK || status == STATUS_END)
		status = sample_end(&p->stream.sample) ? STATUS_OK : error_memory(error);
	return status;
}

/* NULL: none is said, or there is no memory, which *failed says. */
static struct pattern *copy(const struct pattern *pattern, bool *failed)
{
	char why[200];
	struct pattern *made = pattern ? pattern_new(pattern_text(pattern), why, sizeof(why)) : NULL;

	*failed = *failed || (pattern && !made);
	return made;
}

/* What a profile says of records, without the profile. */
static enum status take_records(struct profile *profile, const struct format_records *records,
				struct error *error)
{
	bool failed = false;

	profile->name = memory_text(records->profile, strlen(records->profile));
	profile->record = copy(records->record, &failed);
	profile->record_begin = copy(records->begins, &failed);
	profile->record_line = records->record_line;
	profile->record_begin_line = records->begins_line;
	return failed || !profile->name ? error_memory(error) : STATUS_OK;
}

static enum status load(struct pattern_layout *p, const struct format_input *input, struct error *error)
{
	return input->records ? take_records(&p->profile, input->records, error)
			      : profile_load(&p->profile, input->options->profile, file_table(input), error);
}

static enum status prepare(struct pattern_layout *p, const struct format_input *input, struct error *error)
{
	char why[200], shown[120];
	const struct profile *profile = &p->profile;
	enum status status = load(p, input, error);

	if (status != STATUS_OK)
		return status;
	p->groups = groups_new(pattern_text(profile->record), why, sizeof(why));
	p->cutter.matcher = matcher_new();
	if (!p->groups || !p->cutter.matcher)
		return error_memory(error);
	p->fields = calloc(groups_count(p->groups), sizeof(*p->fields));
	if (!p->fields || !stream_declare(&p->stream, groups_names(p->groups), groups_count(p->groups)))
		return error_memory(error);
	p->cutter.begins = profile->record_begin;
	p->cutter.dump = input->dump;
	p->cutter.line = 1;
	(void)snprintf(p->endless_reason, sizeof(p->endless_reason),
		       "the pattern in line %u of profile %s takes too many steps for it", profile->record_line,
		       text_escape(text_of(profile->name), shown, sizeof(shown)));
	return STATUS_OK;
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	struct pattern_layout *p = calloc(1, sizeof(*p));
	enum status status;

	*out = NULL;
	if (!p)
		return error_memory(error);
	*out = &p->layout;
	p->layout.format = &format_pattern;
	p->layout.input = input;
	status = prepare(p, input, error);
	if (status == STATUS_OK)
		status = sample(p, input->peek.bytes, error);
	return status == STATUS_OK ? layout_announce(&p->layout, &p->stream, error) : status;
}

static void close_layout(struct layout *layout)
{
	struct pattern_layout *p = of(layout);

	if (!p)
		return;
	cutter_release(&p->cutter);
	matcher_free(p->cutter.matcher);
	groups_free(p->groups);
	free(p->fields);
	stream_release(&p->stream);
	profile_release(&p->profile);
	free(p);
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct pattern_layout *p = (const struct pattern_layout *)layout;

	(void)stream;
	buf_format(out, "free text, rows by the pattern in line %u of the profile", p->profile.record_line);
	if (p->profile.record_begin)
		buf_format(out, ", each from a line as in line %u of it", p->profile.record_begin_line);
}

static void opening(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct profile *profile = &((const struct pattern_layout *)layout)->profile;

	(void)stream;
	recipe_write_record("record", profile->record_line, profile->record, out);
	if (profile->record_begin)
		recipe_write_record("begins", profile->record_begin_line, profile->record_begin, out);
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct pattern_layout *p = (const struct pattern_layout *)layout;

	if (p->first_skipped == 0)
		return 0;
	memset(notes, 0, sizeof(*notes));
	notes[0].topic = "no match";
	notes[0].remedy = "give the profile a pattern that has them where they are rows";
	notes[0].count = 1;
	notes[0].line = p->first_skipped;
	(void)snprintf(notes[0].text, sizeof(notes[0].text),
		       "what the pattern in line %u of the profile does not match is skipped, first in line %llu",
		       p->profile.record_line, (unsigned long long)p->first_skipped);
	return 1;
}

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line,
			   struct error *error)
{
	struct pattern_layout *p = of(layout);

	(void)error;
	p->cutter.offset = offset;
	p->cutter.line = line;
	return state.len == 0 || text_to_u64(state, &p->first_skipped) ? STATUS_OK : STATUS_INTEGRITY;
}

/* A pattern that fails at many records would take hours for all. */
static enum status count_endless(struct pattern_layout *p, struct error *error)
{
	if (++p->endless <= ENDLESS_MOST)
		return STATUS_OK;
	return error_set(error, STATUS_FAILED,
			 "%s: %s, in more than %d records: make the pattern simpler, as without a repetition "
			 "inside another", p->layout.input->shown, p->endless_reason, ENDLESS_MOST);
}

static enum status next(struct layout *layout, struct record *record, struct stream **stream, struct buf *state,
			struct error *error)
{
	struct pattern_layout *p = of(layout);
	enum cut cut;
	enum status status = cutter_next(&p->cutter, record, &cut, error);

	if (status != STATUS_OK)
		return status;
	*stream = &p->stream;
	status = match(p, record, cut, error);
	record->blank = status == STATUS_SKIP;
	if (record->blank && p->first_skipped == 0)
		p->first_skipped = record->line;
	if (p->first_skipped > 0)
		buf_format(state, "%llu", (unsigned long long)p->first_skipped);
	if (record->reason == p->endless_reason)
		status = count_endless(p, error);
	return status == STATUS_SKIP ? STATUS_OK : status;
}

const struct format format_pattern = {
	.name = "pattern",
	.about = "free text, by a pattern of a profile",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.opening = opening,
	.restore = restore,
	.next = next,
};
