/* SPDX-License-Identifier: Apache-2.0 */
/* The victims of each part of the long calls. */
#include "correlate/victims/victim_find.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "correlate/presented/presentations.h"
#include "correlate/victims/presented_victims.h"
#include "correlate/victims/victims.h"

/* What a thread needs. */
struct finder {
	const struct victim_find_given *given;
	/* Of a slot or an organisation: the victim for whom it was seen last. */
	uint64_t *by_slot;
	uint64_t *by_organisation;
	uint32_t *of_slot;             /* victims */
	uint32_t *of_person;
	struct presented_victims presented; /* victims of what a person presented */
};

/* A part on its way. */
struct found_part {
	unsigned part;
	struct victim *victims;        /* by number */
	size_t count, capacity;
	bool good;
};

/* Parts on their way at most. */
#define ITEMS (PIPELINE_WORKERS + 2)

/* All parts. */
struct victim_find {
	const struct victim_find_given *given;
	struct progress progress;
	struct finder *finders;
	unsigned filled;
	struct sorter_writer writer;
	uint64_t count;                /* victims */
	struct found_part items[ITEMS];
	void *places[ITEMS];
};

/* What may be kept of presentations in memory (bytes). */
#define KEPT_MOST (4 << 20)
/* Records handed over at a time. */
#define HANDED ((size_t)8192)

/* Hands some of what persons presented to the sorter of presentations. */
static bool hand_some(const struct victim_find_given *given, const struct presented_count *from,
		      size_t count, bool keep)
{
	struct presentation *all = memory_array(NULL, count, sizeof(*all));
	bool good = all != NULL;

	for (size_t i = 0; i < count && good; i++) {
		struct presented_position position;

		good = presented_texts_position(given->texts, from[i].presented_key, &position);
		all[i] = presentation_of(&position, from[i].presented_key, from[i].person);
		all[i].victims = from[i].victims;
	}
	if (good)
		count = records_settle(&presentation_kind, all, count);
	if (good && keep)
		return sorter_keep(given->presentations, all, count);
	good = good && sorter_spill(given->presentations, all, count);
	free(all);
	return good;
}

/* All of it, to be kept in memory or in the file. */
static bool hand_over(struct finder *finder, bool keep)
{
	struct presented_victims *presented = &finder->presented;
	bool good = presented_victims_settle(presented);

	for (size_t i = 1; i < presented->count && good; i += HANDED) {
		const size_t left = presented->count - i;

		good = hand_some(finder->given, &presented->items[i],
				 left < HANDED ? left : HANDED, keep);
	}
	presented_victims_empty(presented);
	return good;
}

/* One victim more of what a person presented. */
static bool add_presented(struct finder *finder, const struct long_call *call)
{
	return (!presented_victims_full(&finder->presented) || hand_over(finder, false)) &&
	       presented_victims_add(&finder->presented, call->presented_key, call->person);
}

/* Long calls come by person and what is presented; before: the one before, NULL for the
 * first of the victim. */
static bool add_call(struct finder *finder, struct victim *victim,
		     const struct long_call *before,
		     const struct long_call *call)
{
	const uint64_t number = presented_key_number(call->presented_key);
	const struct listing *listing =
		number ? directory_find(finder->given->directory, number) : NULL;
	const bool other = !before || before->person != call->person;

	if (listing && finder->by_organisation[listing->organisation] !=
			       victim->number) {
		finder->by_organisation[listing->organisation] = victim->number;
		victim->organisations++;
	}
	if (!call->slot)
		return true;
	if (finder->by_slot[call->slot] != victim->number) {
		finder->by_slot[call->slot] = victim->number;
		finder->of_slot[call->slot]++;
	}
	if (other) {
		finder->of_person[call->person]++;
		victim->suspects++;
	}
	if (!call->presented_key || (!other && before->presented_key == call->presented_key))
		return true;
	return add_presented(finder, call);
}

/* The victim that a call is of, the last of those found, or a new one. */
static struct victim *victim_of(struct found_part *found, uint64_t number)
{
	void *victims = found->victims;

	if (found->count && found->victims[found->count - 1].number == number)
		return &found->victims[found->count - 1];
	if (!memory_room(&victims, &found->capacity, found->count + 1,
			 sizeof(*found->victims)))
		return NULL;
	found->victims = victims;
	found->victims[found->count] = (struct victim){ .number = number };
	return &found->victims[found->count++];
}

static bool find_in(struct finder *finder, struct long_calls_reader *reader,
		    struct found_part *found)
{
	const struct long_call *call;
	struct long_call before;
	uint32_t first = 0;            /* row of the victim's first call */

	while ((call = long_calls_next(reader))) {
		struct victim *victim = victim_of(found, call->number);
		const bool other = victim && !victim->long_calls;

		if (!victim || !add_call(finder, victim,
					 other ? NULL : &before, call))
			return false;
		if (other || call->row < first) {
			first = call->row;
			victim->reading = call->reading;
		}
		victim->long_calls++;
		victim->unsure += unsure_has(finder->given->unsure, call->reading);
		before = *call;
	}
	return !long_calls_reader_broken(reader);
}

