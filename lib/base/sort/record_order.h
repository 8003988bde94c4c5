/* SPDX-License-Identifier: Apache-2.0 */
/* Records put into order by what leads them, many at once. */
#ifndef UNSPOOF_BASE_SORT_RECORD_ORDER_H
#define UNSPOOF_BASE_SORT_RECORD_ORDER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/sort/merge.h"

/* A copy of the records in order, from malloc(): first by the upper bits of their leads, then those that are
 * equal so. The kind leads. NULL: no memory, which takes 16 bytes a record beside the copy. */
char *records_ordered(const struct record_kind *kind, const char *records, size_t count);

/* The records in order, in place, of any kind. Where there is no memory it takes longer. */
void records_order(const struct record_kind *kind, char *records, size_t count);

/* What a record begins with. */
static inline uint64_t record_lead(const char *record)
{
	uint64_t lead;

	memcpy(&lead, record, sizeof(lead));
	return lead;
}

/* Most kinds have one of these sizes, which are known here. */
static inline void record_copy(char *to, const char *from, size_t size)
{
	if (size == 24)
		memcpy(to, from, 24);
	else if (size == 16)
		memcpy(to, from, 16);
	else
		memcpy(to, from, size);
}

#endif
