/* SPDX-License-Identifier: Apache-2.0 */
/* Calls that are there twice: the order of the work. */
#include "normalise/duplicates/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "normalise/duplicates/twin_gather.h"
#include "normalise/duplicates/twin_judge.h"
#include "normalise/duplicates/twin_mark.h"
#include "normalise/duplicates/twin_scan.h"
#include "normalise/duplicates/twin_tell.h"

#define JUDGED 65536   /* rows between two looks whether to stop */
#define GROUP_MOST 64  /* rows of one id that are compared in brief */

struct duplicates {
	const struct duplicates_given *given;
	struct spill spill;
	struct twin_keys keys;
	struct parts seen;             /* rows whose keys may be there twice */
	struct parts briefs;           /* of these most, with a hash of what is compared */
	struct parts others;           /* rows of which more has to be known */
	struct parts twins;            /* the same, with what is compared */
	struct parts outcomes;
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
	return parts_put(context, 0, outcome);
}

/* That calls have. */
static unsigned call_bits(const struct twin_spans *spans)
{
	const int64_t last = spans->items[spans->count - 1].segment;

	return 64 - (unsigned)__builtin_clzll(((uint64_t)last + 1) * SEGMENT_ROWS);
}

static enum status open_all(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;
	const unsigned threads = given->threads < TWIN_WORKERS ? (unsigned)given->threads
							       : TWIN_WORKERS;
	const unsigned bits = call_bits(given->spans);
	const uint64_t memory = given->memory;

	d->tallies = calloc(given->sources->count + 1, sizeof(*d->tallies));
	if (!d->tallies || !spill_open(&d->spill, given->temporary) ||
	    !twin_keys_open(&d->keys, given->meanings, needs_bytes(given->spans)) ||
	    !parts_open(&d->seen, &twin_seen_record, &d->spill, memory / 8, threads, 64) ||
	    !parts_open(&d->briefs, &twin_brief_record, &d->spill, memory / 4, threads, 64) ||
	    !parts_open(&d->others, &twin_row_record, &d->spill, memory / 8, 1, bits) ||
	    !parts_open(&d->twins, &twin_record, &d->spill, memory / 4, threads, 64) ||
	    !parts_open(&d->outcomes, &twin_outcome_record, &d->spill, memory / 8 * 3, 1, bits))
		return error_memory(&given->casefile->error);
	d->judge.put = put;
	d->judge.context = &d->outcomes;
	d->judge.tallies = d->tallies;
	return STATUS_OK;
}

