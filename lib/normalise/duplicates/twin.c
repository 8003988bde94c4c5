/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which rows are compared. */
#include "normalise/duplicates/twin.h"

#define ORDER(member) \
	do { \
		if (a->member != b->member) \
			return a->member < b->member ? -1 : 1; \
	} while (0)

/* All that both groups and calls are made of. */
static int compare_identity(const struct twin *a, const struct twin *b)
{
	ORDER(key);            /* and with it the kind */
	ORDER(service);
	if (a->kind != TWIN_BARE) {
		ORDER(shape);
		ORDER(second);
	}
	ORDER(account);
	if (a->kind != TWIN_LEG) {
		ORDER(started);
		ORDER(dialled);
		ORDER(presented);
	}
	return 0;
}

static int compare_twins(const void *x, const void *y)
{
	const struct twin *a = x, *b = y;
	const int order = compare_identity(a, b);

	if (order)
		return order;
	if (a->kind == TWIN_BARE) {
		ORDER(coarse);
		ORDER(second);
		ORDER(source);
	} else {
		/* What its source has as legs has a row that stands already. */
		if (a->legs != b->legs)
			return a->legs ? -1 : 1;
		if (a->talk != b->talk)
			return a->talk > b->talk ? -1 : 1;
	}
	ORDER(call);
	return 0;
}

const struct record_kind twin_record = { sizeof(struct twin), compare_twins, NULL, true };

bool twin_same_group(const struct twin *a, const struct twin *b)
{
	if (a->kind != TWIN_ID || b->kind != TWIN_ID)
		return compare_identity(a, b) == 0;
	return a->key == b->key && a->service == b->service && a->shape == b->shape &&
	       a->second == b->second;
}

bool twin_same_call(const struct twin *a, const struct twin *b)
{
	if (compare_identity(a, b) != 0)
		return false;
	return a->kind != TWIN_BARE || (a->coarse == b->coarse && a->second == b->second);
}

static int compare_seen(const void *x, const void *y)
{
	const struct twin_seen *a = x, *b = y;

	ORDER(key);
	ORDER(call);
	return 0;
}

const struct record_kind twin_seen_record = { sizeof(struct twin_seen), compare_seen, NULL, true };

static int compare_briefs(const void *x, const void *y)
{
	const struct twin_brief *a = x, *b = y;

	ORDER(key);
	ORDER(call);
	return 0;
}

const struct record_kind twin_brief_record = { sizeof(struct twin_brief), compare_briefs,
					       NULL, true };

static int compare_rows(const void *x, const void *y)
{
	const struct twin_row *a = x, *b = y;

	ORDER(call);
	ORDER(key);
	return 0;
}

const struct record_kind twin_row_record = { sizeof(struct twin_row), compare_rows, NULL, true };

static int compare_outcomes(const void *x, const void *y)
{
	const struct twin_outcome *a = x, *b = y;

	ORDER(call);
	return 0;
}

/* A row that another one stands for stands for none itself. */
static void combine_outcomes(void *sum, const void *part)
{
	struct twin_outcome *a = sum;
	const struct twin_outcome *b = part;

	if (a->duplicate == b->duplicate ? b->twin < a->twin : b->duplicate)
		*a = *b;
}

const struct record_kind twin_outcome_record = { sizeof(struct twin_outcome),
						 compare_outcomes, combine_outcomes, true };
