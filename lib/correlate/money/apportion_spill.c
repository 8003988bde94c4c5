/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out by largest remainders, in passes over the file. */
#include "correlate/money/apportion_spill.h"

#include <string.h>

#include "base/money/apportion.h"

static enum status failed(const struct apportion_spill *shares)
{
	return spill_failed(shares->given.spill,
			    &shares->given.casefile->error);
}

bool apportion_spill_open(struct apportion_spill *shares,
			  const struct apportion_spill_given *given)
{
	memset(shares, 0, sizeof(*shares));
	shares->given = *given;
	shares->interrupt.casefile = given->casefile;
	shares->interrupt.observer = given->observer;
	if (!sorter_open(&shares->spool, &presentation_kind, given->spill, 0))
		return false;
	/* There are no more than rows. */
	sorter_writer_open(&shares->writer, &shares->spool, UINT32_MAX, 0);
	return true;
}

void apportion_spill_close(struct apportion_spill *shares)
{
	sorter_writer_close(&shares->writer);
	sorter_close(&shares->spool);
	memset(shares, 0, sizeof(*shares));
}

bool apportion_spill_put(struct apportion_spill *shares,
			 const struct presentation *item)
{
	shares->count++;
	return sorter_writer_put(&shares->writer, item);
}

/* A pass over what was put. */
static bool begin(const struct apportion_spill *shares, struct merge *merge)
{
	return merge_open(merge, &presentation_kind, shares->given.spill,
			  shares->spool.runs, shares->spool.count, 0);
}

/* How the weights are made. */
struct weights {
	bool calls;            /* by calls, not by cost */
	u128 total;
};

static u128 weight_of(const struct presentation *item,
		      const struct weights *weights)
{
	return weights->calls ? (u128)item->calls : (u128)item->spend;
}

static enum status add_up(struct apportion_spill *shares, struct weights *weights)
{
	const struct presentation *item;
	struct merge merge;
	enum status status = begin(shares, &merge) ? STATUS_OK : failed(shares);

	weights->total = 0;
	while (status == STATUS_OK && (item = merge_next(&merge))) {
		weights->total += weight_of(item, weights);
		status = interrupt_ask(&shares->interrupt);
	}
	if (status == STATUS_OK && merge.failed)
		status = failed(shares);
	merge_close(&merge);
	return status;
}

static enum status weigh(struct apportion_spill *shares, struct weights *weights)
{
	enum status status = add_up(shares, weights);

	if (status == STATUS_OK && !weights->total) {
		weights->calls = true;
		status = add_up(shares, weights);
	}
	return status;
}

/* What is left of a share rounded down. */
struct remainder {
	u128 value;            /* below the total */
	uint64_t place;
};

static int compare_values(const void *a, const void *b)
{
	const struct remainder *x = a;
	const struct remainder *y = b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int compare_places(const void *a, const void *b)
{
	const struct remainder *x = a;
	const struct remainder *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

static const struct record_kind by_value = { sizeof(struct remainder),
					     compare_values, NULL, false };
static const struct record_kind by_place = { sizeof(struct remainder),
					     compare_places, NULL, false };

/* The apportioning of one account. */
struct apportioning {
	struct apportion_spill *shares;
	struct weights weights;
	bool negative;
	u128 size;             /* of what is shared out */
	u128 left;             /* when all shares are rounded down */
	struct sorter remainders;
	struct sorter chosen;  /* those that get one more */
};

static u128 part_of(const struct apportioning *apportioning,
		    const struct presentation *item, u128 *remainder)
{
	return apportion_part(apportioning->size, weight_of(item, &apportioning->weights),
			      apportioning->weights.total, remainder);
}

static enum status find_remainders(struct apportioning *apportioning)
{
	const struct presentation *item;
	struct remainder remainder = { 0, 0 };
	struct merge merge;
	enum status status = begin(apportioning->shares, &merge)
				     ? STATUS_OK
				     : failed(apportioning->shares);

	apportioning->left = apportioning->size;
	while (status == STATUS_OK && (item = merge_next(&merge))) {
		apportioning->left -= part_of(apportioning, item, &remainder.value);
		if (!sorter_put(&apportioning->remainders, &remainder))
			status = failed(apportioning->shares);
		else
			status = interrupt_ask(&apportioning->shares->interrupt);
		remainder.place++;
	}
	if (status == STATUS_OK && merge.failed)
		status = failed(apportioning->shares);
	merge_close(&merge);
	return status;
}

/* The largest remainders, as many as are left, by place. */
static enum status choose(struct apportioning *apportioning)
{
	struct sorter *remainders = &apportioning->remainders;
	const void *remainder;
	enum status status = STATUS_OK;
	bool good = sorter_begin(remainders);

	for (uint64_t i = 0; good && i < apportioning->left && status == STATUS_OK;
	     i++) {
		remainder = sorter_next(remainders);
		if (!remainder)
			break;
		good = sorter_put(&apportioning->chosen, remainder);
		status = interrupt_ask(&apportioning->shares->interrupt);
	}
	if (!good || sorter_broken(remainders))
		return failed(apportioning->shares);
	sorter_close(remainders);
	if (status == STATUS_OK && !sorter_begin(&apportioning->chosen))
		status = failed(apportioning->shares);
	return status;
}

static enum status put_one(struct apportioning *apportioning, uint64_t place,
			   const struct presentation *item,
			   const struct remainder **next)
{
	struct apportion_spill *shares = apportioning->shares;
	struct presentation presentation = *item;
	u128 rest;
	i128 share = (i128)part_of(apportioning, item, &rest);

	if (*next && (*next)->place == place) {
		share++;
		*next = sorter_next(&apportioning->chosen);
	}
	presentation.spend = apportioning->negative ? -share : share;
	return sorter_put(shares->given.presentations, &presentation)
		       ? interrupt_ask(&shares->interrupt)
		       : failed(shares);
}

static enum status put_all(struct apportioning *apportioning)
{
	const struct presentation *item;
	const struct remainder *next;
	struct merge merge;
	uint64_t place = 0;
	enum status status = begin(apportioning->shares, &merge)
				     ? STATUS_OK
				     : failed(apportioning->shares);

	next = sorter_next(&apportioning->chosen);
	while (status == STATUS_OK && (item = merge_next(&merge)))
		status = put_one(apportioning, place++, item, &next);
	if (status == STATUS_OK &&
	    (merge.failed || sorter_broken(&apportioning->chosen)))
		status = failed(apportioning->shares);
	merge_close(&merge);
	return status;
}

enum status apportion_spill_run(struct apportion_spill *shares, i128 spend, bool by_calls)
{
	const struct apportion_spill_given *given = &shares->given;
	struct apportioning apportioning = {
		.shares = shares,
		.weights = { .calls = by_calls },
		.negative = spend < 0,
		.size = wide_size(spend),
	};
	enum status status = STATUS_OK;

	if (!sorter_writer_end(&shares->writer) ||
	    !sorter_open(&apportioning.remainders, &by_value, given->spill,
			 given->memory) ||
	    !sorter_open(&apportioning.chosen, &by_place, given->spill,
			 given->memory))
		status = failed(shares);
	if (status == STATUS_OK)
		status = weigh(shares, &apportioning.weights);
	if (status == STATUS_OK)
		status = find_remainders(&apportioning);
	if (status == STATUS_OK)
		status = choose(&apportioning);
	if (status == STATUS_OK)
		status = put_all(&apportioning);
	sorter_close(&apportioning.remainders);
	sorter_close(&apportioning.chosen);
	return status;
}
