/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of struct flag_table. For flags.c and flags_parse.c alone. */
#ifndef UNSPOOF_NORMALISE_FLAGS_TABLE_H
#define UNSPOOF_NORMALISE_FLAGS_TABLE_H

#include "normalise/flags.h"

#define FLAG_TYPES (NUMBER_TYPE_FIXED_LINE_OR_MOBILE + 1)
#define FLAG_CLASSES (NUMBER_CLASS_SEVERAL + 1)
#define FLAG_CODES 1000
#define FLAG_RANGES_MOST 1024
#define FLAG_NANP_MOST 32
#define FLAG_NEAR_MOST 128
#define NANP_DIGITS 10

/* What the rules `reading NAME` look at. */
enum flag_sign {
	SIGN_EXTENSION,
	SIGN_NO_REGION,
	SIGN_NOT_IN_PLAN,
	SIGN_NOT_POSSIBLE,
	SIGN_UNKNOWN_CODE,
	SIGN_UNSURE,
	FLAG_SIGNS
};

/* Numbers from first to last have the flags. */
struct flag_range {
	uint64_t first, last;
	uint32_t flags;
};

/* Ranges in order, none of which overlaps another. */
struct flag_ranges {
	struct flag_range *items;
	size_t count, capacity;
};

struct flag_nanp {
	uint16_t digits[NANP_DIGITS]; /* bit d: the digit may be d */
	uint16_t but;                 /* bit t: not numbers of type t */
	uint32_t flags;
};

/* Two numbers of the range are neighbours when they are the same but for their remainders by unit. */
struct flag_near {
	uint64_t first, last;
	uint64_t unit;
};

struct flag_table {
	char *text; /* the fields, each NUL-terminated */
	struct flag flags[FLAGS_MOST];
	size_t count;
	uint32_t by_class[FLAG_CLASSES];
	uint32_t by_type[FLAG_TYPES];
	uint32_t by_sign[FLAG_SIGNS];
	uint32_t by_code[FLAG_CODES];
	uint32_t repeated, sequence;
	struct flag_ranges ranges; /* of calling code and national digits */
	struct flag_ranges shorts; /* of the digits of short codes */
	struct flag_nanp nanp[FLAG_NANP_MOST];
	size_t nanp_count;
	struct flag_near near[FLAG_NEAR_MOST];
	size_t near_count;
	uint64_t near_most;        /* the greatest unit: neighbours are less than that apart */
	bool equal;                /* there is a rule `call equal` */
};

#endif
