/* SPDX-License-Identifier: Apache-2.0 */
/* Values on their way into a digest. */
#include "casefile/table/digest_feed.h"

#include <string.h>

/* More than the head of a value takes, and an integer. */
#define HEAD_MOST 32

bool digest_feed_open(struct digest_feed *feed)
{
	feed->digest = digest_new();
	feed->len = 0;
	feed->failed = false;
	return feed->digest != NULL;
}

bool digest_feed_close(struct digest_feed *feed, char hex[static DIGEST_HEX])
{
	const bool good = digest_feed_end(feed) && digest_end(feed->digest, hex);

	digest_free(feed->digest);
	feed->digest = NULL;
	return good;
}

bool digest_feed_end(struct digest_feed *feed)
{
	if (feed->len && !digest_add(feed->digest, feed->bytes, feed->len))
		feed->failed = true;
	feed->len = 0;
	return !feed->failed;
}

/* Where the next bytes go, of which there are at most so many. */
static char *room(struct digest_feed *feed, size_t most)
{
	if (DIGEST_FEED_ROOM - feed->len < most)
		(void)digest_feed_end(feed);
	return feed->bytes + feed->len;
}

/* How many decimal digits a value has. */
static unsigned count_digits(uint64_t value)
{
	unsigned count = 1;

	for (; value >= 10000; value /= 10000)
		count += 4;
	return count + (value >= 10) + (value >= 100) + (value >= 1000);
}

/* The last digits of a value, as many as there is place for. */
static void write_digits(uint64_t value, char *at, unsigned count)
{
	for (; count > 1; value /= 100) {
		const unsigned pair = (unsigned)(value % 100);

		at[--count] = (char)('0' + pair % 10);
		at[--count] = (char)('0' + pair / 10);
	}
	if (count)
		at[0] = (char)('0' + value % 10);
}

/* The type, the length and a colon; gives what follows them. */
static char *head(char *at, char type, size_t len)
{
	const unsigned count = len < 10 ? 1 : count_digits(len);

	at[0] = type;
	write_digits(len, at + 1, count);
	at[count + 1] = ':';
	return at + count + 2;
}

void digest_feed_value(struct digest_feed *feed, char type, const void *data, size_t len)
{
	char *at = room(feed, HEAD_MOST);

	feed->len = (size_t)(head(at, type, len) - feed->bytes);
	if (len > DIGEST_FEED_ROOM / 2) {
		if (!digest_feed_end(feed) || !digest_add(feed->digest, data, len))
			feed->failed = true;
		return;
	}
	if (len)
		memcpy(room(feed, len), data, len);
	feed->len += len;
}

void digest_feed_integer(struct digest_feed *feed, int64_t value)
{
	const uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	const unsigned sign = value < 0, count = count_digits(size);
	char *at = head(room(feed, 2 * HEAD_MOST), 'i', count + sign);

	if (sign)
		*at++ = '-';
	write_digits(size, at, count);
	feed->len = (size_t)(at + count - feed->bytes);
}

void feed_hand_over(struct digest_feed *feed)
{
	digest_hand_over(feed->digest);
}
