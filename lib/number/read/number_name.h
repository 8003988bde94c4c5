/* SPDX-License-Identifier: Apache-2.0 */
/* Names that are presented without a number. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_NAME_H
#define UNSPOOF_NUMBER_READ_NUMBER_NAME_H

#include "base/text.h"
#include "number/read/number_unwrap.h"

/* The name that a text is, without what a log writes around it: "HMRC" <>, "HMRC", <HMRC> and HMRC are the same one. Empty:
 * the text shows nothing, as "" <> and blanks. data NULL: it is more than a name (a URI, a channel, a name and a number), or
 * longer than NUMBER_TEXT_MAX. The view lies in the text or in room. Whether it is a number is not asked. */
struct text number_name(struct text text, struct unwrapped *room);

/* What is shown where a text that is no number was presented: the name that it is, if it has a letter and does not say that
 * the number is withheld, else the text as it stands. */
struct text number_shown(struct text text, struct unwrapped *room);

#endif
