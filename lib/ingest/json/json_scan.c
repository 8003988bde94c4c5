/* SPDX-License-Identifier: Apache-2.0 */
/* Where values of JSON end, by their brackets and quotes alone. */
#include "ingest/json/json_scan.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/* The high bit of each byte that is zero; of bytes behind the first one perhaps too. */
static uint64_t zeros_of(uint64_t word)
{
	return (word - ONES) & ~word & HIGHS;
}

/* Whether one of the next 8 bytes is a quote, a backslash or NUL. */
static bool has_mark(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return (zeros_of(word) | zeros_of(word ^ ONES * '"') | zeros_of(word ^ ONES * '\\')) != 0;
}

const char *json_string_end(const char *at, const char *end, bool *escapes, bool *zeros)
{
	while (at < end) {
		if (end - at >= 8 && !has_mark(at)) {
			at += 8;
			continue;
		}
		if (*at == '"')
			return at;
		*zeros |= *at == '\0';
		if (*at == '\\') {
			*escapes = true;
			at++;
		}
		at++;
	}
	return NULL;
}

/* Goes on within a string; NULL: the text ends within it. */
static const char *leave_string(struct json_scan *scan, const char *at, const char *end)
{
	while (at < end) {
		if (scan->escaped) {
			scan->escaped = false;
		} else if (end - at >= 8 && !has_mark(at)) {
			at += 8;
			continue;
		} else if (*at == '"') {
			scan->string = false;
			return at + 1;
		} else {
			scan->escaped = *at == '\\';
		}
		at++;
	}
	return NULL;
}

const char *json_scan_item(struct json_scan *scan, const char *at, const char *end)
{
	while (at && at < end) {
		if (scan->string) {
			at = leave_string(scan, at, end);
			continue;
		}
		switch (*at) {
		case '"':
			scan->string = true;
			break;
		case '{':
		case '[':
			scan->depth++;
			break;
		case '}':
		case ']':
			if (scan->depth == 0)
				return at;
			scan->depth--;
			break;
		case ',':
			if (scan->depth == 0)
				return at;
			break;
		default:
			break;
		}
		at++;
	}
	return NULL;
}

/* What is no object and no array: a line at most. */
static const char *scan_other(struct json_scan *scan, const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at == '{' || *at == '[')
			break;
		if (*at == '\n') {
			at++;
			break;
		}
	}
	if (at == end)
		return NULL;
	scan->other = false;
	return at;
}

const char *json_scan_document(struct json_scan *scan, const char *at, const char *end)
{
	if (at < end && scan->depth == 0 && *at != '{' && *at != '[')
		scan->other = true;
	if (scan->other)
		return scan_other(scan, at, end);
	while (at && at < end) {
		const char c = *at;

		if (scan->string) {
			at = leave_string(scan, at, end);
			continue;
		}
		at++;
		if (c == '"')
			scan->string = true;
		else if (c == '{' || c == '[')
			scan->depth++;
		else if ((c == '}' || c == ']') && --scan->depth == 0)
			return at;
	}
	return NULL;
}

uint64_t json_count_lines(const char *at, const char *end)
{
	uint64_t lines = 0;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		lines++;
		at++;
	}
	return lines;
}
