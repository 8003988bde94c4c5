/* SPDX-License-Identifier: Apache-2.0 */
/* The words that are known for how a call or a payment ended: data/status.tsv. */
#ifndef UNSPOOF_NORMALISE_STATUS_KNOWN_H
#define UNSPOOF_NORMALISE_STATUS_KNOWN_H

#include "base/status.h"
#include "base/text.h"

/* What a status says. */
enum word {
	WORD_NONE,      /* there is no status: the field is empty, or not there */
	WORD_UNKNOWN,   /* a word that nobody knows */
	WORD_OPEN,      /* known, and does not say whether a call was answered */
	WORD_YES,       /* answered; confirmed */
	WORD_NO,
	WORD_BACK       /* of a payment: refunded, money went back */
};

/* Of which a status is. */
enum word_kind { WORD_OF_CALL, WORD_OF_PAYMENT };

/* Never changes once made, so any number of threads may use one. */
struct known_words;

/* The project's own list, which explains its form. */
extern const char status_builtin[];

/* Reads a list; the caller frees it with known_words_free(). NULL: error says which
 * line is wrong and why, or that there is no memory. */
struct known_words *known_words_new(const char *text, struct error *error);
/* NULL is allowed. */
void known_words_free(struct known_words *known);

/* What a status says by the list: never WORD_NONE, but for an empty one. ASCII case
 * and blanks around do not count; nor does a code in brackets behind a word, or what
 * stands behind a code of three digits. */
enum word known_words_find(const struct known_words *known, enum word_kind kind, struct text status);

#endif
