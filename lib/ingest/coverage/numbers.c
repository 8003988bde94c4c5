/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of numbers. */
#include "ingest/coverage/numbers.h"

#include <string.h>

bool numbers_read(struct text line, uint64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct text word;
		const char *blank;

		if (line.len == 0 || line.data[0] != ' ')
			return false;
		line.data++;
		line.len--;
		blank = line.len ? memchr(line.data, ' ', line.len) : NULL;
		word = (struct text){ line.data, blank ? (size_t)(blank - line.data) : line.len };
		if (!text_to_u64(word, &numbers[i]) || numbers[i] > INT64_MAX)
			return false;
		line.data += word.len;
		line.len -= word.len;
	}
	return line.len == 0;
}
