/* SPDX-License-Identifier: Apache-2.0 */
/* Abbreviations of time zones, and what each means where one thing is meant by it. */
#ifndef UNSPOOF_BASE_TIME_ZONE_WORD_H
#define UNSPOOF_BASE_TIME_ZONE_WORD_H

#include <stdint.h>

#include "base/text.h"

/*
 * The letters that zones of the tz database (2025b) have from 2015 on for their clocks, `BST`, `CEST`, but for those of UTC
 * itself; the database says that most are no standard, and that some mean several things.
 */

/* The number of one, from 1, ASCII case aside; 0: it is none. */
uint8_t zone_word_find(struct text text);
/* The letters of a number that there is. */
struct text zone_word_text(uint8_t number);

/* What local milliseconds since 1970-01-01 under such a word are in UTC, whatever the zone. NULL; or a static reason that
 * follows the name of the value: the word means several things, which it names, or no zone has it in that month. */
const char *zone_word_utc(uint8_t number, int64_t local_ms, int64_t *utc_ms);

#endif
