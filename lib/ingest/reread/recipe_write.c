/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a source can be read again by, written down. */
#include "ingest/reread/recipe.h"

static void write_pattern(const char *word, const struct pattern *pattern,
			  struct buf *out)
{
	const struct text text = pattern_text(pattern);

	buf_format(out, "%s ", word);
	buf_add(out, text.data, text.len);
	buf_byte(out, '\n');
}

/* What is said for a role has no column. */
static void write_pick(const struct mapping *mapping, size_t role, const struct pick *pick,
		       struct buf *out)
{
	const char *name = kind_info(mapping->kind)->roles[role].name;
	const struct text said = mapping_said(mapping, role);

	if (pick->constant) {
		buf_format(out, "constant %s %zu %zu ", name, pick->width.least, pick->width.most);
		buf_add(out, said.data, said.len);
		buf_byte(out, '\n');
		return;
	}
	buf_format(out, "role %s %zu %zu %zu\n", name, pick->column + 1, pick->width.least,
		   pick->width.most);
	if (pick->joined)
		buf_format(out, "joined %zu\n", pick->second + 1);
}

static void write_role(const struct mapping *mapping, size_t role, struct buf *out)
{
	const char *name = kind_info(mapping->kind)->roles[role].name;

	if (mapping->without[role])
		buf_format(out, "without %s\n", name);
	if (mapping->url[role])
		buf_format(out, "url %s\n", name);
	if (mapping->units[role] != UNIT_AS_WRITTEN)
		buf_format(out, "parts %s %d\n", name, (int)mapping->units[role]);
	for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
		const struct pick *pick = &mapping->picks[role][i];

		write_pick(mapping, role, pick, out);
		if (!pick->when)
			continue;
		buf_format(out, "when %zu\n", pick->when_column + 1);
		write_pattern("like", pick->when, out);
	}
}

static void write_mapping(const struct mapping *mapping, struct buf *out)
{
	const struct kind_info *info = kind_info(mapping->kind);

	for (size_t role = 0; role < info->role_count; role++)
		write_role(mapping, role, out);
	for (size_t i = 0; i < mapping->fallback_count; i++) {
		const struct fallback *fallback = &mapping->fallbacks[i];

		buf_format(out, "fallback %s %zu\n",
			   info->roles[fallback->role].name, fallback->column + 1);
		write_pattern("like", fallback->when, out);
		write_pattern("take", fallback->take, out);
	}
	for (size_t i = 0; i < mapping->filter_count; i++) {
		const struct filter *filter = &mapping->filters[i];

		buf_format(out, "%s %zu\n", filter->keep ? "keep" : "drop", filter->column + 1);
		write_pattern("like", filter->pattern, out);
	}
}

void recipe_write(const struct plan *plan, const struct dialect *dialect,
		  size_t preamble, unsigned preamble_lines, struct buf *out)
{
	const struct profile *profile = &plan->profile;

	buf_format(out, "profile %s\n", profile->sha256);
	buf_format(out, "separator %d\nquote %d\n", dialect->separator,
		   dialect->quote);
	buf_format(out, "header %d\nblanks %d\ntrim %d\n", plan->header != NULL,
		   dialect->blanks, dialect->trim);
	buf_format(out, "preamble %zu %u\n", preamble, preamble_lines);
	if (dialect_mannered(dialect))
		buf_format(out, "manner %d %d %d\n", dialect->escape, dialect->inner,
			   dialect->guard);
	if (dialect->head > 0)
		buf_format(out, "head %ld\n", dialect->head);
	if (dialect->feet)
		buf_text(out, "feet 1\n");
	buf_format(out, "width %zu %zu\n", plan->width.least, plan->width.most);
	if (profile->legs >= 0)
		buf_format(out, "legs %s %zu %zu\n",
			   kind_info(plan->kind)->roles[profile->legs].name,
			   profile->legs_width.least, profile->legs_width.most);
	write_mapping(&plan->mapping, out);
}
