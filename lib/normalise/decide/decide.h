/* SPDX-License-Identifier: Apache-2.0 */
/* What an analyst decides of sources once they are ingested: settings that are kept in the
 * case, and in force until they are changed. What was found does not change. */
#ifndef UNSPOOF_NORMALISE_DECIDE_DECIDE_H
#define UNSPOOF_NORMALISE_DECIDE_DECIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/normalise.h"

/* In the order of their options. */
enum decide_setting {
	DECIDE_REGION,
	DECIDE_ZONE,
	DECIDE_CURRENCY,
	DECIDE_BARE,
	DECIDE_PREFIX,
	DECIDE_ORDER,          /* of day and month */
	DECIDE_DECIMAL,        /* point or comma */
	DECIDE_STATUS,
	DECIDE_SETTINGS
};

struct decide_list {
	const char *const *items;
	size_t count;
};

/* Texts as they are given. SOURCE=VALUE, parted at the last =: SOURCE is what drop_find()
 * takes, or `all`, each source that is there; an empty VALUE takes back what was decided, and
 * `none` is no region, currency, prefix, order or mark. DECIDE_ORDER and DECIDE_DECIMAL have
 * VALUE alone too, for
 * sources that do not tell. DECIDE_STATUS is MEANING=WORD for all sources, those that come
 * later too, or SOURCE=MEANING=WORD; an empty MEANING takes back. */
struct decide_given {
	struct decide_list lists[DECIDE_SETTINGS];
	bool region_of_account, not_region_of_account;
	bool defaults;         /* all that was decided before is taken back first */
};

/* The command whose decisions they are. */
#define DECIDE_COMMAND "normalise"
/* What is decided of amounts below zero stands among the words of statuses as this one. */
#define DECIDE_NEGATIVE "amounts below zero"

/* Checks what needs no case. STATUS_USAGE: a value that there is not, with those that are
 * near; STATUS_FAILED: of the machine. */
enum status decide_check(const struct decide_given *given, struct error *error);

/* Takes all of it, after decide_check(), inside the transaction of the run that is next
 * recorded. A region that is given by another name is said. STATUS_FAILED: a SOURCE that there
 * is not, or that is several or dropped; STATUS_INTEGRITY: the decisions of the case are not
 * those that were sealed. */
enum status decide_take(const struct decide_given *given, struct casefile *casefile, const struct observer *observer);

/* The settings that are in force for the case as a whole; others are left alone. */
enum status decide_settings(struct casefile *casefile, struct normalise_settings *settings);

#endif
