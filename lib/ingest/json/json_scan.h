/* SPDX-License-Identifier: Apache-2.0 */
/* Where values of JSON end, by their brackets and quotes alone: what is between them may be wrong. */
#ifndef UNSPOOF_INGEST_JSON_JSON_SCAN_H
#define UNSPOOF_INGEST_JSON_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Within an item; zeroed is before one. It goes on where a text ended. */
struct json_scan {
	uint64_t depth;         /* brackets that are open */
	bool string, escaped;   /* within a string, behind a backslash */
	bool other;             /* an item that is no object and no array has begun */
};

/* Goes over an item of an array or object, name and all: to the comma or bracket behind it.
 * NULL: the text ends before. */
const char *json_scan_item(struct json_scan *scan, const char *at, const char *end);
/* Goes over a document, where no array is around it: behind its last bracket; what is neither
 * object nor array goes as far as the line, or to the next that is. Stands where one begins.
 * NULL: the text ends before. */
const char *json_scan_document(struct json_scan *scan, const char *at, const char *end);

/* The quote that ends a string which began before; NULL: the text ends before.
 * *escapes, *zeros: it has backslashes, NUL bytes. */
const char *json_string_end(const char *at, const char *end, bool *escapes, bool *zeros);

static inline bool json_is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline const char *json_skip_blanks(const char *at, const char *end)
{
	while (at < end && json_is_blank(*at))
		at++;
	return at;
}

/* Line feeds between two places. */
uint64_t json_count_lines(const char *at, const char *end);

#endif
