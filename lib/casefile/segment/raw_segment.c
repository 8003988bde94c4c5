/* SPDX-License-Identifier: Apache-2.0 */
/* Raw segments: their memory and their digest. */
#include "casefile/segment/raw_segment.h"

#include <string.h>

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

/* A text after its type and length, in decimal, and a colon. */
static void put_head(struct buf *out, char type, size_t len)
{
	buf_format(out, "%c%zu:", type, len);
}

static void put_integer(struct buf *out, int64_t value)
{
	char text[32];
	char *at = text + sizeof(text);
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--at = '-';
	put_head(out, 'i', (size_t)(text + sizeof(text) - at));
	buf_add(out, at, (size_t)(text + sizeof(text) - at));
}

static bool add_column(struct digest *digest, const struct raw_segment *raw,
		       const struct raw_column *column, struct buf *scratch)
{
	buf_clear(scratch);
	put_integer(scratch, column->number);
	put_integer(scratch, column->column.base);
	put_integer(scratch, column->column.slope);
	put_integer(scratch, column->column.unit);
	put_integer(scratch, column->column.width);
	put_integer(scratch, column->column.list);
	put_head(scratch, 'b', column->len);
	if (scratch->failed)
		return false;
	return digest_add(digest, scratch->data, scratch->len) &&
	       (column->len == 0 ||
		digest_add(digest, raw->bytes.data + column->at, column->len));
}

bool raw_segment_digest(const struct raw_segment *raw,
			const struct raw_layer *layer,
			char hex[static DIGEST_HEX])
{
	struct digest *digest = digest_new();
	struct buf scratch = { 0 };
	bool good = digest != NULL;

	for (size_t i = 0; i < layer->count && good; i++)
		good = add_column(digest, raw, &layer->columns[i], &scratch);
	good = good && digest_end(digest, hex);
	buf_release(&scratch);
	digest_free(digest);
	return good;
}
