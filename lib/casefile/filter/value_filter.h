/* SPDX-License-Identifier: Apache-2.0 */
/* Which values a column of a segment may have, in a few bits a value: what tells that one
 * is not there without reading the column. */
#ifndef UNSPOOF_CASEFILE_FILTER_VALUE_FILTER_H
#define UNSPOOF_CASEFILE_FILTER_VALUE_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words of the bits of a filter at most: 32 KiB. */
#define VALUE_FILTER_WORDS 4096
#define VALUE_FILTER_MOST (8 * (VALUE_FILTER_WORDS + 3))

/*
 * The bytes of a filter are words of 8, least significant byte first: the kind, base, the
 * bits, and the checksum (base/digest/checksum.h, behind 0) of all before it.
 * VALUE_FILTER_EXACT: bit v - base, counted from the least significant of the first word,
 * says that value v is there, for all values from base to the last bit.
 * VALUE_FILTER_MAYBE: of a value the hash h = (p ^ p >> 32) * CHECKSUM_FACTOR, where p is
 * v * CHECKSUM_FACTOR, modulo 2^64, names word (h >> 52) modulo their number, and in it bits h >> 46, h >> 40 and h >> 34, each
 * modulo 64; unless all three are set the value is not there. The words are 4,096, folded
 * in half, the second half laid over the first, while there are more than 8 and no more
 * than 35 bits a word are set then.
 */
enum value_filter_kind { VALUE_FILTER_EXACT = 1, VALUE_FILTER_MAYBE = 2 };

/* Of one thread: the bytes of the filter made last. */
struct value_filter {
	uint64_t words[VALUE_FILTER_WORDS];
	uint8_t bytes[VALUE_FILTER_MOST];
	size_t len;
};

/* Makes the filter of rows values, one or more: an exact one where exact is wanted and they
 * lie so near one another that it has room. The same values, in whatever order, make the
 * same bytes. */
void value_filter_make(struct value_filter *filter, const int64_t *values, uint32_t rows,
		       bool exact);

enum value_found {
	VALUE_ABSENT,          /* it is not there */
	VALUE_MAYBE,
	VALUE_THERE,
	VALUE_UNKNOWN          /* the bytes are no filter, or not as they were made */
};

/* Whether bytes are a filter as it was made. */
bool value_filter_sound(const void *bytes, size_t len);
/* What such a filter says of a value. */
enum value_found value_filter_find(const void *bytes, size_t len, int64_t value);

#endif
