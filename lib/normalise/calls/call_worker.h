/* SPDX-License-Identifier: Apache-2.0 */
/* Segments of calls understood on several threads: what a thread has of its own,
 * and what goes from one step to the next. */
#ifndef UNSPOOF_NORMALISE_CALLS_CALL_WORKER_H
#define UNSPOOF_NORMALISE_CALLS_CALL_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "casefile/segment/raw_segment.h"
#include "casefile/filter/segment_filter.h"
#include "normalise/calls/call_absent.h"
#include "normalise/calls/call_statuses.h"
#include "normalise/cost/costs.h"
#include "normalise/calls/legs.h"
#include "normalise/calls/local_ids.h"
#include "normalise/calls/number_column.h"
#include "normalise/calls/talk.h"
#include "normalise/countries.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/joins/call_join.h"
#include "normalise/keys.h"
#include "normalise/quality/call_tally.h"
#include "normalise/source_sense.h"

/* The columns as found that are understood. */
#define CALL_NEEDS \
	(TALK_NEEDS | SEGMENT_ROLE(CALL_ID) | SEGMENT_ROLE(CALL_STARTED) | \
	 SEGMENT_ROLE(CALL_ACCOUNT) | SEGMENT_ROLE(CALL_PRESENTED) | \
	 SEGMENT_ROLE(CALL_PRESENTED_NAME) | SEGMENT_ROLE(CALL_DIALLED) | \
	 COSTS_NEEDS)

/* Where a row stands, which tells of rows of hours that there are twice. */
#define CALL_PLACE_NEEDS (SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_MEMBER))

/* What calls are understood by: it never changes while they are. All borrowed. */
struct call_sense {
	const struct form_meanings *meanings;
	const struct numplan *plan;
	const struct numplan_settled *settled;
	const struct flag_table *flags;
	const struct countries *countries;   /* settled */
};

/* What gives ids: one thread at a time. All borrowed. */
struct call_names {
	struct keys *keys;
	struct readings *readings;
	struct dictionary *shown;   /* presented texts that are no number */
};

/* A row without a readable start. */
struct unread_start {
	uint32_t row;
	const char *reason;          /* static */
};

/* A segment on its way. */
struct call_item {
	struct raw_segment found;
	struct raw_segment read;
	struct segment_filter filter;
	uint64_t fetched;            /* the columns of found; bit c: column c */
	struct source_sense *source; /* not changed but by the last step */
	struct legs *legs;           /* of a source with legs, else NULL */
	uint64_t ordinal;            /* of its first row in the source */
	enum status status;          /* as segment_decode() says, for all steps */
	bool packed;                 /* else segment_pack_failed() tells why */
	struct unread_start *unread;
	size_t unread_count, unread_capacity;
	uint64_t calls;              /* understood */
	uint64_t unzoned, by_account; /* as in struct source_sense */
	struct cost_tally costs;     /* the same, of this segment */
	uint64_t days, talk_days;    /* the same; the first of them is: */
	uint32_t first_day, first_talk_day;
	struct call_tally tally;     /* the same, of this segment */
	struct status_batch statuses;
	uint64_t *absent;            /* as counts of struct call_absent */
	uint32_t *absent_firsts;     /* as firsts of the same */
	uint64_t absents;            /* their sum; 0: they are not set */
	size_t absent_capacity, absent_firsts_capacity;
	struct twin_span span;       /* without source and bounds */
	struct join_count joins[CALL_ROLES];
};

void call_item_release(struct call_item *item);

/* One thread. */
struct call_worker {
	const struct call_sense *sense;
	const struct source_sense *source;   /* of the last segment */
	struct call_item *item;
	struct segment_decoder decoder;
	struct segment segment;
	struct call_absent absent;
	struct call_join join;
	int64_t *out;                /* READ_COLUMNS runs of SEGMENT_ROWS */
	struct segment_scratch scratch;
	struct value_filter filter;
	struct clock_day day;
	uint8_t *words;              /* of struct talk_reader */
	struct talk_codes codes;     /* the same */
	struct status_counter statuses;
	struct talk_form *talks;     /* the same */
	struct cost_form *costs;     /* of struct costs_job */
	struct local_ids accounts;      /* of this source */
	int16_t *regions;            /* by number in accounts */
	size_t regions_capacity;
	struct buf name;
	struct number_column numbers;
	struct local_ids shown;
};

/* False: out of memory. Release also after a failure. */
bool call_worker_open(struct call_worker *worker, const struct call_sense *sense);
void call_worker_release(struct call_worker *worker);

static inline int64_t *call_column(const struct call_worker *worker, unsigned column)
{
	return worker->out + (size_t)column * SEGMENT_ROWS;
}

/* The columns, in this order; ids of accounts, readings and shown texts are the
 * thread's own. worker->item and segment are set. False: out of memory. */
bool call_columns(struct call_worker *worker);

/* The steps of a pipeline; item->status says how they went. */
void call_work(struct call_worker *worker, struct call_item *item);
/* Gives ids of the case. */
void call_merge(struct call_worker *worker, struct call_item *item,
		const struct call_names *names);
void call_finish(struct call_worker *worker, struct call_item *item);

#endif
