/* SPDX-License-Identifier: Apache-2.0 */
/* Raw segments: their memory and their digest. */
#include "casefile/segment/raw_segment.h"

#include <string.h>

#include "casefile/table/digest_feed.h"

void raw_segment_clear(struct raw_segment *raw)
{
	struct buf bytes = raw->bytes;

	memset(raw, 0, sizeof(*raw));
	raw->bytes = bytes;
	raw->bytes.failed = false;
	buf_clear(&raw->bytes);
}

void raw_segment_release(struct raw_segment *raw)
{
	buf_release(&raw->bytes);
	memset(raw, 0, sizeof(*raw));
}

static void add_column(struct digest_feed *feed, const struct raw_segment *raw,
		       const struct raw_column *column)
{
	digest_feed_integer(feed, column->number);
	digest_feed_integer(feed, column->column.base);
	digest_feed_integer(feed, column->column.slope);
	digest_feed_integer(feed, column->column.unit);
	digest_feed_integer(feed, column->column.width);
	digest_feed_integer(feed, column->column.list);
	digest_feed_value(feed, 'b', column->len ? raw->bytes.data + column->at : "",
			  column->len);
}

bool raw_segment_digest(const struct raw_segment *raw,
			const struct raw_layer *layer,
			char hex[static DIGEST_HEX])
{
	struct digest_feed feed;

	if (!digest_feed_open(&feed))
		return false;
	for (size_t i = 0; i < layer->count; i++)
		add_column(&feed, raw, &layer->columns[i]);
	return digest_feed_close(&feed, hex);
}
