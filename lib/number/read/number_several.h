/* SPDX-License-Identifier: Apache-2.0 */
/* More than one number in one text. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_SEVERAL_H
#define UNSPOOF_NUMBER_READ_NUMBER_SEVERAL_H

#include "number/read/number_read.h"

/* More numbers of one text are not told. */
#define NUMBER_SEVERAL_MOST 8

/* A text of so many digits may be two numbers with but a blank or a dash between them. */
#define NUMBER_SEVERAL_DIGITS 16

/* The numbers of text[0..len), any bytes, in E.164, each once, as the manner has them: returns how many, at most
 * NUMBER_SEVERAL_MOST, and 0 where there are not two. They stand apart by / , ; | & or a line's end, by the words or, and,
 * oder, und, or the second begins with a plus; or, with more digits than a number has, by a blank, a dash or brackets. */
size_t number_several(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	uint64_t e164[static NUMBER_SEVERAL_MOST]);

#endif
