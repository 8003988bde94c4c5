/* SPDX-License-Identifier: Apache-2.0 */
/* The values that a decision can have. */
#ifndef UNSPOOF_NORMALISE_DECIDE_DECIDE_VALUE_H
#define UNSPOOF_NORMALISE_DECIDE_DECIDE_VALUE_H

#include "base/status.h"
#include "base/text.h"
#include "normalise/decide/decide.h"

/* The option of a setting, which is also the key of its decisions; static. */
const char *decide_option(enum decide_setting setting);

/* What is given, in parts; borrowed from the text. */
struct decide_part {
	struct text source;    /* no data: the case as a whole */
	const char *value;
};

/* Parts SOURCE=VALUE; not for DECIDE_STATUS. False: there is no SOURCE where one is needed. */
bool decide_part(enum decide_setting setting, const char *given, struct decide_part *out);

/* The value that is kept of one that is given and not empty: `none` is an empty one, names
 * are the ones known here. Static or borrowed from `given`; NULL: *status and the error say
 * why. */
const char *decide_value(enum decide_setting setting, const char *given, enum status *status, struct error *error);

/* SOURCE=MEANING=WORD in parts. */
struct decide_status {
	struct text source;    /* no data: all sources, those that come later too */
	const char *given;     /* from MEANING on */
	bool undo;             /* MEANING is empty: the word is taken back */
};

/* False: it is not of that form. */
bool decide_status_part(const char *given, struct decide_status *out);

#endif
