/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows of payments are one: what is shared by the two ways to tell. */
#ifndef UNSPOOF_NORMALISE_ROWS_PAYMENT_JUDGE_H
#define UNSPOOF_NORMALISE_ROWS_PAYMENT_JUDGE_H

#include "normalise/rows/payment_twins.h"

/* The row that counts for one. */
struct paid_row *payment_stander(struct paid_row *row);
/* One row stands for another, which is told. */
void payment_join(struct paid_row *stander, struct paid_row *row, struct row_tallies *tallies);
/* Of rows of one payment, later ones later, the first with the last time and status stands;
 * no status is none. */
void payment_settle(struct paid_row **rows, size_t count, struct row_tallies *tallies);
/* Joins rows without an id to equal ones, once those with an id are settled; brings them
 * into another order. False: no memory. */
bool payment_judge_equal(struct paid_row **rows, size_t count, struct row_tallies *tallies);

#endif
