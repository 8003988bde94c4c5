/* SPDX-License-Identifier: Apache-2.0 */
/* The worth of what accounts share. */
#include "correlate/persons/link_judge.h"

#include <stdlib.h>
#include <string.h>

#include "correlate/persons/identity_read.h"

static const struct weak_row *find_row(const struct links_given *given, enum link_rule rule,
				       uint32_t value, struct text text)
{
	if (!given->weak)
		return NULL;
	return rule == LINK_PHONE
		       ? weak_list_marked(given->weak, (uint8_t)identifiers_mark(&given->rules[rule], value))
		       : weak_list_find(given->weak, rule, text);
}

bool link_is_weak(const struct links_given *given, enum link_rule rule, uint32_t value, struct text text)
{
	const struct weak_row *row = find_row(given, rule, value, text);

	return row && row->weak;
}

static void judge(const struct links_given *given, enum link_rule rule, struct shared *shared)
{
	const uint32_t value = given->rules[rule].items[shared->first].value;
	const struct weak_row *row = find_row(given, rule, value, shared->value);
	const bool never = given->never && never_has(given->never, rule, shared->value);
	const bool asked = given->settings->links >> rule & 1;
	const bool hub = shared->count > given->settings->hub;

	shared->note = never ? text_of("named by --never") : row ? row->note : text_of(NULL);
	shared->sound = !never && !(row && row->weak) && !hub && (asked || LINKS_DECISIVE >> rule & 1);
	if (never || (row && row->weak))
		shared->strength = STRENGTH_WEAK;
	else if (hub)
		shared->strength = STRENGTH_HUB;
	else
		shared->strength = asked ? STRENGTH_DECISIVE : STRENGTH_WEAK;
}

void links_judge(const struct links_given *given)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		for (size_t i = 0; i < given->rules[rule].shared_count; i++)
			judge(given, (enum link_rule)rule, &given->rules[rule].shared[i]);
}

bool link_is_loose(const struct links_given *given, enum link_rule rule, const struct shared *shared)
{
	const struct identifiers *ids = &given->rules[rule];

	if (rule == LINK_TXID)
		return !(identifiers_mark(ids, ids->items[shared->first].value) & MARK_NO_OUTPUT);
	return rule == LINK_ADDRESS;
}

/* The first that no country makes what it is; at: there is none before. */
static size_t first_plain(const struct occurrence *items, size_t at)
{
	size_t i = 0;

	while (i < at && items[i].there)
		i++;
	return i;
}

/* The first of a country, with or without those that it makes what they are; at: there is none
 * before. */
static size_t first_of(const struct occurrence *items, size_t at, uint16_t country, bool plain)
{
	size_t i = 0;

	while (i < at && (items[i].country != country || (plain && items[i].there)))
		i++;
	return i;
}

size_t link_bases(const struct occurrence *items, size_t at, const struct occurrence *bases[static LINK_BASES])
{
	const uint16_t country = items[at].country;
	const size_t plain = items[at].there ? at : first_plain(items, at);
	const size_t there = country ? first_of(items, at, country, false) : at;
	size_t count = 0;

	if (plain < at)
		bases[count++] = &items[plain];
	/* The first plain one of a country takes the others of it along. */
	if (there < at && (items[at].there ||
			   (items[there].there && first_of(items, at, country, true) == at)))
		bases[count++] = &items[there];
	return count;
}

static void tie(struct persons *groups, const struct identifiers *ids, const struct shared *shared)
{
	const struct occurrence *items = &ids->items[shared->first];
	const struct occurrence *bases[LINK_BASES];

	for (size_t i = 1; i < shared->count; i++)
		for (size_t b = link_bases(items, i, bases); b > 0; b--)
			persons_tie(groups, bases[b - 1]->slot, items[i].slot);
}

static void tie_rule(const struct links_given *given, enum link_rule rule, struct persons *groups)
{
	const struct identifiers *ids = &given->rules[rule];

	for (size_t i = 0; i < ids->shared_count; i++)
		if (ids->shared[i].sound && !link_is_loose(given, rule, &ids->shared[i]))
			tie(groups, ids, &ids->shared[i]);
}

/* One output is one payment, whoever is credited with it. */
static void tie_outputs(const struct links_given *given, struct persons *groups)
{
	const struct identifiers *ids = given->outputs;

	for (size_t i = 0; ids && i < ids->shared_count; i++) {
		struct text txid = ids->shared[i].value;

		while (txid.len && txid.data[txid.len - 1] != ':')
			txid.len--;
		txid.len -= txid.len != 0;
		if (ids->shared[i].count <= given->settings->hub &&
		    !(given->never && never_has(given->never, LINK_TXID, txid)))
			tie(groups, ids, &ids->shared[i]);
	}
}

uint32_t *links_firm(const struct links_given *given)
{
	const size_t count = (size_t)given->persons->accounts + 1;
	/* Only what persons_tie() and persons_number() need. */
	struct persons groups = { .accounts = given->persons->accounts,
				  .persons_of = calloc(count, sizeof(uint32_t)) };

	if (!groups.persons_of)
		return NULL;
	for (uint32_t slot = 0; slot < count; slot++)
		groups.persons_of[slot] = slot;
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		tie_rule(given, (enum link_rule)rule, &groups);
	tie_outputs(given, &groups);
	persons_number(&groups);
	return groups.persons_of;
}
