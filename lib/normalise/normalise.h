/* SPDX-License-Identifier: Apache-2.0 */
/* The found layer understood: E.164, UTC, minor units, and by which rule. */
#ifndef UNSPOOF_NORMALISE_NORMALISE_H
#define UNSPOOF_NORMALISE_NORMALISE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/money/amount_text.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/time/moment.h"
#include "casefile/casefile.h"

struct normalise_settings {
	/* For sources that do not say and whose rows do not prove it. */
	enum moment_order date_order;
	/* The same of amounts. */
	enum decimal_mark decimal;
	/* Whether national numbers in a call are read in the country of its account. */
	bool region_of_account;
	/* Threads to use, from 1; results do not depend on it. */
	uint64_t threads;
	/* The same: bytes for what grows with the calls, and where what is more than that
	 * goes for the time being; NULL: the folder of the case. */
	uint64_t memory;
	const char *temporary;
};

/* The memory that is used unless told, and at least, in MiB. */
#define NORMALISE_MEMORY_MIB 512
#define NORMALISE_MEMORY_LEAST_MIB 16

struct normalise_counts {
	uint64_t calls;        /* rows of calls understood */
	uint64_t rows;         /* rows of the other kinds understood */
	uint64_t unread;       /* rows set aside: table unread says why */
	uint64_t accounts;
	uint64_t duplicates;   /* rows that another one stands for */
};

/* Drops the understood and concluded layers and makes the first anew, inside
 * the caller's transaction. Rows that cannot be understood are set aside and
 * noticed; a source whose order of day and month is contradicted or not proven
 * fails. */
enum status normalise_run(struct casefile *casefile,
			  const struct normalise_settings *settings,
			  const struct observer *observer,
			  struct normalise_counts *counts);

#endif
