/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of accounts, persons, presentations and victims. */
#include <stdlib.h>

#include "correlate/correlation.h"
#include "correlate/distinct.h"

static void add_cells(struct correlation *c)
{
	for (size_t i = 0; i < c->calls.cell_count; i++) {
		const struct cell *cell = &c->calls.cells[i];
		struct party *account = &c->accounts[cell->slot];

		account->calls += cell->calls;
		account->answered += cell->answered;
		account->long_calls += cell->long_calls;
		account->presentations += cell->presented != 0;
		span_add(&account->called, cell->called.first,
			 cell->called.last);
	}
}

/* To the account, the presentation and the victim of the call. */
static enum status add_report(struct correlation *c, const struct report *report)
{
	const struct cell *cell = &c->calls.cells[report->best.cell];
	struct victim *victim =
		&c->calls.victims[calls_victim(&c->calls, report->victim)];
	enum status status;

	c->counts->matched++;
	c->accounts[cell->slot].reports++;
	victim->reports++;
	status = money_add(c->casefile, &c->accounts[cell->slot].loss,
			   report->loss);
	if (status == STATUS_OK)
		status = money_add(c->casefile, &victim->loss, report->loss);
	if (status == STATUS_OK && cell->group)
		status = money_add(c->casefile,
				   &c->presentations.items[cell->group].loss,
				   report->loss);
	return status;
}

static enum status add_reports(struct correlation *c)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < c->reports.count && status == STATUS_OK; i++)
		if (c->reports.items[i].matched)
			status = add_report(c, &c->reports.items[i]);
	return status;
}

static enum status add_persons(struct correlation *c)
{
	enum status status = STATUS_OK;

	for (uint32_t slot = 0; slot <= c->people.accounts && status == STATUS_OK;
	     slot++) {
		uint32_t person = c->people.persons_of[slot];

		status = party_add(c->casefile, &c->persons[person],
				   &c->accounts[slot]);
	}
	for (size_t i = 1; i < c->presentations.count; i++)
		c->persons[c->presentations.items[i].person].presentations++;
	return status;
}

/* What of a thing a count goes to. */
enum target {
	TO_ACCOUNT_VICTIMS,
	TO_PERSON_VICTIMS,
	TO_ACCOUNT_ORGANISATIONS,
	TO_PERSON_ORGANISATIONS,
	TO_PRESENTATION_VICTIMS,
	TO_VICTIM_SUSPECTS,
	TO_VICTIM_ORGANISATIONS,
	TARGETS
};

static const struct {
	enum side owner;
	enum side counted;
} targets[TARGETS] = {
	[TO_ACCOUNT_VICTIMS] = { SIDE_ACCOUNT, SIDE_VICTIM },
	[TO_PERSON_VICTIMS] = { SIDE_PERSON, SIDE_VICTIM },
	[TO_ACCOUNT_ORGANISATIONS] = { SIDE_ACCOUNT, SIDE_ORGANISATION },
	[TO_PERSON_ORGANISATIONS] = { SIDE_PERSON, SIDE_ORGANISATION },
	[TO_PRESENTATION_VICTIMS] = { SIDE_GROUP, SIDE_VICTIM },
	[TO_VICTIM_SUSPECTS] = { SIDE_VICTIM, SIDE_PERSON },
	[TO_VICTIM_ORGANISATIONS] = { SIDE_VICTIM, SIDE_ORGANISATION },
};

static size_t owners(const struct correlation *c, enum side side)
{
	switch (side) {
	case SIDE_ACCOUNT:
		return (size_t)c->people.accounts + 1;
	case SIDE_PERSON:
		return (size_t)c->people.persons + 1;
	case SIDE_GROUP:
		return c->presentations.count;
	default:
		return c->calls.victim_count;
	}
}

static void put_count(struct correlation *c, enum target target, size_t owner,
		      uint32_t count)
{
	switch (target) {
	case TO_ACCOUNT_VICTIMS:
		c->accounts[owner].victims = count;
		break;
	case TO_PERSON_VICTIMS:
		c->persons[owner].victims = count;
		break;
	case TO_ACCOUNT_ORGANISATIONS:
		c->accounts[owner].organisations = count;
		break;
	case TO_PERSON_ORGANISATIONS:
		c->persons[owner].organisations = count;
		break;
	case TO_PRESENTATION_VICTIMS:
		c->presentations.items[owner].victims = count;
		break;
	case TO_VICTIM_SUSPECTS:
		c->calls.victims[owner].suspects = count;
		break;
	case TO_VICTIM_ORGANISATIONS:
	case TARGETS:
		c->calls.victims[owner].organisations = count;
		break;
	}
}

static enum status count_target(struct correlation *c, enum target target)
{
	size_t most = owners(c, targets[target].owner);
	uint32_t *counts;
	bool counted = distinct_count(&c->calls, &c->people,
				      targets[target].owner,
				      targets[target].counted, most, &counts);

	for (size_t owner = 1; counted && owner < most; owner++)
		put_count(c, target, owner, counts[owner]);
	free(counts);
	return counted ? STATUS_OK : error_memory(&c->casefile->error);
}

enum status figures_fill(struct correlation *c)
{
	enum status status;

	add_cells(c);
	status = add_reports(c);
	if (status == STATUS_OK)
		status = add_persons(c);
	for (unsigned target = 0; target < TARGETS && status == STATUS_OK;
	     target++)
		status = count_target(c, (enum target)target);
	return status;
}
