/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one: first by their ids, then, where one has none, by what
 * else they say. */
#include "normalise/rows/payment_twins.h"

#include <stdlib.h>

#define ORDER(member) \
	do { \
		if (a->member != b->member) \
			return a->member < b->member ? -1 : 1; \
	} while (0)

/* ---- rows with an id ---- */

/* What one payment has in all its rows; the transaction may come with a later status. */
static int compare_sum(const struct paid_row *a, const struct paid_row *b)
{
	ORDER(payment_id);
	ORDER(key);
	ORDER(currency);
	ORDER(amount);
	return 0;
}

/* Later rows come later. */
static int compare_time(const struct paid_row *a, const struct paid_row *b)
{
	ORDER(paid);
	ORDER(row.source);
	ORDER(row.id);
	return 0;
}

static int by_payment(const void *x, const void *y)
{
	const struct paid_row *a = x, *b = y;
	const int order = compare_sum(a, b);

	if (order)
		return order;
	ORDER(txid);
	return compare_time(a, b);
}

static int by_time(const void *x, const void *y)
{
	return compare_time(x, y);
}

/* Of the rows of one payment, in order of time, the first with the last time and status
 * stands. */
static void settle(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	const struct paid_row *last = &rows[count - 1];
	struct paid_row *stander = &rows[0];

	while (stander->paid != last->paid || stander->status != last->status)
		stander++;
	for (size_t i = 0; i < count; i++) {
		struct paid_row *row = &rows[i];

		if (row == stander)
			continue;
		row_twins_join(&stander->row, &row->row);
		row_tally_add(tallies, PAYMENT_AGAIN, &row->row, &stander->row);
		if (row->status != stander->status)
			row_tally_add(tallies, PAYMENT_STATUS, &row->row, &stander->row);
	}
}

/* Rows of one id, account, sum and transaction. The same status at another time is another
 * payment. Gives how many payments they are. */
static size_t judge_sum(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	size_t payments = 0, end;

	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1; end < count && (rows[end].paid == rows[end - 1].paid ||
						     rows[end].status != rows[end - 1].status);
		     end++)
			;
		settle(rows + from, end - from, tallies);
		payments++;
	}
	return payments;
}

/* Rows of one id, account and sum, by transaction: those without one are of the only one
 * there is. */
static size_t judge_transactions(struct paid_row *rows, size_t count,
				 struct row_tallies *tallies)
{
	size_t bare = 0, payments = 0, end;

	while (bare < count && rows[bare].txid == 0)
		bare++;
	if (bare == count || rows[bare].txid == rows[count - 1].txid) {
		qsort(rows, count, sizeof(*rows), by_time);
		return judge_sum(rows, count, tallies);
	}
	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1; end < count && rows[end].txid == rows[from].txid; end++)
			;
		payments += judge_sum(rows + from, end - from, tallies);
	}
	return payments;
}

/* All but the first of several payments of one id. */
static void tell_clash(const struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	const struct paid_row *first = NULL;

	for (size_t i = 0; i < count; i++)
		if (!rows[i].row.duplicate && (!first || rows[i].row.id < first->row.id))
			first = &rows[i];
	for (size_t i = 0; i < count; i++)
		if (!rows[i].row.duplicate && &rows[i] != first)
			row_tally_add(tallies, PAYMENT_CLASH, &rows[i].row, &first->row);
}

static void judge_id(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	size_t payments = 0, end;

	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1;
		     end < count && compare_sum(&rows[from], &rows[end]) == 0; end++)
			;
		payments += judge_transactions(rows + from, end - from, tallies);
	}
	if (payments > 1)
		tell_clash(rows, count, tallies);
}

static void judge_ids(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	size_t from = 0, end;

	qsort(rows, count, sizeof(*rows), by_payment);
	while (from < count && rows[from].payment_id == 0)
		from++;
	for (; from < count; from = end) {
		for (end = from + 1;
		     end < count && rows[end].payment_id == rows[from].payment_id; end++)
			;
		judge_id(rows + from, end - from, tallies);
	}
}

/* ---- rows of which one has no id ---- */

static int compare_rest(const struct paid_row *a, const struct paid_row *b)
{
	ORDER(key);
	ORDER(currency);
	ORDER(amount);
	ORDER(paid);
	ORDER(txid);
	return 0;
}

