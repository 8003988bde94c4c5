/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a stream are going to be: what was said, and what was found out. */
#ifndef UNSPOOF_INGEST_PLAN_PLAN_H
#define UNSPOOF_INGEST_PLAN_PLAN_H

#include <stdbool.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/format/stream.h"
#include "ingest/ingest.h"
#include "ingest/plan/bid.h"
#include "ingest/plan/mapping.h"
#include "ingest/clock/plan_clock.h"
#include "ingest/plan/profile.h"

/* Zeroed is empty. */
struct plan {
	/* Its rows are taken as they are, of any width, and only a kind other than calls is
	 * set beside: see parse/raw.h. */
	bool raw;
	bool raw_foot;              /* but for lines like `(12 rows)` that have not its width */
	size_t raw_text;            /* and so many of their first bytes are kept beside */
	bool has_profile;
	struct profile profile;
	struct buf lacking;         /* what those of its sections lack that were tried before */
	enum kind kind;
	const struct sample_row *header;    /* NULL: none; in the stream's sample */
	struct sample_row named;      /* its columns as the profile names them, where the dump does not */
	struct widths width;          /* of rows that can be taken */
	struct mapping mapping;
	struct bids bids;           /* empty when the profile and kind were said */
	/* Of the options, else of the profile; NULL: not said. Region and currency by
	 * the names that they are known by. */
	const char *region, *zone, *currency, *date_order, *decimal, *bare;
	struct plan_clock clock;
	const char *renamed;        /* UK, where the region was given so; else NULL */
};

/* Checks the options by themselves: STATUS_USAGE says what is wrong. */
enum status plan_check(const struct ingest_options *options, struct error *error);

/*
 * Makes the plan of a stream, which must outlive it, and settles whether it has a
 * header. shown names it in errors. STATUS_NOTHING: no kind or profile fits; STATUS_END: what
 * was said leaves it out;
 * STATUS_USAGE: the user has to say more, or said something that does not fit. Each
 * sets the error's text. Call plan_release also after a failure.
 */
enum status plan_make(struct plan *plan, const struct ingest_options *options,
		      const char *shown, struct stream *stream,
		      struct error *error);
void plan_release(struct plan *plan);

/* *reads: whether the rows of a sample without a header are of the plan beyond doubt: of
 * its widths, each with values that its roles can have, and, where it was sniffed, as
 * its profile sniffs them. */
enum status plan_reads(const struct plan *plan, const struct ingest_options *options,
		       const struct sample *sample, bool *reads, struct error *error);

/* Whether the values of a column are looked at. */
bool plan_looks_at(const struct plan *plan, size_t column);

/* The names of the columns; NULL: nobody names them. */
static inline const struct sample_row *plan_columns(const struct plan *plan)
{
	return plan->header ? plan->header : plan->named.count > 0 ? &plan->named : NULL;
}

#endif
