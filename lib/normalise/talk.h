/* SPDX-License-Identifier: Apache-2.0 */
/* How long a call was talked on, and whether it was answered. */
#ifndef UNSPOOF_NORMALISE_TALK_H
#define UNSPOOF_NORMALISE_TALK_H

#include <stdint.h>

#include "casefile/segment.h"
#include "normalise/normaliser.h"

struct talk {
	int64_t ms;       /* 0 or more */
	int64_t flags;    /* CALL_FLAG_ANSWERED, CALL_TALK_..., contradicted, negative */
};

struct talk_reader {
	struct meanings *meanings;     /* with the words of the source, or none */
	const struct segment *segment;
	struct source_sense *source;
};

/* Talk is the role talk, else ended less answered_at, else billed, else
 * duration. A row that has the field answered_at, empty, was never answered:
 * its duration is no talk. Answered is what the seconds say where there are
 * seconds of talk; else what the status says; else whether the duration is
 * over 0. */
struct talk talk_read(const struct talk_reader *reader, uint32_t i);

#endif
