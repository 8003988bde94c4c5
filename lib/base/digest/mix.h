/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that look like chance. */
#ifndef UNSPOOF_BASE_DIGEST_MIX_H
#define UNSPOOF_BASE_DIGEST_MIX_H

#include <stdint.h>

/* The output of SplitMix64 for a state (Steele, Lea and Flood, 2014): another for each. */
static inline uint64_t mix_number(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

#endif
