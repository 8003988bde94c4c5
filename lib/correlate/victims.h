/* SPDX-License-Identifier: Apache-2.0 */
/* Dialled numbers with a long call. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_H
#define UNSPOOF_CORRELATE_VICTIMS_H

#include <stdint.h>

#include "correlate/merge.h"
#include "correlate/party.h"

struct victim {
	uint64_t number;           /* E.164 */
	int64_t talk;              /* milliseconds, of answered calls */
	struct span called;
	uint32_t calls;            /* to it, long or not */
	uint32_t long_calls;
	uint32_t reading;          /* reading.id of its first long call; 0: none */
	uint32_t suspects;
	uint32_t organisations;
};

/* By number. */
extern const struct record_kind victim_kind;

#endif
