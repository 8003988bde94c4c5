/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of any size the tests need, digit by digit as on paper. */
#ifndef UNSPOOF_TESTS_MONEY_BIG_H
#define UNSPOOF_TESTS_MONEY_BIG_H

#include <stdbool.h>
#include <stdint.h>

enum { BIG_DIGITS = 250, BIG_TEXT = BIG_DIGITS + 4 };

/* The least digit first, without leading zeros; zero has none, and no sign. More digits than there is
 * room for end the program. */
struct big {
	bool negative;
	int size;
	uint8_t digit[BIG_DIGITS];
};

struct big big_small(long value);
/* Of a decimal such as -12.340: -12340, and 3 places. */
struct big big_read(const char *text, int *places);
/* As a decimal with so many places. */
void big_write(struct big value, int places, char text[BIG_TEXT]);

int big_compare(struct big a, struct big b);
bool big_is_zero(struct big value);
struct big big_negated(struct big value);
struct big big_plus(struct big a, struct big b);
struct big big_times(struct big a, struct big b);
/* Times ten to the power of places. */
struct big big_shift(struct big value, int places);
/* Over ten to the power of places, to the nearest; of two equally near to the even one. */
struct big big_round(struct big value, int places);
/* a over b rounded down, and what is left; a is not negative, b is positive. */
struct big big_over(struct big a, struct big b, struct big *rest);

#endif
