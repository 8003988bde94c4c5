/* SPDX-License-Identifier: Apache-2.0 */
/* Which kinds and profiles a dump could be of, and how sure that is. */
#ifndef UNSPOOF_INGEST_PLAN_BID_H
#define UNSPOOF_INGEST_PLAN_BID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "ingest/ingest.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

/*
 * Points: a profile that goes by the header has BID_NEEDED for each needed role
 * with a column and 1 for each other, for every kind all of whose needed roles
 * have one. A profile with lines `sniff` has their points, if each of them holds
 * for nine rows in ten; else it does not bid.
 */
#define BID_NEEDED 16
/* Two bids that differ by less are close: a person has to say. */
#define BID_CLOSE 2

struct bids {
	struct sniff_bid items[SNIFF_BIDS];     /* most points first */
	enum kind kinds[SNIFF_BIDS];
	size_t count;
};

/* Adds the bids of one profile, which may be of profile_sniffs(); one that has nothing
 * for the table, or is not confirmed, never bids. The request's profile and kind are set here;
 * only: a kind that is given, else -1. */
enum status bid_profile(struct bids *bids, const struct profile *profile,
			const struct sample *sample,
			const struct mapping_request *request, int only,
			struct error *error);

/* Whether the first row of a sample names the columns: it is made of names of
 * roles, or has no time and no number where the rows below it have. */
bool bid_header(const struct sample *sample);

/* Whether the second bid is as good as the first. */
bool bids_close(const struct bids *bids);

#endif
