/* SPDX-License-Identifier: Apache-2.0 */
/* What spreadsheets do to numbers. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_DAMAGE_H
#define UNSPOOF_NUMBER_READ_NUMBER_DAMAGE_H

#include <stdbool.h>

#include "base/text.h"

/* Takes off ="..." or a leading apostrophe; the view narrows. False when there is neither. */
bool number_damage_unquote(struct text *text);

/* Takes off the fraction of a float export, "442079460101.0" or ",0"; the view narrows. False when there is none. */
bool number_damage_unfloat(struct text *text);

/* What an exponent form keeps of a number. */
enum number_exponent {
	NUMBER_EXPONENT_NONE,  /* not such a form */
	NUMBER_EXPONENT_LOSSY, /* digits are missing: 4.42E+11 */
	NUMBER_EXPONENT_EXACT  /* all digits are there: 4.42079460101E+11 */
};

/* Tells an exponent form; where it is exact, its digits go to digits (at least 32 bytes), and *count says how many. */
enum number_exponent number_damage_exponent(struct text text, char *digits, size_t *count);

#endif
