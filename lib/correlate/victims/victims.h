/* SPDX-License-Identifier: Apache-2.0 */
/* Dialled numbers with a long call. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIMS_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIMS_H

#include <stdint.h>

/* What long calls tell of a number. */
struct victim {
	uint64_t number;           /* E.164; not 0 */
	uint32_t long_calls;
	uint32_t reading;          /* reading.id of the first; 0: none */
	uint32_t suspects;
	uint32_t organisations;
};

#endif
