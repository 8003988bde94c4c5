/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a text apart byte by byte: the steps that every hand-written reader shares. */
#include "base/scan.h"

size_t scan_digits(const struct scan *scan)
{
	size_t n = 0;

	while (scan_is_digit(scan_peek(scan, n)))
		n++;
	return n;
}

size_t scan_letters(const struct scan *scan)
{
	size_t n = 0;

	while (scan_is_letter(scan_peek(scan, n)))
		n++;
	return n;
}

size_t scan_blank(const struct scan *scan)
{
	const char first = scan_peek(scan, 0);

	if (first == ' ' || first == '\t')
		return 1;
	if (first == '\xC2' && scan_peek(scan, 1) == '\xA0')
		return 2;
	if (first == '\xE2' && scan_peek(scan, 1) == '\x80' && scan_peek(scan, 2) == '\xAF')
		return 3;
	return 0;
}

bool scan_skip_blanks(struct scan *scan)
{
	const char *start = scan->at;
	size_t blank;

	while ((blank = scan_blank(scan)) > 0)
		scan->at += blank;
	return scan->at > start;
}

bool scan_take(struct scan *scan, char byte)
{
	if (scan->at == scan->end || *scan->at != byte)
		return false;
	scan->at++;
	return true;
}

unsigned scan_number(struct scan *scan, size_t count)
{
	unsigned value = 0;

	for (size_t i = 0; i < count; i++)
		value = value * 10 + (unsigned)(*scan->at++ - '0');
	return value;
}

bool scan_run(struct scan *scan, size_t least, size_t most, unsigned *out)
{
	size_t run = scan_digits(scan);

	if (run < least || run > most)
		return false;
	*out = scan_number(scan, run);
	return true;
}
