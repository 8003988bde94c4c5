/* SPDX-License-Identifier: Apache-2.0 */
/* Table funnel: how many accounts are left, step by step. */
#ifndef UNSPOOF_CORRELATE_FUNNEL_H
#define UNSPOOF_CORRELATE_FUNNEL_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/correlate.h"
#include "correlate/figures/person_figures.h"

struct funnel_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct correlate_settings *settings;
	unsigned exponent;                 /* of the currency */
	const struct person_figures *figures;
};

/* Writes the table, and notices each step. */
enum status funnel_write(const struct funnel_given *given);

#endif
