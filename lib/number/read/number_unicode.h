/* SPDX-License-Identifier: Apache-2.0 */
/* The little of Unicode 15.0 that numbers need, fixed, so that answers do not change with the machine's libraries. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_UNICODE_H
#define UNSPOOF_NUMBER_READ_NUMBER_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* The value 0 to 9 of a decimal digit of any script (general category Nd), -1 for any other code point. */
int number_unicode_digit(uint32_t point);

/* Whether the code point is a letter or a number of any kind (general categories L and N). */
bool number_unicode_letter_or_number(uint32_t point);

#endif
