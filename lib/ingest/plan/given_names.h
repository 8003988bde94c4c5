/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name: regions, zones, currencies. */
#ifndef UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H
#define UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H

#include "base/status.h"

enum given_name { GIVEN_REGION, GIVEN_ZONE, GIVEN_CURRENCY };

/* STATUS_OK; STATUS_USAGE: there is none, and the error is `PLACE 'GIVEN': reason`, with
 * those that are near; STATUS_FAILED: of the machine. */
enum status given_name_check(enum given_name what, const char *given, const char *place, struct error *error);

#endif
