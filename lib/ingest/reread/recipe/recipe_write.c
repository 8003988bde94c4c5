/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a source can be read again by, written down. */
#include "ingest/reread/recipe/recipe.h"

#include "base/digest/digest.h"
#include "ingest/encoding/encoding.h"
#include "ingest/format/format.h"

#define MARK 3              /* bytes of a byte order mark */

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

static void write_legs(const struct plan *plan, struct buf *out)
{
	const struct profile *profile = &plan->profile;

	if (profile->legs >= 0)
		buf_format(out, "legs %s %zu %zu\n", kind_info(plan->kind)->roles[profile->legs].name,
			   profile->legs_width.least, profile->legs_width.most);
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
	write_legs(plan, out);
	write_mapping(&plan->mapping, out);
}

bool recipe_columns(const struct sample_row *names, char hex[static DIGEST_HEX])
{
	struct buf all = { 0 };
	bool good;

	for (size_t i = 0; i < names->count; i++) {
		buf_format(&all, "%zu:", names->fields[i].len);
		buf_add(&all, names->fields[i].data, names->fields[i].len);
	}
	good = !all.failed && digest_of(buf_view(&all).data, all.len, hex);
	buf_release(&all);
	return good;
}

static void write_columns(const struct stream *stream, struct buf *out)
{
	char hex[DIGEST_HEX];

	if (!layout_learns(stream) || stream->sample.row_count == 0)
		return;
	if (recipe_columns(&stream->sample.rows[0], hex))
		buf_format(out, "columns %s\n", hex);
	else
		out->failed = true;
}

void recipe_write_stream(const struct stream *stream, const char *format, struct buf *out)
{
	const struct plan *plan = stream->plan;

	buf_format(out, "profile %s\nformat %s\n", plan->profile.sha256, format);
	buf_format(out, "header %d\n", plan->header != NULL);
	write_columns(stream, out);
	buf_format(out, "width %zu %zu\n", plan->width.least, plan->width.most);
	write_legs(plan, out);
	write_mapping(&plan->mapping, out);
}

void recipe_write_widened(const struct stream *stream, size_t own, struct buf *out)
{
	const struct sample *sample = &stream->sample;

	for (size_t i = own; sample->row_count > 0 && i < sample->rows[0].count; i++) {
		buf_text(out, "widen ");
		buf_add(out, sample->rows[0].fields[i].data, sample->rows[0].fields[i].len);
		buf_byte(out, '\n');
	}
}

void recipe_write_record(const char *word, unsigned line, const struct pattern *pattern,
			 struct buf *out)
{
	buf_format(out, "%s %u\n", word, line);
	write_pattern("like", pattern, out);
}

/* ---- in words ---- */

void recipe_describe(const struct dialect *dialect, const struct encoding *encoding,
		     const struct widths *width, struct buf *out)
{
	dialect_describe(dialect, out);
	if (encoding)
		buf_format(out, ", encoding %s", encoding_name(encoding));
	widths_describe(width, out);
}

void recipe_described(const struct recipe *recipe, struct text said,
		      struct buf *out)
{
	static const char *const ends[] = { "LF", "CRLF", "CR", "mixed", "none" };
	struct dialect dialect = recipe->dialect;

	/* A declaration alone has 6 bytes, or 7; a head any number. */
	dialect.mark = recipe->preamble == MARK || recipe->preamble > MARK + 5;
	for (size_t i = 0; i < 2 * sizeof(ends) / sizeof(ends[0]); i++) {
		buf_clear(out);
		dialect.ends = ends[i / 2];
		dialect.mark = dialect.mark != (dialect.head > 0);
		recipe_describe(&dialect, recipe->encoding, &recipe->width, out);
		if (out->failed)
			return;
		if (text_equal(buf_view(out), said))
			return;
	}
}

