/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name: regions, zones, currencies. */
#ifndef UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H
#define UNSPOOF_INGEST_PLAN_GIVEN_NAMES_H

#include "base/status.h"

enum given_name { GIVEN_REGION, GIVEN_ZONE, GIVEN_CURRENCY };

#define GIVEN_PROBLEM 512

/* STATUS_OK; STATUS_USAGE: there is none, and out says so, and which is near;
 * STATUS_MEMORY. */
enum status given_name_check(enum given_name what, const char *given, char out[GIVEN_PROBLEM]);

#endif
