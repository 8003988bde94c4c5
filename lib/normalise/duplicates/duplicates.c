/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that are there twice: the order of the work. */
#include "normalise/duplicates/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "normalise/duplicates/twin_gather.h"
#include "normalise/duplicates/twin_judge.h"
#include "normalise/duplicates/twin_mark.h"
#include "normalise/duplicates/twin_runs.h"
#include "normalise/duplicates/twin_scan.h"
#include "normalise/duplicates/twin_tell.h"

/* With less the temporary file would be read in crumbs. */
#define SORT_LEAST (1 << 16)
#define JUDGED 65536   /* rows between two looks whether to stop */
#define GROUP_MOST 64  /* rows of one id that are compared in brief */

struct duplicates {
	const struct duplicates_given *given;
	struct spill spill;
	struct twin_keys keys;
	struct sorter seen;            /* rows whose keys may be there twice */
	struct sorter rows;            /* those with ids whose keys are */
	struct sorter briefs;          /* the same, with a hash of what is compared */
	struct sorter others;          /* rows as in `rows`, of which more has to be known */
	struct sorter twins;           /* the same, with what is compared */
	struct sorter outcomes;
	struct twin_runs runs;         /* of rows, then of outcomes */
	struct twin_runs other_runs;   /* of others */
	struct twin_judge judge;
	struct twin_tallies *tallies;
};

static enum status spilled(struct duplicates *d)
{
	return spill_failed(&d->spill, &d->given->casefile->error);
}

static bool any_chosen(const struct twin_spans *spans)
{
	for (size_t i = 0; i < spans->count; i++)
		if (twin_span_is_chosen(&spans->items[i]))
			return true;
	return false;
}

/* Whether some ids have no form. */
static bool needs_bytes(const struct twin_spans *spans)
{
	for (size_t i = 0; i < spans->count; i++)
		if (spans->items[i].by_id && spans->items[i].heap)
			return true;
	return false;
}

static bool put(void *context, const struct twin_outcome *outcome)
{
	return twin_runs_put(context, 0, outcome);
}

static enum status open_all(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;
	const uint64_t share = given->memory / 8;
	const size_t sort = share < SORT_LEAST ? SORT_LEAST : (size_t)share;

	d->tallies = calloc(given->sources->count + 1, sizeof(*d->tallies));
	if (!d->tallies || !spill_open(&d->spill, given->temporary) ||
	    !twin_keys_open(&d->keys, given->meanings, needs_bytes(given->spans)) ||
	    !sorter_open(&d->seen, &twin_seen_record, &d->spill, sort) ||
	    !sorter_open(&d->rows, &twin_row_record, &d->spill, sort) ||
	    !sorter_open(&d->briefs, &twin_brief_record, &d->spill, sort) ||
	    !sorter_open(&d->others, &twin_row_record, &d->spill, sort) ||
	    !sorter_open(&d->twins, &twin_record, &d->spill, sort) ||
	    !sorter_open(&d->outcomes, &twin_outcome_record, &d->spill, sort))
		return error_memory(&given->casefile->error);
	d->judge.put = put;
	d->judge.context = &d->runs;
	d->judge.tallies = d->tallies;
	return STATUS_OK;
}

static enum status scan(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;

	return twin_scan_run(&(struct twin_scan_given){
				     given->casefile, given->observer, &d->keys,
				     given->sources, given->spans, &d->spill, given->memory / 4 * 3,
				     given->threads },
			     &d->seen);
}

/* The source of a call: the spans are in order of segments. */
static uint32_t source_of(const struct twin_spans *spans, int64_t call)
{
	size_t low = 0, high = spans->count;

	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;

		if (spans->items[middle].segment <= call / SEGMENT_ROWS)
			low = middle;
		else
			high = middle;
	}
	return spans->items[low].source;
}

/* Rows with ids are first compared in brief. */
static bool put_row(struct duplicates *d, const struct twin_row *row)
{
	const bool brief = (row->key & TWIN_KIND_BITS) == TWIN_ID;

	return twin_runs_put(brief ? &d->runs : &d->other_runs, 0, row);
}

/* Rows next to one another that have the same key, in order of calls; mixed ones are
 * judged at once. */
static enum status choose(struct duplicates *d, bool *any)
{
	const struct twin_seen *seen;
	struct twin_row last = { 0, 0 };
	bool put_last = true, good = sorter_begin(&d->seen);

	twin_runs_open(&d->runs, &d->rows, d->given->memory / 4, 1);
	twin_runs_open(&d->other_runs, &d->others, d->given->memory / 8, 1);
	while (good && (seen = sorter_next(&d->seen))) {
		const bool same = seen->key == last.key;

		if ((seen->key & TWIN_KIND_BITS) == TWIN_MIXED) {
			twin_judge_mixed(&d->judge, seen,
					 source_of(d->given->spans, seen->call));
			continue;
		}
		if (same && !put_last)
			good = put_row(d, &last);
		last = (struct twin_row){ seen->call, seen->key };
		if (same && good)
			good = put_row(d, &last);
		*any |= same;
		put_last = same;
	}
	if (!good || sorter_broken(&d->seen) || !twin_runs_end(&d->runs))
		return spilled(d);
	twin_runs_close(&d->runs);
	sorter_close(&d->seen);
	return STATUS_OK;
}

static enum status gather(struct duplicates *d, struct sorter *rows, bool brief,
			  struct sorter *out)
{
	const struct duplicates_given *given = d->given;
	const enum status status = twin_gather_run(
		&(struct twin_gather_given){ given->casefile, given->observer, &d->keys,
					     given->sources, given->spans, rows, brief,
					     given->memory / 2, given->threads },
		out);

