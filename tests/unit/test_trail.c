/* SPDX-License-Identifier: Apache-2.0 */
/* The hash of bytes as they come, and those of their beginnings. */
#include <stdlib.h>

#include "base/digest/trail.h"
#include "scratch.h"
#include "tap.h"

#define BYTES (6 * TRAIL_STEP)

/* Whether a beginning is what its bytes hash to, and long enough. */
static bool right(const char *data, const struct prefix *prefix, uint64_t least)
{
	char hex[DIGEST_HEX];

	return prefix->bytes >= least && prefix->bytes <= BYTES && digest_of(data, (size_t)prefix->bytes, hex) &&
	       tap_same(hex, prefix->sha256);
}

/* Adds random pieces of up to `most` bytes, and asks for beginnings after each; true when all are right and none
 * reaches further than a step. */
static bool follows(const char *data, uint64_t seed, size_t most)
{
	struct trail *trail = trail_new();
	char hex[DIGEST_HEX], whole[DIGEST_HEX];
	struct prefix prefix;
	bool good = trail && !trail_mark(trail, 0, &prefix);

	for (size_t at = 0; good && at < BYTES;) {
		size_t len = 1 + scratch_random(&seed) % most;
		uint64_t least;

		len = len < BYTES - at ? len : BYTES - at;
		good = trail_add(trail, data + at, len) && trail_add(trail, data, 0);
		at += len;
		least = scratch_random(&seed) % (at + 1);
		good = good && trail_mark(trail, least, &prefix) && right(data, &prefix, least) &&
		       (prefix.bytes - least <= TRAIL_STEP) && !trail_mark(trail, at + 1, &prefix) &&
		       trail_mark(trail, at, &prefix) && prefix.bytes == at;
	}
	good = good && trail_end(trail, hex) && digest_of(data, BYTES, whole) && tap_same(hex, whole);
	trail_free(trail);
	return good;
}

/* When more was added than is remembered, the oldest beginning stands for those before it. */
static bool forgets(const char *data)
{
	struct trail *trail = trail_new();
	struct prefix prefix;
	bool good = trail != NULL;

	for (unsigned i = 0; good && i < TRAIL_MARKS + 5; i++)
		good = trail_add(trail, data, TRAIL_STEP);
	good = good && trail_mark(trail, 1, &prefix) && prefix.bytes == 6 * TRAIL_STEP && right(data, &prefix, 1);
	trail_free(trail);
	return good;
}

int main(void)
{
	static const size_t pieces[] = { 1000, 5000, 70000, TRAIL_STEP };
	struct tap tap = { 0 };
	char *data = malloc(BYTES);

	if (!data)
		return 1;
	memset(data, 'a', BYTES);
	OK(&tap, forgets(data), "the oldest beginnings are forgotten");
	for (size_t i = 0; i < BYTES; i++)
		data[i] = (char)(i * 7 + i / 251);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		OK(&tap, follows(data, i + 1, pieces[i]), "pieces of up to %zu bytes", pieces[i]);
	trail_free(NULL);
	free(data);
	return tap_done(&tap);
}
