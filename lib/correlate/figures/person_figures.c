/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of reports and persons. */
#include "correlate/correlation.h"

/* The loss of a report goes to what its call presented. */
static enum status add_loss(struct correlation *c, const struct report *report)
{
	const struct report_call *call = &report->best;
	struct presentation presentation;
	struct presented_position position;

	if (!call->slot || !call->presented_key ||
	    !presented_texts_position(&c->texts, call->presented_key, &position))
		return STATUS_OK;
	presentation = presentation_of(&position, call->presented_key,
				       c->persons.persons_of[call->slot]);
	presentation.loss = report->loss;
	return sorter_put(&c->presented, &presentation)
		       ? STATUS_OK
		       : spill_failed(&c->spill, &c->casefile->error);
}

/* To the account and the presentation of the call; the victim's is added when
 * it is written. */
static enum status add_report(struct correlation *c, const struct report *report)
{
	struct figures *account = &c->account_figures[report->best.slot];
	enum status status;

	c->counts->matched++;
	account->reports++;
	status = money_add(c->casefile, &account->loss, report->loss);
	return status == STATUS_OK ? add_loss(c, report) : status;
}

static enum status add_reports(struct correlation *c)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < c->reports.count && status == STATUS_OK; i++)
		if (c->reports.items[i].matched)
			status = add_report(c, &c->reports.items[i]);
	return status;
}

enum status person_figures_fill(struct correlation *c)
{
	enum status status = add_reports(c);

	for (uint32_t slot = 0; slot <= c->persons.accounts && status == STATUS_OK;
	     slot++)
		status = figures_add(c->casefile,
				     &c->person_figures[c->persons.persons_of[slot]],
				     &c->account_figures[slot]);
	return status;
}
