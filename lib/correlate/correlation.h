/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of this stage share while it runs. */
#ifndef UNSPOOF_CORRELATE_CORRELATION_H
#define UNSPOOF_CORRELATE_CORRELATION_H

#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "casefile/table/bulk_insert.h"
#include "correlate/calls/usage_scan.h"
#include "correlate/correlate.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/money/rates.h"
#include "correlate/persons/identity_read.h"
#include "correlate/persons/links.h"
#include "correlate/persons/persons.h"
#include "correlate/presented/presentations.h"
#include "correlate/presented/presented_key.h"
#include "correlate/reports/reports.h"
#include "correlate/score.h"

struct correlation {
	struct casefile *casefile;
	const struct correlate_settings *settings;
	const struct observer *observer;
	struct correlate_counts *counts;
	unsigned exponent;             /* of the currency */
	unsigned threads;
	uint64_t memory;               /* bytes */
	uint32_t pauses;
	char *temporary;               /* the folder of the temporary file */
	struct spill spill;
	struct score score;
	struct persons persons;
	struct identity_read identities;
	struct links links;
	struct directory directory;
	struct rates rates;
	struct reports reports;
	struct presented_texts texts;
	struct usage_scan usage_scan;
	struct sorter presented;       /* of struct presentation */
	struct figures *account_figures; /* by slot */
	struct figures *person_figures;
};

/* Asks now and then whether the user wants to stop; to be called for each of
 * many things. */
static inline enum status correlation_pause(struct correlation *c)
{
	if (++c->pauses % 4096 || !observer_interrupted(c->observer))
		return STATUS_OK;
	return error_set(&c->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; the case is as it was before");
}

/* Once the calls are gathered: the figures of accounts from calls, and what they
 * presented into the sorter. */
enum status account_figures_fill(struct correlation *c);
/* Once reports are concluded too: writes table victim, by number, and adds up how
 * many victims each account, person and presentation has. */
enum status victims_conclude(struct correlation *c);
/* Adds up the figures of accounts by person, once calls, payments and reports
 * are concluded. */
enum status person_figures_fill(struct correlation *c);

/* Writes table presentation, by what is presented and person, and counts those of
 * persons. */
enum status presentations_write(struct correlation *c);
/* Write tables account_figure, suspect, evidence and score_band. */
enum status suspects_write(struct correlation *c);

/* Write tables setting and funnel; the funnel is noticed too. */
enum status settings_write(struct correlation *c);
enum status funnel_write(struct correlation *c);

#endif
