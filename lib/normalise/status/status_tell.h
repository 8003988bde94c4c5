/* SPDX-License-Identifier: Apache-2.0 */
/* What is said and kept of the status words of a source. */
#ifndef UNSPOOF_NORMALISE_STATUS_STATUS_TELL_H
#define UNSPOOF_NORMALISE_STATUS_STATUS_TELL_H

#include "normalise/notes.h"

/* Words that are said; all are kept. */
#define STATUS_TOLD 20

/* Says the words that are not known and those on which calls hang that they do not
 * tell, and keeps all: a remark a word, topic `status`, unknown ones and those with
 * most first. */
enum status status_tell(struct notes *notes, const struct source_sense *source);

/* Adds what the payments of a word are worth: "300.00 GBP, -0.50000000 BTC". */
void status_add_money(const struct tally *tally, uint32_t number, struct buf *out);

#endif