/* Rows that another one stands for come last, those with an id first. */
static int by_rest(const void *x, const void *y)
{
	const struct paid_row *a = x, *b = y;
	const int order = compare_rest(a, b);

	if (order)
		return order;
	ORDER(row.duplicate);
	if (!a->payment_id != !b->payment_id)
		return a->payment_id ? -1 : 1;
	ORDER(row.source);
	ORDER(row.id);
	return 0;
}

/* Rows with one transaction and output: those without an id are the first one's. */
static void judge_output(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	size_t bare = 0;

	while (bare < count && rows[bare].payment_id)
		bare++;
	if (bare == 0) {
		settle(rows, count, tallies);
		return;
	}
	for (size_t i = bare; i < count; i++) {
		row_twins_join(&rows[0].row, &rows[i].row);
		row_tally_add(tallies, PAYMENT_AGAIN, &rows[i].row, &rows[0].row);
		if (rows[i].status != rows[0].status)
			row_tally_add(tallies, PAYMENT_STATUS, &rows[i].row, &rows[0].row);
	}
}

/* Rows that stand so far, and the next one that a row of the source at hand may be. */
struct standing {
	struct paid_row **rows;
	size_t count;
	uint32_t source;
	size_t next, end;      /* of those that stood before this source */
};

/* A row of another source that nothing was joined to from this one, or NULL. */
static struct paid_row *next_stander(struct standing *standing, const struct paid_row *row)
{
	if (standing->source != row->row.source) {
		standing->source = row->row.source;
		standing->next = 0;
		standing->end = standing->count;
	}
	while (standing->next < standing->end &&
	       standing->rows[standing->next]->row.source == row->row.source)
		standing->next++;
	return standing->next < standing->end ? standing->rows[standing->next] : NULL;
}

/* A row without an id. Times without seconds do not tell whether it is another's, and
 * are likely to be those of two payments within a source. */
static void judge_equal(struct standing *standing, struct paid_row *row,
			struct row_tallies *tallies)
{
	struct paid_row *stander = next_stander(standing, row);

	if (!stander || row->coarse) {
		if (stander || (standing->count && !row->coarse))
			row_tally_add(tallies, PAYMENT_COARSE, &row->row,
				      &standing->rows[0]->row);
		standing->rows[standing->count++] = row;
		return;
	}
	standing->next++;
	row_twins_join(&stander->row, &row->row);
	row_tally_add(tallies, PAYMENT_AGAIN, &row->row, &stander->row);
	if (row->status != stander->status)
		row_tally_add(tallies, PAYMENT_STATUS, &row->row, &stander->row);
}

/* Nothing tells equal rows apart: within a source all count, and they count as often as
 * in the source that has most. */
static bool judge_equals(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	struct standing standing = { calloc(count, sizeof(*standing.rows)), 0, UINT32_MAX,
				     0, 0 };
	const bool good = standing.rows != NULL;

	for (size_t i = 0; i < count && good; i++) {
		if (rows[i].payment_id)
			standing.rows[standing.count++] = &rows[i];
		else
			judge_equal(&standing, &rows[i], tallies);
	}
	free(standing.rows);
	return good;
}

static bool judge_rest(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	size_t end;
	bool good = true;

	qsort(rows, count, sizeof(*rows), by_rest);
	for (size_t from = 0; from < count && good; from = end) {
		size_t standing = 0;

		for (end = from + 1;
		     end < count && compare_rest(&rows[from], &rows[end]) == 0; end++)
			;
		while (from + standing < end && !rows[from + standing].row.duplicate)
			standing++;
		if (standing < 2)
			continue;
		if (rows[from].txid)
			judge_output(rows + from, standing, tallies);
		else
			good = judge_equals(rows + from, standing, tallies);
	}
	return good;
}

static int by_id(const void *x, const void *y)
{
	const struct paid_row *a = x, *b = y;

	ORDER(row.id);
	return 0;
}

bool payment_twins_judge(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	bool good;

	if (count == 0)
		return true;
	judge_ids(rows, count, tallies);
	good = judge_rest(rows, count, tallies);
	qsort(rows, count, sizeof(*rows), by_id);
	return good;
}