static void work(void *context, void *item, unsigned worker)
{
	struct victim_find *find = context;
	struct finder *finder = &find->finders[worker];
	struct found_part *found = item;
	const struct victim_find_given *given = find->given;
	struct long_calls_reader reader;

	found->count = 0;
	found->good = long_calls_read(given->long_calls, found->part,
				      (size_t)(given->memory / 8 / given->threads),
				      &reader) &&
		      find_in(finder, &reader, found);
	long_calls_reader_close(&reader);
}

static enum status fill(void *context, void *item)
{
	struct victim_find *find = context;

	if (find->filled == LONG_CALLS_PARTS)
		return STATUS_END;
	((struct found_part *)item)->part = find->filled++;
	return STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct victim_find *find = context;
	const struct victim_find_given *given = find->given;
	const struct found_part *found = item;
	bool good = found->good;

	for (size_t i = 0; i < found->count && good; i++)
		good = sorter_writer_put(&find->writer, &found->victims[i]);
	if (!good)
		return spill_failed(given->spill, &given->casefile->error);
	find->count += found->count;
	find->progress.done++;
	find->progress.rows = find->count;
	observer_progress(given->observer, &find->progress);
	if (observer_interrupted(given->observer))
		return error_set(&given->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	return STATUS_OK;
}

static bool finder_open(struct finder *finder,
			const struct victim_find_given *given)
{
	const size_t slots = (size_t)given->persons->accounts + 1;
	const size_t persons = (size_t)given->persons->count + 1;

	finder->given = given;
	finder->by_slot = calloc(slots, sizeof(*finder->by_slot));
	finder->by_organisation = calloc(given->directory->names.count + 1,
					 sizeof(*finder->by_organisation));
	finder->of_slot = calloc(slots, sizeof(*finder->of_slot));
	finder->of_person = calloc(persons, sizeof(*finder->of_person));
	return finder->by_slot && finder->by_organisation && finder->of_slot &&
	       finder->of_person &&
	       presented_victims_open(&finder->presented,
				      (size_t)(given->memory / 16 / given->threads));
}

static void finder_close(struct finder *finder)
{
	free(finder->by_slot);
	free(finder->by_organisation);
	free(finder->of_slot);
	free(finder->of_person);
	presented_victims_close(&finder->presented);
}

/* Whether there is room to keep what is left. */
static bool may_keep(const struct victim_find *find, const struct finder *finder)
{
	const struct victim_find_given *given = find->given;
	const uint64_t share = given->memory / 8 < KEPT_MOST ? given->memory / 8 : KEPT_MOST;

	return finder->presented.count <=
	       share / given->threads / sizeof(struct presentation);
}

static enum status add_up(struct victim_find *find)
{
	const struct victim_find_given *given = find->given;

	for (unsigned i = 0; i < given->threads; i++) {
		struct finder *finder = &find->finders[i];

		for (uint32_t slot = 1; slot <= given->persons->accounts; slot++)
			given->account_figures[slot].victims += finder->of_slot[slot];
		for (uint32_t person = 1; person <= given->persons->count; person++)
			given->person_counts[person].victims += finder->of_person[person];
		if (!hand_over(finder, may_keep(find, finder)))
			return spill_failed(given->spill, &given->casefile->error);
	}
	return STATUS_OK;
}

static enum status find_all(struct victim_find *find)
{
	const struct pipeline pipeline = {
		.context = find, .fill = fill, .work = work, .take = take,
	};
	const struct victim_find_given *given = find->given;
	bool opened = true;
	enum status status;

	for (unsigned i = 0; i < ITEMS; i++)
		find->places[i] = &find->items[i];
	for (unsigned i = 0; i < given->threads && opened; i++)
		opened = finder_open(&find->finders[i], given);
	if (!opened)
		return error_memory(&given->casefile->error);
	status = pipeline_run(&pipeline, find->places, given->threads + 2,
			      given->threads);
	if (status == STATUS_OK)
		status = add_up(find);
	if (status == STATUS_OK && !sorter_writer_end(&find->writer))
		status = spill_failed(given->spill, &given->casefile->error);
	return status;
}

static void victim_find_close(struct victim_find *find)
{
	sorter_writer_close(&find->writer);
	for (unsigned i = 0; i < ITEMS; i++)
		free(find->items[i].victims);
	for (unsigned i = 0; find->finders && i < find->given->threads; i++)
		finder_close(&find->finders[i]);
	free(find->finders);
}

/* No more than that are written to the file at a time (bytes). */
#define WRITTEN 1048576

enum status victim_find_run(const struct victim_find_given *given,
			    struct sorter *victims, uint64_t *count)
{
	struct victim_find find = {
		.given = given,
		.progress = { .step = "find victims", .total = LONG_CALLS_PARTS },
	};
	enum status status;

	sorter_writer_open(&find.writer, victims,
			   long_calls_count(given->long_calls), WRITTEN);
	find.finders = calloc(given->threads, sizeof(*find.finders));
	status = find.finders ? find_all(&find)
			      : error_memory(&given->casefile->error);
	victim_find_close(&find);
	*count = find.count;
	return status;
}
