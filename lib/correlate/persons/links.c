/* SPDX-License-Identifier: Apache-2.0 */
/* Links: identifiers that accounts share, one rule after another. */
#include "correlate/persons/links.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/table/bulk_insert.h"
#include "correlate/notices.h"
#include "correlate/persons/email_twins.h"
#include "correlate/persons/identity_read.h"
#include "correlate/persons/link_judge.h"

static const char *const names[LINK_RULES] = {
	[LINK_ADDRESS] = "address", [LINK_DEVICE] = "device",
	[LINK_EMAIL] = "email",	    [LINK_IP] = "ip",
	[LINK_PHONE] = "phone",	    [LINK_TXID] = "txid",
};

const char *link_rule_name(enum link_rule rule)
{
	return names[rule];
}

/* Behind the links by e-mail come those of their twins. */
enum { SET_TWINS = LINK_RULES, SETS };
static const unsigned order[SETS] = {
	LINK_ADDRESS, LINK_DEVICE, LINK_EMAIL, SET_TWINS, LINK_IP, LINK_PHONE, LINK_TXID,
};

static const char *const strengths[] = {
	[STRENGTH_DECISIVE] = "decisive", [STRENGTH_WEAK] = "weak", [STRENGTH_HUB] = "hub",
};

#define NOTE_FOLDED "some accounts write it with dots or +tags, which the provider drops"
#define NOTE_TWINS "the same but for dots and +tags: one mailbox at some providers only"
#define NOTE_ALONE "nothing else ties the accounts"
#define NOTE_THERE "read in the country of a row, not in the region of the source"
#define NOTE_OUTPUTS "other outputs of the transaction, and nothing else ties the accounts"

/* Where the linking stands. */
struct linking {
	const struct links_given *given;
	struct links *links;
	unsigned set;              /* in order */
	enum link_rule rule;       /* of that */
	size_t next;               /* shared value of it */
	struct notices hubs;       /* of the rule */
	uint32_t *firm;            /* see links_firm() */
};

static const char *const columns[] = {
	"id", "account_a", "account_b", "rule", "value", "strength", "source_a",
	"row_a", "source_b", "row_b", "note", "member_a", "member_b",
};

static const struct identifiers *set_at(const struct linking *l)
{
	return order[l->set] == SET_TWINS ? &l->links->twins : &l->given->rules[order[l->set]];
}

static void add_note(struct row_buffer *rows, size_t begin, struct text note)
{
	if (note.len == 0)
		return;
	buf_text(&rows->texts, rows->texts.len > begin ? "; " : "");
	buf_add(&rows->texts, note.data, note.len);
}

/* Whether two accounts are tied by this alone. */
static bool is_alone(const struct linking *l, const struct shared *shared,
		     const struct occurrence *a, const struct occurrence *b)
{
	return l->firm && shared->strength == STRENGTH_DECISIVE && order[l->set] != SET_TWINS &&
	       link_is_loose(l->given, l->rule, shared) && l->firm[a->slot] != l->firm[b->slot];
}

static void write_note(const struct linking *l, const struct shared *shared, bool alone, bool there,
		       struct row_buffer *rows)
{
	const struct identifiers *set = set_at(l);
	const unsigned mark = identifiers_mark(set, set->items[shared->first].value);
	const size_t begin = row_buffer_begin(rows);

	if (order[l->set] == SET_TWINS)
		add_note(rows, begin, text_of(NOTE_TWINS));
	else
		add_note(rows, begin, shared->note);
	if (order[l->set] == LINK_EMAIL && mark & MARK_FOLDED)
		add_note(rows, begin, text_of(NOTE_FOLDED));
	if (there)
		add_note(rows, begin, text_of(NOTE_THERE));
	if (alone)
		add_note(rows, begin, text_of(l->rule == LINK_TXID ? NOTE_OUTPUTS : NOTE_ALONE));
	row_buffer_end(rows, begin);
}

