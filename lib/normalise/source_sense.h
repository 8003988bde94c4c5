/* SPDX-License-Identifier: Apache-2.0 */
/* The sources of a case: what their texts mean. */
#ifndef UNSPOOF_NORMALISE_SOURCE_SENSE_H
#define UNSPOOF_NORMALISE_SOURCE_SENSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money/amount_text.h"
#include "base/time/moment.h"
#include "base/time/zone.h"
#include "casefile/casefile.h"
#include "casefile/record/source_absent.h"
#include "casefile/kinds.h"
#include "normalise/absences.h"
#include "normalise/cost/cost_tally.h"
#include "normalise/joins/joins.h"
#include "normalise/clock/measured.h"
#include "normalise/quality/call_tally.h"
#include "normalise/readings.h"
#include "normalise/status/tally.h"
#include "normalise/words.h"

/* What the texts of one source mean. */
/* How many, and the id of the first. */
struct day_rows {
	uint64_t count;
	int64_t first;
};

struct source_sense {
	int64_t id;
	enum kind kind;
	char *name;              /* path, or path:member; escaped for messages */
	char *service;
	char *currency;          /* of amounts without one; may be empty */
	char *zone_name;
	struct zone *zone;       /* of times without one */
	bool utc;                /* that zone is UTC itself */
	bool measured;           /* it is made of clocks that were measured */
	struct role_zones roles; /* those of single roles */
	struct doubled doubled;  /* what rows of hours that there are twice tell */
	struct number_manner manner;    /* of numbers */
	char *prefixes;          /* in manner */
	enum moment_order order;
	enum decimal_mark mark;  /* of its amounts */
	bool legs;               /* rows of one call_id are one call */
	struct source_joins *joins;     /* keys of other tables; NULL: it has none */
	struct words words;
	struct tally statuses;   /* counted on the way */
	struct tally against;    /* the same, of amounts below zero that nothing calls a refund */
	struct tally returned;   /* and of payments that went back */
	const struct absents *absents;  /* words that are no value; see source_senses */
	struct absences absences;       /* how many were met */
	uint64_t unzoned;        /* times read by the zone above */
	struct day_rows days;    /* of its kind, whose time is a day: found rows, or calls */
	struct day_rows talk_days;      /* calls whose answered_at or ended is, and tells no talk */
	bool midnights;          /* of rates: every time is a midnight, and says a day */
	uint64_t by_account;     /* calls read in the region of their account */
	uint64_t no_country;     /* accounts of a country that is not known */
	uint64_t by_country;     /* telephones that are so by the country of their row alone */
	uint64_t two_phones;     /* telephones valid there, and as another in the region */
	uint64_t two_countries;  /* rows that contradict another of the account */
	uint64_t clock;          /* rows of the small kinds whose time clocks have twice or never */
	int64_t clock_row;       /* the id of the first of them */
	struct call_tally tally; /* of its calls */
	uint64_t assumed;        /* amounts read in the currency above */
	struct cost_tally costs; /* the same */
};

/* Those of a case, in order of their ids. Zeroed is empty. */
struct source_senses {
	struct source_sense *items;
	size_t count;
	struct source_absent absent;
};

/* Reads table source, and what is decided of each; the zone and the words of each.
 * Release also after a failure. */
enum status source_senses_load(struct source_senses *sources, struct casefile *casefile,
			       const struct numplan *plan,
			       const struct known_words *known);
void source_senses_release(struct source_senses *sources);
/* Counts rows, the first of which is this. */
static inline void day_rows_add(struct day_rows *rows, uint64_t count, int64_t first)
{
	if (rows->count == 0)
		rows->first = first;
	rows->count += count;
}

/* The zone of a role's times that tell none; whether it is UTC itself. */
static inline const struct zone *source_zone(const struct source_sense *source, int role)
{
	return source->roles.own >> role & 1 ? source->roles.zones[role] : source->zone;
}
static inline bool source_is_utc(const struct source_sense *source, int role)
{
	return source->roles.own >> role & 1 ? source->roles.utc >> role & 1 : source->utc;
}

/* By what clocks its times are read, for people. */
static inline const char *source_clock_name(const struct source_sense *source)
{
	return source->measured ? "the clocks measured" : *source->zone_name ? source->zone_name : "UTC";
}
/* Whether a role has a zone of its own. */
static inline bool source_has_zone(const struct source_sense *source, int role)
{
	return source->roles.own >> role & 1;
}

/* NULL when there is no such source: the case is damaged. */
struct source_sense *source_sense_of(const struct source_senses *sources, int64_t id);

#endif
