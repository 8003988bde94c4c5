/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that are given: what they mean, and how a source records them. */
#ifndef UNSPOOF_INGEST_PLAN_GIVEN_WORDS_H
#define UNSPOOF_INGEST_PLAN_GIVEN_WORDS_H

#include <stdbool.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/ingest.h"

/* Checks the options' words by themselves: STATUS_USAGE says what is wrong. */
enum status words_check(const struct ingest_options *options, struct error *error);

/* Whether one of the lines MEANING=WORD says otherwise of the word of another such line. */
bool words_contradicted(struct text lines, struct text given);

/* A word that an option and a profile say different things of. */
struct words_overruled {
	struct text word;          /* of the option */
	const char *given;         /* the keyword of the option; static */
	const char *profile;       /* that of the profile; static */
};

/* Whether an option's word, of rows of a kind, contradicts a line of the profile, than which it is
 * stronger. */
bool words_overrules(struct text profile, struct text given, enum kind kind, struct words_overruled *out);

/* Adds those of a kind, one a line: the options' words, then the profile's lines. */
void words_select(const struct ingest_options *options, struct text profile, enum kind kind, struct buf *out);

#endif
