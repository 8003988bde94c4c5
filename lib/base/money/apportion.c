/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out by largest remainders, in 128-bit integers. */
#include "base/money/apportion.h"

#include <stdlib.h>

static u128 sum(const struct portion *portions, size_t count)
{
	u128 total = 0;

	for (size_t i = 0; i < count; i++)
		total += portions[i].weight;
	return total;
}

static u128 scale_down(struct portion *portions, size_t count)
{
	u128 total;

	for (size_t i = 0; i < count; i++)
		if (portions[i].weight > APPORTION_WEIGHT_MOST)
			portions[i].weight = APPORTION_WEIGHT_MOST;
	while ((total = sum(portions, count)) > UINT64_MAX)
		for (size_t i = 0; i < count; i++)
			portions[i].weight /= 2;
	return total;
}

static int compare(const void *a, const void *b)
{
	const struct portion *x = a;
	const struct portion *y = b;

	if (x->remainder != y->remainder)
		return x->remainder > y->remainder ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

void apportion(int64_t whole, struct portion *portions, size_t count)
{
	uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
	u128 total = scale_down(portions, count);
	uint64_t left = size;

	for (size_t i = 0; i < count; i++) {
		u128 product = (u128)size * portions[i].weight;

		portions[i].part = total ? (int64_t)(product / total) : 0;
		portions[i].remainder = total ? product % total : 0;
		left -= (uint64_t)portions[i].part;
	}
	if (!total)
		return;
	qsort(portions, count, sizeof(*portions), compare);
	for (size_t i = 0; i < count; i++) {
		/* The least whole has no positive that 64 bits hold with a sign. */
		const uint64_t part = (uint64_t)portions[i].part + (i < left);

		portions[i].part = (int64_t)(whole < 0 ? 0 - part : part);
	}
}
