/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a source that is read again, against what the case has of it. */
#include "ingest/reread/reread_compare.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "casefile/form/form.h"
#include "ingest/format/format.h"

#define VALUE_SHOWN 120

/* ---- what does not hold ---- */

void findings_add(struct findings *findings, uint64_t line, const char *format, ...)
{
	char text[700];
	va_list args;

	/* Those of the source as a whole are few, and come last. */
	if (findings->count++ >= FINDINGS_KEPT && line > 0)
		return;
	findings->kept++;
	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buf_text(&findings->lines, findings->shown);
	if (line > 0)
		buf_format(&findings->lines, ":%llu", (unsigned long long)line);
	buf_format(&findings->lines, ": %s\n", text);
}

void findings_number(struct findings *findings, uint64_t line, const char *name,
		     uint64_t has, uint64_t is)
{
	if (has != is)
		findings_add(findings, line, "%s: the case has %llu, the source %llu",
			     name, (unsigned long long)has, (unsigned long long)is);
}

/* 'text', or none. */
static const char *quote(struct text text, char *out, size_t size)
{
	size_t len;

	if (!text.data)
		return "no value";
	if (form_is_null(text))
		return "NULL";
	out[0] = '\'';
	(void)text_escape(text, out + 1, size - 2);
	len = strlen(out);
	out[len] = '\'';
	out[len + 1] = '\0';
	return out;
}

void findings_text(struct findings *findings, uint64_t line, const char *role,
		   struct text has, struct text is)
{
	char a[VALUE_SHOWN], b[VALUE_SHOWN];

	if ((has.data != NULL) == (is.data != NULL) && form_is_null(has) == form_is_null(is) &&
	    text_equal(has, is))
		return;
	findings_add(findings, line, "%s: the case has %s, the source %s", role,
		     quote(has, a, sizeof(a)), quote(is, b, sizeof(b)));
}

void findings_release(struct findings *findings)
{
	buf_release(&findings->lines);
	memset(findings, 0, sizeof(*findings));
}

enum placed placed_of(const struct recipe *recipe)
{
	const struct format *format = recipe->format;

	if (!format || format == &format_pattern)
		return PLACED_EITHER;
	return format == &format_sqlite || format == &format_xlsx ? PLACED_BY_LINE : PLACED_BY_OFFSET;
}

enum lie place_lie(enum placed placed, uint64_t line, uint64_t offset, const struct record *record)
{
	const uint64_t has = placed == PLACED_BY_LINE ? line : offset;
	const uint64_t is = placed == PLACED_BY_LINE ? record->line : record->offset;

	if (has == is || (placed == PLACED_EITHER && line == record->line))
		return LIE_SAME;
	return has < is ? LIE_BEFORE : LIE_BEHIND;
}

enum lie member_lie(uint64_t has, uint64_t is, enum lie lie)
{
	if (has == is)
		return lie;
	return has < is ? LIE_BEFORE : LIE_BEHIND;
}

/* ---- a source ---- */

enum status comparison_open(struct comparison *comparison,
			    struct casefile *casefile,
			    const struct reread_source *source,
			    struct foundrows *rows,
			    const struct reread_options *options,
			    const char *shown)
{
	const struct recipe *recipe = &source->recipe;
	enum status status;

	memset(comparison, 0, sizeof(*comparison));
	comparison->casefile = casefile;
	comparison->source = source;
	comparison->rows = rows;
	comparison->placed = placed_of(recipe);
	comparison->tiles = !recipe->format;
	comparison->all = options->all;
	comparison->findings.shown = shown;
	comparison->line = 1 + recipe->preamble_lines;
	comparison->offset = recipe->preamble;
	comparison->skipped = recipe->preamble_lines;
	draw_open(&comparison->draw, options->seed, (uint64_t)source->id,
		  options->rows, source->accepted);
	status = foundrows_source(rows, source->id, source->kind);
	if (status == STATUS_OK && options->all)
		status = rejects_open(&comparison->rejects, casefile, source->id,
				      source->kind, comparison->placed);
	return status;
}

void comparison_close(struct comparison *comparison)
{
	rejects_close(&comparison->rejects);
	findings_release(&comparison->findings);
	memset(comparison, 0, sizeof(*comparison));
}

/* A row of the case that cannot be given back is a finding, and the last of the
 * accepted ones. */
static enum status settle(struct comparison *c, enum status status)
{
	if (status != STATUS_INTEGRITY)
		return status;
	c->stopped = true;
	findings_add(&c->findings, 0, "%s", c->casefile->error.text);
	return STATUS_OK;
}

