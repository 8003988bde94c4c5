/* SPDX-License-Identifier: Apache-2.0 */
/* The clocks of a source as ingest measured them, and zones of single roles. */
#ifndef UNSPOOF_NORMALISE_CLOCK_MEASURED_H
#define UNSPOOF_NORMALISE_CLOCK_MEASURED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "base/time/zone.h"
#include "casefile/kinds.h"

/* A row of an hour that clocks show twice, and what its epoch says of it. */
struct doubled_row {
	uint64_t member, line;
	int32_t offset;         /* seconds east of UTC */
};

/* An hour of which all other rows have one offset; local seconds. */
struct doubled_hour {
	int64_t from, until;
	int32_t offset;
};

/* Zeroed is empty. */
struct doubled {
	struct doubled_row *rows;       /* in order of member and line */
	size_t row_count, row_capacity;
	struct doubled_hour *hours;
	size_t hour_count, hour_capacity;
};

/* Reads table source, column doubled. STATUS_INTEGRITY: it is no such text; STATUS_MEMORY. */
enum status doubled_read(struct doubled *doubled, struct text text);
void doubled_release(struct doubled *doubled);
static inline bool doubled_known(const struct doubled *doubled)
{
	return doubled->row_count + doubled->hour_count > 0;
}
/* The offset that the epoch of a row tells, which stands in such an hour; false: it is not known. */
bool doubled_offset(const struct doubled *doubled, uint64_t member, uint64_t line, int64_t local, int32_t *offset);

/* The zone of column measured. The same statuses. */
enum status measured_zone(struct text text, struct zone **zone);

/* *agrees: whether clocks of a zone show the offsets of column measured where each begins and ends. The same statuses. */
enum status measured_agrees(struct text text, const struct zone *zone, bool *agrees);

/* The zones of roles, by column zones: NULL where it is that of the source; and which are UTC itself, a bit each. */
struct role_zones {
	struct zone *zones[ROLES_MOST];
	uint32_t own, utc;
};

/* The same statuses; STATUS_FAILED with why: a zone cannot be opened. */
enum status role_zones_read(struct role_zones *roles, enum kind kind, struct text text, const char **why);
void role_zones_release(struct role_zones *roles);

#endif
