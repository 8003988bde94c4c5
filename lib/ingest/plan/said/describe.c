/* SPDX-License-Identifier: Apache-2.0 */
/* A mapping in lines for people. */
#include "ingest/plan/mapping.h"
#include "ingest/plan/values/filter.h"

void mapping_column(size_t column, const struct sample_row *header, struct buf *out)
{
	if (header && column < header->count)
		buf_escape(out, text_trim(header->fields[column]), 0);
	else
		buf_format(out, "%zu", column + 1);
}

static void describe_pick(const struct mapping *mapping, size_t role, const struct pick *pick,
			  const struct sample_row *header, struct buf *out)
{
	if (pick->constant) {
		buf_byte(out, '=');
		buf_escape(out, mapping_said(mapping, role), 0);
		buf_text(out, " (asserted)");
	} else {
		mapping_column(pick->column, header, out);
	}
	if (pick->joined) {
		buf_byte(out, '+');
		mapping_column(pick->second, header, out);
		buf_text(out, " (joined)");
	}
	if (mapping->url[role])
		buf_text(out, " (URL-decoded)");
	if (mapping->units[role] != UNIT_AS_WRITTEN)
		buf_format(out, " (in %s)",
			   profile_unit_name(mapping->units[role], kind_info(mapping->kind)->roles[role].type));
	if (pick->width.most && pick->width.least == pick->width.most)
		buf_format(out, " in rows of %zu", pick->width.most);
	else if (pick->width.most)
		buf_format(out, " in rows of %zu to %zu", pick->width.least,
			   pick->width.most);
	buf_text(out, pick->when ? ", by its form\n" : "\n");
}

void mapping_describe(const struct mapping *mapping,
		      const struct sample_row *header, struct buf *out)
{
	const struct kind_info *info = kind_info(mapping->kind);

	for (size_t role = 0; role < info->role_count; role++) {
		if (mapping->without[role])
			buf_format(out, "%s=\n", info->roles[role].name);
		for (size_t i = 0; i < mapping->pick_counts[role]; i++) {
			buf_format(out, "%s=", info->roles[role].name);
			describe_pick(mapping, role, &mapping->picks[role][i], header, out);
		}
	}
	for (size_t i = 0; i < mapping->fallback_count; i++)
		buf_format(out, "%s=%zu where the profile's fallback says so\n",
			   info->roles[mapping->fallbacks[i].role].name,
			   mapping->fallbacks[i].column + 1);
	for (size_t i = 0; i < mapping->filter_count; i++) {
		filter_describe(&mapping->filters[i], header, out);
		buf_byte(out, '\n');
	}
}
