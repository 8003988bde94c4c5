/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out by largest remainders, in passes over the file. */
#include "correlate/money/apportion_spill.h"

#include <string.h>

#include "base/money/apportion.h"

static enum status failed(const struct wide *wide)
{
	return spill_failed(&wide->c->spill, &wide->c->casefile->error);
}

bool wide_open(struct wide *wide, struct correlation *c)
{
	memset(wide, 0, sizeof(*wide));
	wide->c = c;
	if (!sorter_open(&wide->spool, &presentation_kind, &c->spill, 0))
		return false;
	/* There are no more than rows. */
	sorter_writer_open(&wide->writer, &wide->spool, UINT32_MAX, 0);
	return true;
}

void wide_close(struct wide *wide)
{
	sorter_writer_close(&wide->writer);
	sorter_close(&wide->spool);
	memset(wide, 0, sizeof(*wide));
}

bool wide_put(struct wide *wide, const struct presentation *item)
{
	wide->count++;
	return sorter_writer_put(&wide->writer, item);
}

/* A pass over what was put. */
static bool begin(const struct wide *wide, struct merge *merge)
{
	return merge_open(merge, &presentation_kind, &wide->c->spill,
			  wide->spool.runs, wide->spool.count, 0);
}

/* How the weights are made. */
struct weights {
	bool calls;            /* by calls, not by cost */
	unsigned halved;       /* times */
	u128 total;
};

static u128 weight_of(const struct presentation *item,
		      const struct weights *weights)
{
	u128 weight = weights->calls ? (u128)item->calls : (u128)item->spend;

	if (weight > APPORTION_WEIGHT_MOST)
		weight = APPORTION_WEIGHT_MOST;
	return weight >> weights->halved;
}

static enum status add_up(const struct wide *wide, struct weights *weights)
{
	const struct presentation *item;
	struct merge merge;
	enum status status = begin(wide, &merge) ? STATUS_OK : failed(wide);

	weights->total = 0;
	while (status == STATUS_OK && (item = merge_next(&merge))) {
		weights->total += weight_of(item, weights);
		status = correlation_pause(wide->c);
	}
	if (status == STATUS_OK && merge.failed)
		status = failed(wide);
	merge_close(&merge);
	return status;
}

static enum status weigh(const struct wide *wide, struct weights *weights)
{
	enum status status = add_up(wide, weights);

	if (status == STATUS_OK && !weights->total) {
		weights->calls = true;
		status = add_up(wide, weights);
	}
	while (status == STATUS_OK && weights->total > UINT64_MAX) {
		weights->halved++;
		status = add_up(wide, weights);
	}
	return status;
}

/* What is left of a share rounded down. */
struct remainder {
	uint64_t value;        /* below the total */
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
					     compare_values, NULL };
static const struct record_kind by_place = { sizeof(struct remainder),
					     compare_places, NULL };

/* The sharing of one account. */
struct sharing {
	const struct wide *wide;
	struct weights weights;
	bool negative;
	uint64_t size;         /* of what is shared out */
	uint64_t left;         /* when all shares are rounded down */
	struct sorter remainders;
	struct sorter chosen;  /* those that get one more */
};

static uint64_t share_of(const struct sharing *sharing,
			 const struct presentation *item, uint64_t *remainder)
{
	const u128 total = sharing->weights.total;
	const u128 product =
		(u128)sharing->size * weight_of(item, &sharing->weights);

	*remainder = total ? (uint64_t)(product % total) : 0;
	return total ? (uint64_t)(product / total) : 0;
}

static enum status find_remainders(struct sharing *sharing)
{
	const struct presentation *item;
	struct remainder remainder = { 0, 0 };
	struct merge merge;
	enum status status = begin(sharing->wide, &merge) ? STATUS_OK
							  : failed(sharing->wide);

	sharing->left = sharing->size;
	while (status == STATUS_OK && (item = merge_next(&merge))) {
		sharing->left -= share_of(sharing, item, &remainder.value);
		if (!sorter_put(&sharing->remainders, &remainder))
			status = failed(sharing->wide);
		else
			status = correlation_pause(sharing->wide->c);
		remainder.place++;
	}
	if (status == STATUS_OK && merge.failed)
		status = failed(sharing->wide);
	merge_close(&merge);
	return status;
}

/* The largest remainders, as many as are left, by place. */
static enum status choose(struct sharing *sharing)
{
	struct sorter *remainders = &sharing->remainders;
	const void *remainder;
	enum status status = STATUS_OK;
	bool good = sorter_begin(remainders);

	for (uint64_t i = 0; good && i < sharing->left && status == STATUS_OK;
	     i++) {
		remainder = sorter_next(remainders);
		if (!remainder)
			break;
		good = sorter_put(&sharing->chosen, remainder);
		status = correlation_pause(sharing->wide->c);
	}
	if (!good || sorter_broken(remainders))
		return failed(sharing->wide);
	sorter_close(remainders);
	if (status == STATUS_OK && !sorter_begin(&sharing->chosen))
		status = failed(sharing->wide);
	return status;
}

static enum status put_one(struct sharing *sharing, uint64_t place,
			   const struct presentation *item,
			   const struct remainder **next)
{
	struct correlation *c = sharing->wide->c;
	struct presentation presentation = *item;
	uint64_t rest;
	i128 share = share_of(sharing, item, &rest);

	if (*next && (*next)->place == place) {
		share++;
		*next = sorter_next(&sharing->chosen);
	}
	presentation.spend = sharing->negative ? -share : share;
	return sorter_put(&c->presented, &presentation) ? correlation_pause(c)
							 : failed(sharing->wide);
}

static enum status put_all(struct sharing *sharing)
{
	const struct presentation *item;
	const struct remainder *next;
	struct merge merge;
	uint64_t place = 0;
	enum status status = begin(sharing->wide, &merge) ? STATUS_OK
							  : failed(sharing->wide);

	next = sorter_next(&sharing->chosen);
	while (status == STATUS_OK && (item = merge_next(&merge)))
		status = put_one(sharing, place++, item, &next);
	if (status == STATUS_OK &&
	    (merge.failed || sorter_broken(&sharing->chosen)))
		status = failed(sharing->wide);
	merge_close(&merge);
	return status;
}

enum status wide_share(struct wide *wide, int64_t spend)
{
	const size_t share = (size_t)(wide->c->memory / 16);
	struct sharing sharing = {
		.wide = wide,
		.negative = spend < 0,
		.size = spend < 0 ? 0 - (uint64_t)spend : (uint64_t)spend,
	};
	enum status status = STATUS_OK;

	if (!sorter_writer_end(&wide->writer) ||
	    !sorter_open(&sharing.remainders, &by_value, &wide->c->spill, share) ||
	    !sorter_open(&sharing.chosen, &by_place, &wide->c->spill, share))
		status = failed(wide);
	if (status == STATUS_OK)
		status = weigh(wide, &sharing.weights);
	if (status == STATUS_OK)
		status = find_remainders(&sharing);
	if (status == STATUS_OK)
		status = choose(&sharing);
	if (status == STATUS_OK)
		status = put_all(&sharing);
	sorter_close(&sharing.remainders);
	sorter_close(&sharing.chosen);
	return status;
}
