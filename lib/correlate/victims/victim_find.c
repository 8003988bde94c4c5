/* SPDX-License-Identifier: Apache-2.0 */
/* The victims of each part of the contacts. */
#include "correlate/victims/victim_find.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "correlate/correlation.h"
#include "correlate/victims/presented_victims.h"
#include "correlate/victims/victims.h"

/* What a thread needs. */
struct finder {
	struct correlation *c;
	/* Of a slot or an organisation: the victim for whom it was seen last. */
	uint64_t *by_slot;
	uint64_t *by_organisation;
	uint32_t *of_slot;             /* victims */
	uint32_t *of_person;
	struct shown shown;            /* victims of what a person showed */
};

/* A part on its way. */
struct found {
	unsigned part;
	struct victim *victims;        /* by number */
	size_t count, capacity;
	bool good;
};

/* Parts on their way at most. */
#define ITEMS (PIPELINE_WORKERS + 2)

/* All parts. */
struct finding {
	struct correlation *c;
	struct progress progress;
	struct finder *finders;
	unsigned filled;
	struct sorter_writer writer;
	struct found items[ITEMS];
	void *places[ITEMS];
};

/* What may be kept of presentations in memory (bytes). */
#define KEPT_MOST (4 << 20)
/* Records handed over at a time. */
#define HANDED ((size_t)8192)

/* Hands some of what persons showed to the sorter of presentations. */
static bool hand_some(struct correlation *c, const struct shown_count *from,
		      size_t count, bool keep)
{
	struct presentation *all = memory_array(NULL, count, sizeof(*all));
	bool good = all != NULL;

	for (size_t i = 0; i < count && good; i++) {
		struct showing showing;

		good = showing_of(&c->showings, from[i].shows, &showing);
		all[i] = presentation_of(&showing, from[i].shows, from[i].person);
		all[i].victims = from[i].victims;
	}
	if (good)
		count = records_settle(&presentation_kind, all, count);
	if (good && keep)
		return sorter_keep(&c->presented, all, count);
	good = good && sorter_spill(&c->presented, all, count);
	free(all);
	return good;
}

/* All of it, to be kept in memory or in the file. */
static bool hand_over(struct finder *finder, bool keep)
{
	struct shown *shown = &finder->shown;
	bool good = shown_settle(shown);

	for (size_t i = 1; i < shown->count && good; i += HANDED) {
		const size_t left = shown->count - i;

		good = hand_some(finder->c, &shown->items[i],
				 left < HANDED ? left : HANDED, keep);
	}
	shown_empty(shown);
	return good;
}

/* One victim more of what a person showed. */
static bool add_shown(struct finder *finder, const struct contact *contact)
{
	return (!shown_full(&finder->shown) || hand_over(finder, false)) &&
	       shown_add(&finder->shown, contact->shows, contact->person);
}

/* Contacts come by person and what is shown; before: the one before, NULL for the
 * first of the victim. */
static bool add_contact(struct finder *finder, struct victim *victim,
			const struct contact *before,
			const struct contact *contact)
{
	const uint64_t number = shows_number(contact->shows);
	const struct listing *listing =
		number ? directory_find(&finder->c->directory, number) : NULL;
	const bool other = !before || before->person != contact->person;

	if (listing && finder->by_organisation[listing->organisation] !=
			       victim->number) {
		finder->by_organisation[listing->organisation] = victim->number;
		victim->organisations++;
	}
	if (!contact->slot)
		return true;
	if (finder->by_slot[contact->slot] != victim->number) {
		finder->by_slot[contact->slot] = victim->number;
		finder->of_slot[contact->slot]++;
	}
	if (other) {
		finder->of_person[contact->person]++;
		victim->suspects++;
	}
	if (!contact->shows || (!other && before->shows == contact->shows))
		return true;
	return add_shown(finder, contact);
}

/* The victim that a contact is of, the last of those found, or a new one. */
static struct victim *victim_of(struct found *found, uint64_t number)
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

static bool find_in(struct finder *finder, struct contacts_reader *reader,
		    struct found *found)
{
	const struct contact *contact;
	struct contact before;
	uint32_t first = 0;            /* row of the victim's first call */

	while ((contact = contacts_next(reader))) {
		struct victim *victim = victim_of(found, contact->number);
		const bool other = victim && !victim->long_calls;

		if (!victim || !add_contact(finder, victim,
					    other ? NULL : &before, contact))
			return false;
		if (other || contact->row < first) {
			first = contact->row;
			victim->reading = contact->reading;
		}
		victim->long_calls++;
		before = *contact;
	}
	return !contacts_reader_broken(reader);
}

static void work(void *context, void *item, unsigned worker)
{
	struct finding *finding = context;
	struct finder *finder = &finding->finders[worker];
	struct found *found = item;
	struct correlation *c = finding->c;
	struct contacts_reader reader;

	found->count = 0;
	found->good = contacts_read(&c->calls.contacts, found->part,
				    (size_t)(c->memory / 8 / c->threads),
				    &reader) &&
		      find_in(finder, &reader, found);
	contacts_reader_close(&reader);
}

