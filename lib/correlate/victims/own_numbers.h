/* SPDX-License-Identifier: Apache-2.0 */
/* Victims that are the telephone of an account or the number of an organisation. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_OWN_NUMBERS_H
#define UNSPOOF_CORRELATE_VICTIMS_OWN_NUMBERS_H

#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/record/remark.h"

/* As a table of a statement: number, and 1 in account or in organisation; a row for each found row
 * that has a victim's number. Victims are looked up by number, and nothing is held. */
#define OWN_NUMBERS \
	"(SELECT phone AS number, 1 AS account, 0 AS organisation FROM account_read" \
	" WHERE phone IN (SELECT number FROM victim) UNION ALL SELECT number, 0, 1 FROM organisation_read" \
	" WHERE number IN (SELECT number FROM victim))"

/* Says how many of all victims, whose table is written, are such, if any. */
enum status own_numbers_say(struct casefile *casefile, uint64_t victims, struct remark_writer *remarks);

#endif
