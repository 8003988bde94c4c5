/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are written otherwise than they are meant: URL-encoded, or in parts of a unit. */
#ifndef UNSPOOF_INGEST_PLAN_VALUES_CHANGE_H
#define UNSPOOF_INGEST_PLAN_VALUES_CHANGE_H

#include <stdbool.h>

#include "ingest/plan/mapping.h"

/* Changes the values of the roles of which the mapping says so, into the room. False: no
 * memory. */
bool change_values(const struct mapping *mapping, struct mapping_room *room,
		   struct text values[static ROLES_MOST]);

/* Adds a text with each %HH as the byte that it stands for (RFC 3986, 2.1); what is none
 * stays. */
void change_url(struct text text, struct buf *out);

/* Adds a decimal number of parts of a unit, a second or a pound, as one of those; what is no such number stays, and
 * is false unless it is blank. */
bool change_unit(enum profile_unit unit, struct text text, struct buf *out);

#endif
