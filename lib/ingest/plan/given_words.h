/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that are given: what they mean, and how a source records them. */
#ifndef UNSPOOF_INGEST_PLAN_GIVEN_WORDS_H
#define UNSPOOF_INGEST_PLAN_GIVEN_WORDS_H

#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/ingest.h"

/* Checks the options' words by themselves: STATUS_USAGE says what is wrong. */
enum status words_check(const struct ingest_options *options, struct error *error);

/* Adds those of a kind, one a line: the options' words, then the profile's lines. */
void words_select(const struct ingest_options *options, struct text profile, enum kind kind, struct buf *out);

#endif
