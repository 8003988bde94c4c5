/* SPDX-License-Identifier: Apache-2.0 */
/* International and national prefixes at the front of digits. */
#ifndef UNSPOOF_NUMBER_PLAN_NUMBER_PREFIX_H
#define UNSPOOF_NUMBER_PLAN_NUMBER_PREFIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a prefix matched: from the first digit to end. open..close is what its group captured, empty when it took no
 * part. */
struct number_prefix {
	size_t end;
	size_t open, close;
	size_t seen; /* how many of the digits were looked at; also where there is no match */
};

/* Runs a program of the numbering plan (numplan_tables.h) over digits[0..len), ASCII digits, len at most 255, from the
 * first one on: alternatives in order, the first match wins, as in Perl. False when there is none, and then
 * only seen is set. */
bool number_prefix_match(const uint16_t *program, const char *digits, size_t len, struct number_prefix *match);

#endif
