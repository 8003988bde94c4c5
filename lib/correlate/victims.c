/* SPDX-License-Identifier: Apache-2.0 */
/* The victims of each part, from its numbers and whom long calls reached. */
#include "correlate/victims.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/pipeline.h"
#include "correlate/correlation.h"
#include "correlate/shown.h"

static int compare(const void *a, const void *b)
{
	const struct victim *x = a;
	const struct victim *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

const struct record_kind victim_kind = { sizeof(struct victim), compare, NULL };

/* What a thread needs. */
struct finder {
	struct correlation *c;
	/* Of a slot or an organisation: the victim for whom it was seen last. */
	uint64_t *by_slot;
	uint64_t *by_organisation;
	uint32_t *of_slot;             /* victims */
	uint32_t *of_person;
	struct shown shown;            /* victims of what a person showed */
	struct sorter_writer *writer;  /* of the part, as what follows */
	const struct contact *next;    /* not yet taken */
};

/* A part on its way. */
struct found {
	unsigned part;
	struct sorter_writer writer;
	uint64_t victims;
	bool good;
};

/* All parts. */
struct finding {
	struct correlation *c;
	struct progress progress;
	struct finder *finders;
	unsigned threads;
	unsigned filled;
	struct found items[CALLEES_PARTS];
	void *places[CALLEES_PARTS];
};

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

/* Contacts come by person and what is shown; before: the one before, or NULL. */
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

/* Takes the contacts of a victim. */
static bool add_contacts(struct finder *finder, struct part *part,
			 struct victim *victim)
{
	struct contact before;
	bool first = true;

	while (finder->next && finder->next->number == victim->number) {
		if (!add_contact(finder, victim, first ? NULL : &before,
				 finder->next))
			return false;
		before = *finder->next;
		first = false;
		finder->next = sorter_next(&part->reached);
	}
	return !sorter_broken(&part->reached);
}

static bool add_number(struct finder *finder, struct part *part,
		       const struct callee *number)
{
	struct victim victim = {
		.number = number->number,
		.talk = number->talk,
		.called = number->called,
		.calls = number->calls,
		.long_calls = number->long_calls,
		.reading = (uint32_t)number->first,
	};

	return add_contacts(finder, part, &victim) &&
	       sorter_writer_put(finder->writer, &victim);
}

static bool find_in(struct finder *finder, struct part *part, uint64_t *victims)
{
	const struct callee *number;
	bool good = true;

	finder->next = sorter_next(&part->reached);
	while (good && (number = sorter_next(&part->callees))) {
		if (!number->long_calls)
			continue;
		good = add_number(finder, part, number);
		++*victims;
	}
	return good && !sorter_broken(&part->callees) &&
	       sorter_writer_end(finder->writer);
}

/* No more numbers than that are in a part. */
static uint64_t callees_in(const struct part *part)
{
	uint64_t count = part->count;

	for (size_t i = 0; i < part->callees.count; i++)
		count += part->callees.runs[i].count;
	return count;
}

static void work(void *context, void *item, unsigned worker)
{
	struct finding *finding = context;
	struct finder *finder = &finding->finders[worker];
	struct found *found = item;
	struct correlation *c = finding->c;
	struct part *part = &c->calls.callees.parts[found->part];

	found->victims = 0;
	found->good = part_begin(&c->calls.callees, part);
	finder->writer = &found->writer;
	if (found->good)
		found->good = find_in(finder, part, &found->victims);
	sorter_writer_close(&found->writer);
	part_clear(part);
}

/* The room of the victims is allocated here, where that of the parts was, so that
 * what parts before this one gave back is used again. */
static enum status fill(void *context, void *item)
{
	struct finding *finding = context;
	struct correlation *c = finding->c;
	struct found *found = item;

	if (finding->filled == CALLEES_PARTS)
		return STATUS_END;
	found->part = finding->filled++;
	sorter_writer_open(&found->writer, &c->victims,
			   callees_in(&c->calls.callees.parts[found->part]),
			   (size_t)(c->memory / 4 / CALLEES_PARTS));
	return sorter_writer_prepare(&found->writer)
		       ? STATUS_OK
		       : error_memory(&c->casefile->error);
}

static enum status take(void *context, void *item)
{
	struct finding *finding = context;
	struct correlation *c = finding->c;
	const struct found *found = item;

	if (!found->good)
		return spill_failed(&c->spill, &c->casefile->error);
	c->counts->victims += found->victims;
	finding->progress.done++;
	finding->progress.rows = c->counts->victims;
	observer_progress(c->observer, &finding->progress);
	if (observer_interrupted(c->observer))
		return error_set(&c->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	return STATUS_OK;
}

static bool finder_open(struct finder *finder, struct finding *finding)
{
	struct correlation *c = finding->c;
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
			  (size_t)(c->memory / 16 / finding->threads));
}

static void finder_close(struct finder *finder)
{
	free(finder->by_slot);
	free(finder->by_organisation);
	free(finder->of_slot);
	free(finder->of_person);
	shown_close(&finder->shown);
}

/* Whether there is room to keep what is left: that of the parts is free. */
static bool may_keep(const struct finding *finding, const struct finder *finder)
{
	return finder->shown.count <= finding->c->memory / 8 / finding->threads /
					      sizeof(struct presentation);
}

static enum status add_up(struct finding *finding)
{
	struct correlation *c = finding->c;

	for (unsigned i = 0; i < finding->threads; i++) {
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

	for (unsigned i = 0; i < CALLEES_PARTS; i++)
		finding->places[i] = &finding->items[i];
	for (unsigned i = 0; i < finding->threads && opened; i++)
		opened = finder_open(&finding->finders[i], finding);
	if (!opened)
		return error_memory(&c->casefile->error);
	status = pipeline_run(&pipeline, finding->places, finding->threads + 2,
			      finding->threads);
	return status == STATUS_OK ? add_up(finding) : status;
}

enum status victims_find(struct correlation *c)
{
	struct finding finding = {
		.c = c,
		.progress = { .step = "find victims", .total = CALLEES_PARTS },
		.threads = c->threads,
	};
	enum status status;

	if (finding.threads > CALLEES_PARTS - 2)
		finding.threads = CALLEES_PARTS - 2;
	finding.finders = calloc(finding.threads, sizeof(*finding.finders));
	status = finding.finders ? find_all(&finding)
				 : error_memory(&c->casefile->error);
	for (unsigned i = 0; i < CALLEES_PARTS; i++)
		sorter_writer_close(&finding.items[i].writer);
	for (unsigned i = 0; finding.finders && i < finding.threads; i++)
		finder_close(&finding.finders[i]);
	free(finding.finders);
	callees_close(&c->calls.callees);
	return status;
}
