/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that are none of the kind: lines keep and drop of a profile. */
#ifndef UNSPOOF_INGEST_PLAN_VALUES_FILTER_H
#define UNSPOOF_INGEST_PLAN_VALUES_FILTER_H

#include "base/status.h"
#include "ingest/plan/mapping.h"

/* Whether all filters let a row pass. STATUS_SKIP: the one of this number, from 0, does not.
 * STATUS_FAILED: its pattern does not come to an end; STATUS_MEMORY. */
enum status filter_row(const struct mapping *mapping, struct matcher *matcher,
		       const struct text *fields, size_t count, size_t *number);

/* Finds the columns of a profile's filters. Statuses of mapping_resolve(). */
enum status filter_resolve(struct mapping *mapping, const struct mapping_request *request,
			   struct error *error);

/* `keep COLUMN /regex/`, as the profile has it, for people. */
void filter_describe(const struct filter *filter, const struct sample_row *header, struct buf *out);

#endif
