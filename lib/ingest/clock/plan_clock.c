/* SPDX-License-Identifier: Apache-2.0 */
/* What of a plan is about clocks and numbering. */
#include "ingest/clock/plan_clock.h"

#include <string.h>

#include "ingest/plan/given_words.h"
#include "ingest/plan/plan.h"

/* Where a column of the profile stands; false: nowhere. */
static bool find_column(const struct profile_column *column, const struct sample_row *header, size_t *at)
{
	if (!column->name) {
		*at = column->position - 1;
		return column->position > 0;
	}
	for (*at = 0; header && *at < header->count; ++*at)
		if (text_is_fold(text_trim(header->fields[*at]), column->name))
			return true;
	return false;
}

static void set_epoch(struct plan *plan)
{
	static const enum epoch_unit units[] = { [UNIT_AS_WRITTEN] = EPOCH_ANY, [UNIT_MILLI] = EPOCH_MS,
						 [UNIT_MICRO] = EPOCH_US, [UNIT_NANO] = EPOCH_NS };
	const struct profile_epoch *epoch = &plan->profile.epoch;
	struct plan_clock *clock = &plan->clock;

	clock->epoch.set = epoch->said && plan->kind == KIND_CALL &&
			   find_column(&epoch->column, plan_columns(plan), &clock->epoch.column);
	clock->unit = units[epoch->unit];
	clock->take = epoch->take;
}

static bool is_utc(const struct stream *stream, size_t column)
{
	return column < stream->utc.len && stream->utc.data[column] == 1;
}

/* Whether all columns that a role may come from are of UTC. */
static bool role_is_utc(const struct plan *plan, const struct stream *stream, size_t role)
{
	const struct mapping *mapping = &plan->mapping;
	bool utc = mapping->pick_counts[role] > 0;

	for (size_t i = 0; i < mapping->pick_counts[role] && utc; i++) {
		const struct pick *pick = &mapping->picks[role][i];

		utc = !pick->constant && is_utc(stream, pick->column) &&
		      (!pick->joined || is_utc(stream, pick->second));
	}
	return utc;
}

static void add_zones(struct plan *plan, const struct stream *stream)
{
	const struct kind_info *info = kind_info(plan->kind);

	for (size_t role = 0; role < info->role_count; role++) {
		const char *zone = plan->profile.zones[role];

		if (info->roles[role].type != ROLE_TIME)
			continue;
		if (!zone && role_is_utc(plan, stream, role))
			zone = "UTC";
		if (zone)
			buf_format(&plan->clock.zones, "%s=%s\n", info->roles[role].name, zone);
	}
}

bool plan_clock_has_zone(const struct plan_clock *clock, const char *role)
{
	struct text lines = buf_view(&clock->zones);
	const size_t len = strlen(role);

	while (lines.len > 0) {
		const struct text line = text_take_line(&lines);

		if (line.len > len && line.data[len] == '=' && memcmp(line.data, role, len) == 0)
			return true;
	}
	return false;
}

bool plan_clock_has_zones(const struct plan *plan)
{
	const struct kind_info *info = kind_info(plan->kind);

	for (size_t role = 0; role < info->role_count; role++)
		if (info->roles[role].type == ROLE_TIME && plan->mapping.pick_counts[role] > 0 &&
		    !plan_clock_has_zone(&plan->clock, info->roles[role].name))
			return false;
	return true;
}

void plan_clock_release(struct plan_clock *clock)
{
	buf_release(&clock->zones);
	buf_release(&clock->words);
}

bool plan_clock_make(struct plan *plan, const struct ingest_options *options, const struct stream *stream)
{
	struct plan_clock *clock = &plan->clock;
	const struct profile_sequence *sequence = &plan->profile.sequence;

	set_epoch(plan);
	clock->sequence.set = sequence->said && find_column(&sequence->column, plan_columns(plan), &clock->sequence.column);
	clock->sequence.width = sequence->width;
	add_zones(plan, stream);
	words_select(options, buf_view(&plan->profile.words), plan->kind, &clock->words);
	return !clock->zones.failed && !clock->words.failed;
}
