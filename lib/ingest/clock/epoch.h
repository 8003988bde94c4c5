/* SPDX-License-Identifier: Apache-2.0 */
/* Counts from the epoch that stand beside a local time in a row: Asterisk's uniqueid and the like. */
#ifndef UNSPOOF_INGEST_CLOCK_EPOCH_H
#define UNSPOOF_INGEST_CLOCK_EPOCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum epoch_unit { EPOCH_ANY, EPOCH_S, EPOCH_MS, EPOCH_US, EPOCH_NS };

/* The name of a unit, `s`, `ms`, `us` or `ns`; false: it is none. */
bool epoch_unit_find(struct text name, enum epoch_unit *unit);

/* Seconds since 1970-01-01 UTC, from 1973 to 2286, as 9 or 10 digits say (milliseconds 12 or 13, microseconds 15 or 16,
 * nanoseconds 18 or 19; of any unit as many as there are tell). A fraction may follow. What goes before up to a hyphen is
 * left out, where it is of letters, digits, `_`, `.` and `-` as the system's name in Asterisk's uniqueid is:
 * `[SYSTEM-]EPOCH.SEQUENCE`, main/channel.c of asterisk/asterisk. False, with *seconds left alone: it is no such count. */
bool epoch_read(struct text text, enum epoch_unit unit, int64_t *seconds);

#endif
