/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a profile: lines of a keyword and its arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/status_word.h"
#include "ingest/delimited/dialect.h"
#include "ingest/plan/given_names.h"
#include "ingest/plan/given_words.h"
#include "ingest/plan/profile.h"
#include "ingest/plan/profile_line.h"
#include "ingest/plan/said/profile_record.h"
#include "number/read/number_read.h"
#include "number/read/number_withheld.h"

/* ---- the parts of a line ---- */

/* N or N-M. */
static enum status read_span(struct profile_line *line, struct text text,
			     struct widths *span)
{
	const char *dash = text.len ? memchr(text.data, '-', text.len) : NULL;
	struct text first = text;
	struct text last = text;
	enum status status;

	if (dash) {
		first.len = (size_t)(dash - text.data);
		last.data = dash + 1;
		last.len = text.len - first.len - 1;
	}
	status = profile_line_number(line, first, PROFILE_WIDTH_MOST, &span->least);
	if (status == STATUS_OK)
		status = profile_line_number(line, last, PROFILE_WIDTH_MOST, &span->most);
	if (status == STATUS_OK && span->least > span->most)
		return profile_line_wrong_word(line, text, "the widths are the wrong way round");
	return status;
}

static enum status read_pattern(struct profile_line *line, struct pattern **pattern)
{
	struct token token;
	char why[160];
	enum status status = profile_line_next(line, &token);

	if (status != STATUS_OK)
		return status;
	if (token.type != TOKEN_PATTERN)
		return profile_line_wrong(line, "a pattern between slashes is missing");
	*pattern = pattern_new(token.text, why, sizeof(why));
	if (*pattern)
		return STATUS_OK;
	return *why ? profile_line_wrong(line, "the pattern is wrong: %s", why)
		    : error_memory(line->error);
}

static enum status read_role(struct profile_line *line, int *role)
{
	const struct profile *profile = line->profile;
	struct token token;
	enum status status = profile_line_next(line, &token);

	if (status != STATUS_OK)
		return status;
	if (!profile->has_kind || profile->any_kind)
		return profile_line_wrong(line, "a line `kind` that names one must come first");
	*role = kind_role(profile->kind, token.text);
	if (token.type != TOKEN_WORD || *role < 0)
		return profile_line_wrong_word(line, token.text, "no role of this kind");
	return STATUS_OK;
}

static enum status read_end(struct profile_line *line)
{
	struct text rest = text_trim(line->rest);

	return rest.len ? profile_line_wrong_word(line, rest, "nothing may follow here")
			: STATUS_OK;
}

/* ---- the keywords ---- */

static enum status on_name(struct profile_line *line)
{
	return profile_line_keep(line, &line->profile->name, line->rest);
}

static enum status on_bare(struct profile_line *line)
{
	enum number_bare bare;

	if (!number_bare_find(line->rest.data, line->rest.len, &bare))
		return profile_line_wrong_word(line, line->rest, "not own-code, national or international");
	return profile_line_keep(line, &line->profile->bare, line->rest);
}

static enum status on_about(struct profile_line *line)
{
	return profile_line_keep(line, &line->profile->about, line->rest);
}

static enum status keep_name(struct profile_line *line, char **place, enum given_name what)
{
	char at[240];
	enum status status = profile_line_keep(line, place, line->rest);

	(void)snprintf(at, sizeof(at), "%s:%u:", line->shown, line->number);
	return status == STATUS_OK ? given_name_check(what, *place, at, line->error) : status;
}

static enum status on_zone(struct profile_line *line)
{
	return keep_name(line, &line->profile->zone, GIVEN_ZONE);
}

static enum status on_currency(struct profile_line *line)
{
	return keep_name(line, &line->profile->currency, GIVEN_CURRENCY);
}

static enum status on_region(struct profile_line *line)
{
	return keep_name(line, &line->profile->region, GIVEN_REGION);
}