static enum status fill(void *context, void *item)
{
	struct finding *finding = context;

	if (finding->filled == CONTACTS_PARTS)
		return STATUS_END;
	((struct found *)item)->part = finding->filled++;
	return STATUS_OK;
}

static enum status take(void *context, void *item)
{
	struct finding *finding = context;
	struct correlation *c = finding->c;
	const struct found *found = item;
	bool good = found->good;

	for (size_t i = 0; i < found->count && good; i++)
		good = sorter_writer_put(&finding->writer, &found->victims[i]);
	if (!good)
		return spill_failed(&c->spill, &c->casefile->error);
	c->counts->victims += found->count;
	finding->progress.done++;
	finding->progress.rows = c->counts->victims;
	observer_progress(c->observer, &finding->progress);
	if (observer_interrupted(c->observer))
		return error_set(&c->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	return STATUS_OK;
}

static bool finder_open(struct finder *finder, struct correlation *c)
{
	const size_t slots = (size_t)c->people.accounts + 1;
	const size_t persons = (size_t)c->people.persons + 1;

	finder->c = c;
	finder->by_slot = calloc(slots, sizeof(*finder->by_slot));
	finder->by_organisation = calloc(c->directory.names.count + 1,
					 sizeof(*finder->by_organisation));
	finder->of_slot = calloc(slots, sizeof(*finder->of_slot));
	finder->of_person = calloc(persons, sizeof(*finder->of_person));
	return finder->by_slot && finder->by_organisation && finder->of_slot &&
	       finder->of_person &&
	       shown_open(&finder->shown,
			  (size_t)(c->memory / 16 / c->threads));
}

static void finder_close(struct finder *finder)
{
	free(finder->by_slot);
	free(finder->by_organisation);
	free(finder->of_slot);
	free(finder->of_person);
	shown_close(&finder->shown);
}

/* Whether there is room to keep what is left. */
static bool may_keep(const struct finding *finding, const struct finder *finder)
{
	const struct correlation *c = finding->c;
	const uint64_t share = c->memory / 8 < KEPT_MOST ? c->memory / 8 : KEPT_MOST;

	return finder->shown.count <=
	       share / c->threads / sizeof(struct presentation);
}

static enum status add_up(struct finding *finding)
{
	struct correlation *c = finding->c;

	for (unsigned i = 0; i < c->threads; i++) {
		struct finder *finder = &finding->finders[i];

		for (uint32_t slot = 1; slot <= c->people.accounts; slot++)
			c->accounts[slot].victims += finder->of_slot[slot];
		for (uint32_t person = 1; person <= c->people.persons; person++)
			c->persons[person].victims += finder->of_person[person];
		if (!hand_over(finder, may_keep(finding, finder)))
			return spill_failed(&c->spill, &c->casefile->error);
	}
	return STATUS_OK;
}

static enum status find_all(struct finding *finding)
{
	const struct pipeline pipeline = {
		.context = finding, .fill = fill, .work = work, .take = take,
	};
	struct correlation *c = finding->c;
	bool opened = true;
	enum status status;

	for (unsigned i = 0; i < ITEMS; i++)
		finding->places[i] = &finding->items[i];
	for (unsigned i = 0; i < c->threads && opened; i++)
		opened = finder_open(&finding->finders[i], c);
	if (!opened)
		return error_memory(&c->casefile->error);
	status = pipeline_run(&pipeline, finding->places, c->threads + 2,
			      c->threads);
	if (status == STATUS_OK)
		status = add_up(finding);
	if (status == STATUS_OK && !sorter_writer_end(&finding->writer))
		status = spill_failed(&c->spill, &c->casefile->error);
	return status;
}

static void finding_close(struct finding *finding)
{
	sorter_writer_close(&finding->writer);
	for (unsigned i = 0; i < ITEMS; i++)
		free(finding->items[i].victims);
	for (unsigned i = 0; finding->finders && i < finding->c->threads; i++)
		finder_close(&finding->finders[i]);
	free(finding->finders);
	contacts_close(&finding->c->calls.contacts);
}

/* No more than that are written to the file at a time (bytes). */
#define WRITTEN 1048576

enum status victims_find(struct correlation *c, struct sorter *victims)
{
	struct finding finding = {
		.c = c,
		.progress = { .step = "find victims", .total = CONTACTS_PARTS },
	};
	enum status status;

	sorter_writer_open(&finding.writer, victims,
			   contacts_count(&c->calls.contacts), WRITTEN);
	finding.finders = calloc(c->threads, sizeof(*finding.finders));
	status = finding.finders ? find_all(&finding)
				 : error_memory(&c->casefile->error);
	finding_close(&finding);
	return status;
}
