/* SPDX-License-Identifier: Apache-2.0 */
/* Words and keypad spellings that say that a number is withheld. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_WITHHELD_H
#define UNSPOOF_NUMBER_READ_NUMBER_WITHHELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Whether the text says, in any case, that the number is withheld: "anonymous", "Private Number", "caller unknown". */
bool number_withheld_words(struct text text);

/* Whether the digits spell such a word on a telephone's keys: 266696687 is ANONYMOUS. */
bool number_withheld_digits(const char *digits, size_t len);

/* How many of the first digits tell whether they do. */
size_t number_withheld_depth(const char *digits, size_t len);

#endif