static enum status on_date_order(struct profile_line *line)
{
	if (!text_is(line->rest, "dmy") && !text_is(line->rest, "mdy"))
		return profile_line_wrong_word(line, line->rest, "neither dmy nor mdy");
	return profile_line_keep(line, &line->profile->date_order, line->rest);
}

static enum status on_decimal(struct profile_line *line)
{
	if (!text_is(line->rest, "comma") && !text_is(line->rest, "point"))
		return profile_line_wrong_word(line, line->rest, "neither comma nor point");
	return profile_line_keep(line, &line->profile->decimal, line->rest);
}

static enum status on_kind(struct profile_line *line)
{
	struct profile *profile = line->profile;
	char name[20] = "";

	if (profile->has_kind)
		return profile_line_wrong(line, "said twice");
	profile->has_kind = true;
	profile->any_kind = text_is(line->rest, "any");
	if (line->rest.len < sizeof(name))
		memcpy(name, line->rest.data, line->rest.len);
	if (!profile->any_kind && !kind_find(name, &profile->kind))
		return profile_line_wrong_word(line, line->rest, "no kind");
	return STATUS_OK;
}

static enum status on_yes_no(struct profile_line *line, int *value)
{
	if (!text_is(line->rest, "yes") && !text_is(line->rest, "no"))
		return profile_line_wrong_word(line, line->rest, "neither yes nor no");
	*value = text_is(line->rest, "yes");
	return STATUS_OK;
}

static enum status on_header(struct profile_line *line)
{
	return on_yes_no(line, &line->profile->header);
}

static enum status on_blanks(struct profile_line *line)
{
	int value = 0;
	enum status status = on_yes_no(line, &value);

	line->profile->blanks = value == 1;
	return status;
}

static enum status on_separator(struct profile_line *line)
{
	line->profile->separator = dialect_byte(line->rest);
	if (line->profile->separator <= 0)
		return profile_line_wrong_word(line, line->rest, "no separator");
	return STATUS_OK;
}

static enum status on_quote(struct profile_line *line)
{
	line->profile->quote = dialect_byte(line->rest);
	if (line->profile->quote == DIALECT_UNKNOWN)
		return profile_line_wrong_word(line, line->rest, "no quote, and not `none`");
	return STATUS_OK;
}

static enum status on_escape(struct profile_line *line)
{
	line->profile->escape = dialect_escape(line->rest);
	return line->profile->escape != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
						 "not none, backslash or quote");
}

static enum status on_inner(struct profile_line *line)
{
	line->profile->inner = dialect_inner(line->rest);
	return line->profile->inner != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
						 "not doubled, bare or part");
}

static enum status on_guard(struct profile_line *line)
{
	line->profile->guard = dialect_guard(line->rest);
	return line->profile->guard != DIALECT_UNKNOWN
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest, "not none or excel");
}

static enum status on_skip_head(struct profile_line *line)
{
	uint64_t lines;

	if (!text_to_u64(line->rest, &lines) || lines > DIALECT_HEAD_MOST)
		return profile_line_wrong_word(line, line->rest, "no number of lines");
	line->profile->head = (long)lines;
	return STATUS_OK;
}

static enum status on_widths(struct profile_line *line)
{
	return read_span(line, line->rest, &line->profile->width);
}

static enum status on_roles(struct profile_line *line)
{
	line->profile->by_header = text_is(line->rest, "header");
	return line->profile->by_header ? STATUS_OK : profile_line_wrong_word(line, line->rest, "only `header` may follow");
}

/* width N[-M] and, for roles, when COLUMN /regex/ */
static enum status read_conditions(struct profile_line *line, struct widths *width,
				   struct profile_role *role)
{
	for (;;) {
		struct token token;
		enum status status = profile_line_next(line, &token);

		if (status != STATUS_OK || token.type == TOKEN_END)
			return status;
		if (text_is(token.text, "width")) {
			status = profile_line_next(line, &token);
			if (status == STATUS_OK)
				status = read_span(line, token.text, width);
		} else if (role && !role->when && text_is(token.text, "when")) {
			status = profile_line_column(line, &role->when_column);
			if (status == STATUS_OK)
				status = read_pattern(line, &role->when);
		} else {
			return profile_line_wrong_word(line, token.text, "not known here");
		}
		if (status != STATUS_OK)
			return status;
	}
}

