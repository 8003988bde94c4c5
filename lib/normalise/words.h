/* SPDX-License-Identifier: Apache-2.0 */
/* The words that dumps use for how a call or a payment ended. */
#ifndef UNSPOOF_NORMALISE_WORDS_H
#define UNSPOOF_NORMALISE_WORDS_H

#include "base/text.h"

enum word {
	WORD_UNKNOWN,
	WORD_YES,       /* answered; confirmed */
	WORD_NO
};

/* A profile's own words, one a line: answered=, unanswered=, confirmed=,
 * unconfirmed=. Borrowed text. */
struct words {
	char *lines;    /* freed by words_release; may be NULL */
};

void words_release(struct words *words);
/* By the source's own words, else by those that the known systems use. ASCII
 * case and blanks around do not count. */
enum word words_call(const struct words *words, struct text status);
enum word words_payment(const struct words *words, struct text status);

#endif
