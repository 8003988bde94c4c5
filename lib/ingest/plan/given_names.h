/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name: regions, zones, currencies, roles. */
#ifndef UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H
#define UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H

#include <stdbool.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/ingest.h"

enum given_name { GIVEN_REGION, GIVEN_ZONE, GIVEN_CURRENCY };

/* STATUS_OK; STATUS_USAGE: there is none, and the error is `PLACE 'GIVEN': reason`, with
 * those that are near; STATUS_FAILED: of the machine. */
enum status given_name_check(enum given_name what, const char *given, const char *place, struct error *error);

/* Where neither a kind nor a profile is given: whether the roles that are mapped are roles, and of
 * one kind. STATUS_USAGE, as before. */
enum status given_roles_check(const struct ingest_options *options, struct error *error);

/* Adds the kinds that have a role, `call or payment`; false: none has. */
bool given_role_kinds(struct text role, struct buf *out);

#endif