static enum status on_role(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_role *role = &profile->roles[profile->role_count];
	enum status status;

	if (profile->role_count == PROFILE_ROLES)
		return profile_line_wrong(line, "more than %d lines `role`", PROFILE_ROLES);
	profile->role_count++;
	status = read_role(line, &role->role);
	if (status == STATUS_OK)
		status = profile_line_role_column(line, role);
	if (status == STATUS_OK)
		status = read_conditions(line, &role->width, role);
	return status;
}

static enum status on_sniff(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_sniff *sniff = &profile->sniffs[profile->sniff_count];
	struct token token;
	size_t points = 0;
	enum status status;

	if (profile->sniff_count == PROFILE_SNIFFS)
		return profile_line_wrong(line, "more than %d lines `sniff`", PROFILE_SNIFFS);
	profile->sniff_count++;
	status = profile_line_column(line, &sniff->column);
	if (status == STATUS_OK)
		status = read_pattern(line, &sniff->pattern);
	if (status == STATUS_OK)
		status = profile_line_next(line, &token);
	if (status == STATUS_OK)
		status = profile_line_number(line, token.text, 1000, &points);
	sniff->points = (unsigned)points;
	return status == STATUS_OK ? read_end(line) : status;
}

static enum status on_fallback(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_fallback *fallback =
		&profile->fallbacks[profile->fallback_count];
	enum status status;

	if (profile->fallback_count == PROFILE_FALLBACKS)
		return profile_line_wrong(line, "more than %d lines `fallback`", PROFILE_FALLBACKS);
	profile->fallback_count++;
	status = read_role(line, &fallback->role);
	if (status == STATUS_OK)
		status = read_pattern(line, &fallback->when);
	if (status == STATUS_OK)
		status = profile_line_column(line, &fallback->column);
	if (status == STATUS_OK)
		status = read_pattern(line, &fallback->take);
	return status == STATUS_OK ? read_end(line) : status;
}

static enum status on_legs(struct profile_line *line)
{
	enum status status = read_role(line, &line->profile->legs);

	if (status == STATUS_OK)
		status = read_conditions(line, &line->profile->legs_width, NULL);
	return status;
}

/* `answered NO ANSWER` gives the line `answered=NO ANSWER`. */
static enum status add_word(struct profile_line *line, const char *keyword)
{
	struct buf *words = &line->profile->words;
	const size_t before = words->len;
	struct text there, added;

	if (line->rest.len == 0)
		return profile_line_wrong(line, "nothing follows the keyword");
	buf_format(words, "%s=", keyword);
	buf_add(words, line->rest.data, line->rest.len);
	buf_byte(words, '\n');
	if (words->failed)
		return error_memory(line->error);
	there = (struct text){ words->data, before };
	added = (struct text){ words->data + before, words->len - before };
	if (words_contradicted(there, text_take_line(&added)))
		return profile_line_wrong_word(line, line->rest,
					       "means something else by a line before");
	return STATUS_OK;
}

/* What withholds a presented number does so in whatever profile. */
static enum status on_absent(struct profile_line *line)
{
	const char *except = number_withheld_words(line->rest) ? ABSENT_WITHHELD : "";

	if (!absents_can(line->rest))
		return profile_line_wrong_word(line, line->rest, "no word of a field");
	return absents_add(&line->profile->absents, line->rest, text_of(except))
		       ? STATUS_OK
		       : error_memory(line->error);
}

static enum status on_not_absent(struct profile_line *line)
{
	return absents_cut(&line->profile->absents, line->rest)
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
				    "it stands for a value already: there is nothing to "
				    "take out");
}

