/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one: first by their ids, then, where one has none, by what
 * else they say. */
#include "normalise/rows/payment_judge.h"

#include <stdlib.h>

#include "base/memory.h"

#define ORDER(member) \
	do { \
		if (a->member != b->member) \
			return a->member < b->member ? -1 : 1; \
	} while (0)

struct paid_row *payment_stander(struct paid_row *row)
{
	return row->row.duplicate ? row->stander : row;
}

/* Whether the status of a row says what that of the stander does not. No status says
 * nothing, and what unknown ones say is not known to be the same. */
static bool says_other(const struct paid_row *row, const struct paid_row *stander)
{
	return row->word != WORD_NONE && row->status != stander->status &&
	       (row->word != stander->word || row->word == WORD_UNKNOWN);
}

void payment_join(struct paid_row *stander, struct paid_row *row, struct row_tallies *tallies)
{
	row_twins_join(&stander->row, &row->row);
	row->stander = stander;
	row_tally_add(tallies, PAYMENT_AGAIN, &row->row, &stander->row);
	if (says_other(row, stander))
		row_tally_add(tallies, PAYMENT_STATUS, &row->row, &stander->row);
}

void payment_settle(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	size_t last = count - 1, place = 0;
	struct paid_row *stander;

	while (last > 0 && !rows[last]->status)
		last--;
	if (!rows[last]->status)
		last = count - 1;
	while (rows[place]->paid != rows[last]->paid || rows[place]->status != rows[last]->status)
		place++;
	stander = rows[place];
	for (size_t i = 0; i < count; i++)
		if (rows[i] != stander)
			payment_join(stander, rows[i], tallies);
}

/* What one payment has in all its rows; the transaction may come with a later status. */
static int compare_sum(const struct paid_row *a, const struct paid_row *b)
{
	ORDER(payment_id);
	ORDER(key);
	ORDER(currency);
	ORDER(amount);
	return 0;
}

/* Those without a status behind all others; later rows come later. */
static int compare_time(const struct paid_row *a, const struct paid_row *b)
{
	if (!a->status != !b->status)
		return a->status ? -1 : 1;
	ORDER(paid);
	ORDER(row.source);
	ORDER(row.id);
	return 0;
}

static int by_payment(const void *x, const void *y)
{
	const struct paid_row *a = *(struct paid_row *const *)x;
	const struct paid_row *b = *(struct paid_row *const *)y;
	const int order = compare_sum(a, b);

	if (order)
		return order;
	ORDER(txid);
	return compare_time(a, b);
}

static int by_time(const void *x, const void *y)
{
	return compare_time(*(struct paid_row *const *)x, *(struct paid_row *const *)y);
}

/* Rows with a status: the same one at another time is another payment. Gives how many
 * payments they are. */
static size_t judge_statuses(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	size_t payments = 0, end;

	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1;
		     end < count && (rows[end]->paid == rows[end - 1]->paid ||
				     rows[end]->status != rows[end - 1]->status);
		     end++)
			;
		payment_settle(rows + from, end - from, tallies);
		payments++;
	}
	return payments;
}

/* The rows from `with` on, which have no status and replace none: each is the payment of
 * its time, or one of its own. Gives how many of those there are. */
static size_t judge_without(struct paid_row **rows, size_t with, size_t count,
			    struct row_tallies *tallies)
{
	size_t same = 0, payments = 0;

	for (size_t i = with; i < count; i++) {
		while (same < with && rows[same]->paid < rows[i]->paid)
			same++;
		if (same < with && rows[same]->paid == rows[i]->paid)
			payment_join(payment_stander(rows[same]), rows[i], tallies);
		else if (i > with && rows[i - 1]->paid == rows[i]->paid)
			payment_join(payment_stander(rows[i - 1]), rows[i], tallies);
		else
			payments++;
	}
	return payments;
}

/* Rows of one id, account, sum and transaction. Gives how many payments they are. */
static size_t judge_sum(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	size_t with = 0;

	while (with < count && rows[with]->status)
		with++;
	return judge_statuses(rows, with, tallies) + judge_without(rows, with, count, tallies);
}

/* Rows of one id, account and sum, by transaction: those without one are of the only one
 * there is. */
static size_t judge_transactions(struct paid_row **rows, size_t count,
				 struct row_tallies *tallies)
{
	size_t bare = 0, payments = 0, end;

	while (bare < count && rows[bare]->txid == 0)
		bare++;
	if (bare == count || rows[bare]->txid == rows[count - 1]->txid) {
		qsort(rows, count, sizeof(struct paid_row *), by_time);
		return judge_sum(rows, count, tallies);
	}
	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1; end < count && rows[end]->txid == rows[from]->txid; end++)
			;
		payments += judge_sum(rows + from, end - from, tallies);
	}
	return payments;
}

/* All but the first of several payments of one id. */
static void tell_clash(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	const struct paid_row *first = NULL;

	for (size_t i = 0; i < count; i++)
		if (!rows[i]->row.duplicate && (!first || rows[i]->row.id < first->row.id))
			first = rows[i];
	for (size_t i = 0; i < count; i++)
		if (!rows[i]->row.duplicate && rows[i] != first)
			row_tally_add(tallies, PAYMENT_CLASH, &rows[i]->row, &first->row);
}

static void judge_id(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	size_t payments = 0, end;

	for (size_t from = 0; from < count; from = end) {
		for (end = from + 1;
		     end < count && compare_sum(rows[from], rows[end]) == 0; end++)
			;
		payments += judge_transactions(rows + from, end - from, tallies);
	}
	if (payments > 1)
		tell_clash(rows, count, tallies);
}

static void judge_ids(struct paid_row **rows, size_t count, struct row_tallies *tallies)
{
	size_t from = 0, end;

	qsort(rows, count, sizeof(struct paid_row *), by_payment);
	while (from < count && rows[from]->payment_id == 0)
		from++;
	for (; from < count; from = end) {
		for (end = from + 1;
		     end < count && rows[end]->payment_id == rows[from]->payment_id; end++)
			;
		judge_id(rows + from, end - from, tallies);
	}
}

bool payment_twins_judge(struct paid_row *rows, size_t count, struct row_tallies *tallies)
{
	struct paid_row **order;
	bool good;

	if (count == 0)
		return true;
	order = memory_array(NULL, count, sizeof(struct paid_row *));
	if (!order)
		return false;
	for (size_t i = 0; i < count; i++)
		order[i] = &rows[i];
	judge_ids(order, count, tallies);
	good = payment_judge_equal(order, count, tallies);
	free(order);
	return good;
}
