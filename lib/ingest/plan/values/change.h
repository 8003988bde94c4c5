/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are written otherwise than they are meant: URL-encoded, or in parts of a second. */
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

/* Adds a decimal number of parts of a second as seconds; what is no such number stays. */
void change_unit(enum profile_unit unit, struct text text, struct buf *out);

#endif
