/* SPDX-License-Identifier: Apache-2.0 */
/* The other readings of numbers, made again from what was found. */
#ifndef UNSPOOF_EXPORT_OTHER_H
#define UNSPOOF_EXPORT_OTHER_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/*
 * Makes this known to the connection:
 *   other_numbers(text, source, key, number)
 * What else the found text of a number is in a source, in the manner that the source records: the other reading of one
 * that is unsure, as +442079460101; the numbers of a text that has several, with ; between them; otherwise NULL. key is
 * account_key.id of its row, or NULL; number is what was taken, or NULL: by it the region is told, that of the source or
 * that of the account.
 */
enum status other_register(struct casefile *casefile);

/* The number that is meant by a text of the user, in the region, or where that is NULL in those of the sources: its E.164.
 * STATUS_USAGE: none, or several. */
enum status other_meant(struct casefile *casefile, const char *text, const char *region, int64_t *number);

/* The same of many texts: what each may mean. Numbers of one at most: */
#define OTHER_MOST 512    /* two of each region that there is */
struct other;
/* region: two letters that are one, or NULL: those of the sources. other_close() also after a failure. */
enum status other_open(struct casefile *casefile, const char *region, struct other **other);
/* The numbers that a text may be, each once, in the order of the sources that read it so. 0: it is none. */
size_t other_meanings(const struct other *other, struct text text, uint64_t numbers[static OTHER_MOST]);
void other_close(struct other *other);

#endif
