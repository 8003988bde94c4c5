/* SPDX-License-Identifier: Apache-2.0 */
/* Table funnel: how many accounts are left, step by step. */
#ifndef UNSPOOF_CORRELATE_FUNNEL_H
#define UNSPOOF_CORRELATE_FUNNEL_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"
#include "correlate/figures/figures.h"
#include "correlate/persons/persons.h"

struct funnel_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct correlate_settings *settings;
	unsigned exponent;                 /* of the currency */
	const struct persons *persons;
	const struct figures *account_figures;   /* by slot */
	const struct figures *person_figures;    /* by person */
};

/* Writes the table, and notices each step. */
enum status funnel_write(const struct funnel_given *given);

#endif
