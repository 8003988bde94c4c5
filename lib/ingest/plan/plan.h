/* SPDX-License-Identifier: Apache-2.0 */
/* How a dump is going to be read: what was said, and what was found out. */
#ifndef UNSPOOF_INGEST_PLAN_PLAN_H
#define UNSPOOF_INGEST_PLAN_PLAN_H

#include <stdbool.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/delimited/dialect.h"
#include "ingest/ingest.h"
#include "ingest/plan/bid.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

/* Zeroed is empty. */
struct plan {
	bool has_profile;
	bool sniffed;               /* the dialect is known, and the sample read */
	struct dialect dialect;
	size_t preamble;            /* bytes before the first row, */
	unsigned preamble_lines;    /* and lines of it that are skipped rows */
	struct profile profile;
	enum kind kind;
	struct sample sample;
	const struct sample_row *header;    /* NULL: none; in the sample */
	struct widths width;          /* of rows that can be taken */
	struct mapping mapping;
	struct bids bids;           /* empty when the profile and kind were said */
	/* Of the options, else of the profile; NULL: not said. */
	const char *region, *zone, *currency, *date_order;
};

/* Checks the options by themselves: STATUS_USAGE says what is wrong. */
enum status plan_check(const struct ingest_options *options, struct error *error);

/*
 * Makes the plan of a dump from its first bytes; whole: they are all of it.
 * shown names it in errors. STATUS_SKIP: it is no dump that can be read (empty,
 * binary, a database), STATUS_NOTHING: no kind or profile fits, STATUS_USAGE:
 * the user has to say more, or said something that does not fit. Each sets the
 * error's text. Call plan_release also after a failure.
 */
enum status plan_make(struct plan *plan, const struct ingest_options *options,
		      const char *shown, struct text sample, bool whole,
		      struct error *error);
void plan_release(struct plan *plan);

#endif
