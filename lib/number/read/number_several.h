/* SPDX-License-Identifier: Apache-2.0 */
/* More than one number in one text. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_SEVERAL_H
#define UNSPOOF_NUMBER_READ_NUMBER_SEVERAL_H

#include "base/text.h"
#include "number/read/number_read.h"

/* More numbers of one text are not told. */
#define NUMBER_SEVERAL_MOST 8

/* A text of so many digits may be two numbers with but a blank or a dash between them. */
#define NUMBER_SEVERAL_DIGITS 16

/* The numbers of text[0..len), any bytes, in E.164, each once, as the manner has them: returns how many, at most
 * NUMBER_SEVERAL_MOST, and 0 where there are not two. They stand apart by / , ; | & or a line's end, by the words or, and,
 * oder, und, or the second begins with a plus; or, with more digits than a number has, by a blank, a dash or brackets; or
 * each is in a URI, a part of a dial string or a name's brackets of its own. Two commas are a pause, and what is behind them
 * is none.
 * once: where the text is one number twice, or in dial strings one and extensions, a part of the text that is that number;
 * else empty. */
size_t number_several(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	uint64_t e164[static NUMBER_SEVERAL_MOST], struct text *once);

#endif
