/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of this stage share while it runs. */
#ifndef UNSPOOF_CORRELATE_CORRELATION_H
#define UNSPOOF_CORRELATE_CORRELATION_H

#include <stdint.h>

#include "correlate/calls.h"
#include "correlate/correlate.h"
#include "correlate/directory.h"
#include "correlate/links.h"
#include "correlate/party.h"
#include "correlate/people.h"
#include "correlate/presentations.h"
#include "correlate/rates.h"
#include "correlate/reports.h"
#include "correlate/score.h"

struct correlation {
	struct casefile *casefile;
	const struct correlate_settings *settings;
	const struct observer *observer;
	struct correlate_counts *counts;
	unsigned exponent;             /* of the currency */
	struct score score;
	struct people people;
	struct links links;
	struct directory directory;
	struct rates rates;
	struct reports reports;
	struct calls calls;
	struct presentations presentations;
	struct party *accounts;        /* by slot */
	struct party *persons;
};

/* Adds up the figures of accounts, persons, presentations and victims, once
 * calls, payments and reports are concluded. */
enum status figures_fill(struct correlation *c);

/* Write tables account_figure, suspect and score_line; and victim. */
enum status suspects_write(struct correlation *c);
enum status victims_write(struct correlation *c);

/* Write tables setting and funnel; the funnel is noticed too. */
enum status settings_write(struct correlation *c);
enum status funnel_write(struct correlation *c);

#endif
