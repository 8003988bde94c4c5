/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks hashed on a thread: the hash of the same bytes at once, however many blocks and whenever it ends. */
#include <stdlib.h>

#include "base/digest/hasher.h"
#include "scratch.h"
#include "tap.h"

#define BLOCKS 23

/* Hashes `count` blocks of odd lengths, those from `here` on where they stand; true when both ways agree. */
static bool agrees(bool threaded, unsigned count, unsigned here)
{
	struct hasher *hasher = hasher_new(threaded);
	struct digest *digest = digest_new();
	char one[DIGEST_HEX] = "", other[DIGEST_HEX] = "";
	uint64_t state = count;
	bool good = hasher && digest;

	for (unsigned i = 0; good && i < count; i++) {
		const size_t len = i % 3 ? HASHER_BLOCK : 1 + scratch_random(&state) % HASHER_BLOCK;
		char *room = hasher_room(hasher);

		memset(room, (int)(scratch_random(&state) & 0x7f), len);
		good = digest_add(digest, room, len) &&
		       (i < here ? hasher_add(hasher, len) : hasher_add_here(hasher, room, len));
	}
	good = good && hasher_end(hasher, one) && digest_end(digest, other) && tap_same(one, other);
	hasher_free(hasher);
	digest_free(digest);
	return good;
}

/* A block is as it was until the one behind it is added. */
static bool keeps(bool threaded)
{
	struct hasher *hasher = hasher_new(threaded);
	const char *before = NULL;
	bool good = hasher != NULL;

	for (unsigned i = 0; good && i < BLOCKS; i++) {
		char *room = hasher_room(hasher);

		memset(room, (int)i, HASHER_BLOCK);
		good = !before || (*before == (char)(i - 1) && before[HASHER_BLOCK - 1] == (char)(i - 1));
		good = hasher_add(hasher, HASHER_BLOCK) && good;
		before = room;
	}
	hasher_free(hasher);
	return good;
}

static bool stops(bool threaded, unsigned count)
{
	struct hasher *hasher = hasher_new(threaded);
	char hex[DIGEST_HEX] = "";
	bool good = hasher != NULL;

	for (unsigned i = 0; good && i < count; i++) {
		memset(hasher_room(hasher), 1, HASHER_BLOCK);
		good = hasher_add(hasher, HASHER_BLOCK);
	}
	if (good) {
		hasher_stop(hasher);
		hasher_stop(hasher);
		good = *hasher_room(hasher) != 2 && hasher_add(hasher, 1) && !hasher_end(hasher, hex);
	}
	hasher_free(hasher);
	return good;
}

int main(void)
{
	static const char *const ways[] = { "at once", "on a thread" };
	struct tap tap = { 0 };

	for (unsigned threaded = 0; threaded < 2; threaded++) {
		unsigned wrong = 0;

		for (unsigned count = 0; count < BLOCKS; count++)
			wrong += !agrees(threaded, count, count);
		OK(&tap, wrong == 0, "up to %u blocks %s", BLOCKS - 1, ways[threaded]);
		wrong = 0;
		for (unsigned here = 0; here < BLOCKS; here++)
			wrong += !agrees(threaded, BLOCKS, here);
		OK(&tap, wrong == 0, "up to %u blocks %s, and others behind them where they stand", BLOCKS - 1, ways[threaded]);
		OK(&tap, keeps(threaded), "a block stays as it is, %s", ways[threaded]);
		OK(&tap, stops(threaded, 1) && stops(threaded, 2) && stops(threaded, 9), "stopped %s, it takes blocks all the same",
		   ways[threaded]);
	}
	hasher_free(NULL);
	return tap_done(&tap);
}
