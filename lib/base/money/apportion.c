/* SPDX-License-Identifier: Apache-2.0 */
/* Sharing out by largest remainders, exactly. */
#include "base/money/apportion.h"

#include <stdlib.h>

static u128 sum(const struct portion *portions, size_t count)
{
	u128 total = 0;

	for (size_t i = 0; i < count; i++)
		total += portions[i].weight;
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

u128 apportion_part(u128 size, u128 weight, u128 total, u128 *remainder)
{
	*remainder = 0;
	return total ? wide_quotient(wide_product(size, weight), total, remainder) : 0;
}

void apportion(i128 whole, struct portion *portions, size_t count)
{
	const u128 size = wide_size(whole), total = sum(portions, count);
	u128 left = size;

	for (size_t i = 0; i < count; i++) {
		const u128 part = apportion_part(size, portions[i].weight, total, &portions[i].remainder);

		portions[i].part = (i128)part;
		left -= part;
	}
	if (!total)
		return;
	qsort(portions, count, sizeof(*portions), compare);
	for (size_t i = 0; i < count; i++) {
		portions[i].part += i < left;
		if (whole < 0)
			portions[i].part = -portions[i].part;
	}
}
