/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of one form, whose digits alone tell them apart: when the digits are all that a reading depends on. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_FORM_H
#define UNSPOOF_NUMBER_READ_NUMBER_FORM_H

#include <stdbool.h>
#include <stddef.h>

/* The most digits of such a form. */
#define NUMBER_FORM_DIGITS 17

/* Whether number_read() takes the digits of a text, all of them and nothing else, for a number, whichever digits they
 * are: then number_read_digits() says the same of them. *plus says whether a plus stands before them, *alone whether nothing
 * but blanks stands between them. text is that of any digits; digits says how many they are. */
bool number_form(const char *text, size_t len, unsigned digits, bool *plus, bool *alone);

#endif
