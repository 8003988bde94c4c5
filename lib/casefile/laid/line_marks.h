/* SPDX-License-Identifier: Apache-2.0 */
/* Where the lines of a file begin, as one sum: two sides that come to the same, line by line
 * in any order, have the same lines at the same places. */
#ifndef UNSPOOF_CASEFILE_LAID_LINE_MARKS_H
#define UNSPOOF_CASEFILE_LAID_LINE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/mix.h"

/* Of some lines. Zeroed is of none. */
struct line_marks {
	uint64_t lines, sum;
};

/* Adds a line, by its number and its first byte. Who does not know the key cannot make
 * other lines with the same sum. */
static inline void line_marks_add(struct line_marks *marks, uint64_t key, uint64_t line,
				  uint64_t offset)
{
	marks->lines++;
	marks->sum += mix_number(mix_number(key ^ offset) + line);
}

/* The lines of bytes as they come. Members are the module's own, but for marks and odd. */
struct line_scan {
	uint64_t key, line, offset;
	struct line_marks marks;
	bool begins;            /* the next byte begins a line */
	bool returned;          /* the last byte was a CR */
	bool odd;               /* a CR stands without an LF: lines may end there too */
};

/* From a line on, whose first byte is at an offset. */
void line_scan_open(struct line_scan *scan, uint64_t key, uint64_t line, uint64_t offset);
void line_scan_add(struct line_scan *scan, const char *data, size_t len);
/* Behind the last byte. */
void line_scan_end(struct line_scan *scan);

#endif
