/* SPDX-License-Identifier: Apache-2.0 */
/* A checksum that is taken at the speed of memory. */
#include "base/digest/checksum.h"

#include "base/word.h"

/* One to one in the lane and in the word: what changes in one of them is always told. */
static inline uint64_t take(uint64_t lane, uint64_t word)
{
	lane = (lane ^ word) * CHECKSUM_FACTOR;
	return lane << 32 | lane >> 32;
}

static uint64_t join(const uint64_t lanes[4], size_t len)
{
	uint64_t all = lanes[0];

	for (unsigned k = 1; k < 4; k++)
		all = take(all, lanes[k]);
	return take(all, len);
}

uint64_t checksum(uint64_t before, const void *bytes, size_t len)
{
	uint64_t lanes[4] = { before, before + 1, before + 2, before + 3 };
	const unsigned char *at = bytes;
	size_t left = len;

	for (; left >= 32; left -= 32, at += 32) {
		lanes[0] = take(lanes[0], word_load(at));
		lanes[1] = take(lanes[1], word_load(at + 8));
		lanes[2] = take(lanes[2], word_load(at + 16));
		lanes[3] = take(lanes[3], word_load(at + 24));
	}
	for (unsigned k = 0; left > 0; k++) {
		const size_t some = left < 8 ? left : 8;

		lanes[k] = take(lanes[k], word_load_part(at, some));
		at += some;
		left -= some;
	}
	return join(lanes, len);
}
