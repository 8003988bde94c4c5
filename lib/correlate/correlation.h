/* SPDX-License-Identifier: Apache-2.0 */
/* All that the stage has while it runs; for correlate.c alone, which gives each room
 * what it may touch. */
#ifndef UNSPOOF_CORRELATE_CORRELATION_H
#define UNSPOOF_CORRELATE_CORRELATION_H

#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "casefile/record/remark.h"
#include "correlate/calls/unsure.h"
#include "correlate/calls/usage_scan.h"
#include "correlate/correlate.h"
#include "correlate/directory.h"
#include "correlate/figures/figures.h"
#include "correlate/money/rates.h"
#include "correlate/persons/identity_read.h"
#include "correlate/persons/links.h"
#include "correlate/persons/persons.h"
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
	char *temporary;               /* the folder of the temporary file */
	struct spill spill;
	struct score score;
	struct source_absent absent;   /* words that are no value */
	struct persons persons;
	struct weak_list weak;
	struct email_providers providers;
	struct never never;
	struct remark_writer remarks;  /* of the conclusions */
	struct identity_read identities;
	struct links links;
	struct directory directory;
	struct rates rates;
	struct reports reports;
	struct presented_texts texts;
	struct unsure unsure;
	struct usage_scan usage_scan;
	struct sorter presentations;   /* of struct presentation */
	struct figures *account_figures;   /* by slot */
	struct person_counts *person_counts;   /* by person */
};

#endif