static enum status scan(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;

	return twin_scan_run(&(struct twin_scan_given){
				     given->casefile, given->observer, &d->keys,
				     given->sources, given->spans, &d->spill, given->memory / 8 * 3,
				     given->threads },
			     &d->seen, &d->briefs);
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

/* Rows next to one another that have the same key, in order of calls; mixed ones are
 * judged at once. */
static enum status choose(struct duplicates *d)
{
	const struct twin_seen *seen;
	struct twin_row last = { 0, 0 };
	bool put_last = true, good = parts_begin(&d->seen);

	while (good && (seen = parts_next(&d->seen))) {
		const bool same = seen->key == last.key;

		if ((seen->key & TWIN_KIND_BITS) == TWIN_MIXED) {
			twin_judge_mixed(&d->judge, seen,
					 source_of(d->given->spans, seen->call));
			continue;
		}
		if (same && !put_last)
			good = parts_put(&d->others, 0, &last);
		last = (struct twin_row){ seen->call, seen->key };
		if (same && good)
			good = parts_put(&d->others, 0, &last);
		put_last = same;
	}
	if (!good || parts_broken(&d->seen))
		return spilled(d);
	parts_close(&d->seen);
	return STATUS_OK;
}

static enum status gather(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;
	const enum status status = twin_gather_run(
		&(struct twin_gather_given){ given->casefile, given->observer, &d->keys,
					     given->sources, given->spans, &d->others,
					     given->threads },
		&d->twins);

	parts_close(&d->others);
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
		good = parts_put(&d->others, 0,
				     &(struct twin_row){ group->rows[i].call,
							 group->rows[i].key });
	group->count = 0;
	group->other = true;
	return good;
}

static bool end_group(struct duplicates *d, struct brief_group *group)
{
	uint32_t sources[GROUP_MOST];
	bool ordered = true, good;

	for (size_t i = 0; i < group->count && group->count > 1; i++) {
		sources[i] = source_of(d->given->spans, group->rows[i].call);
		ordered &= i == 0 || sources[i - 1] <= sources[i];
	}
	good = ordered ? twin_judge_equals(&d->judge, group->rows, sources, group->count)
		       : put_aside(d, group);
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
	bool good = parts_begin(&d->briefs);

	while (good && (brief = parts_next(&d->briefs))) {
		if (brief->key != key)
			good = end_group(d, &group);
		key = brief->key;
		good = good && take_brief(d, &group, brief);
		if (stopped(d, ++rows))
			return interrupted(d);
	}
	if (!good || parts_broken(&d->briefs) || !end_group(d, &group))
		return spilled(d);
	parts_close(&d->briefs);
	return STATUS_OK;
}

static enum status judge(struct duplicates *d)
{
	const struct twin *twin;
	uint64_t rows = 0;

	if (!parts_begin(&d->twins))
		return spilled(d);
	while ((twin = parts_next(&d->twins))) {
		if (!twin_judge_take(&d->judge, twin))
			return spilled(d);
		if (stopped(d, ++rows))
			return interrupted(d);
	}
	if (parts_broken(&d->twins) || !twin_judge_end(&d->judge))
		return spilled(d);
	parts_close(&d->twins);
	return STATUS_OK;
}

static enum status mark(struct duplicates *d)
{
	const struct duplicates_given *given = d->given;

	return twin_mark_run(&(struct twin_mark_given){ given->casefile, given->observer,
							&d->outcomes, given->threads });
}

/* Of rows whose keys may be there twice. */
static enum status compare(struct duplicates *d, uint64_t *count)
{
	enum status status = choose(d);

	if (status == STATUS_OK)
		status = judge_briefs(d);
	if (status == STATUS_OK)
		status = gather(d);
	if (status == STATUS_OK)
		status = judge(d);
	for (size_t i = 0; i < d->given->sources->count && status == STATUS_OK; i++)
		*count += d->tallies[i].of[TWIN_AGAIN].count;
	return status == STATUS_OK && *count ? mark(d) : status;
}

static enum status run(struct duplicates *d, uint64_t *count)
{
	const struct duplicates_given *given = d->given;
	enum status status = open_all(d);

	if (status == STATUS_OK)
		status = scan(d);
	if (status == STATUS_OK)
		status = compare(d, count);
	return status == STATUS_OK ? twin_tell(&(struct twin_tell_given){
						     given->casefile, given->sources,
						     given->notes, d->tallies })
				   : status;
}

static void close_all(struct duplicates *d)
{
	twin_judge_release(&d->judge);
	twin_keys_release(&d->keys);
	parts_close(&d->seen);
	parts_close(&d->briefs);
	parts_close(&d->others);
	parts_close(&d->twins);
	parts_close(&d->outcomes);
	spill_close(&d->spill);
	free(d->tallies);
	free(d);
}

enum status duplicates_find(const struct duplicates_given *given, uint64_t *count)
{
	struct duplicates *d;
	enum status status;

	*count = 0;
	if (!twin_spans_choose(given->spans))
		return error_memory(&given->casefile->error);
	if (!any_chosen(given->spans))
		return STATUS_OK;
	d = calloc(1, sizeof(*d));
	if (!d)
		return error_memory(&given->casefile->error);
	d->given = given;
	status = run(d, count);
	close_all(d);
	return status;
}
