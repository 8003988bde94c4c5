/* SPDX-License-Identifier: Apache-2.0 */
/* What of a plan is about clocks and numbering: where epochs and sequences stand, and zones of single roles. */
#ifndef UNSPOOF_INGEST_CLOCK_PLAN_CLOCK_H
#define UNSPOOF_INGEST_CLOCK_PLAN_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ingest/clock/epoch.h"
#include "ingest/plan/pattern.h"
#include "ingest/plan/profile.h"

/* A column by which something is counted beside the roles. */
struct plan_column {
	bool set;
	size_t column;                  /* from 0 */
	struct widths width;            /* of the rows that have it */
};

struct plan_clock {
	struct plan_column epoch;       /* that of `started` in UTC */
	enum epoch_unit unit;
	const struct pattern *take;     /* borrowed of the profile; NULL: the value is the epoch */
	struct plan_column sequence;
	struct buf zones;               /* lines `ROLE=ZONE` */
	struct buf words;               /* what statuses mean, as words_select() gives them */
};

struct ingest_options;
struct plan;
struct stream;

/* Sets it of a plan that is made else. False: no memory. */
bool plan_clock_make(struct plan *plan, const struct ingest_options *options, const struct stream *stream);
void plan_clock_release(struct plan_clock *clock);
/* Whether the times of a role have a zone of their own. */
bool plan_clock_has_zone(const struct plan_clock *clock, const char *role);
/* Whether those of all roles that are times, and have a column, do. */
bool plan_clock_has_zones(const struct plan *plan);

#endif