static void write_link(struct linking *l, const struct shared *shared, const struct occurrence *a,
		       const struct occurrence *b, bool alone, struct row_buffer *rows)
{
	row_buffer_integer(rows, (int64_t)++l->links->rows);
	row_buffer_integer(rows, l->given->persons->keys[a->slot]);
	row_buffer_integer(rows, l->given->persons->keys[b->slot]);
	row_buffer_text(rows, text_of(names[l->rule]));
	row_buffer_text(rows, shared->value);
	row_buffer_text(rows, text_of(strengths[shared->strength]));
	row_buffer_integer(rows, row_place_source(a->place));
	row_buffer_integer(rows, row_place_line(a->place));
	row_buffer_integer(rows, row_place_source(b->place));
	row_buffer_integer(rows, row_place_line(b->place));
	write_note(l, shared, alone, a->there || b->there, rows);
	row_buffer_integer(rows, (int64_t)a->member);
	row_buffer_integer(rows, (int64_t)b->member);
}

static void notice_hub(struct linking *l, const struct shared *shared)
{
	struct buf line = { 0 };

	if (!notices_take(&l->hubs))
		return;
	buf_format(&line, "%s '", names[l->rule]);
	buf_escape(&line, shared->value, 80);
	buf_format(&line,
		   "': shared by %zu accounts, more than %u: a hub, it ties nothing",
		   shared->count, l->given->settings->hub);
	notices_say(&l->hubs, &line);
	buf_release(&line);
}

/* Keeps what alone ties accounts, for their person. */
static bool doubt(struct linking *l, const struct shared *shared, uint32_t slot)
{
	struct links *links = l->links;
	struct buf text = { 0 };
	bool good;

	if (!links->doubted)
		links->doubted = calloc((size_t)l->given->persons->accounts + 1, 1);
	buf_format(&text, "%s ", names[l->rule]);
	buf_add(&text, shared->value.data, shared->value.len);
	good = links->doubted && !text.failed &&
	       text_lists_add(&links->doubts, l->given->persons->keys[slot], buf_view(&text));
	buf_release(&text);
	if (good)
		links->doubted[slot] = 1;
	return good;
}

/* Two accounts of a value; whether nothing else ties them. */
static bool link_pair(struct linking *l, const struct shared *shared, const struct occurrence *a,
		      const struct occurrence *b, struct row_buffer *rows)
{
	const bool alone = is_alone(l, shared, a, b);

	if (shared->strength == STRENGTH_DECISIVE)
		persons_tie(l->given->persons, a->slot, b->slot);
	write_link(l, shared, a, b, alone, rows);
	return alone;
}

/* The accounts of one value, from the least on. */
static enum status link_value(struct linking *l, const struct shared *shared,
			      struct row_buffer *rows)
{
	const struct occurrence *items = &set_at(l)->items[shared->first];
	bool doubted = false;

	if (shared->strength == STRENGTH_HUB)
		notice_hub(l, shared);
	for (size_t i = 1; i < shared->count; i++) {
		const struct occurrence *bases[LINK_BASES];
		const size_t count = link_bases(items, i, bases);

		for (size_t b = 0; b < count; b++)
			doubted |= link_pair(l, shared, bases[b], &items[i], rows);
	}
	return doubted && !doubt(l, shared, items[0].slot) ? error_memory(&l->given->casefile->error)
							     : STATUS_OK;
}

static void end_rule(struct linking *l)
{
	char what[40];

	(void)snprintf(what, sizeof(what), "hubs by %s", names[l->rule]);
	notices_end(&l->hubs, what);
	l->hubs.count = 0;
	l->set++;
	l->next = 0;
	if (l->set < SETS)
		l->rule = order[l->set] == SET_TWINS ? LINK_EMAIL : (enum link_rule)order[l->set];
}

static enum status more(void *context, struct row_buffer *rows)
{
	struct linking *l = context;

