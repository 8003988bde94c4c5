/* SPDX-License-Identifier: Apache-2.0 */
/* Values on their way into a digest: gathered or not, the digest is that of their bytes. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "casefile/table/digest_feed.h"
#include "scratch.h"
#include "tap.h"

/* The same bytes twice: through a feed, and one after another. */
struct bench {
	struct digest_feed feed;
	struct buf plain;
	uint64_t state;
};

static void add_integer(struct bench *bench, int64_t value)
{
	char text[32];
	const int len = snprintf(text, sizeof text, "%" PRId64, value);

	buf_format(&bench->plain, "i%d:%s", len, text);
	digest_feed_integer(&bench->feed, value);
}

static void add_text(struct bench *bench, const char *data, size_t len)
{
	buf_format(&bench->plain, "t%zu:", len);
	buf_add(&bench->plain, data, len);
	digest_feed_value(&bench->feed, 't', data, len);
}

static bool agrees(struct bench *bench)
{
	char fed[DIGEST_HEX], plain[DIGEST_HEX];
	const bool good = !bench->plain.failed && digest_feed_close(&bench->feed, fed) &&
			  digest_of(bench->plain.data, bench->plain.len, plain) && !strcmp(fed, plain);

	buf_clear(&bench->plain);
	return digest_feed_open(&bench->feed) && good;
}

static void test_integers(struct tap *tap, struct bench *bench)
{
	uint64_t power = 1;

	for (unsigned digit = 0; digit < 19; digit++, power *= 10)
		for (int step = -1; step <= 1; step++) {
			add_integer(bench, (int64_t)power + step);
			add_integer(bench, -(int64_t)power + step);
		}
	add_integer(bench, INT64_MAX);
	add_integer(bench, INT64_MIN);
	OK(tap, agrees(bench), "integers at every power of ten");
	for (unsigned i = 0; i < 50000; i++)
		add_integer(bench, (int64_t)(scratch_random(&bench->state) >> i % 64) * (i % 2 ? 1 : -1));
	OK(tap, agrees(bench), "50,000 integers");
}

static void test_texts(struct tap *tap, struct bench *bench)
{
	char *data = calloc(1, 3 * DIGEST_FEED_ROOM);

	if (!data)
		return;
	for (size_t i = 0; i < 3 * DIGEST_FEED_ROOM; i++)
		data[i] = (char)scratch_random(&bench->state);
	for (size_t len = DIGEST_FEED_ROOM - 40; len < DIGEST_FEED_ROOM + 40; len++) {
		add_text(bench, data, len);
		add_text(bench, data, len / 2);
		add_text(bench, data, len / 3);
	}
	add_text(bench, "", 0);
	OK(tap, agrees(bench), "texts about as long as there is room");
	for (unsigned i = 0; i < 300; i++) {
		add_text(bench, data, scratch_random(&bench->state) % (3 * DIGEST_FEED_ROOM) >> i % 16);
		add_integer(bench, i);
	}
	OK(tap, agrees(bench), "texts of any length");
	free(data);
}

int main(void)
{
	static struct bench bench = { .state = 21 };
	struct tap tap = { 0 };

	(void)digest_feed_open(&bench.feed);
	if (!bench.feed.digest)
		return 1;
	OK(&tap, digest_feed_end(&bench.feed), "nothing");
	test_integers(&tap, &bench);
	test_texts(&tap, &bench);
	digest_free(bench.feed.digest);
	buf_release(&bench.plain);
	return tap_done(&tap);
}
