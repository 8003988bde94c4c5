/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that a person gives, and what they mean. */
#ifndef UNSPOOF_CASEFILE_RECORD_STATUS_WORD_H
#define UNSPOOF_CASEFILE_RECORD_STATUS_WORD_H

#include <stdbool.h>

#include "base/text.h"

#define STATUS_WORD_FORM "answered=WORD, unanswered=WORD, paid=WORD, unpaid=WORD or refunded=WORD"

/* A keyword that is not of a word of a status, but of amounts below zero, and what stands for
 * the word: they are refunds, where the status does not say otherwise. */
#define STATUS_NEGATIVE "negative"
#define STATUS_NEGATIVE_REFUND "refund"

/* A word, and what it means. */
struct status_word {
	const char *keyword;   /* of a profile, see status_word_keyword(); static; NULL: none */
	bool payment;          /* of payments; else of calls */
	struct text word;      /* borrowed, without blanks around */
};

/* The keyword of a profile that a meaning is: answered, unanswered, confirmed,
 * unconfirmed, and paid and unpaid for the last two, refunded, or negative. Static; NULL: it is none. */
const char *status_word_keyword(struct text meaning);

/* Parts MEANING=WORD at its first =; the keyword is NULL where it is not of that form. */
struct status_word status_word_part(struct text given);

/* What is wrong with one that was parted, as "no word follows"; NULL: nothing is. Static. */
const char *status_word_problem(const struct status_word *word);

/* Whether two say opposite things of one word. */
bool status_word_contradicts(const struct status_word *one, const struct status_word *other);

#endif
