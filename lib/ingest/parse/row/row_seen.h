/* SPDX-License-Identifier: Apache-2.0 */
/* What a row that is taken shows beside its values: how its clock goes, its number, whether its status fits. */
#ifndef UNSPOOF_INGEST_PARSE_ROW_SEEN_H
#define UNSPOOF_INGEST_PARSE_ROW_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time/clock.h"
#include "ingest/coverage/seen.h"
#include "ingest/format/record.h"
#include "ingest/plan/check.h"
#include "ingest/plan/plan.h"

#define ROW_SEEN_STATUSES 16
#define ROW_SEEN_STATUS 32

/* A status met before, and what it means. */
struct seen_word {
	char text[ROW_SEEN_STATUS];
	size_t len;
	int8_t means;           /* 1: answered; -1: not; 0: neither is said */
};

/* The same of a status by what it is coded as; form 0: of none. */
struct seen_code {
	int64_t form, number;
	int8_t means;
};

static inline size_t row_seen_slot(int64_t form, int64_t number)
{
	return (uint64_t)(form + number) % ROW_SEEN_STATUSES;
}

/* What the values of a row are coded as, one a role of the mapping, form 0 where that is not
 * known; and what forms tell, see plan/check.h. */
struct row_codes {
	const int64_t *forms, *numbers;
	const uint8_t *looks;
};

/* Of one thread. */
struct row_seen {
	const struct plan *plan;
	/* Where the values are among those of the mapping, or -1. */
	int time, id, talk, billed, status;
	bool ids;               /* rows have numbers */
	bool measures;          /* clocks are measured */
	struct clock_day day;
	struct seen_word words[ROW_SEEN_STATUSES];
	size_t word_count;
	struct seen_code codes[ROW_SEEN_STATUSES];
};

void row_seen_open(struct row_seen *eyes, const struct plan *plan);

/* Notes what a row shows, which is going to be the one of that number. The matcher is the thread's. */
void row_seen_note(struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		   const struct mapped *values, const struct row_codes *codes, uint32_t row, struct seen *seen);
/* The number of a row, and whether its status fits what it says of talk. */
void row_seen_id(const struct row_seen *eyes, const struct record *record, const struct mapped *values,
		 uint32_t row, struct seen *seen);
void row_seen_status(struct row_seen *eyes, const struct record *record, const struct mapped *values,
		     const struct row_codes *codes, uint32_t row, struct seen *seen);

/* Whether the codes say that the status fits, as nearly every row's do. */
static inline bool row_seen_fits(const struct row_seen *eyes, const struct row_codes *codes)
{
	const struct seen_code *code;
	int64_t form, number;

	if (eyes->status < 0)
		return true;
	form = codes->forms[eyes->status];
	number = codes->numbers[eyes->status];
	code = &eyes->codes[row_seen_slot(form, number)];
	if (form != code->form || number != code->number || form == 0)
		return false;
	if (code->means == 0)
		return true;
	return eyes->talk >= 0 && (codes->looks[codes->forms[eyes->talk]] & CHECKER_LOOK_NUMBER) &&
	       (code->means > 0) == (codes->numbers[eyes->talk] != 0);
}

/* Notes the same of one whose time is known, and of which codes may say all. */
static inline void row_seen_glance(struct row_seen *eyes, const struct record *record, const struct mapped *values,
				   const struct row_codes *codes, uint32_t row, struct seen *seen)
{
	if (eyes->ids)
		row_seen_id(eyes, record, values, row, seen);
	if (!row_seen_fits(eyes, codes))
		row_seen_status(eyes, record, values, codes, row, seen);
}

#endif
