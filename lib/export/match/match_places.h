/* SPDX-License-Identifier: Apache-2.0 */
/* Where the calls of hits stand: all of them at once, in the order in which they lie in the case. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_PLACES_H
#define UNSPOOF_EXPORT_MATCH_MATCH_PLACES_H

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/place.h"
#include "export/match/match_hits.h"

/* A row, and what it has in the role of its hit: a view of the texts. */
struct match_place {
	struct place place;
	size_t begin, len;
	bool there;                /* it has such a text */
};

/* Zeroed is empty. */
struct match_places {
	struct match_place *items; /* of the rows that are told of hits of calls, in the order of the hits */
	size_t count;
	struct buf texts;
};

/* Of hits that are sorted. Each segment that has one is read once, and held against its digest. STATUS_INTEGRITY: it is not
 * as it was stored, or not there; STATUS_FAILED; STATUS_INTERRUPTED. Release also then. */
enum status match_places_read(struct match_places *places, struct casefile *casefile, const struct observer *observer,
			      const struct match_hits *hits);
void match_places_release(struct match_places *places);

#endif
