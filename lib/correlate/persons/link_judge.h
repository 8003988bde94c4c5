/* SPDX-License-Identifier: Apache-2.0 */
/* What each shared identifier is worth, before accounts are tied by any. */
#ifndef UNSPOOF_CORRELATE_PERSONS_LINK_JUDGE_H
#define UNSPOOF_CORRELATE_PERSONS_LINK_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "correlate/persons/links.h"

/* Sets strength and note of all shared values of the rules. */
void links_judge(const struct links_given *given);

/* With which of the items before it, those of one value by slot, an item is linked: the first. What
 * only the country of its row makes a telephone is linked to accounts of that country alone, which
 * may be of others as well. Returns how many, 0 to LINK_BASES. */
#define LINK_BASES 2
size_t link_bases(const struct occurrence *items, size_t at, const struct occurrence *bases[static LINK_BASES]);

/* Whether a value, whose text is given, is weak. */
bool link_is_weak(const struct links_given *given, enum link_rule rule, uint32_t value, struct text text);

/* Whether a tie by a value is one that customers of an exchange have too: a paying
 * address, or a transaction of which all payments name their output. */
bool link_is_loose(const struct links_given *given, enum link_rule rule, const struct shared *shared);

/* The groups that accounts make without loose ties, by slot, from malloc(): two of one
 * group share something else. After links_judge(). NULL: out of memory. */
uint32_t *links_firm(const struct links_given *given);

#endif
