/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a batch show beside their values. */
#include "ingest/coverage/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void seen_clear(struct seen *seen)
{
	seen->clock_count = seen->id_count = seen->status_count = 0;
	seen->times = seen->zoned = seen->open = seen->failed = false;
	seen->line = 0;
}

void seen_release(struct seen *seen)
{
	free(seen->clocks);
	free(seen->ids);
	free(seen->statuses);
	memset(seen, 0, sizeof(*seen));
}

size_t seen_weight(const struct seen *seen)
{
	return seen->clock_capacity * sizeof(*seen->clocks) + seen->id_capacity * sizeof(*seen->ids) +
	       seen->status_capacity * sizeof(*seen->statuses);
}

void seen_clock(struct seen *seen, const struct clock_sighting *clock)
{
	void *clocks = seen->clocks;

	seen->failed = seen->failed ||
		       !memory_room(&clocks, &seen->clock_capacity, seen->clock_count + 1, sizeof(*seen->clocks));
	if (seen->failed)
		return;
	seen->clocks = clocks;
	seen->clocks[seen->clock_count++] = *clock;
}

void seen_id(struct seen *seen, uint32_t row, int64_t id)
{
	void *ids = seen->ids;

	seen->failed = seen->failed || !memory_room(&ids, &seen->id_capacity, seen->id_count + 1, sizeof(*seen->ids));
	if (seen->failed)
		return;
	seen->ids = ids;
	seen->ids[seen->id_count++] = (struct seen_id){ row, id };
}

void seen_status(struct seen *seen, uint32_t row, enum seen_status what, uint64_t line)
{
	void *statuses = seen->statuses;

	seen->failed = seen->failed || !memory_room(&statuses, &seen->status_capacity, seen->status_count + 1,
						    sizeof(*seen->statuses));
	if (seen->failed)
		return;
	seen->statuses = statuses;
	seen->statuses[seen->status_count++] = (struct seen_contradiction){ row, what, line };
}
