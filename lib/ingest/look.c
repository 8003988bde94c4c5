/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the columns of a stream, by its sample. */
#include "ingest/look.h"

#include <stdlib.h>
#include <string.h>

#include "base/absent.h"
#include "base/memory.h"
#include "ingest/guess.h"

void look_release(struct look *look)
{
	free(look->columns);
	memset(look, 0, sizeof(*look));
}

/* ---- the columns and their roles ---- */

/* As many as the widest row has that the plan takes. */
static size_t column_count(const struct stream *stream, const struct plan *plan)
{
	const struct sample *sample = &stream->sample;
	size_t count = plan->header ? plan->header->count : sample->width;

	for (size_t i = 0; i < sample->row_count && plan->width.most > 0; i++)
		if (sample->rows[i].count > count &&
		    widths_have(&plan->width, sample->rows[i].count))
			count = sample->rows[i].count;
	return count;
}

static void add_role(struct look *look, size_t column, const char *role)
{
	struct sniff_column *to;

	if (column >= look->count)
		return;
	to = &look->columns[column];
	for (size_t i = 0; i < to->role_count; i++)
		if (!strcmp(to->roles[i], role))
			return;
	if (to->role_count < SNIFF_ROLES)
		to->roles[to->role_count++] = role;
}

static void add_pick(struct look *look, const struct pick *pick, const char *role)
{
	if (!pick->constant)
		add_role(look, pick->column, role);
	if (pick->joined)
		add_role(look, pick->second, role);
}

static void add_roles(struct look *look, const struct mapping *mapping)
{
	const struct kind_info *info = kind_info(mapping->kind);

	for (size_t role = 0; role < info->role_count; role++)
		for (size_t i = 0; i < mapping->pick_counts[role]; i++)
			add_pick(look, &mapping->picks[role][i], info->roles[role].name);
	for (size_t i = 0; i < mapping->fallback_count; i++)
		add_role(look, mapping->fallbacks[i].column,
			 info->roles[mapping->fallbacks[i].role].name);
}

/* The roles of a plan that came to nothing, by its surest bid. */
static void add_guesses(struct look *look, const struct plan *plan,
			const struct profile *profile,
			const struct ingest_options *options, size_t width)
{
	const struct mapping_request request = {
		.shown = "", .profile = profile, .kind = plan->bids.kinds[0],
		.mappings = options->mappings, .mapping_count = options->mapping_count,
		.header = plan->header, .width = width,
	};
	struct error none = { 0 };
	struct mapping mapping;

	/* What it lacks is said with the problem; what it has is of use. */
	(void)mapping_resolve(&mapping, &request, &none);
	add_roles(look, &mapping);
}

/* ---- their values ---- */

static void add_value(struct sniff_column *column, struct text value)
{
	for (size_t i = 0; i < column->value_count; i++)
		if (text_equal(column->values[i].text, value)) {
			column->values[i].count++;
			return;
		}
	if (column->value_count == SNIFF_VALUES || value.len > SNIFF_VALUE_MOST) {
		column->many = true;
		return;
	}
	column->values[column->value_count].text = value;
	column->values[column->value_count++].count = 1;
}

static void add_sample(struct sniff_column *column, struct text value)
{
	if (column->sample_count == SNIFF_SAMPLES)
		return;
	for (size_t i = 0; i < column->sample_count; i++)
		if (text_equal(column->samples[i], value))
			return;
	column->samples[column->sample_count++] = value;
}

/* Whether a value is none, in each role of its column. */
static bool is_absent(const struct absents *absents, const struct sniff_column *column,
		      struct text value)
{
	if (value.len == 0)
		return true;
	for (size_t i = 0; i < column->role_count; i++)
		if (!absents_in(absents, column->roles[i], value))
			return false;
	return column->role_count > 0 || absents_find(absents, value);
}

/* A field that its row has not is absent as well. */
static void add_field(struct sniff_column *column, const struct absents *absents,
		      const struct sample_row *row, size_t at)
{
	const struct text value = text_trim(
		at < row->count ? row->fields[at] : (struct text){ "", 0 });

	if (value.len > 0)
		add_value(column, value);
	if (is_absent(absents, column, value))
		column->absent++;
	else
		add_sample(column, value);
}

static void add_values(struct look *look, const struct sample *sample, size_t from,
		       const struct absents *absents)
{
	for (size_t i = from; i < sample->row_count; i++)
		for (size_t k = 0; k < look->count; k++)
			add_field(&look->columns[k], absents, &sample->rows[i], k);
}

/* ---- all of it ---- */

static enum status make_columns(struct look *look, const struct stream *stream,
				const struct plan *plan, struct error *error)
{
	const size_t count = column_count(stream, plan);
	void *columns;

	look->count = count < SNIFF_COLUMNS ? count : SNIFF_COLUMNS;
	look->more = count - look->count;
	look->rows = stream->sample.row_count - (plan->header ? 1 : 0);
	columns = memory_array(NULL, look->count, sizeof(*look->columns));
	if (!columns) {
		look->count = 0;
		return error_memory(error);
	}
	look->columns = columns;
	memset(look->columns, 0, look->count * sizeof(*look->columns));
	for (size_t i = 0; plan->header && i < look->count; i++)
		if (i < plan->header->count)
			look->columns[i].name = text_trim(plan->header->fields[i]);
	return STATUS_OK;
}

/* The kind that is chosen, else the surest, or calls. */
static enum kind kind_of(const struct plan *plan, const struct ingest_options *options)
{
	enum kind kind = KIND_CALL;

	if (plan->mapping.role_count > 0)
		return plan->mapping.kind;
	if (plan->bids.count > 0)
		return plan->bids.kinds[0];
	if (options->kind)
		(void)kind_find(options->kind, &kind);
	return kind;
}

static void fill(struct look *look, const struct stream *stream, const struct plan *plan,
		 const struct profile *profile, const struct ingest_options *options)
{
	if (plan->mapping.role_count > 0)
		add_roles(look, &plan->mapping);
	else if (plan->bids.count > 0)
		add_guesses(look, plan, profile, options, look->count + look->more);
	add_values(look, &stream->sample, plan->header ? 1 : 0, &profile->absents);
	guess_roles(look->columns, look->count, kind_of(plan, options));
}

enum status look_columns(struct look *look, const struct stream *stream,
			 const struct plan *plan,
			 const struct ingest_options *options, struct error *error)
{
	struct profile own;
	enum status status;

	if (stream->sample.broken || stream->sample.row_count == 0)
		return STATUS_OK;
	status = make_columns(look, stream, plan, error);
	if (status != STATUS_OK)
		return status;
	if (plan->has_profile) {
		fill(look, stream, plan, &plan->profile, options);
		return STATUS_OK;
	}
	/* Nothing was chosen: then bids are of profiles of the program. */
	status = profile_load(&own, plan->bids.count > 0 ? plan->bids.items[0].profile
							 : PROFILE_CANONICAL,
			      stream_table(stream), error);
	if (status == STATUS_OK)
		fill(look, stream, plan, &own, options);
	profile_release(&own);
	return status;
}
