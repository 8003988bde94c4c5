/* SPDX-License-Identifier: Apache-2.0 */
/* Which readings of numbers are unsure: another is as valid. */
#ifndef UNSPOOF_CORRELATE_CALLS_UNSURE_H
#define UNSPOOF_CORRELATE_CALLS_UNSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* By reading.id, up to the last that is unsure. Zeroed is none. */
struct unsure {
	bool *readings;
	size_t count;
};

/* STATUS_INTEGRITY: ids that are none. unsure_release() is safe also then. */
enum status unsure_load(struct unsure *unsure, struct casefile *casefile);
void unsure_release(struct unsure *unsure);

static inline bool unsure_has(const struct unsure *unsure, uint64_t reading)
{
	return reading < unsure->count && unsure->readings[reading];
}

#endif