	sorter_close(rows);
	return status;
}

static bool stopped(const struct duplicates *d, uint64_t rows)
{
	return rows % JUDGED == 0 && observer_interrupted(d->given->observer);
}

static enum status interrupted(const struct duplicates *d)
{
	return error_set(&d->given->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; nothing was changed");
}

/* Rows of one key on their way. */
struct brief_group {
	struct twin_brief rows[GROUP_MOST];
	size_t count;
	bool other;            /* they are not equal, or too many: all are put aside */
};

static bool put_aside(struct duplicates *d, struct brief_group *group)
{
	bool good = true;

	for (size_t i = 0; i < group->count && good; i++)
		good = twin_runs_put(&d->other_runs, 0,
				     &(struct twin_row){ group->rows[i].call,
							 group->rows[i].key });
	group->count = 0;
	group->other = true;
	return good;
}

static bool end_group(struct duplicates *d, struct brief_group *group)
{
	uint32_t sources[GROUP_MOST];
	bool good;

	for (size_t i = 0; i < group->count; i++)
		sources[i] = source_of(d->given->spans, group->rows[i].call);
	good = twin_judge_equals(&d->judge, group->rows, sources, group->count);
	group->count = 0;
	group->other = false;
	return good;
}

static bool take_brief(struct duplicates *d, struct brief_group *group,
		       const struct twin_brief *brief)
{
	const bool unequal = group->count && group->rows[0].all != brief->all;

	if ((unequal || group->count == GROUP_MOST) && !put_aside(d, group))
		return false;
	group->rows[group->count++] = *brief;
	return !group->other || put_aside(d, group);
}

/* Rows that are equal in all that is compared are settled; others go the long way. */
static enum status judge_briefs(struct duplicates *d)
{
	struct brief_group group = { .count = 0 };
	const struct twin_brief *brief;
	uint64_t rows = 0, key = 0;
	bool good = sorter_begin(&d->briefs);

	while (good && (brief = sorter_next(&d->briefs))) {
		if (brief->key != key)
			good = end_group(d, &group);
		key = brief->key;
		good = good && take_brief(d, &group, brief);
		if (stopped(d, ++rows))
			return interrupted(d);
	}
	if (!good || sorter_broken(&d->briefs) || !end_group(d, &group))
		return spilled(d);
	sorter_close(&d->briefs);
	return STATUS_OK;
}

static enum status judge(struct duplicates *d)
{
	const struct twin *twin;
	uint64_t rows = 0;

	if (!sorter_begin(&d->twins))
		return spilled(d);
	while ((twin = sorter_next(&d->twins))) {
		if (!twin_judge_take(&d->judge, twin))
			return spilled(d);
		if (stopped(d, ++rows))
			return interrupted(d);
	}
	if (sorter_broken(&d->twins) || !twin_judge_end(&d->judge))
		return spilled(d);
	sorter_close(&d->twins);
	return STATUS_OK;
}

static enum status mark(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;

	return twin_mark_run(&(struct twin_mark_given){ given->casefile, given->observer,
							&d->outcomes, given->threads });
}

/* Of rows whose keys are there twice. */
static enum status compare(struct duplicates *d, uint64_t *count)
{
	enum status status = gather(d, &d->rows, true, &d->briefs);

	twin_runs_open(&d->runs, &d->outcomes, d->given->memory / 4, 1);
	if (status == STATUS_OK)
		status = judge_briefs(d);
	if (status == STATUS_OK && !twin_runs_end(&d->other_runs))
		status = spilled(d);
	twin_runs_close(&d->other_runs);
	if (status == STATUS_OK)
		status = gather(d, &d->others, false, &d->twins);
	if (status == STATUS_OK)
		status = judge(d);
	if (status == STATUS_OK && !twin_runs_end(&d->runs))
		status = spilled(d);
	for (size_t i = 0; i < d->given->sources->count && status == STATUS_OK; i++)
		*count += d->tallies[i].of[TWIN_AGAIN].count;
	return status == STATUS_OK && *count ? mark(d) : status;
}

static enum status run(struct duplicates *d, uint64_t *count)
{
	const struct duplicates_given *given = d->given;
	bool any = false;
	enum status status = open_all(d);

	if (status == STATUS_OK)
		status = scan(d);
	if (status == STATUS_OK)
		status = choose(d, &any);
	if (status == STATUS_OK && any)
		status = compare(d, count);
	return status == STATUS_OK ? twin_tell(&(struct twin_tell_given){
						     given->casefile, given->sources,
						     given->notes, d->tallies })
				   : status;
}

enum status duplicates_find(const struct duplicates_given *given, uint64_t *count)
{
	struct duplicates d = { .given = given };
	enum status status;

	*count = 0;
	if (!twin_spans_choose(given->spans))
		return error_memory(&given->casefile->error);
	if (!any_chosen(given->spans))
		return STATUS_OK;
	status = run(&d, count);
	twin_judge_release(&d.judge);
	twin_runs_close(&d.runs);
	twin_runs_close(&d.other_runs);
	twin_keys_release(&d.keys);
	sorter_close(&d.seen);
	sorter_close(&d.rows);
	sorter_close(&d.briefs);
	sorter_close(&d.others);
	sorter_close(&d.twins);
	sorter_close(&d.outcomes);
	spill_close(&d.spill);
	free(d.tallies);
	return status;
}
