/* SPDX-License-Identifier: Apache-2.0 */
/* Whether members of which each has a plan by itself are of one plan. */
#include <string.h>

#include "casefile/record/table_name.h"
#include "ingest/gather/gather_room.h"

static const struct plan *plan_of(const struct gather_plan *plan)
{
	return &plan->stream->plan;
}

static struct text settings_of(const struct gather_plan *plan)
{
	struct text settings = buf_view(&plan->key);

	settings.len = plan->settings_len;
	return settings;
}

static bool has_line(struct text lines, struct text line)
{
	while (lines.len > 0)
		if (text_equal(text_take_line(&lines), line))
			return true;
	return false;
}

/* How they are written is the format's to tell, and how many columns there are may differ. */
static bool is_settled_else(struct text line)
{
	static const char dialect[] = "dialect=";

	return line.len >= sizeof(dialect) - 1 && memcmp(line.data, dialect, sizeof(dialect) - 1) == 0;
}

/* Whether a line of settings says where a role stands for which a plan has no column. */
static bool of_no_column(const struct plan *plan, struct text line)
{
	const char *mark = line.len ? memchr(line.data, '=', line.len) : NULL;
	const struct text name = { line.data, mark ? (size_t)(mark - line.data) : 0 };
	const int role = mark ? kind_role(plan->kind, name) : -1;

	return role >= 0 && plan->mapping.pick_counts[role] == 0 && !plan->mapping.without[role];
}

/* All that one says is said by the other, which has no more than columns for other roles. */
static bool settings_fit(const struct gather_plan *other, const struct gather_plan *made)
{
	struct text rest = settings_of(made);

	while (rest.len > 0) {
		const struct text line = text_take_line(&rest);

		if (!is_settled_else(line) && !has_line(settings_of(other), line))
			return false;
	}
	rest = settings_of(other);
	while (rest.len > 0) {
		const struct text line = text_take_line(&rest);

		if (!is_settled_else(line) && !has_line(settings_of(made), line) && !of_no_column(plan_of(made), line))
			return false;
	}
	return true;
}

/* Whether the streams are of objects, and what is written alike can be told. */
static bool is_comparable(const struct gather_plan *other, const struct gather_plan *made)
{
	return made->layout->format->alike && made->stream->stream->declared &&
	       other->layout->format == made->layout->format && other->stream->stream->declared &&
	       other->input.encoding == made->input.encoding;
}

/* A profile that says which table is what reads one by its name. */
static bool same_table(const struct gather_plan *other, const struct gather_plan *made)
{
	return plan_of(other)->profile.sections == 0 ||
	       text_equal_fold(stream_table(other->stream->stream), stream_table(made->stream->stream));
}

enum status gather_is_same(const struct gather_plan *other, const struct gather_plan *made,
			   bool *same, struct error *error)
{
	*same = other->layout->format == made->layout->format &&
		text_equal(buf_view(&other->key), buf_view(&made->key));
	if (!is_comparable(other, made))
		return STATUS_OK;
	*same = same_table(other, made) && settings_fit(other, made);
	return *same ? made->layout->format->alike(other->layout, made->layout, plan_of(made), same, error)
		     : STATUS_OK;
}

/* What bids for it has to be this plan, and to be sure. */
static bool bids_fit(const struct plan *plan, const struct bids *bids)
{
	return bids->count == 0 ||
	       (!bids_close(bids) && bids->kinds[0] == plan->kind &&
		strcmp(bids->items[0].profile, plan->profile.name ? plan->profile.name : "") == 0);
}

enum status gather_has_all(const struct gather_plan *other, const struct gather_plan *made,
			   bool *has, struct error *error)
{
	*has = is_comparable(other, made) && same_table(other, made) &&
	       bids_fit(plan_of(other), &plan_of(made)->bids);
	return *has ? made->layout->format->alike(other->layout, made->layout, NULL, has, error)
		    : STATUS_OK;
}
