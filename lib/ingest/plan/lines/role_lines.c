/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that say which columns play which roles. */
#include "ingest/plan/lines/lines.h"

#include <stdlib.h>

static enum status on_roles(struct profile_line *line)
{
	line->profile->by_header = text_is(line->rest, "header");
	return line->profile->by_header ? STATUS_OK : profile_line_wrong_word(line, line->rest, "only `header` may follow");
}

/* width N[-M] and, for roles, when COLUMN /regex/ and optional */
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
				status = profile_line_span(line, token.text, width);
		} else if (role && !role->when && text_is(token.text, "when")) {
			status = profile_line_column(line, &role->when_column);
			if (status == STATUS_OK)
				status = profile_line_pattern(line, &role->when);
		} else if (role && !role->optional && text_is(token.text, "optional")) {
			role->optional = true;
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
	status = profile_line_role(line, &role->role);
	if (status == STATUS_OK)
		status = profile_line_role_column(line, role);
	if (status == STATUS_OK)
		status = read_conditions(line, &role->width, role);
	return status;
}

/* The names, one a line, and how many. */
static enum status read_names(struct profile_line *line, struct buf *names, size_t *count)
{
	struct token token;
	enum status status = profile_line_next(line, &token);

	while (status == STATUS_OK && token.type != TOKEN_END) {
		if (token.type == TOKEN_PATTERN || token.text.len == 0)
			return profile_line_wrong(line, "names of columns are wanted");
		buf_add(names, token.text.data, token.text.len);
		buf_byte(names, '\n');
		(*count)++;
		status = profile_line_next(line, &token);
	}
	return status;
}

/* The names of all lines, where they stand now. */
static bool set_named(struct profile *profile)
{
	struct text rest = buf_view(&profile->names);
	size_t total = 0;

	for (size_t i = 0; i < profile->named_lines; i++)
		total += profile->named_counts[i];
	free(profile->named);
	profile->named = calloc(total, sizeof(*profile->named));
	if (!profile->named || profile->names.failed)
		return false;
	for (size_t i = 0; i < total; i++)
		profile->named[i] = text_take_line(&rest);
	return true;
}

static enum status on_columns(struct profile_line *line)
{
	struct profile *profile = line->profile;
	size_t count = 0;
	enum status status;

	if (profile->named_lines == PROFILE_NAMED)
		return profile_line_wrong(line, "said more than %d times", PROFILE_NAMED);
	status = read_names(line, &profile->names, &count);
	if (status != STATUS_OK || count == 0)
		return status == STATUS_OK ? profile_line_wrong(line, "names of columns are wanted") : status;
	for (size_t i = 0; i < profile->named_lines; i++)
		if (profile->named_counts[i] == count)
			return profile_line_wrong(line, "said twice for as many columns");
	profile->named_counts[profile->named_lines++] = count;
	return set_named(profile) ? STATUS_OK : error_memory(line->error);
}

/* Without a column an account, a presented or a dialled number is unknown; what every row must
 * have cannot be left out. */
static enum status on_without(struct profile_line *line)
{
	int role = -1;
	enum status status = profile_line_role(line, &role);

	if (status != STATUS_OK)
		return status;
	if (kind_info(line->profile->kind)->roles[role].filled)
		return profile_line_wrong(line, "role %s cannot be left out",
					  kind_info(line->profile->kind)->roles[role].name);
	line->profile->without[role] = true;
	return profile_line_end(line);
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
	status = profile_line_role(line, &fallback->role);
	if (status == STATUS_OK)
		status = profile_line_pattern(line, &fallback->when);
	if (status == STATUS_OK)
		status = profile_line_column(line, &fallback->column);
	if (status == STATUS_OK)
		status = profile_line_pattern(line, &fallback->take);
	return status == STATUS_OK ? profile_line_end(line) : status;
}

static enum status on_legs(struct profile_line *line)
{
	enum status status = profile_line_role(line, &line->profile->legs);

	if (status == STATUS_OK)
		status = read_conditions(line, &line->profile->legs_width, NULL);
	return status;
}

static enum status on_sequence(struct profile_line *line)
{
	struct profile_sequence *sequence = &line->profile->sequence;
	enum status status;

	if (sequence->said)
		return profile_line_wrong(line, "said twice");
	sequence->said = true;
	status = profile_line_column(line, &sequence->column);
	return status == STATUS_OK ? read_conditions(line, &sequence->width, NULL) : status;
}

const struct profile_keyword profile_role_lines[] = {
	{ "roles", on_roles, true },
	{ "role", on_role, false },
	{ "without", on_without, false },
	{ "columns", on_columns, true },
	{ "fallback", on_fallback, false },
	{ "legs", on_legs, false },
	{ "sequence", on_sequence, false },
	{ NULL, NULL, false },
};
