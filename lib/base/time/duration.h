/* SPDX-License-Identifier: Apache-2.0 */
/* Durations: how long a call lasted, as text. */
#ifndef UNSPOOF_BASE_TIME_DURATION_H
#define UNSPOOF_BASE_TIME_DURATION_H

#include <stddef.h>
#include <stdint.h>

/* Over 31 years: what is longer is no time that somebody talked, but a mistake or a trap. */
#define SECONDS_MOST INT64_C(1000000000)
#define SECONDS_DIGITS 9    /* so many digits are never more */

/*
 * Reads a duration in seconds into milliseconds, rounded down (-0.0005 is -1), SECONDS_MOST seconds at most either
 * way. Returns NULL, or a static reason that follows the name of the value, leaving `*ms` alone. Blanks may stand
 * around, and a sign before:
 *   `403`, `394.128301`   seconds, in any form decimal_parse() takes
 *   `1:10`, `00:01:10.5`  minutes or hours first; the first part may have up to nine digits, the others are below 60
 *   `0 days 00:01:10`, `-1 day, 23:59:50`    days, and a clock with a sign of its own
 *   `1m10s`, `1h0m0.5s`, `250ms`   units d, h, m, s, ms, us, ns, larger before smaller; the last may have a fraction
 */
const char *seconds_parse(const char *text, size_t len, int64_t *ms);

#endif
