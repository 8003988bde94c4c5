/* SPDX-License-Identifier: Apache-2.0 */
/* A place in a text that is being taken apart byte by byte, without the locale and without reading past its end. */
#ifndef UNSPOOF_BASE_SCAN_H
#define UNSPOOF_BASE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes still to be read; borrowed. */
struct scan {
	const char *at;
	const char *end;
};

/* ASCII only. */
static inline bool scan_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ASCII only. */
static inline char scan_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ASCII only. */
static inline bool scan_is_letter(char c)
{
	return scan_lower(c) >= 'a' && scan_lower(c) <= 'z';
}

/* The byte `ahead` of the place, NUL beyond the end. */
static inline char scan_peek(const struct scan *scan, size_t ahead)
{
	return ahead < (size_t)(scan->end - scan->at) ? scan->at[ahead] : '\0';
}

/* How many digits, or letters, stand at the place. */
size_t scan_digits(const struct scan *scan);
size_t scan_letters(const struct scan *scan);

/* The length of the blank at the place, 0 when there is none: a blank, TAB, or the UTF-8 no-break spaces U+00A0, U+202F. */
size_t scan_blank(const struct scan *scan);

/* Goes over blanks, as scan_blank() knows them; false when there is none. */
bool scan_skip_blanks(struct scan *scan);

/* Goes over `byte`; false, without moving, when another stands there. */
bool scan_take(struct scan *scan, char byte);

/* Takes the next `count` bytes, which the caller knows to be digits; 9 at most. */
unsigned scan_number(struct scan *scan, size_t count);

/* Takes a whole run of digits when it is of `least` to `most` (at most 9) digits; false, without moving, when not. */
bool scan_run(struct scan *scan, size_t least, size_t most, unsigned *out);

#endif
