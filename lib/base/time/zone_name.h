/* SPDX-License-Identifier: Apache-2.0 */
/* Zones as people give them, before any time is read by one. */
#ifndef UNSPOOF_BASE_TIME_ZONE_NAME_H
#define UNSPOOF_BASE_TIME_ZONE_NAME_H

#include "base/nearest.h"
#include "base/status.h"

/* The installed zones nearest to one that there is not; by its last part as well
 * (London), by some letters that people write for clocks (BST), and the offset that
 * is meant by GMT+1. */
void zone_near(const char *name, struct nearest *nearest);

#define ZONE_PROBLEM (NEAREST_SAID + 160)

/* Whether it is UTC, an offset or a name of the tz database, as localtime is not, and
 * zone_open() opens it. STATUS_OK; STATUS_USAGE: it does not, and out follows
 * the name: "is no time zone known here: ...; did you mean Europe/London?";
 * STATUS_FAILED: its file cannot be read, as out says; STATUS_MEMORY. */
enum status zone_check(const char *name, char out[ZONE_PROBLEM]);

#endif
