/* SPDX-License-Identifier: Apache-2.0 */
/* Values on their way into a digest. */
#include "casefile/feed.h"

#include <string.h>

/* More than the head of a value takes, and an integer. */
#define HEAD_MOST 32

bool feed_end(struct feed *feed)
{
	if (feed->len && !digest_add(feed->digest, feed->bytes, feed->len))
		feed->failed = true;
	feed->len = 0;
	return !feed->failed;
}

/* Where the next bytes go, of which there are at most so many. */
static char *room(struct feed *feed, size_t most)
{
	if (FEED_ROOM - feed->len < most)
		(void)feed_end(feed);
	return feed->bytes + feed->len;
}

/* The decimal digits of a value, up to `end`; gives where they begin. */
static char *digits(uint64_t value, char *end)
{
	for (; value >= 100; value /= 100) {
		const unsigned pair = (unsigned)(value % 100);

		*--end = (char)('0' + pair % 10);
		*--end = (char)('0' + pair / 10);
	}
	*--end = (char)('0' + value % 10);
	if (value >= 10)
		*--end = (char)('0' + value / 10);
	return end;
}

static void head(struct feed *feed, char type, size_t len)
{
	char *at = room(feed, HEAD_MOST), text[HEAD_MOST];
	const char *from = digits(len, text + sizeof(text));
	const size_t count = (size_t)(text + sizeof(text) - from);

	at[0] = type;
	memcpy(at + 1, from, count);
	at[count + 1] = ':';
	feed->len += count + 2;
}

void feed_value(struct feed *feed, char type, const void *data, size_t len)
{
	head(feed, type, len);
	if (len > FEED_ROOM / 2) {
		if (!feed_end(feed) || !digest_add(feed->digest, data, len))
			feed->failed = true;
		return;
	}
	if (len)
		memcpy(room(feed, len), data, len);
	feed->len += len;
}

void feed_integer(struct feed *feed, int64_t value)
{
	char text[HEAD_MOST];
	char *from = digits(value < 0 ? -(uint64_t)value : (uint64_t)value,
			    text + sizeof(text));

	if (value < 0)
		*--from = '-';
	feed_value(feed, 'i', from, (size_t)(text + sizeof(text) - from));
}
