/* SPDX-License-Identifier: Apache-2.0 */
/* A checksum that is taken at the speed of memory: against damage, where a digest would
 * take longer than the work. Who forges the bytes can forge it. */
#ifndef UNSPOOF_BASE_DIGEST_CHECKSUM_H
#define UNSPOOF_BASE_DIGEST_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Of len bytes behind what `before` is the checksum of; 0: nothing. The bytes are taken as
 * words of 8, least significant byte first, the last one filled with zeros. Word i goes
 * into lane i mod 4, that is L = rotate((L ^ word) * CHECKSUM_FACTOR, 32), where lane k
 * begins as before + k; then lanes 1 to 3 and len go into lane 0 the same way. */
uint64_t checksum(uint64_t before, const void *bytes, size_t len);

#define CHECKSUM_FACTOR UINT64_C(0x9e3779b97f4a7c15)

#endif
