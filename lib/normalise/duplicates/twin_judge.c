/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows are one call. */
#include "normalise/duplicates/twin_judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The example is the first row, whatever the order in which they come. */
static void tally(struct twin_judge *judge, uint32_t source, enum twin_finding finding,
		  int64_t call, int64_t other)
{
	struct twin_tally *tally = &judge->tallies[source].of[finding];

	if (tally->count++ == 0 || call < tally->call) {
		tally->call = call;
		tally->other = other;
	}
}

/* One row stands for another. */
static bool tell(struct twin_judge *judge, int64_t stander, int64_t call, bool first)
{
	const struct twin_outcome stands = { stander, (uint64_t)call & TWIN_CALL_MOST, 0 };
	const struct twin_outcome duplicate = { call, (uint64_t)stander & TWIN_CALL_MOST, 1 };

	return (!first || judge->put(judge->context, &stands)) &&
	       judge->put(judge->context, &duplicate);
}

/* ---- rows with an id ---- */

static void compare(struct twin_judge *judge, const struct twin *twin)
{
	const struct twin *stander = &judge->stander;

	if (twin->talk != stander->talk)
		tally(judge, twin->source, TWIN_TALK, twin->call, stander->call);
	if (twin->status != stander->status)
		tally(judge, twin->source, TWIN_STATUS, twin->call, stander->call);
	if (twin->cost != stander->cost || twin->currency != stander->currency)
		tally(judge, twin->source, TWIN_COST, twin->call, stander->call);
}

/* A call of an id that another call has: which is told of all but the first. */
static void take_lowest(struct twin_judge *judge, const struct twin *twin)
{
	const bool later = judge->has_lowest && twin->call > judge->lowest.call;
	const struct twin clash = later ? *twin : judge->lowest;

	if (judge->has_lowest)
		tally(judge, clash.source, TWIN_CLASH, clash.call, 0);
	if (!later)
		judge->lowest = *twin;
	judge->has_lowest = true;
}

static void begin_call(struct twin_judge *judge, const struct twin *twin)
{
	judge->stander = *twin;
	judge->stands = false;
	if (twin->kind == TWIN_ID && !twin->legs)
		take_lowest(judge, twin);
}

/* A row of the call at hand. Legs of one source are one call without this. */
static bool take_same(struct twin_judge *judge, const struct twin *twin)
{
	const bool first = !judge->stands;

	if (twin->kind == TWIN_ID && twin->legs)
		return true;
	judge->stands = true;
	tally(judge, twin->source, TWIN_AGAIN, twin->call, judge->stander.call);
	compare(judge, twin);
	return tell(judge, judge->stander.call, twin->call, first);
}

static bool judge_equal_ids(struct twin_judge *judge, const struct twin_brief *rows,
			    const uint32_t *sources, size_t count)
{
	bool good = true;

	for (size_t i = 1; i < count && good; i++) {
		tally(judge, sources[i], TWIN_AGAIN, rows[i].call, rows[0].call);
		good = tell(judge, rows[0].call, rows[i].call, i == 1);
	}
	return good;
}

/* ---- rows without an id ---- */

static bool keep(struct twin_bare **rows, size_t *count, size_t *capacity,
		 const struct twin_bare *row)
{
	void *items = *rows;

	if (!memory_room(&items, capacity, *count + 1, sizeof(**rows)))
		return false;
	*rows = items;
	(*rows)[(*count)++] = *row;
	return true;
}

static bool keep_left(struct twin_judge *judge, const struct twin_bare *row)
{
	return keep(&judge->left, &judge->left_count, &judge->left_capacity, row);
}

/* The nth equal row of a source is the nth of the first source that has so many: they
 * count as often as in the source that has most. */
static bool end_source(struct twin_judge *judge, size_t from, size_t end, size_t *standers)
{
	bool good = true;

	for (size_t i = from; i < end && good; i++) {
		const struct twin_bare *row = &judge->bare[i];
		const size_t n = i - from;

		if (n >= *standers) {
			/* What stands is kept where it is looked for. */
			judge->bare[(*standers)++] = *row;
			good = keep_left(judge, row);
		} else if (judge->last.coarse) {
			tally(judge, row->source, TWIN_COARSE, row->call,
			      judge->bare[n].call);
		} else {
			tally(judge, row->source, TWIN_AGAIN, row->call,
			      judge->bare[n].call);
			good = tell(judge, judge->bare[n].call, row->call, true);
		}
	}
	return good;
}

