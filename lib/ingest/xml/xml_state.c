/* SPDX-License-Identifier: Apache-2.0 */
/* Where a scan of XML stands. */
#include "ingest/xml/xml_state.h"

#include <string.h>

#define KEPT 9      /* numbers of a state */

void xml_state_write(const struct xml_scan *scan, struct buf *state)
{
	buf_format(state, "%d %llu %d %u %d %d %d %zu %zu ", (int)scan->state, (unsigned long long)scan->depth,
		   (unsigned char)scan->quote, scan->marks, scan->named, scan->subset, scan->doctypes, scan->len,
		   scan->around_len);
	buf_add(state, scan->name, scan->len);
	buf_add(state, scan->around, scan->around_len);
}

static bool take_number(struct text *text, uint64_t most, uint64_t *number)
{
	const char *blank = text->len ? memchr(text->data, ' ', text->len) : NULL;

	if (!blank || !text_to_u64((struct text){ text->data, (size_t)(blank - text->data) }, number) || *number > most)
		return false;
	text->len -= (size_t)(blank + 1 - text->data);
	text->data = blank + 1;
	return true;
}

bool xml_state_read(struct xml_scan *scan, struct text state)
{
	static const uint64_t most[KEPT] = { XML_DOCTYPE, UINT64_MAX, 255, 2, 1, 1, 1, XML_NAME_MOST, XML_NAME_MOST };
	uint64_t kept[KEPT];

	for (size_t i = 0; i < KEPT; i++)
		if (!take_number(&state, most[i], &kept[i]))
			return false;
	if (state.len != kept[7] + kept[8])
		return false;
	*scan = (struct xml_scan){ .base = scan->base, .state = (enum xml_state)kept[0], .depth = kept[1], .quote = (char)kept[2],
				   .marks = (unsigned)kept[3], .named = kept[4], .subset = kept[5],
				   .doctypes = kept[6], .len = (size_t)kept[7],
				   .around_len = (size_t)kept[8] };
	memcpy(scan->name, state.data, scan->len);
	memcpy(scan->around, state.data + scan->len, scan->around_len);
	return true;
}
