/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions at the end of a number: "x123", " ext. 12", ";ext=5", ",,3". */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_EXTENSION_H
#define UNSPOOF_NUMBER_READ_NUMBER_EXTENSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the places in at[0..len) where an extension begins that runs to the end, the first; len when there is none.
 * Follows CreateExtnPattern of libphonenumber: six forms, tried in order. */
size_t extension_first(const uint8_t *at, size_t len);

/* Whether an extension that runs to the end begins at one of the places from..to, both included. */
bool extension_within(const uint8_t *at, size_t len, size_t from, size_t to);

#endif
