/* SPDX-License-Identifier: Apache-2.0 */
/* Words that say that a row of a log of calls is none. */
#ifndef UNSPOOF_CASEFILE_RECORD_NO_CALL_H
#define UNSPOOF_CASEFILE_RECORD_NO_CALL_H

#include <stdbool.h>

#include "base/text.h"

/* Whether a text is such a word, or a few of which one is: SMS, *data, SMS-MO, "GPRS session". Longer texts than 24 bytes
 * are prose. The words are those of CGRateS (tor) and of records of mobile networks (3GPP TS 32.298). */
bool no_call_says(struct text text);

#endif
