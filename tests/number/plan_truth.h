/* SPDX-License-Identifier: Apache-2.0 */
/* What the patterns of the numbering plan say, by PCRE2: the truth that the tables are held to. */
#ifndef UNSPOOF_TESTS_NUMBER_PLAN_TRUTH_H
#define UNSPOOF_TESTS_NUMBER_PLAN_TRUTH_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "plangen/plangen.h"

/* The patterns of one row, compiled; NULL where there is none. */
struct truth_row {
	const struct plan_row *row;
	pcre2_code *whole[DESC_COUNT]; /* matches whole numbers */
	pcre2_code *leading;           /* these three match at the front */
	pcre2_code *idd;
	pcre2_code *national;
};

/* The plan, compiled; rows as plan_read orders them, which is the order of numplan_records. */
struct truth {
	struct plan plan;
	struct truth_row *rows;
	pcre2_match_data *match;
};

/* What is true of the digits of a national significant number. */
struct truth_answer {
	int region;       /* relative to the calling code's first row, -1 for none */
	unsigned type;    /* enum number_type */
	uint32_t general; /* bit n: the general pattern of row n of the calling code matches, of any length */
};

/* Reads and compiles the plan; truth_free frees. Stops with a message on any fault. */
void truth_read(struct truth *truth, const char *path);
void truth_free(struct truth *truth);

/* Whether the pattern matches; where, and where its groups do, is then in truth->match. */
bool truth_match(const struct truth *truth, const pcre2_code *pattern, const char *digits, size_t len);

/* What the count rows of one calling code say of the digits, as GetRegionCodeForNumber and GetNumberType of
 * libphonenumber have it. */
struct truth_answer truth_of(const struct truth *truth, const struct truth_row *rows, size_t count, const char *digits,
	size_t len);

#endif
