/* SPDX-License-Identifier: Apache-2.0 */
/* E-mail addresses of several accounts that are the same but for dots and +tags: one
 * mailbox at some providers, two at others. */
#ifndef UNSPOOF_CORRELATE_PERSONS_EMAIL_TWINS_H
#define UNSPOOF_CORRELATE_PERSONS_EMAIL_TWINS_H

#include <stdbool.h>

#include "correlate/persons/identifiers.h"

/* Fills twins, which is zeroed, with the addresses without dots and tags and, for each
 * way in which one is written, the first of its accounts: arranged. emails: those of
 * LINK_EMAIL, arranged. False: out of memory. */
bool email_twins_find(struct identifiers *twins, const struct identifiers *emails);

#endif