static const struct {
	const char *name;
	enum status (*read)(struct profile_line *line);
} keywords[] = {
	{ "name", on_name },           { "about", on_about },
	{ "kind", on_kind },           { "header", on_header },
	{ "separator", on_separator }, { "quote", on_quote },
	{ "blanks", on_blanks },       { "widths", on_widths },
	{ "roles", on_roles },         { "role", on_role },
	{ "sniff", on_sniff },         { "fallback", on_fallback },
	{ "legs", on_legs },           { "zone", on_zone },
	{ "date-order", on_date_order }, { "currency", on_currency },
	{ "decimal", on_decimal },
	{ "region", on_region },       { "absent", on_absent },
	{ "not-absent", on_not_absent }, { "bare", on_bare },
	{ "escape", on_escape },       { "inner-quotes", on_inner },
	{ "guard", on_guard },         { "skip-head", on_skip_head },
	{ "record", profile_record },  { "record-begin", profile_record_begin },
};

static enum status read_line(struct profile_line *line)
{
	struct token token;
	enum status status;

	line->rest = text_trim(line->rest);
	if (line->rest.len == 0 || line->rest.data[0] == '#')
		return STATUS_OK;
	if ((status = profile_line_next(line, &token)) != STATUS_OK)
		return status;
	line->rest = text_trim(line->rest);
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (text_is(token.text, keywords[i].name))
			return keywords[i].read(line);
	if (status_word_keyword(token.text))
		return add_word(line, status_word_keyword(token.text));
	return profile_line_wrong_word(line, token.text, "no keyword of a profile");
}

static bool has_role(const struct profile *profile, size_t role)
{
	for (size_t i = 0; i < profile->role_count; i++)
		if (profile->roles[i].role == (int)role)
			return true;
	return false;
}

/* What only the whole text can tell. */
static enum status check(const struct profile_line *line)
{
	const struct profile *profile = line->profile;
	const struct kind_info *info;

	if (profile->record_begin && !profile->record)
		return profile_line_wrong(line, "`record-begin` needs a line `record`");
	if (!profile->name || !profile->has_kind)
		return profile_line_wrong(line, "a profile needs a line `name` and a line `kind`");
	if (profile->any_kind && !profile->by_header)
		return profile_line_wrong(line, "`kind any` needs `roles header`");
	if (profile->by_header)
		return STATUS_OK;
	info = kind_info(profile->kind);
	for (size_t i = 0; i < info->role_count; i++)
		if (info->roles[i].needed && !has_role(profile, i))
			return profile_line_wrong(line, "role %s is needed, and has no line", info->roles[i].name);
	return STATUS_OK;
}

enum status profile_parse(struct profile *profile, struct text text,
			  const char *shown, struct error *error)
{
	struct profile_line line = { .profile = profile, .shown = shown, .error = error };
	enum status status = STATUS_OK;

	memset(profile, 0, sizeof(*profile));
	profile->header = profile->separator = profile->quote = DIALECT_UNKNOWN;
	profile->escape = profile->inner = profile->guard = DIALECT_UNKNOWN;
	profile->head = DIALECT_UNKNOWN;
	profile->legs = -1;
	if (!digest_of(text.data, text.len, profile->sha256) ||
	    !absents_read(&profile->absents, text_of(absent_builtin)))
		return error_memory(error);
	while (status == STATUS_OK && text.len > 0) {
		const char *end = memchr(text.data, '\n', text.len);
		size_t len = end ? (size_t)(end - text.data) : text.len;

		line.number++;
		line.rest.data = text.data;
		line.rest.len = len;
		status = memchr(text.data, '\0', len)
				 ? profile_line_wrong(&line, "a NUL byte")
				 : read_line(&line);
		text.data += len + (end ? 1 : 0);
		text.len -= len + (end ? 1 : 0);
	}
	return status == STATUS_OK ? check(&line) : status;
}
