/* SPDX-License-Identifier: Apache-2.0 */
/* What the statuses of a source say: by its own words, else by those that are known. */
#ifndef UNSPOOF_NORMALISE_WORDS_H
#define UNSPOOF_NORMALISE_WORDS_H

#include <stdbool.h>

#include "base/text.h"
#include "normalise/status/known.h"

/* The source's own words, of options and profile, one a line, and the first that has
 * a word counts: answered=, unanswered=, confirmed=, unconfirmed=, refunded=; and
 * negative=refund, see words_negative_is_refund(). */
struct words {
	char *lines;    /* freed by words_release; may be NULL */
	const struct known_words *known;    /* borrowed; NULL: no other is known */
};

void words_release(struct words *words);
/* By the source's own words, else by those that are known. ASCII case and blanks
 * around do not count. WORD_NONE: it is empty. */
enum word words_call(const struct words *words, struct text status);
enum word words_payment(const struct words *words, struct text status);
/* Whether the source's own words say that amounts below zero are refunds, where their
 * status says nothing else. */
bool words_negative_is_refund(const struct words *words);

#endif