/* A role's value as the case has to have it: only calls know NULL from no value. */
static struct text value_of(const struct comparison *c, const struct judged *judged, size_t role)
{
	const struct text none = { NULL, 0 }, value = judged->values[role];

	return c->source->kind != KIND_CALL && form_is_null(value) ? none : value;
}

/* The values and the place of the row that the case stands on. */
static enum status compare_row(struct comparison *c, const struct judged *judged)
{
	const struct kind_info *info = kind_info(c->source->kind);
	const struct record *record = &judged->record;
	const uint64_t line = record->line;
	struct foundrows *rows = c->rows;

	c->compared++;
	findings_number(&c->findings, line, "member", rows->member, c->member);
	findings_number(&c->findings, line, "line", rows->line, line);
	findings_number(&c->findings, line, "offset", rows->offset, record->offset);
	findings_number(&c->findings, line, "length", rows->length, record->length);
	for (size_t role = 0; role < info->role_count; role++) {
		char name[60];
		struct text has;
		enum status status = foundrows_text(rows, role, &has);

		if (status != STATUS_OK)
			return status;
		(void)snprintf(name, sizeof(name), "role '%s'",
			       info->roles[role].name);
		findings_text(&c->findings, line, name, has, value_of(c, judged, role));
	}
	return STATUS_OK;
}

static void tell_missing(struct comparison *c, const struct judged *judged)
{
	findings_add(&c->findings, judged->record.line,
		     "this row is accepted, and the case has it not");
}

static void tell_added(struct comparison *c)
{
	findings_add(&c->findings, c->rows->line,
		     "the case has an accepted row here, and the source has none");
}

/* A row that was chosen is the same in the order of both. */
static enum status take_chosen(struct comparison *c, const struct judged *judged)
{
	enum status status = foundrows_seek(c->rows, c->accepted);

	if (status == STATUS_OK)
		return compare_row(c, judged);
	if (status != STATUS_END)
		return status;
	tell_missing(c, judged);
	return STATUS_OK;
}

/* Of all rows those that one side alone has are gone over. */
static enum status take_next(struct comparison *c, const struct judged *judged)
{
	enum status status;

	while ((status = foundrows_seek(c->rows, c->next)) == STATUS_OK) {
		const enum lie lie = member_lie(
			c->rows->member, c->member,
			place_lie(c->placed, c->rows->line, c->rows->offset, &judged->record));

		if (lie == LIE_BEHIND)
			break;
		c->next++;
		if (lie == LIE_SAME)
			return compare_row(c, judged);
		tell_added(c);
	}
	if (status != STATUS_OK && status != STATUS_END)
		return status;
	tell_missing(c, judged);
	return STATUS_OK;
}

static enum status take_accepted(struct comparison *c, const struct judged *judged)
{
	enum status status = STATUS_OK;
	const bool chosen = c->all || draw_next(&c->draw);

	c->leg = c->leg || judged->leg;
	if (chosen && !c->stopped)
		status = settle(c, c->all ? take_next(c, judged)
					  : take_chosen(c, judged));
	c->accepted++;
	return status;
}

/* Records stand end to end. */
static void check_tiling(struct comparison *c, const struct record *record)
{
	if (!c->tiles)
		return;
	if (record->line != c->line || record->offset != c->offset ||
	    record->length == 0)
		findings_add(&c->findings, record->line,
			     "it does not begin where the row before it ends");
	c->line = record->line + record->lines;
	c->offset = record->offset + record->length;
}

enum status comparison_take(struct comparison *c, const struct judged *judged)
{
	check_tiling(c, &judged->record);
	switch (judged->fate) {
	case FATE_ACCEPTED:
		return take_accepted(c, judged);
	case FATE_REJECTED:
		c->rejected++;
		return c->all ? rejects_take(&c->rejects, c->member, judged, &c->findings)
			      : STATUS_OK;
	case FATE_SKIPPED:
		c->skipped++;
		return STATUS_OK;
	case FATE_HEADER:
		break;
	}
	return STATUS_OK;
}

void comparison_skip(struct comparison *c, uint64_t rows)
{
	c->skipped += rows;
}

/* ---- behind the last ---- */

/* Rows of the case that are left, of the member or those before it. */
static enum status end_rows(struct comparison *c)
{
	enum status status = STATUS_END;

