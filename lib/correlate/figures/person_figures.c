/* SPDX-License-Identifier: Apache-2.0 */
/* What was reported, and the figures of persons. */
#include "correlate/figures/person_figures.h"

#include "correlate/money/rates.h"
#include "correlate/presented/presentations.h"

/* The loss of a report goes to what its call presented. */
static enum status add_loss(const struct report_figures_given *given, const struct report *report)
{
	const struct report_call *call = &report->best;
	struct presentation presentation;
	struct presented_position position;

	if (!call->slot || !call->presented_key ||
	    !presented_texts_position(given->texts, call->presented_key, &position))
		return STATUS_OK;
	presentation = presentation_of(&position, call->presented_key,
				       given->persons->persons_of[call->slot]);
	presentation.loss = report->loss;
	return sorter_put(given->presentations, &presentation)
		       ? STATUS_OK
		       : spill_failed(given->spill, &given->casefile->error);
}

/* To the account and the presentation of the call; the victim's is added when
 * it is written. */
static enum status add_report(const struct report_figures_given *given, const struct report *report)
{
	struct figures *account = &given->account_figures[report->best.slot];
	enum status status;

	account->reports++;
	status = money_add(given->casefile, &account->loss, report->loss);
	return status == STATUS_OK ? add_loss(given, report) : status;
}

enum status report_figures_add(const struct report_figures_given *given, uint64_t *matched)
{
	enum status status = STATUS_OK;

	*matched = 0;
	for (size_t i = 0; i < given->reports->count && status == STATUS_OK; i++) {
		const struct report *report = &given->reports->items[i];

		if (report->matched)
			status = add_report(given, report);
		*matched += report->matched;
	}
	return status;
}

enum status person_figures_of(struct casefile *casefile, const struct person_figures *all, uint32_t person,
			      struct figures *sum)
{
	const struct persons *persons = all->persons;
	const struct person_counts *counts = &all->counts[person];
	enum status status = STATUS_OK;

	*sum = (struct figures){ .paid = PERIOD_NONE, .called = PERIOD_NONE, .victims = counts->victims,
				 .presentations = counts->presentations, .organisations = counts->organisations };
	for (uint32_t i = persons->starts[person]; i < persons->starts[person + 1] && status == STATUS_OK; i++)
		status = figures_add(casefile, sum, &all->accounts[persons->members[i]]);
	return status;
}
