/* SPDX-License-Identifier: Apache-2.0 */
/* Some of the numbers that long calls went to. */
#ifndef UNSPOOF_CORRELATE_CALLS_PARTITION_SAMPLE_H
#define UNSPOOF_CORRELATE_CALLS_PARTITION_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* The numbers that calls with more talk than long_ms (milliseconds) dialled in some
 * segments, all over the case, as they stand there: repeated, in no order, and
 * unchecked. The caller frees them, also after a failure. */
enum status partition_sample_read(struct casefile *casefile, int64_t long_ms,
				  uint64_t **numbers, size_t *count);

#endif
