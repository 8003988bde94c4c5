/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that say which rows are taken, and what stands in their columns. */
#include "ingest/plan/lines/lines.h"

#include "casefile/record/join.h"

/* ---- which rows ---- */

static enum status read_filter(struct profile_line *line, bool keep)
{
	struct profile *profile = line->profile;
	struct profile_filter *filter = &profile->filters[profile->filter_count];
	enum status status;

	if (profile->filter_count == PROFILE_FILTERS)
		return profile_line_wrong(line, "more than %d lines `keep` and `drop`", PROFILE_FILTERS);
	profile->filter_count++;
	filter->keep = keep;
	status = profile_line_column(line, &filter->column);
	if (status == STATUS_OK)
		status = profile_line_pattern(line, &filter->pattern);
	return status == STATUS_OK ? profile_line_end(line) : status;
}

static enum status on_keep(struct profile_line *line)
{
	return read_filter(line, true);
}

static enum status on_drop(struct profile_line *line)
{
	return read_filter(line, false);
}

/* ---- what stands in a role ---- */

static const struct role *role_of(const struct profile_line *line, int role)
{
	return &kind_info(line->profile->kind)->roles[role];
}

static enum status on_join(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_join *join = &profile->joins[profile->join_count];
	struct token token;
	enum status status;

	if (profile->join_count == PROFILE_JOINS)
		return profile_line_wrong(line, "more than %d lines `join`", PROFILE_JOINS);
	profile->join_count++;
	join->line = line->number;
	status = profile_line_role(line, &join->role);
	if (status != STATUS_OK)
		return status;
	if (!join_can(profile->kind, join->role))
		return profile_line_wrong(line, "what stands in role %s cannot be joined", role_of(line, join->role)->name);
	for (size_t i = 0; i + 1 < profile->join_count; i++)
		if (profile->joins[i].role == join->role)
			return profile_line_wrong(line, "role %s is joined twice", role_of(line, join->role)->name);
	status = profile_line_next(line, &token);
	if (status == STATUS_OK && (token.type == TOKEN_END || token.type == TOKEN_PATTERN))
		return profile_line_wrong(line, "the name of a table is missing");
	if (status == STATUS_OK)
		status = profile_line_keep(line, &join->table, token.text);
	return status == STATUS_OK ? profile_line_end(line) : status;
}

static enum status on_address(struct profile_line *line)
{
	static const char *const kinds[] = { [ADDRESS_TRANSPORT] = "transport", [ADDRESS_CLAIMED] = "claimed",
					     [ADDRESS_SWITCH] = "switch" };
	struct token token;
	int role = -1;
	enum status status = profile_line_role(line, &role);

	if (status == STATUS_OK)
		status = profile_line_next(line, &token);
	if (status != STATUS_OK)
		return status;
	for (int i = ADDRESS_TRANSPORT; i <= ADDRESS_SWITCH; i++)
		if (text_is(token.text, kinds[i]))
			line->profile->addresses[role] = (enum profile_address)i;
	if (line->profile->addresses[role] == ADDRESS_UNKNOWN)
		return profile_line_wrong_word(line, token.text, "not transport, claimed or switch");
	return profile_line_end(line);
}

static enum status on_decode(struct profile_line *line)
{
	int role = -1;
	enum status status = profile_line_role(line, &role);

	if (status != STATUS_OK)
		return status;
	line->rest = text_trim(line->rest);
	if (!text_is(line->rest, "url"))
		return profile_line_wrong_word(line, line->rest, "only `url` is known");
	line->profile->url[role] = true;
	return STATUS_OK;
}

/* ---- what it counts ---- */

/* The units of durations, of times and of amounts; those that are read as they are written come first. */
static const struct {
	const char *name;
	enum role_type type;
	enum profile_unit unit;
} units[] = {
	{ "s", ROLE_SECONDS, UNIT_AS_WRITTEN },     { "hms", ROLE_SECONDS, UNIT_AS_WRITTEN },
	{ "ms", ROLE_SECONDS, UNIT_MILLI },         { "us", ROLE_SECONDS, UNIT_MICRO },
	{ "ns", ROLE_SECONDS, UNIT_NANO },          { "epoch", ROLE_TIME, UNIT_AS_WRITTEN },
	{ "epoch-ms", ROLE_TIME, UNIT_AS_WRITTEN }, { "epoch-us", ROLE_TIME, UNIT_AS_WRITTEN },
	{ "epoch-ns", ROLE_TIME, UNIT_AS_WRITTEN },
	{ "cents", ROLE_AMOUNT, UNIT_CENTI },       { "thousandths", ROLE_AMOUNT, UNIT_MILLI },
	{ "millionths", ROLE_AMOUNT, UNIT_MICRO },
};

static enum status on_unit(struct profile_line *line)
{
	int role = -1;
	enum status status = profile_line_role(line, &role);

	if (status != STATUS_OK)
		return status;
	line->rest = text_trim(line->rest);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!text_is(line->rest, units[i].name) || units[i].type != role_of(line, role)->type)
			continue;
		line->profile->units[role] = units[i].unit;
		return STATUS_OK;
	}
	return profile_line_wrong_word(line, line->rest,
				       "no unit of this role; durations have s, ms, us, ns and hms, "
				       "times epoch, epoch-ms, epoch-us and epoch-ns, amounts cents, thousandths "
				       "and millionths; satoshi are told by `currency SAT`");
}

const char *profile_unit_name(enum profile_unit unit, enum role_type type)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].unit == unit && units[i].type == type)
			return units[i].name;
	return NULL;
}

static bool take_unit(struct text word, enum profile_unit *unit)
{
	static const char *const names[] = { [UNIT_AS_WRITTEN] = "s", [UNIT_MILLI] = "ms", [UNIT_MICRO] = "us",
					     [UNIT_NANO] = "ns" };

	for (int i = UNIT_AS_WRITTEN; i <= UNIT_NANO; i++) {
		if (!text_is(word, names[i]))
			continue;
		*unit = (enum profile_unit)i;
		return true;
	}
	return false;
}

static enum status on_epoch(struct profile_line *line)
{
	struct profile *profile = line->profile;
	struct profile_epoch *epoch = &profile->epoch;
	struct profile_line before;
	struct token token;
	enum status status;

	if (epoch->said)
		return profile_line_wrong(line, "said twice");
	if (!profile->has_kind || profile->any_kind || profile->kind != KIND_CALL)
		return profile_line_wrong(line, "a line `kind call` must come first");
	epoch->said = true;
	status = profile_line_column(line, &epoch->column);
	before = *line;
	if (status == STATUS_OK)
		status = profile_line_next(line, &token);
	if (status == STATUS_OK && token.type == TOKEN_WORD && !take_unit(token.text, &epoch->unit))
		return profile_line_wrong_word(line, token.text, "not s, ms, us or ns");
	if (status == STATUS_OK && token.type == TOKEN_WORD) {
		before = *line;
		status = profile_line_next(line, &token);
	}
	if (status == STATUS_OK && token.type == TOKEN_PATTERN)
		status = profile_line_pattern(&before, &epoch->take);
	return status == STATUS_OK ? profile_line_end(line) : status;
}

const struct profile_keyword profile_row_lines[] = {
	{ "keep", on_keep, false },
	{ "drop", on_drop, false },
	{ "join", on_join, false },
	{ "address", on_address, false },
	{ "decode", on_decode, false },
	{ "unit", on_unit, false },
	{ "epoch", on_epoch, false },
	{ NULL, NULL, false },
};
