/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one where one of them has no id. A row that a later status
 * replaced is still a row of its payment: what is equal to it is that payment too. */
#include "normalise/rows/payment_judge.h"

#include <stdlib.h>

#define ORDER(member) \
	do { \
		if (a->member != b->member) \
			return a->member < b->member ? -1 : 1; \
	} while (0)

static int compare_rest(const struct paid_row *a, const struct paid_row *b)
{
	ORDER(key);
	ORDER(currency);
	ORDER(amount);
	ORDER(paid);
	ORDER(txid);
	return 0;
}

/* Those with an id first; then by source. */
static int by_rest(const void *x, const void *y)
{
	const struct paid_row *a = *(struct paid_row *const *)x;
	const struct paid_row *b = *(struct paid_row *const *)y;
	const int order = compare_rest(a, b);

	if (order)
		return order;
	if (!a->payment_id != !b->payment_id)
		return a->payment_id ? -1 : 1;
	ORDER(row.source);
	ORDER(row.id);
	return 0;
}

/* Rows with one transaction and output, the first `with` of which have an id: those
 * without one are the first one's. */
static void judge_output(struct paid_row **rows, size_t with, size_t count,
			 struct row_tallies *tallies)
{
	if (with == 0)
		payment_settle(rows, count, tallies);
	for (size_t i = with; with > 0 && i < count; i++)
		payment_join(payment_stander(rows[0]), rows[i], tallies);
}

/* The payments of equal rows so far, and the next one that a row of the source at hand
 * may be. */
struct standing {
	struct paid_row **rows;
	size_t count;
	uint32_t source;
	size_t next, end;      /* of those that stood before this source */
	size_t with, marked;   /* rows with an id, and those looked at for this source */
};

/* The payments of rows with an id, each once. */
static void stand_ids(struct standing *standing, struct paid_row **rows)
{
	for (size_t i = 0; i < standing->with; i++) {
		struct paid_row *payment = payment_stander(rows[i]);

		if (payment->place)
			continue;
		standing->rows[standing->count++] = payment;
		payment->place = standing->count;
	}
}

static void forget_ids(const struct standing *standing, struct paid_row **rows)
{
	for (size_t i = 0; i < standing->with; i++)
		payment_stander(rows[i])->place = payment_stander(rows[i])->seen_in = 0;
}

/* Rows come source by source, those with an id, and those without. */
static void begin_source(struct standing *standing, struct paid_row **rows, uint32_t source)
{
	standing->source = source;
	standing->next = 0;
	standing->end = standing->count;
	while (standing->marked < standing->with && rows[standing->marked]->row.source < source)
		standing->marked++;
	for (; standing->marked < standing->with && rows[standing->marked]->row.source == source;
	     standing->marked++)
		payment_stander(rows[standing->marked])->seen_in = source + 1;
}

/* A payment of which this source has no row yet, or NULL. */
static struct paid_row *next_stander(struct standing *standing)
{
	while (standing->next < standing->end &&
	       standing->rows[standing->next]->seen_in == standing->source + 1)
		standing->next++;
	return standing->next < standing->end ? standing->rows[standing->next++] : NULL;
}

/* A row without an id. Times without seconds do not tell whether it is another's, and
 * are likely to be those of two payments within a source. */
static void judge_row(struct standing *standing, struct paid_row *row,
		      struct row_tallies *tallies)
{
	struct paid_row *stander = next_stander(standing);

	if (stander && !row->coarse) {
		payment_join(stander, row, tallies);
		return;
	}
	if (stander || (standing->count && !row->coarse))
		row_tally_add(tallies, PAYMENT_COARSE, &row->row, &standing->rows[0]->row);
	standing->rows[standing->count++] = row;
}

/* Nothing tells equal rows apart: within a source all count, and they count as often as
 * in the source that has most. */
static bool judge_equals(struct paid_row **rows, size_t with, size_t count,
			 struct row_tallies *tallies)
{
	struct standing standing = { .rows = calloc(count, sizeof(struct paid_row *)),
				     .source = UINT32_MAX, .with = with };

	if (!standing.rows)
		return false;
	stand_ids(&standing, rows);
	for (size_t i = with; i < count; i++) {
		if (rows[i]->row.source != standing.source)
			begin_source(&standing, rows, rows[i]->row.source);
		judge_row(&standing, rows[i], tallies);
	}
	forget_ids(&standing, rows);
	free(standing.rows);
	return true;
}

bool payment_judge_equal(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	bool good = true;
	size_t end;

	qsort(rows, count, sizeof(struct paid_row *), by_rest);
	for (size_t from = 0; from < count && good; from = end) {
		size_t with = 0;

		for (end = from + 1; end < count && compare_rest(rows[from], rows[end]) == 0; end++)
			;
		while (from + with < end && rows[from + with]->payment_id)
			with++;
		if (from + with == end || end - from < 2)
			continue;
		if (rows[from]->txid)
			judge_output(rows + from, with, end - from, tallies);
		else
			good = judge_equals(rows + from, with, end - from, tallies);
	}
	return good;
}
