/* SPDX-License-Identifier: Apache-2.0 */
/* Whether rows without a header are of a plan that was made for others, and what of rows it reads. */
#include "ingest/plan/check.h"
#include "ingest/plan/plan.h"

static enum status read_row(const struct plan *plan, struct matcher *matcher,
			    struct mapping_room *room, struct checker *checker, const struct sample_row *row,
			    bool *reads, struct error *error)
{
	static const int64_t unknown[ROLES_MOST];
	struct mapped values;
	enum status status;

	*reads = widths_have(&plan->width, row->count);
	if (!*reads)
		return STATUS_OK;
	status = mapping_values(&plan->mapping, matcher, room, row->fields, row->count,
				&values);
	if (status == STATUS_MEMORY)
		return error_memory(error);
	*reads = status == STATUS_OK &&
		 checker_row(checker, &values, unknown, unknown).role < 0;
	return STATUS_OK;
}

static enum status read_rows(const struct plan *plan, struct matcher *matcher,
			     struct checker *checker, const struct sample *sample,
			     bool *reads, struct error *error)
{
	struct mapping_room room = { .absents = &plan->profile.absents };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sample->row_count && *reads && status == STATUS_OK;
	     i++)
		status = read_row(plan, matcher, &room, checker, &sample->rows[i], reads,
				  error);
	buf_release(&room.changed);
	return status;
}

/* A profile that was found by its sniff lines is found again. */
static enum status sniff(const struct plan *plan, const struct ingest_options *options,
			 const struct sample *sample, bool *reads,
			 struct error *error)
{
	const struct mapping_request request = {
		.mappings = options->mappings,
		.mapping_count = options->mapping_count,
		.width = sample->width,
	};
	struct bids bids = { .count = 0 };
	enum status status;

	if (options->profile || plan->profile.sniff_count == 0)
		return STATUS_OK;
	status = bid_profile(&bids, &plan->profile, sample, &request,
			     (int)plan->kind, error);
	*reads = bids.count > 0;
	return status;
}

enum status plan_reads(const struct plan *plan, const struct ingest_options *options,
		       const struct sample *sample, bool *reads, struct error *error)
{
	struct matcher *matcher = matcher_new();
	struct checker checker = { 0 };
	enum status status = STATUS_OK;

	*reads = !sample->broken && sample->row_count > 0;
	if (!checker_open(&checker, &plan->mapping, &plan->profile.absents) ||
	    !matcher)
		status = error_memory(error);
	if (status == STATUS_OK && *reads)
		status = read_rows(plan, matcher, &checker, sample, reads, error);
	if (status == STATUS_OK && *reads)
		status = sniff(plan, options, sample, reads, error);
	checker_release(&checker);
	matcher_free(matcher);
	return status;
}

/* ---- columns ---- */

static bool pick_has(const struct pick *pick, size_t column)
{
	return (!pick->constant && pick->column == column) || (pick->joined && pick->second == column) ||
	       (pick->when && pick->when_column == column);
}

bool plan_looks_at(const struct plan *plan, size_t column)
{
	const struct mapping *mapping = &plan->mapping;

	for (size_t role = 0; role < ROLES_MOST; role++)
		for (size_t i = 0; i < mapping->pick_counts[role]; i++)
			if (pick_has(&mapping->picks[role][i], column))
				return true;
	for (size_t i = 0; i < mapping->fallback_count; i++)
		if (mapping->fallbacks[i].column == column)
			return true;
	for (size_t i = 0; i < mapping->filter_count; i++)
		if (mapping->filters[i].column == column)
			return true;
	return (plan->clock.epoch.set && plan->clock.epoch.column == column) ||
	       (plan->clock.sequence.set && plan->clock.sequence.column == column);
}