/* Equal rows stand source by source. */
static bool end_bare_call(struct twin_judge *judge)
{
	size_t standers = 0, end;
	bool good = true;

	for (size_t from = 0; from < judge->bare_count && good; from = end) {
		const uint32_t source = judge->bare[from].source;

		for (end = from;
		     end < judge->bare_count && judge->bare[end].source == source; end++)
			;
		good = end_source(judge, from, end, &standers);
	}
	judge->bare_count = 0;
	return good;
}

/* Rows of other sources than the first that are as good as equal to its rows. */
static void end_bare_group(struct twin_judge *judge)
{
	uint32_t first = UINT32_MAX;

	for (size_t i = 0; i < judge->left_count; i++)
		if (judge->left[i].source < first)
			first = judge->left[i].source;
	for (size_t i = 0; i < judge->left_count && !judge->last.coarse; i++)
		if (judge->left[i].source != first)
			tally(judge, judge->left[i].source, TWIN_NEAR,
			      judge->left[i].call, 0);
	judge->left_count = 0;
}

static bool judge_equal_bare(struct twin_judge *judge, const struct twin_brief *rows,
			     const uint32_t *sources, size_t count)
{
	bool good = true;

	judge->last = (struct twin){ .kind = TWIN_BARE, .coarse = rows[0].all & TWIN_NO_SECONDS };
	for (size_t i = 0; i < count && good; i++)
		good = keep(&judge->bare, &judge->bare_count, &judge->bare_capacity,
			    &(struct twin_bare){ rows[i].call, sources[i] });
	good = good && end_bare_call(judge);
	end_bare_group(judge);
	return good;
}

bool twin_judge_equals(struct twin_judge *judge, const struct twin_brief *rows,
		       const uint32_t *sources, size_t count)
{
	if (count < 2)
		return true;
	return (rows[0].key & TWIN_KIND_BITS) == TWIN_BARE
		       ? judge_equal_bare(judge, rows, sources, count)
		       : judge_equal_ids(judge, rows, sources, count);
}

/* ---- rows with an id beside rows without ---- */

/* Those with an id come first. Nothing tells whether a row without one is the same call,
 * which is only told; so that two keys that are equal by chance, one in 2^61, do no harm. */
void twin_judge_mixed(struct twin_judge *judge, const struct twin_seen *seen, uint32_t source)
{
	const struct twin_bare *first = &judge->with_id[0];
	const struct twin_bare row = { seen->call, source };

	if (judge->mixed != (seen->key & ~TWIN_NONE))
		judge->with_ids = 0;
	judge->mixed = seen->key & ~TWIN_NONE;
	if (!(seen->key & TWIN_NONE)) {
		if (judge->with_ids == 0 || (judge->with_ids == 1 && first->source != source))
			judge->with_id[judge->with_ids++] = row;
		return;
	}
	if (judge->with_ids && first->source == source)
		first++;
	if (first < judge->with_id + judge->with_ids)
		tally(judge, source, TWIN_NO_ID, seen->call, first->call);
}

/* ---- all ---- */

static bool end_call(struct twin_judge *judge)
{
	return judge->last.kind != TWIN_BARE || end_bare_call(judge);
}

static void end_group(struct twin_judge *judge)
{
	if (judge->last.kind == TWIN_BARE)
		end_bare_group(judge);
	judge->has_lowest = false;
}

bool twin_judge_take(struct twin_judge *judge, const struct twin *twin)
{
	const bool same_group = judge->any && twin_same_group(&judge->last, twin);
	const bool same_call = same_group && twin_same_call(&judge->last, twin);
	const struct twin_bare row = { twin->call, twin->source };
	bool good = true;

	if (judge->any && !same_call)
		good = end_call(judge);
	if (judge->any && !same_group)
		end_group(judge);
	judge->any = true;
	judge->last = *twin;
	if (twin->kind == TWIN_BARE)
		return good && keep(&judge->bare, &judge->bare_count,
				    &judge->bare_capacity, &row);
	if (!same_call)
		begin_call(judge, twin);
	return good && (!same_call || take_same(judge, twin));
}

bool twin_judge_end(struct twin_judge *judge)
{
	bool good = true;

	if (judge->any) {
		good = end_call(judge);
		end_group(judge);
	}
	judge->any = false;
	return good;
}

void twin_judge_release(struct twin_judge *judge)
{
	free(judge->bare);
	free(judge->left);
	judge->bare = judge->left = NULL;
	judge->bare_count = judge->bare_capacity = 0;
	judge->left_count = judge->left_capacity = 0;
}
