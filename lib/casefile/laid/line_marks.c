/* SPDX-License-Identifier: Apache-2.0 */
/* Where the lines of a file begin, as one sum. */
#include "casefile/laid/line_marks.h"

#include <string.h>

void line_scan_open(struct line_scan *scan, uint64_t key, uint64_t line, uint64_t offset)
{
	memset(scan, 0, sizeof(*scan));
	scan->key = key;
	scan->line = line;
	scan->offset = offset;
	scan->begins = true;
}

/* Whether each CR has an LF behind it; the last one's is in the next bytes. */
static void look_for_returns(struct line_scan *scan, const char *data, size_t len)
{
	const char *end = data + len, *at;

	scan->odd = scan->odd || (scan->returned && data[0] != '\n');
	for (at = memchr(data, '\r', len); at && at + 1 < end && !scan->odd;
	     at = memchr(at + 1, '\r', (size_t)(end - at - 1)))
		scan->odd = at[1] != '\n';
	scan->returned = end[-1] == '\r';
}

void line_scan_add(struct line_scan *scan, const char *data, size_t len)
{
	const char *end = data + len, *at = data;

	if (len == 0)
		return;
	look_for_returns(scan, data, len);
	while (at < end) {
		const char *stop;

		if (scan->begins)
			line_marks_add(&scan->marks, scan->key, scan->line,
				       scan->offset + (uint64_t)(at - data));
		stop = memchr(at, '\n', (size_t)(end - at));
		scan->begins = stop != NULL;
		if (!stop)
			break;
		scan->line++;
		at = stop + 1;
	}
	scan->offset += len;
}

void line_scan_end(struct line_scan *scan)
{
	scan->odd = scan->odd || scan->returned;
}