	if (l->set == SETS)
		return STATUS_END;
	if (l->next < set_at(l)->shared_count)
		return link_value(l, &set_at(l)->shared[l->next++], rows);
	end_rule(l);
	return STATUS_OK;
}

/* Twins tie nothing. */
static bool find_twins(struct links *links, const struct links_given *given)
{
	if (!email_twins_find(&links->twins, &given->rules[LINK_EMAIL]))
		return false;
	for (size_t i = 0; i < links->twins.shared_count; i++)
		links->twins.shared[i].strength = STRENGTH_WEAK;
	return true;
}

enum status links_write(struct links *links, const struct links_given *given)
{
	struct linking l = {
		.given = given,
		.links = links,
		.rule = (enum link_rule)order[0],
		.hubs = { given->observer, 0 },
	};
	const struct bulk_insert fill = { BULK_TABLE("link", columns), more, &l };
	enum status status;

	links_judge(given);
	l.firm = links_firm(given);
	if (!l.firm || !find_twins(links, given))
		status = error_memory(&given->casefile->error);
	else
		status = bulk_insert_run(given->casefile, &fill, given->threads);
	free(l.firm);
	identifiers_release(&links->twins);
	if (status == STATUS_OK && !text_lists_settle(&links->doubts))
		status = error_memory(&given->casefile->error);
	return status;
}

void links_release(struct links *links)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		free(links->counts[rule]);
		links->counts[rule] = NULL;
	}
	identifiers_release(&links->twins);
	text_lists_release(&links->doubts);
	free(links->doubted);
	links->doubted = NULL;
}

/* Whether the values of a rule count: the value of an item, which is weak or not. */
static bool counts(const struct links_given *given, enum link_rule rule, uint32_t value)
{
	const struct identifiers *ids = &given->rules[rule];
	const struct text text = dictionary_text(&ids->values, value);

	if (rule == LINK_PHONE && identifiers_mark(ids, value) & MARK_NO_NUMBER)
		return false;
	return !link_is_weak(given, rule, value, text) && !(given->never && never_has(given->never, rule, text));
}

/* last: of each person, the last value that was counted, and 1. */
static void count_rule(const struct links_given *given, enum link_rule rule, uint32_t *last,
		       uint32_t *figures)
{
	const struct identifiers *ids = &given->rules[rule];
	bool good = false;

	for (size_t i = 0; i < ids->count; i++) {
		const uint32_t person = given->persons->persons_of[ids->items[i].slot];
		const uint32_t value = ids->items[i].value;

		if (i == 0 || value != ids->items[i - 1].value)
			good = counts(given, rule, value);
		if (!good)
			continue;
		figures[person] += last[person] != value + 1;
		last[person] = value + 1;
	}
}

/* Figures of accounts become those of persons, in their place: the person of a slot is never
 * above it, so that what is added to is an account that was taken. */
static void regroup(const struct persons *persons, uint32_t *figures)
{
	for (uint32_t slot = 1; slot <= persons->accounts; slot++) {
		const uint32_t figure = figures[slot];

		figures[slot] = 0;
		figures[persons->persons_of[slot]] += figure;
	}
}

bool links_count(struct links *links, const struct links_given *given, uint32_t *alone[static LINK_RULES])
{
	const struct persons *persons = given->persons;
	const size_t count = (size_t)persons->count + 1;
	bool good = true;

	for (unsigned rule = 0; rule < LINK_RULES && good; rule++) {
		uint32_t *last = calloc(count, sizeof(*last));

		if (alone[rule])
			regroup(persons, alone[rule]);
		links->counts[rule] = alone[rule] ? alone[rule] : calloc(count, sizeof(uint32_t));
		alone[rule] = NULL;
		good = last && links->counts[rule];
		if (good)
			count_rule(given, (enum link_rule)rule, last, links->counts[rule]);
		free(last);
	}
	return good;
}