	while (!c->stopped &&
	       (status = foundrows_seek(c->rows, c->next)) == STATUS_OK &&
	       c->rows->member <= c->member) {
		c->next++;
		tell_added(c);
	}
	return status == STATUS_END ? STATUS_OK : settle(c, status);
}

void comparison_describe(struct comparison *c, struct text dialect, struct text mapping)
{
	const struct reread_source *source = c->source;

	c->described = true;
	findings_text(&c->findings, 0, "dialect", buf_view(&source->dialect), dialect);
	findings_text(&c->findings, 0, "mapping", buf_view(&source->mapping), mapping);
}

/* What people read of how the source was read is what it was read by. */
static enum status check_described(struct comparison *c, const struct judge *judge)
{
	const struct reread_source *source = c->source;
	const struct recipe *recipe = &source->recipe;
	struct buf dialect = { 0 }, mapping = { 0 };
	enum status status = STATUS_OK;

	if (c->described || !judge)
		return STATUS_OK;
	recipe_described(recipe, buf_view(&source->dialect), &dialect);
	mapping_describe(&recipe->mapping,
			 judge->header.fields ? &judge->header : NULL, &mapping);
	if (dialect.failed || mapping.failed)
		status = error_memory(&c->casefile->error);
	comparison_describe(c, buf_view(&dialect), buf_view(&mapping));
	buf_release(&dialect);
	buf_release(&mapping);
	return status;
}

static void check_legs(struct comparison *c)
{
	const struct reread_source *source = c->source;
	const int role = source->recipe.legs;
	const char *legs = c->leg ? kind_info(source->kind)->roles[role].name : "";

	findings_text(&c->findings, 0, "legs", buf_view(&source->legs),
		      text_of(legs));
}

static void check_counts(struct comparison *c)
{
	const struct reread_source *source = c->source;
	struct findings *findings = &c->findings;

	findings_number(findings, 0, "accepted", source->accepted, c->accepted);
	findings_number(findings, 0, "rejected", source->rejected, c->rejected);
	findings_number(findings, 0, "skipped", source->skipped, c->skipped);
}

/* What the case has behind the last record of a member. */
static enum status end_member(struct comparison *c)
{
	enum status status = STATUS_OK;

	if (c->all)
		status = end_rows(c);
	if (c->all && status == STATUS_OK)
		status = rejects_end(&c->rejects, c->member, &c->findings);
	return status;
}

enum status comparison_end(struct comparison *c, const struct judge *judge,
			   uint64_t size)
{
	enum status status;

	c->member = UINT64_MAX;
	status = end_member(c);
	if (status == STATUS_OK)
		status = check_described(c, judge);
	check_legs(c);
	check_counts(c);
	findings_number(&c->findings, 0, "bytes", c->source->member_size, size);
	if (c->tiles)
		findings_number(&c->findings, 0, "bytes within rows", c->offset, size);
	return status;
}

/* ---- members ---- */

void comparison_begin(struct comparison *c, uint64_t member, const char *shown)
{
	const struct recipe *recipe = &c->source->recipe;

	c->findings.shown = shown;
	c->member = member;
	c->line = 1 + recipe->preamble_lines;
	c->offset = recipe->preamble;
	c->accepted_before = c->accepted;
	c->rejected_before = c->rejected;
	c->skipped_before = c->skipped;
	c->skipped += recipe->preamble_lines;
}

enum status comparison_end_member(struct comparison *c, const struct judge *judge,
				  const struct member_sums *sums)
{
	struct findings *findings = &c->findings;
	enum status status = end_member(c);

	findings_number(findings, 0, "accepted", sums->accepted,
			c->accepted - c->accepted_before);
	findings_number(findings, 0, "rejected", sums->rejected,
			c->rejected - c->rejected_before);
	findings_number(findings, 0, "skipped", sums->skipped,
			c->skipped - c->skipped_before);
	if (c->tiles)
		findings_number(findings, 0, "bytes within rows", c->offset, sums->size);
	return status == STATUS_OK ? check_described(c, judge) : status;
}

enum status comparison_pass(struct comparison *c, uint64_t member, uint64_t accepted)
{
	for (uint64_t i = 0; i < accepted && !c->all; i++)
		(void)draw_next(&c->draw);
	c->accepted += accepted;
	c->next += accepted;
	return c->all ? rejects_pass(&c->rejects, member) : STATUS_OK;
}

enum status comparison_end_all(struct comparison *c)
{
	enum status status;

	c->member = UINT64_MAX;
	status = end_member(c);
	check_legs(c);
	check_counts(c);
	return status;
}
